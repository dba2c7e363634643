"""Deciding of several proposals at once, or as of one of them, and undoing it; what others decided is left out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, select

from tracker.errors import Refused, Stale
from tracker.history import Actor, leave
from tracker.history_verbs import Verb
from tracker.items.models import Item, Origin, Relation
from tracker.people.models import Person
from tracker.proposals.models import AsideReason, Batch, BatchMember, Proposal, TriageState
from tracker.triage.changes import set_aside
from tracker.triage.decisions import attach, undo


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
    # A version that was not seen is somebody else's decision: it is left as it is, and counted.
    unchanged = [proposal for proposal in proposals if seen.get(proposal.id) == proposal.version]
    done = [proposal for proposal in unchanged if _could(session, act, proposal)]
    left = len(seen) - len(done)
    if not done:
        return None, left
    batch = Batch(body_id=body_id, decided_by=by.person(), decided_at=now, state=state, reason=reason)
    session.add(batch)
    session.flush()
    for proposal in done:
        session.add(BatchMember(batch_id=batch.id, proposal_id=proposal.id, version=proposal.version))
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


def decide_likewise(
    session: Session, proposal: Proposal, others: Sequence[Proposal], *, body_id: int, by: Actor, now: datetime
) -> int:
    """Decide of the others together as was decided of this proposal; return of how many.

    What became an item is repeated by them. Where a position is meant, those whose speaker nobody knows are left.
    Raises Refused where nothing that others could follow was decided.
    """
    act = _same_decision(session, proposal, by, now)
    seen = {other.id: other.version for other in others}
    state = TriageState.ATTACHED
    reason = None
    if proposal.state is TriageState.SET_ASIDE:
        state = TriageState.SET_ASIDE
        reason = proposal.reason
    _, left = decide_batch(session, others, seen, act, state=state, reason=reason, body_id=body_id, by=by, now=now)
    return len(others) - left


def _same_decision(session: Session, proposal: Proposal, by: Actor, now: datetime) -> Callable[[Proposal], None]:
    """Return what is to be done to the others."""
    if proposal.state is TriageState.SET_ASIDE:
        reason = proposal.reason or AsideReason.OTHER
        note = proposal.note
        return lambda other: set_aside(session, other, reason, note=note, by=by, now=now)
    origin = session.exec(select(Origin).where(col(Origin.proposal_id) == proposal.id)).one_or_none()
    if origin is None:
        raise Refused("Decide this passage first. The others then follow it.")
    relation = origin.relation
    if relation is Relation.NEW:
        relation = Relation.REPEATS  # one item is enough
    item = session.get_one(Item, origin.item_id)
    return lambda other: attach(session, other, item, relation, by=by, now=now)


def undo_batch(session: Session, batch: Batch, *, by: Actor, now: datetime) -> tuple[int, int]:
    """Let all of a batch wait again; return of how many, and how many were left because somebody went on with them.

    Raises Stale where it was undone already.
    """
    if batch.undone_at is not None:
        raise Stale("These decisions were undone already.")
    rows = session.exec(
        select(Proposal, BatchMember.version)
        .join(BatchMember, col(BatchMember.proposal_id) == col(Proposal.id))
        .where(col(BatchMember.batch_id) == batch.id)
        # The last first: one that repeats an item is detached before the one that made it is undone.
        .order_by(col(Proposal.id).desc())
        .with_for_update(of=Proposal)
    ).all()

    unchanged = [proposal for proposal, version in rows if proposal.version == version]
    undone = sum(_could(session, lambda each: undo(session, each, by=by, now=now), proposal) for proposal in unchanged)
    batch.undone_at = now
    leave(session, batch, Verb.BATCH_UNDONE, by=by, now=now, body_id=batch.body_id, after={"count": undone})
    return undone, len(rows) - undone


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
    """Return what this person decided together, if their last decision is part of it and stands as it was made."""
    if last is None:
        return None
    part = (BatchMember.batch_id == Batch.id, BatchMember.proposal_id == last.id, BatchMember.version == last.version)
    of_person = _latest(body_id).where(col(Batch.decided_by) == person_id, col(Batch.undone_at).is_(None))
    row = session.exec(of_person.where(select(BatchMember.batch_id).where(*part).exists()).limit(1)).first()
    if row:
        return DecidedBatch(*row)
    return None
