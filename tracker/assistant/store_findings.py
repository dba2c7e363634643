"""What the assistant found, put into the queue: on its own, or joined to what stands there already."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlmodel import Session, col, select

from tracker.detector.candidate import Candidate
from tracker.history import Actor, leave
from tracker.history_verbs import Verb
from tracker.meetings.models import Meeting
from tracker.meetings.queries import milestones
from tracker.proposals.models import Proposal, ProposalSource, TriageState
from tracker.proposals.similarity import PassagePlace
from tracker.proposals.store_candidates import store
from tracker.proposals.version_successors import in_version
from tracker.transcripts.models import Transcript

#: what is noted of who found it, where the assistant has found it too; what a person marked stays theirs
JOINED_AS = {ProposalSource.DETECTOR: ProposalSource.BOTH}


class StoredFindings(NamedTuple):
    """How many passages are new in the queue, and how many stood there."""

    new: int
    joined: int


def store_findings(
    session: Session, transcript: Transcript, candidates: Sequence[Candidate], *, by: Actor, now: datetime
) -> StoredFindings:
    """Put what was found into the queue; where a passage there shares words with it, the two are one."""
    standing = [(proposal.id, proposal.place) for proposal in in_version(session, transcript)]
    new: list[Candidate] = []
    joined: dict[int, Candidate] = {}
    for candidate in candidates:
        same = [number for number, place in standing if _shares_words(candidate, place)]
        joined |= dict.fromkeys(same, candidate)
        if not same:
            new.append(candidate)
    store(session, transcript, new, by=by, now=now, source=ProposalSource.ASSISTANT)
    _join(session, transcript, joined, by, now)
    return StoredFindings(len(new), len(joined))


def _shares_words(candidate: Candidate, place: PassagePlace) -> bool:
    return candidate.start < place.end and place.start < candidate.end


def _join(session: Session, transcript: Transcript, candidates: dict[int, Candidate], by: Actor, now: datetime) -> None:
    body_id = session.get_one(Meeting, transcript.meeting_id).body_id
    slugs = {milestone.slug: milestone.id for milestone in milestones(session, body_id)}
    in_order = select(Proposal).where(col(Proposal.id).in_(candidates)).order_by(col(Proposal.id)).with_for_update()
    for proposal in session.exec(in_order):
        before = {"source": proposal.source, "reported": proposal.reported}
        _add(proposal, candidates[proposal.id], slugs)
        after = {"source": proposal.source, "reported": proposal.reported}
        if session.is_modified(proposal):
            leave(session, proposal, Verb.FOUND_TOO, by=by, now=now, body_id=body_id, before=before, after=after)


def _add(proposal: Proposal, candidate: Candidate, slugs: dict[str, Any]) -> None:
    """Note that it was found by both; of what still waits for a person, add what was not read from it yet."""
    proposal.source = JOINED_AS.get(proposal.source, proposal.source)
    if proposal.state not in (TriageState.WAITING, TriageState.SNOOZED) or proposal.source is ProposalSource.HAND:
        return
    proposal.addressee = proposal.addressee or candidate.addressee
    if proposal.due_hint is None and candidate.due_hint is not None:
        proposal.due_hint = candidate.due_hint
        proposal.milestone_id = proposal.milestone_id or slugs.get(candidate.milestone or "")
    if candidate.reported and not proposal.reported:
        proposal.reported = True
        # Whoever has its page open sees that before they decide.
        proposal.version += 1
