"""What parties have to do with the items of a register: who of those outside it is known there, who stands where."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from tracker.items.conditions import of_register
from tracker.items.models import Asked, Item, Ownership, Position
from tracker.people.models import Body, Party
from tracker.people.queries import Sight


class Outsider(NamedTuple):
    """A class, or a body that belongs to no register."""

    party: Party
    name: str
    is_body: bool


def outsiders(session: Session, body_id: int) -> list[Outsider]:
    """Return by name the parties outside every register that this one's items name, and those that none names."""
    own, above = aliased(Body), aliased(Body)
    outside = sa.and_(~col(own.is_register), sa.or_(col(above.id).is_(None), ~col(above.is_register)))
    rows = session.exec(
        select(Party, own)
        .outerjoin(own, col(Party.body_id) == col(own.id))
        .outerjoin(above, col(own.parent_id) == col(above.id))
        .where(
            sa.or_(col(Party.class_name).is_not(None), outside),
            sa.or_(_named_by(col(Item.body_id) == body_id), ~_named_by(col(Item.body_id) != body_id)),
        )
    )
    found = [Outsider(party, body.name if body else party.class_name or "", body is not None) for party, body in rows]
    return sorted(found, key=lambda one: one.name.casefold())


def _named_by(which: Any) -> Any:
    """Return the condition that some of these items name the party: as asker, asked, owner or in a position."""
    items = sa.select(col(Item.id)).where(which).scalar_subquery()
    return sa.or_(
        sa.exists().where(col(Item.put_forward_by) == col(Party.id), which),
        *(
            sa.exists().where(col(table.party_id) == col(Party.id), col(table.item_id).in_(items))
            for table in (Asked, Ownership, Position)
        ),
    )


def positions_of(session: Session, body_id: int, sight: Sight, party_ids: Iterable[int]) -> list[tuple[Position, Item]]:
    """Return where these parties stand on items of the register that the reader may see, by number."""
    rows = session.exec(
        select(Position, Item)
        .join(Item, col(Position.item_id) == col(Item.id))
        .where(of_register(body_id, sight), col(Position.party_id).in_(list(party_ids)))
        .order_by(col(Item.number), col(Position.id))
    )
    return [(position, item) for position, item in rows]
