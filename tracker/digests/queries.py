"""Reading what is known for one reader: his items, what happened to them, and the calendar ahead."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from tracker.digests.changed import TOLD, Names, changes_of
from tracker.digests.content import FOUR_WEEKS, Change, Facts, Horizon, Register, Request
from tracker.digests.milestones import milestones_told
from tracker.history import Event, wordings
from tracker.items.conditions import Condition, followed_by, helped_by, may_read, owed_by
from tracker.items.models import Asked, Item, Progress, ResponseState
from tracker.items.queries import asked_to_own, lines, person_names
from tracker.items.status import OPEN, is_closed
from tracker.mail.email import one_line
from tracker.mail.markup import plain
from tracker.meetings.queries import milestones
from tracker.people.models import Body, Person, Term
from tracker.people.queries import Sight, parties_of, party_names, registers, sight_of
from tracker.updates.queries import updates_of

#: items that a statement names one by one
MOST_NAMED = 1000


@dataclass(frozen=True)
class Reader:
    """Who reads, where he is, what he may see and for whom he answers."""

    person: Person
    zone: ZoneInfo
    sight: Sight
    parties: frozenset[int]
    today: date

    @property
    def id(self) -> int:
        """Return the person's number."""
        return self.person.id or 0


@dataclass(frozen=True)
class Window:
    """The time that a digest covers: after `since`, up to and with `until`."""

    since: datetime
    until: datetime


def zone_of(session: Session, person: Person) -> ZoneInfo:
    """Return the person's own zone, else that of the first register he serves or has served in."""
    if person.timezone:
        return ZoneInfo(person.timezone)
    body = session.exec(
        select(Body).where(col(Body.id).in_(_served(person))).order_by(col(Body.is_sample), col(Body.id)).limit(1)
    ).first()
    return ZoneInfo(body.timezone if body else "UTC")


def reader_of(session: Session, person: Person, now: datetime, only: frozenset[int] | None = None) -> Reader:
    """Return the person as a reader at that moment; `only` narrows what he may see to these registers."""
    zone = zone_of(session, person)
    today = now.astimezone(zone).date()
    sight = sight_of(session, person, today)
    if only is not None:
        kept = (one & only for one in (sight.register_ids, sight.secretariat_of, sight.only_rapporteur_in))
        sight = Sight(sight.person_id, *kept)
    return Reader(person, zone, sight, frozenset(parties_of(session, person.id or 0)), today)


def facts_for(session: Session, reader: Reader, window: Window, only: frozenset[int] | None = None) -> Facts:
    """Return all that a digest for this reader may speak of."""
    visible = _visible(reader.sight, only)
    requests = _requests(session, reader, visible)
    owed = _ids(session, visible, owed_by(reader.id))
    waiting = _ids(session, visible, _waits_for(reader.parties))
    put = _ids(session, visible, _is_put_to(reader.parties))
    near = _ids(session, visible, _concerns(reader, window))
    bodies = _registers(session)
    events = _events(session, owed | near | waiting | put, reader, window)
    changes = _changes(session, events, reader, window)
    told = _of_askers(session, changes, reader)
    moved, turned = milestones_told(session, reader.sight.register_ids, window.since, window.until, bodies, owed)
    ids = requests.keys() | owed | waiting | put | told.keys()
    items = session.exec(select(Item).where(col(Item.id).in_(ids)).order_by(col(Item.body_id), col(Item.number))).all()
    return Facts(
        lines={item.id: line for item, line in zip(items, lines(session, items, reader.today), strict=True) if item.id},
        registers=bodies,
        horizons={number: _horizon(session, number, reader.today) for number in {item.body_id for item in items}},
        owed=owed,
        waiting=waiting,
        put=put,
        requests=requests,
        changes=told,
        moved=moved,
        turned=turned,
    )


def may_still_see(session: Session, reader: Reader, item_ids: Iterable[int]) -> bool:
    """Tell whether none of these items has been withdrawn from the reader."""
    wanted = set(item_ids)
    return _ids(session, _visible(reader.sight, None), col(Item.id).in_(wanted)) == wanted


def _served(person: Person) -> SelectOfScalar[int]:
    registers_served = select(sa.func.coalesce(col(Body.parent_id), col(Body.id)))
    return registers_served.join(Term, col(Term.body_id) == col(Body.id)).where(col(Term.person_id) == person.id)


def _visible(sight: Sight, only: frozenset[int] | None) -> Condition:
    seen = may_read(sight)
    return seen if only is None else sa.and_(seen, col(Item.body_id).in_(only))


def _ids(session: Session, *conditions: Condition) -> frozenset[int]:
    return frozenset(number for number in session.exec(select(Item.id).where(*conditions)) if number is not None)


def _waits_for(parties: frozenset[int]) -> Condition:
    return sa.and_(col(Item.waiting_for).in_(parties), col(Item.progress) == Progress.WAITING)


def _is_put_to(parties: frozenset[int]) -> Condition:
    return sa.and_(_asks(parties, col(Asked.response) == ResponseState.PUT_TO_THEM), col(Item.progress).in_(OPEN))


def _asks(parties: frozenset[int], *further: Condition) -> Condition:
    """Return the condition that an item asks one of these parties: the few such rows lead to their items."""
    return col(Item.id).in_(select(Asked.item_id).where(col(Asked.party_id).in_(parties), *further))


def _concerns(reader: Reader, window: Window) -> Condition:
    """Return the condition that the reader hears of an item's changes without owing it."""
    run = sa.and_(col(Item.body_id).in_(reader.sight.secretariat_of), col(Item.changed_at) > window.since)
    asker = col(Item.put_forward_by).in_(reader.parties)
    return sa.or_(helped_by(reader.id), followed_by(reader.id), asker, _asks(reader.parties), run)


def _requests(session: Session, reader: Reader, visible: Condition) -> dict[int, Request]:
    rows = asked_to_own(session, reader.id)
    seen = _ids(session, visible, col(Item.id).in_([item.id for _, item in rows]))
    names = person_names(session, {request.asked_by for request, _ in rows if request.asked_by})
    return {
        item.id: Request(names.get(request.asked_by or 0), one_line(plain(request.note)) if request.note else None)
        for request, item in rows
        if item.id in seen and not is_closed(item.progress)
    }


def _registers(session: Session) -> dict[int, Register]:
    """Return the registers with what their addresses begin with: the installation's own has no prefix."""
    return {
        body.id: Register(body.name, body.slug, f"/b/{body.slug}" if place else "")
        for place, body in enumerate(registers(session))
        if body.id is not None
    }


def _horizon(session: Session, body_id: int, today: date) -> Horizon:
    held = (one for one in milestones(session, body_id) if not (one.tentative or one.is_cancelled))
    ahead = (one for one in held if one.starts_on > today)
    following = next(ahead, None)
    return Horizon(following.starts_on, following.title) if following else Horizon(today + FOUR_WEEKS)


def _events(session: Session, ids: frozenset[int], reader: Reader, window: Window) -> dict[int, list[Event]]:
    """Return what others did to these items in the window, by item, oldest first."""
    found: dict[int, list[Event]] = defaultdict(list)
    statement = select(Event).where(
        col(Event.at) > window.since,
        col(Event.at) <= window.until,
        col(Event.verb).in_(TOLD),
        _about(ids),
        col(Event.actor) != f"person:{reader.id}",
    )
    for event in session.exec(statement.order_by(col(Event.id))):
        number = int(event.subject.removeprefix("item:"))
        if number in ids:
            found[number].append(event)
    return found


def _about(ids: frozenset[int]) -> Condition:
    """Return the condition that an event is of these items: by name while that is shorter than all that happened."""
    if len(ids) <= MOST_NAMED:
        return col(Event.subject).in_([f"item:{number}" for number in ids])
    return col(Event.subject).startswith("item:")


def _changes(
    session: Session, events: Mapping[int, list[Event]], reader: Reader, window: Window
) -> dict[int, tuple[Change, ...]]:
    every = [event for of_item in events.values() for event in of_item]
    entries = updates_of(session, list(events), reader.sight, since=window.since)
    actors = {int(event.actor.removeprefix("person:")) for event in every if event.actor.startswith("person:")}
    parties = {event.after[key] for event in every for key in ("party", "to") if event.after.get(key)}
    names = Names(
        people=person_names(session, actors),
        parties=party_names(session, parties),
        words=wordings(session, every),
        readable=frozenset(entry.update.id for entry in entries if entry.update.id),
    )
    changes = {number: changes_of(of_item, names) for number, of_item in events.items()}
    return {number: told for number, told in changes.items() if told}


def _of_askers(
    session: Session, changes: Mapping[int, tuple[Change, ...]], reader: Reader
) -> dict[int, tuple[Change, ...]]:
    """Leave "new" to whoever put the item forward: nobody else is told of what he has nothing to do with yet."""
    mine = _ids(session, col(Item.id).in_(changes), col(Item.put_forward_by).in_(reader.parties))
    told = {
        number: tuple(change for change in of_item if change.what != "new" or number in mine)
        for number, of_item in changes.items()
    }
    return {number: of_item for number, of_item in told.items() if of_item}
