"""Writing what the detector found: each candidate as a proposal that waits for a person."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from tracker.history import Actor, leave
from tracker.history_verbs import Verb
from tracker.meetings.models import Meeting
from tracker.meetings.queries import milestones
from tracker.proposals.candidate import Candidate
from tracker.proposals.models import Proposal, ProposalKind, Reference, Source
from tracker.transcripts.models import Transcript, Turn
from tracker.transcripts.passages import cite


def store(
    session: Session, transcript: Transcript, candidates: Sequence[Candidate], *, by: Actor, now: datetime
) -> list[Proposal]:
    """Put candidates into the queue; a passage that is there already keeps what was decided of it."""
    body_id = session.get_one(Meeting, transcript.meeting_id).body_id
    turns = {turn.seq: turn for turn in session.exec(select(Turn).where(col(Turn.transcript_id) == transcript.id))}
    slugs = {milestone.slug: milestone.id for milestone in milestones(session, body_id)}
    stored: dict[int, Proposal] = {}
    for place, one in enumerate(candidates):
        found = _proposal(session, transcript, one, turns.get(one.turn), slugs.get(one.milestone or ""))
        if found is None:
            continue
        stored[place] = found
        after = {"kind": found.kind, "score": found.score}
        leave(session, found, Verb.FOUND, by=by, now=now, body_id=body_id, after=after)
        _refer(session, found, [stored[earlier] for earlier in one.refers_to if earlier in stored])
    session.flush()
    return list(stored.values())


def _proposal(
    session: Session, transcript: Transcript, one: Candidate, turn: Turn | None, milestone_id: int | None
) -> Proposal | None:
    passage = cite(session, transcript.sha256, one.start, one.end, turn.person_id if turn else None)
    if session.exec(select(Proposal.id).where(col(Proposal.passage_id) == passage.id)).first() is not None:
        return None
    proposal = Proposal(
        transcript_id=transcript.id or 0,
        passage_id=passage.id or 0,
        turn_id=turn.id if turn else None,
        kind=ProposalKind(one.kind),
        title=one.title,
        addressee=one.addressee,
        due_hint=one.due_hint,
        milestone_id=milestone_id,
        score=one.score,
        hole=one.hole,
        exchange=one.exchange,
        reported=one.reported,
        source=Source.DETECTOR,
    )
    session.add(proposal)
    return proposal


def _refer(session: Session, proposal: Proposal, earlier: Sequence[Proposal]) -> None:
    for other in earlier:
        session.add(Reference(proposal_id=proposal.id or 0, earlier_id=other.id or 0))
