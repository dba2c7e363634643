"""Taking back what was decided of several proposals at once."""

from datetime import datetime

from sqlmodel import Session, col, select

from tracker.errors import Refused, Stale
from tracker.history import Actor, leave
from tracker.history_verbs import Verb
from tracker.proposals.models import Batch, BatchMember, Proposal
from tracker.triage.decisions import undo


def undo_batch(session: Session, batch: Batch, *, by: Actor, now: datetime) -> tuple[int, int]:
    """Let all of a batch wait again; return of how many, and how many were left because somebody went on with them.

    Raises Stale where it was taken back already.
    """
    if batch.undone_at is not None:
        raise Stale("This was taken back already.")
    rows = session.exec(
        select(Proposal, BatchMember.version)
        .join(BatchMember, col(BatchMember.proposal_id) == col(Proposal.id))
        .where(col(BatchMember.batch_id) == batch.id)
        .order_by(col(Proposal.id).desc())
        .with_for_update(of=Proposal)
    ).all()
    undone = sum(proposal.version == version and _undo(session, proposal, by, now) for proposal, version in rows)
    batch.undone_at = now
    leave(session, batch, Verb.BATCH_UNDONE, by=by, now=now, body_id=batch.body_id, after={"count": undone})
    return undone, len(rows) - undone


def _undo(session: Session, proposal: Proposal, by: Actor, now: datetime) -> bool:
    try:
        with session.begin_nested():
            undo(session, proposal, by=by, now=now)
    except Refused:
        return False
    return True
