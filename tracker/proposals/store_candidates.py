"""Writing what the detector found: each candidate as a proposal that waits for a person."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session, col, select

from tracker.detector.candidate import Candidate
from tracker.history import Actor, Line, leave_all, number_all
from tracker.meetings.models import Meeting
from tracker.meetings.queries import milestones
from tracker.proposals.models import Proposal, ProposalKind, ProposalSource, Reference
from tracker.transcripts.models import Passage, Transcript, Turn
from tracker.transcripts.passages import cite_all


def store(
    session: Session, transcript: Transcript, candidates: Sequence[Candidate], *, by: Actor, now: datetime
) -> list[Proposal]:
    """Put candidates into the queue; a passage that is there already keeps what was decided of it."""
    body_id = session.get_one(Meeting, transcript.meeting_id).body_id
    turns = _turns(session, transcript)
    slugs = {milestone.slug: milestone.id for milestone in milestones(session, body_id)}
    places = [(one.start, one.end, turns[one.turn].person_id if one.turn in turns else None) for one in candidates]
    passages = cite_all(session, transcript, places)
    taken = _with_proposal(session, transcript)
    stored: dict[int, Proposal] = {}
    for place, (one, passage) in enumerate(zip(candidates, passages, strict=True)):
        if (passage.id) in taken:
            continue
        taken.add(passage.id)
        turn_id = turns[one.turn].id if one.turn in turns else None
        stored[place] = _proposal(transcript, one, passage, turn_id, slugs.get(one.milestone or ""))
    number_all(session, list(stored.values()))
    session.add_all(stored.values())
    lines = [Line(proposal, {"kind": proposal.kind, "score": proposal.score}) for proposal in stored.values()]
    leave_all(session, lines, "found", by=by, now=now, body_id=body_id)
    for place, proposal in stored.items():
        _refer(session, proposal, [stored[earlier] for earlier in candidates[place].refers_to if earlier in stored])
    session.flush()
    return list(stored.values())


class _SpokenTurn(NamedTuple):
    """A turn as far as a proposal needs it."""

    id: int
    person_id: int | None


def _turns(session: Session, transcript: Transcript) -> dict[int, _SpokenTurn]:
    rows = session.exec(select(Turn.seq, Turn.id, Turn.person_id).where(col(Turn.transcript_id) == transcript.id))
    return {seq: _SpokenTurn(number or 0, person_id) for seq, number, person_id in rows}


def _with_proposal(session: Session, transcript: Transcript) -> set[int]:
    """Return the passages of the file that are in the queue already."""
    rows = select(Proposal.passage_id).join(Passage, col(Proposal.passage_id) == col(Passage.id))
    return set(session.exec(rows.where(col(Passage.sha256) == transcript.sha256)))


def _proposal(
    transcript: Transcript, one: Candidate, passage: Passage, turn_id: int | None, milestone_id: int | None
) -> Proposal:
    return Proposal(
        transcript_id=transcript.id,
        passage_id=passage.id,
        turn_id=turn_id,
        kind=ProposalKind(one.kind),
        title=one.title,
        addressee=one.addressee,
        due_hint=one.due_hint,
        milestone_id=milestone_id,
        score=one.score,
        hole=one.hole,
        exchange=one.exchange,
        reported=one.reported,
        source=ProposalSource.DETECTOR,
    )


def _refer(session: Session, proposal: Proposal, earlier: Sequence[Proposal]) -> None:
    for other in earlier:
        session.add(Reference(proposal_id=proposal.id, earlier_id=other.id))
