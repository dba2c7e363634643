"""Items in piles, as on a board or along a calendar: of each pile how many there are, and the first few."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.items.list_conditions import doubted, overdue, past_unpromised
from tracker.items.list_filter import ItemFilter
from tracker.items.models import Item
from tracker.items.queries import ItemLine, filtered, lines
from tracker.people.queries import Sight


@dataclass(frozen=True)
class Pile:
    """How many items have something in common, how many of them are late, and the first of them."""

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
    """Return the items that the reader may see and wants, by a key; of each pile so many lines at most, in order."""

    def counted(condition: Any) -> Any:
        return sa.func.sum(sa.case((condition, 1), else_=0)).over(partition_by=key)

    ranked = filtered(
        sa.select(
            col(Item.id).label("number"),
            key.label("pile"),
            sa.func.row_number().over(partition_by=key, order_by=order).label("place"),
            sa.func.count().over(partition_by=key).label("total"),
            counted(overdue(today)).label("late"),
            counted(past_unpromised(today)).label("past"),
            counted(doubted()).label("doubted"),
        ),
        body_id,
        sight,
        item_filter,
        today,
    ).subquery()
    columns: Any = (Item, ranked.c.pile, ranked.c.total, ranked.c.late, ranked.c.past, ranked.c.doubted)
    rows = session.exec(
        select(*columns)
        .join(ranked, ranked.c.number == col(Item.id))
        .where(ranked.c.place <= most)
        .order_by(ranked.c.pile, ranked.c.place)
    ).all()
    found: dict[Any, Pile] = {}
    for line, (_item, pile, *counts) in zip(lines(session, [row[0] for row in rows], today, sight), rows, strict=True):
        found.setdefault(pile, Pile(*counts)).lines.append(line)
    return found
