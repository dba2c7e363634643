"""How a register stood after a certain event: items with responses and owners, calendar, last updates."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from tracker.history import Event
from tracker.history_queries import key_number, wordings
from tracker.history_verbs import Verb
from tracker.items.models import Item
from tracker.items.party_models import Addressee, Ownership, OwnerState
from tracker.meetings.models import Meeting, Milestone, Visibility
from tracker.people.models import Body
from tracker.reports.replay import PastItem, Words, walk_back, walk_milestone_back
from tracker.updates.models import Update

Row = TypeVar("Row", bound=SQLModel)
#: verbs whose event names the update it came with
BRINGS_UPDATE = frozenset({Verb.UPDATED, Verb.UPDATE_UNDONE})


@dataclass(frozen=True)
class Past:
    """How a register stood after a certain event."""

    items: list[PastItem]
    #: by their id
    milestones: dict[int, Milestone]
    #: when each item had its last update, by its id
    news: dict[int, datetime]
    #: meetings (ids) that were not published, whatever they are today
    internal_meetings: set[int]


def last_event(session: Session, moment: datetime | None = None) -> int:
    """Return the number of the last event up to that moment, or of all; 0 if there is none."""
    statement = select(sa.func.coalesce(sa.func.max(col(Event.id)), 0))
    if moment is not None:
        statement = statement.where(col(Event.at) <= moment)
    return session.exec(statement).one()


def end_of(day: date, body: Body) -> datetime:
    """Return the last moment of that day where the body is."""
    return datetime.combine(day + timedelta(days=1), time(0), ZoneInfo(body.timezone)) - timedelta(microseconds=1)


def register_at(session: Session, body_id: int, through: int) -> Past:
    """Return how the register stood after the event of that number."""
    later = _later(session, body_id, through)
    words = wordings(session, [event for events in later.values() for event in events])
    items = _items(session, body_id)
    created = _created_by(session, items, later, through)
    return Past(
        items=[_past_item(past_item, later, words) for past_item in items if past_item.item.history_key() in created],
        milestones=_milestones(session, body_id, later),
        news=_news(session, body_id, later),
        internal_meetings=set(_internal_meetings(later)),
    )


def _later(session: Session, body_id: int, through: int) -> dict[str, list[Event]]:
    """Return the events after that one, newest first, by subject."""
    by_subject: dict[str, list[Event]] = {}
    after = col(Event.id) > through, sa.or_(col(Event.body_id) == body_id, col(Event.body_id).is_(None))
    for event in session.exec(select(Event).where(*after).order_by(col(Event.id).desc())):
        by_subject.setdefault(event.subject, []).append(event)
    return by_subject


def _items(session: Session, body_id: int) -> list[PastItem]:
    of_body = col(Item.body_id) == body_id
    items = session.exec(select(Item).where(of_body).order_by(col(Item.number))).all()
    published = Visibility.PUBLISHED
    past_item = {item.id: PastItem(item, is_published_now=item.visibility is published) for item in items}
    columns: Any = (Addressee.item_id, Addressee.party_id, Addressee.response, Addressee.responded_on)
    for item_id, party, response, day in session.exec(
        select(*columns).join(Item).where(of_body).order_by(col(Addressee.id))
    ):
        past_item[item_id].answers[party] = (response, day)
    owned = select(Ownership.item_id, Ownership.party_id).join(Item).where(of_body)
    accepted = col(Ownership.state) == OwnerState.ACCEPTED
    for item_id, party in session.exec(owned.where(accepted).order_by(col(Ownership.id))):
        past_item[item_id].owner = party
    return list(past_item.values())


def _created_by(session: Session, items: Sequence[PastItem], later: dict[str, list[Event]], through: int) -> set[str]:
    """Return the keys of the items that existed by then: those with no later event, or with an earlier one."""
    keys = [past_item.item.history_key() for past_item in items]
    touched = [key for key in keys if key in later]
    earlier = select(Event.subject).where(col(Event.id) <= through, col(Event.subject).in_(touched)).distinct()
    return {key for key in keys if key not in later} | set(session.exec(earlier))


def _past_item(past_item: PastItem, later: dict[str, list[Event]], words: Words) -> PastItem:
    """Return the item as it was. A changed row is copied first: it belongs to the session, which would store it."""
    events = later.get(past_item.item.history_key())
    if not events:
        return past_item
    past = replace(past_item, item=_copy(past_item.item), answers=dict(past_item.answers))
    walk_back(past, events, words)
    return past


def _copy(row: Row) -> Row:
    return type(row)(**row.model_dump())


def _milestones(session: Session, body_id: int, later: dict[str, list[Event]]) -> dict[int, Milestone]:
    past_milestones = {}
    for row in session.exec(select(Milestone).where(col(Milestone.body_id) == body_id)):
        events = later.get(row.history_key(), [])
        past = _copy(row)
        walk_milestone_back(past, events)
        past_milestones[row.id] = past
    return past_milestones


def _internal_meetings(later: dict[str, list[Event]]) -> Iterable[int]:
    for subject, events in later.items():
        before = [event.before["visibility"] for event in events if "visibility" in event.before]
        # The oldest of the later events comes last: it tells how the meeting stood on the day.
        if subject.startswith(f"{Meeting.__tablename__}:") and before and before[-1] == Visibility.INTERNAL:
            yield key_number(subject)


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
