"""Deciding of several proposals at once: what somebody else decided meanwhile is left out.

Taking it back is triage/undo_batch.py.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, select

from tracker.errors import Refused
from tracker.history import Actor, leave
from tracker.history_verbs import Verb
from tracker.people.models import Person
from tracker.proposals.models import AsideReason, Batch, BatchMember, Proposal, TriageState


@dataclass(frozen=True)
class DecidedBatch:
    """A batch with who decided it and of how many passages."""

    batch: Batch
    name: str
    count: int


def decide_batch(
    session: Session,
    proposals: Sequence[Proposal],
    seen: Mapping[int, int],
    act: Callable[[Proposal], object],
    *,
    body_id: int,
    by: Actor,
    now: datetime,
    state: TriageState | None = None,
    reason: AsideReason | None = None,
) -> tuple[Batch | None, int]:
    """Do the same to all that stand in the version that was seen; return the batch, and how many were left out."""
    done = [one for one in proposals if seen.get(one.id) == one.version and _could(session, act, one)]
    left = len(seen) - len(done)
    if not done:
        return None, left
    batch = Batch(body_id=body_id, decided_by=by.person_id or 0, decided_at=now, state=state, reason=reason)
    session.add(batch)
    session.flush()
    for one in done:
        session.add(BatchMember(batch_id=batch.id, proposal_id=one.id, version=one.version))
    after = {"count": len(done), "state": state, "reason": reason}
    leave(session, batch, Verb.BATCH_DECIDED, by=by, now=now, body_id=body_id, after=after)
    return batch, left


def _could(session: Session, act: Callable[[Proposal], object], proposal: Proposal) -> bool:
    try:
        with session.begin_nested():  # what was half done of a refused one must not stay
            act(proposal)
    except Refused:
        return False
    return True


def batches(session: Session, body_id: int, most: int) -> list[DecidedBatch]:
    """Return what was decided together in a register, the latest first."""
    return [DecidedBatch(*row) for row in session.exec(_latest(body_id).limit(most))]


def _latest(body_id: int) -> Any:
    counted = select(func.count()).where(col(BatchMember.batch_id) == col(Batch.id)).scalar_subquery()
    return (
        select(Batch, Person.name, counted)
        .join(Person, col(Person.id) == col(Batch.decided_by))
        .where(col(Batch.body_id) == body_id)
        .order_by(col(Batch.id).desc())
    )


def batch(session: Session, body_id: int, number: int) -> Batch | None:
    """Return that batch of the register."""
    return session.exec(select(Batch).where(col(Batch.id) == number, col(Batch.body_id) == body_id)).one_or_none()


def last_batch(session: Session, body_id: int, person_id: int | None, last: Proposal | None) -> DecidedBatch | None:
    """Return what this person decided together, if his last decision is part of it and stands as it was made."""
    if last is None:
        return None
    part = (BatchMember.batch_id == Batch.id, BatchMember.proposal_id == last.id, BatchMember.version == last.version)
    his = _latest(body_id).where(col(Batch.decided_by) == person_id, col(Batch.undone_at).is_(None))
    row = session.exec(his.where(select(BatchMember.batch_id).where(*part).exists()).limit(1)).first()
    if row:
        return DecidedBatch(*row)
    return None
