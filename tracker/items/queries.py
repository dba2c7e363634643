"""Reading items: lists of a register, in a number of statements that does not grow with the rows."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.db import rows
from tracker.items.due import Due, due_of, is_overdue, is_past_unpromised
from tracker.items.list_conditions import answers_for, conditions, of_register, reads_inside, sorted_by
from tracker.items.list_filter import ItemFilter, Order
from tracker.items.models import Addressee, Item, Ownership, OwnerState, Progress, ResponseState
from tracker.items.party_names import StandIn, names_volunteers, stand_ins
from tracker.items.status import is_accepted
from tracker.meetings.models import Milestone
from tracker.people.models import Person
from tracker.people.queries import Sight, party_names

EVERYTHING = ItemFilter()


class NamedAddressee(NamedTuple):
    """A party named as the one to act, and where its answer stands."""

    party_id: int
    name: str
    response: ResponseState


@dataclass(frozen=True)
class ItemLine:
    """An item as a list, a mail or a report shows it; names where the item holds numbers."""

    item: Item
    due: Due | None
    is_overdue: bool
    #: past its day, but accepted by nobody: nobody is late
    is_past_unpromised: bool
    put_forward_by: str | None
    reported_by: str | None
    addressees: tuple[NamedAddressee, ...]
    #: the party that owns it, if there is one
    owner_id: int | None
    owner: str | None
    waiting_for: str | None


@dataclass(frozen=True)
class Listing:
    """One page of a list, and how long the whole is."""

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
) -> Listing:
    """Return one page of the register's items that the reader may see; the last page if there are not so many."""
    make = _ordered.__wrapped__ if item_filter.further else _ordered  # `further` is no part of what tells two apart
    ordered = make(body_id, sight.alike, item_filter, today, order, descending=descending)

    def items_of(page: int) -> Sequence[Item]:
        one_more = {"size": size + 1, "first": (page - 1) * size}
        return session.scalars(ordered, one_more).all()

    page = max(1, page)
    found = items_of(page)
    if page == 1 and len(found) <= size:  # all there are: most lists need not be counted
        return Listing(lines(session, found, today, sight), len(found), 1, size)
    total = count(session, body_id, sight, item_filter, today=today)
    last = max(1, -(-total // size))
    if page > last:
        page = last
        found = items_of(last)
    return Listing(lines(session, found[:size], today, sight), total, page, size)


@lru_cache(maxsize=100)
def _ordered(
    body_id: int, sight: Sight, item_filter: ItemFilter, today: date, order: Order, *, descending: bool
) -> Any:
    """Return the statement of a page, made once for all who see the same: making it takes longer than asking."""
    statement = filtered(select(Item), body_id, sight, item_filter, today).order_by(
        *sorted_by(order, descending=descending)
    )
    return statement.limit(sa.bindparam("size")).offset(sa.bindparam("first"))


def everything(
    session: Session, body_id: int, sight: Sight, item_filter: ItemFilter = EVERYTHING, *, today: date
) -> list[ItemLine]:
    """Return all of these items by number: for mails, reports and exports."""
    statement = filtered(select(Item), body_id, sight, item_filter, today).order_by(col(Item.number))
    return lines(session, session.exec(statement).all(), today, sight)


def count(session: Session, body_id: int, sight: Sight, item_filter: ItemFilter = EVERYTHING, *, today: date) -> int:
    """Return how many of the register's items the reader may see and wants."""
    make = _counting.__wrapped__ if item_filter.further else _counting
    return int(session.execute(make(body_id, sight.alike, item_filter, today)).scalar_one())


@lru_cache(maxsize=100)
def _counting(body_id: int, sight: Sight, item_filter: ItemFilter, today: date) -> Any:
    return filtered(select(sa.func.count(col(Item.id))), body_id, sight, item_filter, today)


def count_by_progress(
    session: Session, body_id: int, sight: Sight, item_filter: ItemFilter = EVERYTHING, *, today: date
) -> dict[Progress, int]:
    """Return how many items have come how far, in the order of Progress, zeros included."""
    columns = select(Item.progress, sa.func.count(col(Item.id)))
    found = dict(session.exec(filtered(columns, body_id, sight, item_filter, today).group_by(Item.progress)).all())
    return {progress: found.get(progress, 0) for progress in Progress}


def filtered(statement: Any, body_id: int, sight: Sight, item_filter: ItemFilter, today: date) -> Any:
    """Return the statement on items for those of the register that the reader may see and wants."""
    joined = statement.select_from(Item).outerjoin(Milestone, col(Item.milestone_id) == col(Milestone.id))
    return joined.where(of_register(body_id, sight), *conditions(item_filter, today))


_ADDRESSEES = (
    sa.select(col(Addressee.item_id), col(Addressee.party_id), col(Addressee.response))
    .where(col(Addressee.item_id).in_(sa.bindparam("ids", expanding=True)))
    .order_by(col(Addressee.id))
)
_ACCEPTED = (
    sa.select(col(Ownership.item_id), col(Ownership.party_id))
    .where(col(Ownership.item_id).in_(sa.bindparam("ids", expanding=True)))
    .where(col(Ownership.state) == OwnerState.ACCEPTED)
    .order_by(col(Ownership.id))
)


def lines(session: Session, items: Sequence[Item], today: date, sight: Sight | None = None) -> list[ItemLine]:
    """Return the items, in the order given, with the names and dates that go with them: five statements at most.

    A reader from outside a register reads bodies where volunteers own its items; for each such register one more.
    """
    ids = [item.id for item in items]
    milestones = milestones_of(session, items)
    addressees = _by_item(rows(session, _ADDRESSEES, ids=ids))
    owned = _by_item(rows(session, _ACCEPTED, ids=ids))
    names = party_names(session, _parties(items, addressees, owned))
    people = person_names(session, {item.reported_by for item in items if item.reported_by})
    found = [
        line_of(item, milestones, addressees.get(item.id, []), owned.get(item.id, []), names, people, today)
        for item in items
    ]
    return by_body(session, found, sight, today)


def by_body(session: Session, found: list[ItemLine], sight: Sight | None, today: date) -> list[ItemLine]:
    """Return the lines with a body in the place of each volunteer, where the reader is not of the items' register."""
    for register in {line.item.body_id for line in found}:
        if names_volunteers(sight, register):
            continue
        working = {party for line in found for party in (line.owner_id, line.item.waiting_for)}
        instead = stand_ins(session, register, working, today)
        found = [_by_body(line, instead) if line.item.body_id == register else line for line in found]
    return found


def _by_body(line: ItemLine, instead: Mapping[int, StandIn]) -> ItemLine:
    owner = instead.get(line.owner_id or 0)
    awaited = instead.get(line.item.waiting_for or 0)
    return replace(
        line, owner=owner.name if owner else line.owner, waiting_for=awaited.name if awaited else line.waiting_for
    )


def _by_item(parts: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in parts:
        found.setdefault(row.item_id, []).append(row)
    return found


def _parties(items: Sequence[Item], *parts: dict[int, list[Any]]) -> set[int]:
    of_parts = {row.party_id for part in parts for rows in part.values() for row in rows}
    of_items = {number for item in items for number in (item.put_forward_by, item.waiting_for) if number}
    return of_parts | of_items


def line_of(
    item: Item,
    milestones: dict[int, Milestone],
    addressees: Iterable[Any],
    owned: Sequence[Any],
    names: dict[int, str],
    people: dict[int, str],
    today: date,
) -> ItemLine:
    """Return the item with the names and dates that go with it, from the rows already at hand."""
    addressees = list(addressees)
    is_promised = is_accepted(bool(owned), (row.response for row in addressees))
    due = due_of(item, milestones.get(item.milestone_id or 0), is_promised=is_promised)
    owner_id = owned[-1].party_id if owned else None
    return ItemLine(
        item=item,
        due=due,
        is_overdue=is_overdue(item, due, today),
        is_past_unpromised=is_past_unpromised(item, due, today),
        put_forward_by=names.get(item.put_forward_by or 0),
        reported_by=people.get(item.reported_by or 0),
        addressees=tuple(NamedAddressee(row.party_id, names[row.party_id], row.response) for row in addressees),
        owner_id=owner_id,
        owner=names[owner_id] if owner_id else None,
        waiting_for=names.get(item.waiting_for or 0),
    )


_MILESTONES = select(Milestone).where(col(Milestone.id).in_(sa.bindparam("ids", expanding=True)))
_PERSON_NAMES = sa.select(col(Person.id), col(Person.name)).where(
    col(Person.id).in_(sa.bindparam("ids", expanding=True))
)


def milestones_of(session: Session, items: Iterable[Item]) -> dict[int, Milestone]:
    """Return the milestones that these items are due by, by number."""
    ids = {item.milestone_id for item in items if item.milestone_id}
    found = session.scalars(_MILESTONES, {"ids": list(ids)}) if ids else ()
    return {milestone.id: milestone for milestone in found}


def person_names(session: Session, ids: set[int]) -> dict[int, str]:
    """Return the names of these people by number."""
    if ids:
        return dict(rows(session, _PERSON_NAMES, ids=list(ids)))
    return {}


def item_by_number(session: Session, body_id: int, number: int, sight: Sight) -> Item | None:
    """Return that item of the register if the reader may see it."""
    found: Item | None = session.scalars(_numbered(body_id, sight.alike), {"number": number}).one_or_none()
    return found


@lru_cache(maxsize=200)
def _numbered(body_id: int, sight: Sight) -> Any:
    return select(Item).where(of_register(body_id, sight), col(Item.number) == sa.bindparam("number"))


def read_inside(session: Session, item_ids: Collection[int | None], sight: Sight) -> frozenset[int]:
    """Return those of these items of which the reader may see what is internal."""
    return frozenset(number for (number,) in rows(session, _inside(sight.alike), ids=list(item_ids)))


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
    return sorted(theme for theme in session.exec(_themes(body_id, sight.alike)) if theme)


@lru_cache(maxsize=200)
def _themes(body_id: int, sight: Sight) -> Any:
    return select(Item.theme).where(of_register(body_id, sight), col(Item.theme).is_not(None)).distinct()
