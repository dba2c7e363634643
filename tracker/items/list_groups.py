"""Items in piles, as on a board or a timeline: the size of each pile, and its first items."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.items.lines import ItemLine, lines
from tracker.items.list_conditions import doubted, overdue, past_unpromised
from tracker.items.list_filter import ItemFilter
from tracker.items.models import Item
from tracker.items.queries import filtered
from tracker.people.queries import Sight


@dataclass(frozen=True)
class Pile:
    """The items that have something in common: how many there are, how many are overdue, and the first of them."""

    total: int
    overdue: int
    #: past their day, but accepted by nobody
    past_unpromised: int
    #: closed, but a proposer or supporter disputes that or says partly
    doubted: int
    lines: list[ItemLine] = field(default_factory=list)


def piles(
    session: Session,
    body_id: int,
    sight: Sight,
    item_filter: ItemFilter,
    key: Any,
    *order: Any,
    most: int,
    today: date,
) -> dict[Any, Pile]:
    """Return the filtered items that the reader may see, by `key`; of each pile at most `most` lines, in `order`.

    `key` and `order` are SQL expressions on the item and its milestone.
    """
    ranked = filtered(_ranked(key, order, today), body_id, sight, item_filter, today).subquery()
    columns: Any = (Item, ranked.c.pile, ranked.c.total, ranked.c.late, ranked.c.past, ranked.c.doubted)
    rows = session.exec(
        select(*columns)
        .join(ranked, ranked.c.item_id == col(Item.id))
        # The counts are of the whole pile: only its lines are cut off.
        .where(ranked.c.place <= most)
        .order_by(ranked.c.pile, ranked.c.place)
    ).all()
    by_key: dict[Any, Pile] = {}
    item_lines = lines(session, [row[0] for row in rows], today, sight)
    for line, (_item, pile, *counts) in zip(item_lines, rows, strict=True):
        by_key.setdefault(pile, Pile(*counts)).lines.append(line)
    return by_key


def _ranked(key: Any, order: Any, today: date) -> Any:
    """Select each item with its pile, its place in it, and the counts of the whole pile."""
    return sa.select(
        col(Item.id).label("item_id"),
        key.label("pile"),
        # Windows count and rank in one pass; a statement for each pile would read the register a dozen times.
        sa.func.row_number().over(partition_by=key, order_by=order).label("place"),
        sa.func.count().over(partition_by=key).label("total"),
        _count(overdue(today), key).label("late"),
        _count(past_unpromised(today), key).label("past"),
        _count(doubted(), key).label("doubted"),
    )


def _count(condition: Any, key: Any) -> Any:
    return sa.func.sum(sa.case((condition, 1), else_=0)).over(partition_by=key)
