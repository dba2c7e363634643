"""Deciding of a whole group of proposals as of one of them: undone by itself each, or all together."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from tracker.errors import Refused
from tracker.history import Actor
from tracker.items.models import Item, Origin, Relation
from tracker.proposals.models import AsideReason, Proposal, TriageState
from tracker.triage.changes import set_aside
from tracker.triage.decide_batch import decide_batch
from tracker.triage.decisions import attach


def decide_likewise(
    session: Session, proposal: Proposal, others: Sequence[Proposal], *, body_id: int, by: Actor, now: datetime
) -> int:
    """Decide of the others together as was decided of this proposal; return of how many.

    What became an item is repeated by them. Where a position is meant, those whose speaker nobody knows are left.
    Raises Refused where nothing that others could follow was decided.
    """
    act = _act(session, proposal, by, now)
    is_aside = proposal.state is TriageState.SET_ASIDE
    state = TriageState.SET_ASIDE if is_aside else TriageState.ATTACHED
    seen = {other.id: other.version for other in others}
    what = {"state": state, "reason": proposal.reason if is_aside else None, "body_id": body_id}
    _, left = decide_batch(session, others, seen, act, **what, by=by, now=now)  # type: ignore[arg-type]
    return len(others) - left


def _act(session: Session, proposal: Proposal, by: Actor, now: datetime) -> Callable[[Proposal], None]:
    """Return what is to be done to the others."""
    if proposal.state is TriageState.SET_ASIDE:
        reason = proposal.reason or AsideReason.OTHER
        note = proposal.note
        return lambda other: set_aside(session, other, reason, note=note, by=by, now=now)
    origin = session.exec(select(Origin).where(col(Origin.proposal_id) == proposal.id)).one_or_none()
    if origin is None:
        raise Refused("Decide of this passage first: the others then follow it.")
    relation = Relation.REPEATS if origin.relation is Relation.NEW else origin.relation
    item = session.get_one(Item, origin.item_id)
    return lambda other: attach(session, other, item, relation, by=by, now=now)
