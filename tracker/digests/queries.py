"""Reads the facts of one reader's digest: their items, what happened to them, and the calendar ahead."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.clock import day_in
from tracker.db import UTCDateTime, lookup
from tracker.digests.body_parts import Register
from tracker.digests.content import FORTNIGHT, FOUR_WEEKS, Facts, Horizon
from tracker.digests.history_summary import TOLD, EventNames, changes_of
from tracker.digests.milestone_news import milestones_told
from tracker.digests.parts import DigestChange, Request, What
from tracker.digests.reader import DigestReader
from tracker.history import Event
from tracker.history_queries import wordings
from tracker.items.lines import ItemLine, lines, person_names
from tracker.items.list_conditions import Condition, followed_by, helped_by, owed_by
from tracker.items.models import Item, Progress
from tracker.items.party_models import Addressee, ResponseState
from tracker.items.queries import read_inside, requested_to_own
from tracker.items.reading_rules import may_read
from tracker.items.status import OPEN, is_closed
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
    requests = _requests(session, reader, only)
    owed, waiting, put, near = _related(session, reader, window, only)
    bodies = _registers(session)
    events = _events(session, owed | near | waiting | put, reader, window)
    changes = _without_others_new(session, _changes(session, events, reader, window), reader)
    moved, turned = milestones_told(session, reader.sight.register_ids, window.since, window.until, bodies, owed)
    # A request may concern an item that the reader has nothing else to do with.
    ids = requests.keys() | owed | waiting | put | changes.keys()
    items = session.exec(_ITEMS, params={"ids": list(ids)}).all()
    days = _days(session, reader.now)
    return Facts(
        lines=_lines(session, items, days, reader.sight),
        registers=bodies,
        days=days,
        horizons={number: _horizon(session, number, days[number]) for number in {item.body_id for item in items}},
        owed=owed,
        waiting=waiting,
        put=put,
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


def _visible(sight: Sight, only: frozenset[int] | None) -> Condition:
    seen = may_read(sight)
    if only is None:
        return seen
    return sa.and_(seen, col(Item.body_id).in_(only))


# These stand for the reader and their window in statements that are built once for all who see the same.
_PERSON: Any = sa.bindparam("person")
_PARTIES: Any = sa.bindparam("parties", expanding=True)
_SINCE = sa.bindparam("since", type_=UTCDateTime())
_UNTIL = sa.bindparam("until", type_=UTCDateTime())
_ITEMS = (
    select(Item)
    .where(col(Item.id).in_(sa.bindparam("ids", expanding=True)))
    .order_by(col(Item.body_id), col(Item.number))
)


def _related(
    session: Session, reader: DigestReader, window: Window, only: frozenset[int] | None
) -> tuple[frozenset[int], ...]:
    """Return four sets: items the reader owes, that wait for them, sent to them, and followed without owing."""
    parameters = {"person": reader.id, "parties": list(reader.parties), "since": window.since}
    by_way: tuple[list[int], ...] = ([], [], [], [])
    for way, item_id in session.execute(_relating(reader.sight, only), parameters):
        by_way[way].append(item_id)
    return tuple(map(frozenset, by_way))


@lru_cache(maxsize=200)
def _relating(sight: Sight, only: frozenset[int] | None) -> Any:
    ways = (owed_by(_PERSON), _waits_for_reader(), _is_sent_to_reader(), _concerns_reader(sight))
    return sa.union_all(
        *(
            sa.select(sa.literal(place, sa.Integer), col(Item.id)).where(_visible(sight, only), way)
            for place, way in enumerate(ways)
        )
    )


def _waits_for_reader() -> Condition:
    return sa.and_(col(Item.waiting_for).in_(_PARTIES), col(Item.progress) == Progress.WAITING)


def _is_sent_to_reader() -> Condition:
    return sa.and_(_is_addressed_to_reader(col(Addressee.response) == ResponseState.SENT), col(Item.progress).in_(OPEN))


def _is_addressed_to_reader(*further: Condition) -> Condition:
    """Return the condition that a party of the reader is an addressee: the few such rows lead to their items."""
    return col(Item.id).in_(select(Addressee.item_id).where(col(Addressee.party_id).in_(_PARTIES), *further))


def _concerns_reader(sight: Sight) -> Condition:
    """Return the condition that the reader hears of an item's changes without owing it."""
    run = sa.and_(col(Item.body_id).in_(sight.secretariat_of), col(Item.changed_at) > _SINCE)
    proposer = col(Item.put_forward_by).in_(_PARTIES)
    return sa.or_(helped_by(_PERSON), followed_by(_PERSON), proposer, _is_addressed_to_reader(), run)


def _seen(session: Session, sight: Sight, only: frozenset[int] | None, ids: Iterable[int | None]) -> set[int]:
    """Return which of these items the reader may see."""
    return set(session.execute(_seeing(sight, only), {"ids": list(ids)}).scalars())


@lru_cache(maxsize=200)
def _seeing(sight: Sight, only: frozenset[int] | None) -> Any:
    return sa.select(col(Item.id)).where(_visible(sight, only), col(Item.id).in_(sa.bindparam("ids", expanding=True)))


def _requests(session: Session, reader: DigestReader, only: frozenset[int] | None) -> dict[int, Request]:
    rows = requested_to_own(session, reader.id)
    if not rows:
        return {}
    seen = _seen(session, reader.sight, only, [item.id for _, item in rows])
    names = person_names(session, {request.requested_by for request, _ in rows if request.requested_by})
    requests = {}
    for request, item in rows:
        if item.id in seen and not is_closed(item.progress):
            requester = lookup(names, request.requested_by)
            requests[item.id] = Request(requester, request.note and one_line(plain(request.note)))
    return requests


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


def _events(session: Session, ids: frozenset[int], reader: DigestReader, window: Window) -> dict[int, list[Event]]:
    """Return what others did to these items in the window, by item, oldest first."""
    by_item: dict[int, list[Event]] = defaultdict(list)
    parameters: dict[str, Any] = {"since": window.since, "until": window.until, "reader": f"person:{reader.id}"}
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
    .where(col(Event.actor) != sa.bindparam("reader"))
    .order_by(col(Event.id))
)
_OF_THESE = _HAPPENED.where(col(Event.subject).in_(sa.bindparam("items", expanding=True)))
_OF_ALL = _HAPPENED.where(col(Event.subject).startswith("item:"))


def _changes(
    session: Session, events: Mapping[int, list[Event]], reader: DigestReader, window: Window
) -> dict[int, tuple[DigestChange, ...]]:
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
    changes = {number: changes_of(of_item, names) for number, of_item in events.items()}
    return {item_id: of_item for item_id, of_item in changes.items() if of_item}


def _without_others_new(
    session: Session, changes: Mapping[int, tuple[DigestChange, ...]], reader: DigestReader
) -> dict[int, tuple[DigestChange, ...]]:
    """Leave "new" to the proposer of the item: for everybody else, nothing has happened to it yet."""
    if not changes:
        return {}
    # Whoever proposed an item may not know that it was entered: for them, and only for them, that is news.
    own = set(session.exec(_PUT_FORWARD_BY_READER, params={"ids": list(changes), "parties": list(reader.parties)}))
    kept = {
        item_id: tuple(change for change in of_item if change.what is not What.NEW or item_id in own)
        for item_id, of_item in changes.items()
    }
    return {item_id: of_item for item_id, of_item in kept.items() if of_item}


_PUT_FORWARD_BY_READER = select(Item.id).where(
    col(Item.id).in_(sa.bindparam("ids", expanding=True)), col(Item.put_forward_by).in_(_PARTIES)
)
