"""Reading items of a register; the number of statements never grows with rows."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.db import rows
from tracker.items.lines import ItemLine, lines
from tracker.items.list_conditions import answers_for, conditions, sorted_by
from tracker.items.list_filter import ItemFilter, Order
from tracker.items.models import Follow, Item, ItemLink, ItemPassage, LinkKind, Progress, ProposerView
from tracker.items.party_models import Addressee, Helper, Ownership, OwnerState, Position
from tracker.items.reading_rules import may_read, of_register, reads_inside
from tracker.meetings.models import Milestone, Visibility
from tracker.people.queries import Sight

EVERYTHING = ItemFilter()
#: the ownerships that stand, and the requests that are open
IN_PLAY = (OwnerState.ACCEPTED, OwnerState.REQUESTED)


@dataclass(frozen=True)
class Listing:
    """One page of a list, and how many items the list has."""

    lines: list[ItemLine]
    total: int
    page: int
    size: int

    @property
    def pages(self) -> int:
        """Return how many pages there are, at least one."""
        return max(1, -(-self.total // self.size))


def listing(
    session: Session,
    body_id: int,
    sight: Sight,
    item_filter: ItemFilter = EVERYTHING,
    *,
    today: date,
    order: Order = Order.NUMBER,
    descending: bool = False,
    page: int = 1,
    size: int = 50,
    total: int | None = None,
) -> Listing:
    """Return one page of the filtered items that the reader may see; the last page if there are not so many.

    `page` counts from 1, `size` is the number of items on a page; `total` is how many there are, if that is known.
    """
    make: Callable[..., Any] = _ordered
    if item_filter.further:
        make = _ordered.__wrapped__  # filters that differ only in `further` are equal, so the cache would mix them up
    statement = make(body_id, sight.alike, item_filter, today, order, descending=descending)
    page = max(1, page)
    items = _items_of_page(session, statement, page, size)
    if page == 1 and len(items) <= size:  # the whole list fits on its first page, so it need not be counted
        return Listing(lines(session, items, today, sight), len(items), 1, size)
    if total is None:
        total = count(session, body_id, sight, item_filter, today=today)
    last_page = max(1, -(-total // size))
    # The list may have become shorter since its last page was linked.
    if page > last_page:
        page = last_page
        items = _items_of_page(session, statement, page, size)
    return Listing(lines(session, items[:size], today, sight), total, page, size)


def _items_of_page(session: Session, statement: Any, page: int, size: int) -> Sequence[Item]:
    """Return the items of the page, and one more if there is a next page: rows for reading, which cannot be changed."""
    return rows(session, statement, size=size + 1, first=(page - 1) * size)


@lru_cache(maxsize=100)
def _ordered(
    body_id: int, sight: Sight, item_filter: ItemFilter, today: date, order: Order, *, descending: bool
) -> Any:
    """Return the statement of a page, cached for all readers who see the same: it costs more to build than to run."""
    statement = filtered(sa.select(Item), body_id, sight, item_filter, today).order_by(
        *sorted_by(order, descending=descending)
    )
    return statement.limit(sa.bindparam("size")).offset(sa.bindparam("first"))


def everything(
    session: Session, body_id: int, sight: Sight, item_filter: ItemFilter = EVERYTHING, *, today: date
) -> list[ItemLine]:
    """Return all the filtered items that the reader may see, by number: for mails, reports and exports."""
    statement = filtered(select(Item), body_id, sight, item_filter, today).order_by(col(Item.number))
    return lines(session, session.exec(statement).all(), today, sight)


def count(session: Session, body_id: int, sight: Sight, item_filter: ItemFilter = EVERYTHING, *, today: date) -> int:
    """Return how many of the filtered items the reader may see."""
    make: Callable[..., Any] = _counting
    if item_filter.further:
        make = _counting.__wrapped__  # see listing()
    return int(session.execute(make(body_id, sight.alike, item_filter, today)).scalar_one())


@lru_cache(maxsize=100)
def _counting(body_id: int, sight: Sight, item_filter: ItemFilter, today: date) -> Any:
    return filtered(select(sa.func.count(col(Item.id))), body_id, sight, item_filter, today)


def visibility_counts(session: Session, body_id: int) -> dict[Visibility, int]:
    """Return how many items of the register are internal, and how many published; a value without items is left out."""
    return dict(rows(session, _VISIBILITIES, body=body_id))


_VISIBILITIES = (
    sa.select(col(Item.visibility), sa.func.count())
    .where(col(Item.body_id) == sa.bindparam("body"))
    .group_by(col(Item.visibility))
)


def filtered(statement: Any, body_id: int, sight: Sight, item_filter: ItemFilter, today: date) -> Any:
    """Return the statement on items, limited to the filtered items of the register that the reader may see."""
    joined = statement.select_from(Item).outerjoin(Milestone, col(Item.milestone_id) == col(Milestone.id))
    return joined.where(of_register(body_id, sight), *conditions(item_filter, today))


def item_by_number(session: Session, body_id: int, number: int, sight: Sight) -> Item | None:
    """Return the item of that number in the register if the reader may see it."""
    item: Item | None = session.scalars(_numbered(body_id, sight.alike), {"number": number}).one_or_none()
    return item


@lru_cache(maxsize=200)
def _numbered(body_id: int, sight: Sight) -> Any:
    return select(Item).where(of_register(body_id, sight), col(Item.number) == sa.bindparam("number"))


def read_inside(session: Session, item_ids: Collection[int | None], sight: Sight) -> frozenset[int]:
    """Return the ids of those of these items whose internal notes the reader may see."""
    return frozenset(item_id for (item_id,) in rows(session, _inside(sight.alike), ids=list(item_ids)))


@lru_cache(maxsize=200)
def _inside(sight: Sight) -> Any:
    return sa.select(col(Item.id)).where(reads_inside(sight), col(Item.id).in_(sa.bindparam("ids", expanding=True)))


def items_by_number(session: Session, body_id: int, numbers: Iterable[int], sight: Sight) -> list[Item]:
    """Return those of these items of the register that the reader may see, by number."""
    statement = select(Item).where(of_register(body_id, sight), col(Item.number).in_(set(numbers)))
    return list(session.exec(statement.order_by(col(Item.number))))


def requested_to_own(session: Session, person_id: int, body_id: int | None = None) -> list[tuple[Ownership, Item]]:
    """Return the open requests to own an item that are this person's to answer, oldest first."""
    statement = (
        select(Ownership, Item)
        .join(Item, col(Ownership.item_id) == col(Item.id))
        .where(col(Ownership.state) == OwnerState.REQUESTED, answers_for(person_id))
        .order_by(col(Ownership.requested_at), col(Ownership.id))
    )
    if body_id is not None:
        statement = statement.where(col(Item.body_id) == body_id)
    return list(session.exec(statement))


def themes(session: Session, body_id: int, sight: Sight) -> list[str]:
    """Return the themes in use, for a list to choose from."""
    # Few themes, and the database would sort capitals before small letters.
    return sorted(theme for theme in session.exec(_themes(body_id, sight.alike)) if theme)


@lru_cache(maxsize=200)
def _themes(body_id: int, sight: Sight) -> Any:
    return select(Item.theme).where(of_register(body_id, sight), col(Item.theme).is_not(None)).distinct()


class PresentParts(NamedTuple):
    """Which kinds of parts an item has: nothing is asked about those it lacks."""

    passages: bool = True
    addressees: bool = True
    ownings: bool = True
    positions: bool = True
    helpers: bool = True
    links: bool = True


class ItemWithParts(NamedTuple):
    """An item, which parts it has, and whether the reader follows it."""

    item: Item
    #: that it is due at: held here, or the session would forget that it has read it
    milestone: Milestone | None
    parts: PresentParts
    is_followed: bool


def item_with_parts(session: Session, body_id: int, number: int, sight: Sight) -> ItemWithParts | None:
    """Return the item of that number if the reader may see it, with its milestone at hand in the session."""
    values = {"number": number, "person": sight.person_id}
    row = session.execute(_with_parts(body_id, sight.alike), values).one_or_none()
    if row is None:
        return None
    item, milestone, is_followed, *parts = row
    return ItemWithParts(item, milestone, PresentParts(*parts), is_followed)


@lru_cache(maxsize=200)
def _with_parts(body_id: int, sight: Sight) -> Any:
    """Return the statement, cached for all readers who see the same: building it costs more than running it."""
    follows = sa.exists().where(
        col(Follow.item_id) == col(Item.id), col(Follow.person_id) == sa.bindparam("person", type_=sa.Integer)
    )
    current = _has(Ownership).where(col(Ownership.state).in_(IN_PLAY))
    linked = sa.exists().where(sa.or_(col(ItemLink.item_id) == col(Item.id), col(ItemLink.other_id) == col(Item.id)))
    parts: Any = (_has(ItemPassage), _has(Addressee), current, _has(Position), _has(Helper), linked)
    return (
        sa.select(Item, Milestone, *(part.correlate(Item) for part in (follows, *parts)))
        .select_from(Item)
        .outerjoin(Milestone, col(Item.milestone_id) == col(Milestone.id))
        .where(of_register(body_id, sight), col(Item.number) == sa.bindparam("number"))
    )


def _has(table: Any) -> sa.Exists:
    return sa.exists().where(table.item_id == col(Item.id))


class LinkedItem(NamedTuple):
    """As much of a linked item as the link shows."""

    id: int
    number: int
    title: str
    progress: Progress
    proposer_view: ProposerView | None


@dataclass(frozen=True)
class Related:
    """A linked item and the kind of link; `is_ours` where the link was made on this item."""

    kind: LinkKind
    is_ours: bool
    item: LinkedItem


def related_items(session: Session, item: Item, sight: Sight) -> list[Related]:
    """Return the items linked to or from this one that the reader may see, by number."""
    links = rows(session, _linked(sight.alike), item=item.id)
    return [Related(kind, is_ours, LinkedItem(*other)) for kind, is_ours, *other in links]


@lru_cache(maxsize=200)
def _linked(sight: Sight) -> Any:
    """Return the statement, cached for all readers who see the same: building it costs more than running it."""
    is_ours = col(ItemLink.item_id) == sa.bindparam("item")
    theirs = sa.and_(col(ItemLink.other_id) == sa.bindparam("item"), col(Item.id) == col(ItemLink.item_id))
    other: Any = (Item.id, Item.number, Item.title, Item.progress, Item.proposer_view)
    return (
        sa.select(col(ItemLink.kind), is_ours, *other)
        .where(sa.or_(sa.and_(is_ours, col(Item.id) == col(ItemLink.other_id)), theirs))
        .where(may_read(sight))
        .order_by(col(Item.number))
    )
