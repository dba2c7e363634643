"""Items as lines of lists, mails and reports: names and dates where the item holds ids."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col

from tracker.db import lookup, rows
from tracker.items.due import Due, due_of, is_overdue, is_past_unpromised
from tracker.items.models import Item
from tracker.items.party_models import Addressee, Ownership, OwnerState, ResponseState
from tracker.items.party_names import StandIn, names_volunteers, stand_ins
from tracker.items.status import is_accepted
from tracker.meetings.models import Milestone
from tracker.people.models import Person
from tracker.people.queries import Sight, party_names


class NamedAddressee(NamedTuple):
    """An addressee of an item, and its response; without a name where the reader is not told which person it is."""

    party_id: int
    name: str
    response: ResponseState


@dataclass(frozen=True)
class ItemLine:
    """An item as a list, a mail or a report shows it, with names where the item holds ids."""

    item: Item
    due: Due | None
    is_overdue: bool
    #: past its due day, but accepted by nobody: nobody is late
    is_past_unpromised: bool
    put_forward_by: str | None
    reported_by: str | None
    addressees: tuple[NamedAddressee, ...]
    #: the party that owns it, if there is one
    owner_id: int | None
    owner: str | None
    waiting_for: str | None


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
    """Return the items, in the order given, with their names and dates: five statements at most.

    A reader from outside a register reads bodies in place of its volunteers: one more statement a register.
    """
    ids = [item.id for item in items]
    milestones = milestones_of(session, items)
    addressees = _by_item(rows(session, _ADDRESSEES, ids=ids))
    owned = _by_item(rows(session, _ACCEPTED, ids=ids))
    names = party_names(session, _party_ids(items, addressees, owned))
    people = person_names(session, {item.reported_by for item in items if item.reported_by})
    item_lines = [
        line_of(item, milestones, addressees.get(item.id, []), owned.get(item.id, []), names, people, today)
        for item in items
    ]
    return by_body(session, item_lines, sight, today)


def by_body(session: Session, item_lines: Sequence[ItemLine], sight: Sight | None, today: date) -> list[ItemLine]:
    """Return the lines; a reader from outside an item's register reads a body in place of each volunteer."""
    registers = {line.item.body_id for line in item_lines}
    bodies: dict[int, dict[int, StandIn]] = {}
    for register in registers:
        # Readers from outside see which body acts, not which volunteer.
        if not names_volunteers(sight, register):
            working = {party for line in item_lines for party in (line.owner_id, line.item.waiting_for)}
            working |= {addressee.party_id for line in item_lines for addressee in line.addressees}
            bodies[register] = stand_ins(session, register, working, today)
    if not bodies:
        return list(item_lines)
    return [_by_body(line, bodies.get(line.item.body_id, {})) for line in item_lines]


def _by_body(line: ItemLine, bodies: Mapping[int, StandIn]) -> ItemLine:
    owner = lookup(bodies, line.owner_id)
    awaited = lookup(bodies, line.item.waiting_for)
    if owner is not None:
        line = replace(line, owner=owner.name)
    if awaited is not None:
        line = replace(line, waiting_for=awaited.name)
    return replace(line, addressees=tuple(_addressed_body(addressee, bodies) for addressee in line.addressees))


def _addressed_body(addressee: NamedAddressee, bodies: Mapping[int, StandIn]) -> NamedAddressee:
    body = bodies.get(addressee.party_id)
    if body is None:
        return addressee
    return addressee._replace(name=body.addressee_name)


def _by_item(rows_of_items: Iterable[Any]) -> dict[int, list[Any]]:
    by_item: dict[int, list[Any]] = {}
    for row in rows_of_items:
        by_item.setdefault(row.item_id, []).append(row)
    return by_item


def _party_ids(items: Sequence[Item], *parts: dict[int, list[Any]]) -> set[int]:
    of_parts = {row.party_id for part in parts for rows in part.values() for row in rows}
    of_items = {party_id for item in items for party_id in (item.put_forward_by, item.waiting_for) if party_id}
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
    """Return the item with its names and dates, from rows read before; `owned` are its accepted ownerships."""
    addressees = list(addressees)
    is_promised = is_accepted(bool(owned), (row.response for row in addressees))
    due = due_of(item, lookup(milestones, item.milestone_id), is_promised=is_promised)
    # The last accepted ownership is the owner: a successor’s is newer than the one it ended.
    owner_id = None
    if owned:
        owner_id = owned[-1].party_id
    return ItemLine(
        item=item,
        due=due,
        is_overdue=is_overdue(item, due, today),
        is_past_unpromised=is_past_unpromised(item, due, today),
        put_forward_by=lookup(names, item.put_forward_by),
        reported_by=lookup(people, item.reported_by),
        addressees=tuple(NamedAddressee(row.party_id, names[row.party_id], row.response) for row in addressees),
        owner_id=owner_id,
        owner=lookup(names, owner_id),
        waiting_for=lookup(names, item.waiting_for),
    )


_MILESTONES = sa.select(Milestone).where(col(Milestone.id).in_(sa.bindparam("ids", expanding=True)))


_PERSON_NAMES = sa.select(col(Person.id), col(Person.name)).where(
    col(Person.id).in_(sa.bindparam("ids", expanding=True))
)


def milestones_of(session: Session, items: Iterable[Item]) -> dict[int, Milestone]:
    """Return the milestones that these items are due at, by id: rows for reading, which cannot be changed."""
    ids = {item.milestone_id for item in items if item.milestone_id}
    if not ids:
        return {}
    return {milestone.id: milestone for milestone in rows(session, _MILESTONES, ids=list(ids))}


def person_names(session: Session, ids: set[int]) -> dict[int, str]:
    """Return the names of these people by id."""
    if ids:
        return dict(rows(session, _PERSON_NAMES, ids=list(ids)))
    return {}
