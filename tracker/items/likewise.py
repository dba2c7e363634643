"""Deciding of a whole group of proposals as of one of them; each can be undone by itself."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from tracker.errors import Refused
from tracker.history import Actor
from tracker.items.models import Item, Origin, Relation
from tracker.items.triage import STANDS, attach, speaker_party
from tracker.proposals.changes import set_aside
from tracker.proposals.models import AsideReason, Proposal, TriageState


def decide_likewise(
    session: Session, proposal: Proposal, others: Sequence[Proposal], *, by: Actor, now: datetime
) -> int:
    """Decide of the others as was decided of this proposal; return of how many.

    What became an item is repeated by them. Where a position is meant, those whose speaker nobody knows are left.
    Raises Refused where nothing that others could follow was decided.
    """
    if proposal.state is TriageState.SET_ASIDE:
        for other in others:
            set_aside(session, other, proposal.reason or AsideReason.OTHER, note=proposal.note, by=by, now=now)
        return len(others)
    origin = session.exec(select(Origin).where(col(Origin.proposal_id) == proposal.id)).one_or_none()
    if origin is None:
        raise Refused("Decide of this passage first: the others then follow it.")
    relation = Relation.REPEATS if origin.relation is Relation.NEW else origin.relation
    item = session.get_one(Item, origin.item_id)
    able = [other for other in others if relation not in STANDS or speaker_party(session, other) is not None]
    for other in able:
        attach(session, other, item, relation, by=by, now=now)
    return len(able)
