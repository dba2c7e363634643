"""Reads the facts of digests, for many readers at once: their items, what happened to them, and the calendar ahead."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.clock import day_in
from tracker.db import lookup
from tracker.digests.body_parts import MilestoneNews, MovedMilestone, Register
from tracker.digests.content import FORTNIGHT, FOUR_WEEKS, Facts, Horizon
from tracker.digests.event_windows import Window
from tracker.digests.item_changes import ItemChanges, changes_of_items
from tracker.digests.item_details import with_details
from tracker.digests.milestone_news import milestones_told
from tracker.digests.parts import DigestChange, Request
from tracker.digests.reader import DigestReader
from tracker.digests.related_items import RelatedItems, RunItem, related_items, run_items, visible
from tracker.items.lines import ItemLine, lines, person_names
from tracker.items.models import Item
from tracker.mail.compose_email import one_line
from tracker.mail.markdown import plain
from tracker.meetings.queries import milestones
from tracker.people.queries import Sight, registers


def facts_for(session: Session, reader: DigestReader, window: Window, only: frozenset[int] | None = None) -> Facts:
    """Return all that a digest for this reader may speak of."""
    return facts_for_all(session, [reader], window, only)[reader.id]


def facts_for_all(
    session: Session,
    readers: Sequence[DigestReader],
    window: Window,
    only: frozenset[int] | None = None,
    most: int | None = None,
) -> dict[int, Facts]:
    """Return all that their digests may speak of, by person, with as many statements for many as for one of them."""
    return with_details(session, readers, plain_facts_for_all(session, readers, window, only, most))


def plain_facts_for_all(
    session: Session,
    readers: Sequence[DigestReader],
    window: Window,
    only: frozenset[int] | None = None,
    most: int | None = None,
) -> dict[int, Facts]:
    """Return these facts without what only a mail says of an item: quotes, last notes, whether a proposer is asked.

    They all see the same (DigestReader.group) and read at the same moment. What is read once for all of them is in
    `_Shared`; what differs is sorted out in memory. Of what concerns a secretariat only because it changed, up to
    `most` items of each register are read in full, those due first; the others are counted.
    """
    related = related_items(session, readers, only)
    shared = _read_shared(session, readers, window, related, run_items(session, readers[0], window.since, only), most)
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
    changes: ItemChanges
    #: by reader, what changed in the registers that they run
    run: Mapping[int, "_RunChanges"]
    has_milestone_news: bool
    requesters: Mapping[int, str]


@dataclass(frozen=True)
class _RunChanges:
    """What others did to items that concern a secretariat for no other reason."""

    changes: Mapping[int, tuple[DigestChange, ...]] = field(default_factory=dict)
    #: by register, of how many more the reader is told only the number
    more: Mapping[int, int] = field(default_factory=dict)


def _read_shared(
    session: Session,
    readers: Sequence[DigestReader],
    window: Window,
    related: Mapping[int, RelatedItems],
    run: Sequence[RunItem],
    most: int | None,
) -> _Shared:
    reader = readers[0]
    ids = frozenset().union(*(items.every for items in related.values()))
    requests = [request for items in related.values() for request in items.requests]
    bodies = _registers(session)
    days = _days(session, reader.now)
    changes = changes_of_items(session, ids.union(item.id for item in run), reader, window)
    run_changes = {each.id: _run_changes(each, run, related[each.id], changes, most) for each in readers}
    # Of what is closed, or only heard of, nothing is said unless something happened to it: most of it is not read.
    owed = set[int]().union(*((items.owed - items.closed) | items.waiting | items.put for items in related.values()))
    requested = {request.item_id for request in requests}
    item_ids = owed.union(
        requested, ids & changes.events.keys(), *(run_change.changes for run_change in run_changes.values())
    )
    items = {item.id: item for item in session.exec(_ITEMS, params={"ids": list(item_ids)})}
    milestone_news = milestones_told(session, reader.sight.register_ids, window, bodies, frozenset())
    return _Shared(
        bodies=bodies,
        days=days,
        horizons={number: _horizon(session, number, days[number]) for number in {i.body_id for i in items.values()}},
        items=items,
        lines=_lines(session, list(items.values()), days, reader.sight),
        changes=changes,
        run=run_changes,
        has_milestone_news=any(milestone_news),
        requesters=person_names(session, {row.requested_by for row in requests if row.requested_by}),
    )


def _run_changes(
    reader: DigestReader, run: Sequence[RunItem], related: RelatedItems, changes: ItemChanges, most: int | None
) -> _RunChanges:
    """Return what others did to the first of these items of each register, and how many more there are."""
    every = related.every
    others = {item.id: item.body_id for item in run if item.id not in every}
    changes_heard = changes.for_reader(reader, others, {})
    first: dict[int, tuple[DigestChange, ...]] = {}
    seen: Counter[int] = Counter()
    for item_id, body_id in others.items():
        if item_id in changes_heard:
            seen[body_id] += 1
            if most is None or seen[body_id] <= most:
                first[item_id] = changes_heard[item_id]
    if most is None:
        return _RunChanges(first)
    return _RunChanges(first, {body_id: count - most for body_id, count in seen.items() if count > most})


def _facts(session: Session, reader: DigestReader, window: Window, shared: _Shared, related: RelatedItems) -> Facts:
    requests = {
        row.item_id: Request(lookup(shared.requesters, row.requested_by), row.note and one_line(plain(row.note)))
        for row in related.requests
    }
    run = shared.run[reader.id]
    changes = {**shared.changes.for_reader(reader, related.every, shared.items), **run.changes}
    moved: tuple[MovedMilestone, ...] = ()
    turned: tuple[MilestoneNews, ...] = ()
    if shared.has_milestone_news:
        registers_read = reader.sight.register_ids
        owed = frozenset(related.owed)
        moved, turned = milestones_told(session, registers_read, window, shared.bodies, owed)
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
        more_changed=run.more,
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


def may_still_see(
    session: Session, reader: DigestReader, item_ids: Iterable[int], only: frozenset[int] | None = None
) -> bool:
    """Tell whether none of these items has been withdrawn from the reader, and all are of `only` these registers."""
    ids = set(item_ids)
    return _seen(session, reader.sight, only, ids) == ids


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
