"""What somebody without anything of their own may take on: what their body is asked to do, and nobody owns."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col

from tracker.items import queries
from tracker.items.lines import ItemLine
from tracker.items.list_conditions import among, has_owner
from tracker.items.list_filter import ItemFilter
from tracker.items.models import Item
from tracker.items.party_models import Addressee, OwnerState
from tracker.items.status import OPEN
from tracker.people.models import Body, Party
from tracker.web.app import context

MOST = 5


@dataclass(frozen=True)
class FreeItems:
    """Open items that nobody owns or is requested to own, the oldest of them, and the body that is asked."""

    #: None: they are addressed to nobody in particular
    body: Body | None
    total: int
    lines: list[ItemLine]


def free_items(session: Session, body_id: int) -> FreeItems | None:
    """Return what the bodies of the register in which the reader serves are asked; else what anybody may take.

    None where nothing is free.
    """
    body = _most_asked(session, body_id)
    if body is not None:
        return _listed(session, body_id, body)
    return _listed(session, body_id, None)


def _is_free() -> tuple[sa.ColumnElement[bool], ...]:
    return sa.not_(has_owner()), sa.not_(has_owner(OwnerState.REQUESTED))


def _served_bodies(body_id: int) -> Sequence[int]:
    return [seat.body_id for seat in context.seats() if body_id in (seat.body_id, seat.parent_id)]


def _most_asked(session: Session, body_id: int) -> Body | None:
    """Return the body that most free items are addressed to, of those in which the reader serves."""
    count = sa.func.count(sa.distinct(col(Item.id)))
    statement = (
        sa.select(col(Party.body_id), count)
        .select_from(Addressee)
        .join(Party, col(Party.id) == col(Addressee.party_id))
        .join(Item, col(Item.id) == col(Addressee.item_id))
        .where(col(Party.body_id).in_(_served_bodies(body_id)), col(Item.body_id) == body_id)
        .where(col(Item.progress).in_(OPEN), *_is_free())
        .group_by(col(Party.body_id))
        .order_by(count.desc())
    )
    row = session.execute(statement.limit(1)).first()
    if row is None:
        return None
    return session.get_one(Body, row[0])


def _listed(session: Session, body_id: int, body: Body | None) -> FreeItems | None:
    further = _is_free()
    if body is not None:
        parties = sa.select(col(Party.id)).where(col(Party.body_id) == body.id)
        further = (*further, among(Addressee, col(Addressee.party_id).in_(parties)))
    # By number, which is the order in which they were put down.
    page = queries.listing(
        session,
        body_id,
        context.sight(),
        ItemFilter(progress=OPEN, further=further),
        today=context.today(),
        size=MOST,
    )
    if not page.total:
        return None
    return FreeItems(body, page.total, list(page.lines))
