"""Reading how a register stood at a point of its history: items with answers and owners, calendar, news."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from tracker.history import Event, wordings
from tracker.history_verbs import Verb
from tracker.items.models import Addressee, Item, Ownership, OwnerState
from tracker.meetings.models import Milestone
from tracker.people.models import Body
from tracker.reports.replay import Stood, Words, walk_back, walk_milestone_back
from tracker.updates.models import Update

Row = TypeVar("Row", bound=SQLModel)
#: lines that name the update they brought
BRINGS_UPDATE = frozenset({Verb.UPDATED, Verb.UPDATE_UNDONE})


@dataclass(frozen=True)
class Past:
    """How a register stood after a certain line of its history."""

    items: list[Stood]
    #: by the number of the row
    milestones: dict[int, Milestone]
    #: when each item had its last update
    news: dict[int, datetime]


def last_event(session: Session, moment: datetime | None = None) -> int:
    """Return the number of the last line of history up to that moment, or of all; 0 if there is none."""
    statement = select(sa.func.max(col(Event.id)))
    if moment is not None:
        statement = statement.where(col(Event.at) <= moment)
    return session.exec(statement).one() or 0


def end_of(day: date, body: Body) -> datetime:
    """Return the last moment of that day where the body is."""
    return datetime.combine(day + timedelta(days=1), time(0), ZoneInfo(body.timezone)) - timedelta(microseconds=1)


def register_at(session: Session, body_id: int, through: int) -> Past:
    """Return how the register stood after that line of history."""
    later = _later(session, body_id, through)
    words = wordings(session, [event for events in later.values() for event in events])
    items = _items(session, body_id)
    known = _known_by(session, items, later, through)
    return Past(
        items=[_stood(stood, later, words) for stood in items if stood.item.history_key() in known],
        milestones=_milestones(session, body_id, later),
        news=_news(session, body_id, later),
    )


def _later(session: Session, body_id: int, through: int) -> dict[str, list[Event]]:
    """Return what happened after that line, newest first, by subject."""
    found: dict[str, list[Event]] = {}
    after = col(Event.id) > through, sa.or_(col(Event.body_id) == body_id, col(Event.body_id).is_(None))
    for event in session.exec(select(Event).where(*after).order_by(col(Event.id).desc())):
        found.setdefault(event.subject, []).append(event)
    return found


def _items(session: Session, body_id: int) -> list[Stood]:
    of_body = col(Item.body_id) == body_id
    items = session.exec(select(Item).where(of_body).order_by(col(Item.number))).all()
    stood = {item.id: Stood(item) for item in items}
    columns: Any = (Addressee.item_id, Addressee.party_id, Addressee.response, Addressee.responded_on)
    for item_id, party, response, day in session.exec(
        select(*columns).join(Item).where(of_body).order_by(col(Addressee.id))
    ):
        stood[item_id].answers[party] = (response, day)
    owned = select(Ownership.item_id, Ownership.party_id).join(Item).where(of_body)
    accepted = col(Ownership.state) == OwnerState.ACCEPTED
    for item_id, party in session.exec(owned.where(accepted).order_by(col(Ownership.id))):
        stood[item_id].owner = party
    return list(stood.values())


def _known_by(session: Session, items: Sequence[Stood], later: dict[str, list[Event]], through: int) -> set[str]:
    """Return the keys of the items that had begun by that line: those with nothing later, or something earlier."""
    keys = [stood.item.history_key() for stood in items]
    touched = [key for key in keys if key in later]
    earlier = select(Event.subject).where(col(Event.id) <= through, col(Event.subject).in_(touched)).distinct()
    return {key for key in keys if key not in later} | set(session.exec(earlier))


def _stood(stood: Stood, later: dict[str, list[Event]], words: Words) -> Stood:
    """Return it as it was; what has not changed since is taken as it is, a changed row is copied first."""
    events = later.get(stood.item.history_key())
    if not events:
        return stood
    past = Stood(_copy(stood.item), dict(stood.answers), stood.owner)
    walk_back(past, events, words)
    return past


def _copy(row: Row) -> Row:
    return type(row)(**row.model_dump())


def _milestones(session: Session, body_id: int, later: dict[str, list[Event]]) -> dict[int, Milestone]:
    found = {}
    for row in session.exec(select(Milestone).where(col(Milestone.body_id) == body_id)):
        events = later.get(row.history_key(), [])
        past = _copy(row) if events else row
        walk_milestone_back(past, events)
        found[row.id] = past
    return found


def _news(session: Session, body_id: int, later: dict[str, list[Event]]) -> dict[int, datetime]:
    unheard = set(_updates_of(event for events in later.values() for event in events))
    statement = (
        select(Update.item_id, sa.func.max(col(Update.made_at)))
        .join(Item)
        .where(col(Item.body_id) == body_id, col(Update.id).not_in(unheard))
        .group_by(col(Update.item_id))
    )
    return dict(session.exec(statement).all())


def _updates_of(events: Iterable[Event]) -> Iterable[int]:
    """Yield the updates that these events brought."""
    for event in events:
        if event.verb in BRINGS_UPDATE and "update" in event.after:
            yield event.after["update"]
        elif event.verb == Verb.NOTES_IMPORTED:
            yield from event.after.get("brought", ())  # an older line counts them only
