"""Reads the facts of digests, for many readers at once: their items, what happened to them, and the calendar ahead."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.clock import day_in
from tracker.db import UTCDateTime, lookup
from tracker.digests.body_parts import MilestoneNews, MovedMilestone, Register
from tracker.digests.content import FORTNIGHT, FOUR_WEEKS, Facts, Horizon
from tracker.digests.history_summary import TOLD, EventNames, changes_of
from tracker.digests.item_details import with_details
from tracker.digests.milestone_news import milestones_told
from tracker.digests.parts import DigestChange, Request, What
from tracker.digests.reader import DigestReader
from tracker.digests.related_items import RelatedItems, related_items, visible
from tracker.history import Event
from tracker.history_queries import wordings
from tracker.items.lines import ItemLine, lines, person_names
from tracker.items.models import Item
from tracker.items.queries import read_inside
from tracker.items.reported_words import is_own
from tracker.mail.compose_email import one_line
from tracker.mail.markdown import plain
from tracker.meetings.queries import milestones
from tracker.people.queries import Sight, party_names, registers
from tracker.updates.queries import updates_of

#: items that a statement names one by one; of more, it reads all that happened
MOST_NAMED = 1000


@dataclass(frozen=True)
class Window:
    """The time that a digest covers: after `since`, up to and with `until`."""

    since: datetime
    until: datetime


def facts_for(session: Session, reader: DigestReader, window: Window, only: frozenset[int] | None = None) -> Facts:
    """Return all that a digest for this reader may speak of."""
    return facts_for_all(session, [reader], window, only)[reader.id]


def facts_for_all(
    session: Session, readers: Sequence[DigestReader], window: Window, only: frozenset[int] | None = None
) -> dict[int, Facts]:
    """Return all that their digests may speak of, by person, with as many statements for many as for one of them."""
    return with_details(session, readers, plain_facts_for_all(session, readers, window, only))


def plain_facts_for_all(
    session: Session, readers: Sequence[DigestReader], window: Window, only: frozenset[int] | None = None
) -> dict[int, Facts]:
    """Return these facts without what only a mail says of an item: quotes, last notes, whether a proposer is asked.

    They all see the same (DigestReader.group) and read at the same moment. What is read once for all of them is in
    `_Shared`; what differs is sorted out in memory.
    """
    related = related_items(session, readers, window.since, only)
    shared = _read_shared(session, readers[0], window, related.values())
    return {reader.id: _facts(session, reader, window, shared, related[reader.id]) for reader in readers}


@dataclass(frozen=True)
class _Shared:
    """What is read once for all who see the same."""

    bodies: Mapping[int, Register]
    days: Mapping[int, date]
    horizons: Mapping[int, Horizon]
    #: of all items that concern one of the readers
    items: Mapping[int, Item]
    lines: Mapping[int, ItemLine]
    changes: "_ChangesOfItems"
    has_milestone_news: bool
    requesters: Mapping[int, str]


def _read_shared(session: Session, reader: DigestReader, window: Window, related: Iterable[RelatedItems]) -> _Shared:
    every = list(related)
    ids = frozenset().union(*(items.every for items in every))
    requests = [request for items in every for request in items.requests]
    bodies = _registers(session)
    days = _days(session, reader.now)
    changes = _changes(session, ids, reader, window)
    wanted = ids | {request.item_id for request in requests}
    items = {item.id: item for item in session.exec(_ITEMS, params={"ids": list(wanted)})}
    told = milestones_told(session, reader.sight.register_ids, window.since, window.until, bodies, frozenset())
    return _Shared(
        bodies=bodies,
        days=days,
        horizons={number: _horizon(session, number, days[number]) for number in {i.body_id for i in items.values()}},
        items=items,
        lines=_lines(session, list(items.values()), days, reader.sight),
        changes=changes,
        has_milestone_news=any(told),
        requesters=person_names(session, {row.requested_by for row in requests if row.requested_by}),
    )


def _facts(session: Session, reader: DigestReader, window: Window, shared: _Shared, related: RelatedItems) -> Facts:
    requests = {
        row.item_id: Request(lookup(shared.requesters, row.requested_by), row.note and one_line(plain(row.note)))
        for row in related.requests
    }
    changes = shared.changes.for_reader(reader, related.every, shared.items)
    moved: tuple[MovedMilestone, ...] = ()
    turned: tuple[MilestoneNews, ...] = ()
    if shared.has_milestone_news:
        registers_read = reader.sight.register_ids
        owed = frozenset(related.owed)
        moved, turned = milestones_told(session, registers_read, window.since, window.until, shared.bodies, owed)
    # A request may concern an item that the reader has nothing else to do with.
    ids = requests.keys() | related.owed | related.waiting | related.put | changes.keys()
    return Facts(
        # In the order of the statement: by register, then by number.
        lines={number: line for number, line in shared.lines.items() if number in ids},
        registers=shared.bodies,
        days=shared.days,
        horizons=shared.horizons,
        owed=frozenset(related.owed),
        waiting=frozenset(related.waiting),
        put=frozenset(related.put),
        requests=requests,
        changes=changes,
        moved=moved,
        turned=turned,
    )


def _days(session: Session, now: datetime) -> dict[int, date]:
    """Return the calendar day of each register."""
    return {body.id: day_in(body.timezone, now) for body in registers(session)}


def _lines(session: Session, items: Sequence[Item], days: Mapping[int, date], sight: Sight) -> dict[int, ItemLine]:
    """Return the items as they stand on the day of their register, by number; there are few days at a time."""
    by_item = dict[int, ItemLine]()
    for today in {days[item.body_id] for item in items}:
        items_of_day = [item for item in items if days[item.body_id] == today]
        by_item |= {line.item.id: line for line in lines(session, items_of_day, today, sight)}
    return {item.id: by_item[item.id] for item in items}


def may_still_see(session: Session, reader: DigestReader, item_ids: Iterable[int]) -> bool:
    """Tell whether none of these items has been withdrawn from the reader."""
    ids = set(item_ids)
    return _seen(session, reader.sight, None, ids) == ids


_SINCE = sa.bindparam("since", type_=UTCDateTime())
_UNTIL = sa.bindparam("until", type_=UTCDateTime())
_ITEMS = (
    select(Item)
    .where(col(Item.id).in_(sa.bindparam("ids", expanding=True)))
    .order_by(col(Item.body_id), col(Item.number))
)


def _seen(session: Session, sight: Sight, only: frozenset[int] | None, ids: Iterable[int | None]) -> set[int]:
    """Return which of these items the reader may see."""
    return set(session.execute(_seeing(sight, only), {"ids": list(ids)}).scalars())


@lru_cache(maxsize=200)
def _seeing(sight: Sight, only: frozenset[int] | None) -> Any:
    return sa.select(col(Item.id)).where(visible(sight, only), col(Item.id).in_(sa.bindparam("ids", expanding=True)))


def _registers(session: Session) -> dict[int, Register]:
    """Return the registers with what their addresses begin with: the installation's own has no prefix."""
    return {
        body.id: Register(body.name, body.slug, f"/b/{body.slug}" if place else "", place)
        for place, body in enumerate(registers(session))
    }


def _horizon(session: Session, body_id: int, today: date) -> Horizon:
    """Return the last day of the register's next milestone that is sure to be held, or fourteen days if that is later.

    Without a milestone ahead it is four weeks.
    """
    for milestone in milestones(session, body_id):
        is_sure = not (milestone.tentative or milestone.is_cancelled)
        # A tentative milestone may vanish: nothing should be "due before" it.
        if is_sure and milestone.ends_on >= today + FORTNIGHT:
            return Horizon(milestone.ends_on, milestone.title)
        if is_sure and milestone.ends_on >= today:
            return Horizon(today + FORTNIGHT)
    return Horizon(today + FOUR_WEEKS)


def _events(session: Session, ids: frozenset[int], window: Window) -> dict[int, list[Event]]:
    """Return what happened to these items in the window, by item, oldest first."""
    by_item: dict[int, list[Event]] = defaultdict(list)
    parameters: dict[str, Any] = {"since": window.since, "until": window.until}
    statement = _OF_ALL
    # Naming thousands of subjects costs more than reading all that happened in a week.
    if len(ids) <= MOST_NAMED:
        statement = _OF_THESE
        parameters["items"] = [f"item:{item_id}" for item_id in ids]
    for event in session.exec(statement, params=parameters):
        item_id = int(event.subject.removeprefix("item:"))
        if item_id in ids:
            by_item[item_id].append(event)
    return by_item


_HAPPENED = (
    select(Event)
    .where(col(Event.at) > _SINCE, col(Event.at) <= _UNTIL, col(Event.verb).in_(TOLD))
    .order_by(col(Event.id))
)
_OF_THESE = _HAPPENED.where(col(Event.subject).in_(sa.bindparam("items", expanding=True)))
_OF_ALL = _HAPPENED.where(col(Event.subject).startswith("item:"))


@dataclass(frozen=True)
class _ChangesOfItems:
    """What happened to items, told to each reader without what they did themselves."""

    events: Mapping[int, list[Event]]
    names: EventNames
    #: as told to those who did none of it
    to_others: dict[int, tuple[DigestChange, ...]] = field(default_factory=dict)

    def for_reader(
        self, reader: DigestReader, ids: set[int], items: Mapping[int, Item]
    ) -> dict[int, tuple[DigestChange, ...]]:
        """Return what others did to these items, by item; "new" only to the proposer of the item.

        Whoever proposed an item may not know that it was entered; for everybody else, nothing has happened to it yet.
        """
        told = {}
        for item_id in ids & self.events.keys():
            changes = self._told(item_id, f"person:{reader.id}")
            # What somebody else reports of the reader is not theirs.
            if items[item_id].put_forward_by not in reader.parties or not is_own(items[item_id]):
                changes = tuple(change for change in changes if change.what is not What.NEW)
            if changes:
                told[item_id] = changes
        return told

    def _told(self, item_id: int, actor: str) -> tuple[DigestChange, ...]:
        of_item = self.events[item_id]
        by_others = [event for event in of_item if event.actor != actor]
        if len(by_others) < len(of_item):
            return changes_of(by_others, self.names)
        if item_id not in self.to_others:
            self.to_others[item_id] = changes_of(of_item, self.names)
        return self.to_others[item_id]


def _changes(session: Session, ids: frozenset[int], reader: DigestReader, window: Window) -> _ChangesOfItems:
    events = _events(session, ids, window)
    every = [event for of_item in events.values() for event in of_item]
    entries = updates_of(session, list(events), reader.sight, since=window.since)
    actors = {int(event.actor.removeprefix("person:")) for event in every if event.actor.startswith("person:")}
    parties = {event.after[key] for event in every for key in ("party", "to") if event.after.get(key)}
    names = EventNames(
        people=person_names(session, actors),
        parties=party_names(session, parties),
        words=wordings(session, every),
        readable=frozenset(entry.update.id for entry in entries if entry.update.id),
        inside=read_inside(session, list(events), reader.sight),
    )
    return _ChangesOfItems(events, names)
