"""Reading updates with their authors and evidence, and which items have had no news."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.db import UTCDateTime, rows
from tracker.history import RECORDED_FOR, Event
from tracker.history_queries import key_number
from tracker.history_verbs import Verb
from tracker.items.models import Item
from tracker.items.status import OPEN, QUIET_AFTER
from tracker.people.models import Person
from tracker.people.queries import Sight
from tracker.updates.changes import DUE, TAKEN_BACK
from tracker.updates.models import Evidence, EvidenceKind, Update
from tracker.updates.reading_rules import may_read

LONG_AGO = datetime(1900, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class EvidenceSummary:
    """One piece of evidence, without the bytes of a file."""

    id: int
    kind: EvidenceKind
    url: str | None
    filename: str | None


@dataclass(frozen=True)
class RecordedUpdate:
    """An update as a page or a mail shows it."""

    #: a row for reading: it cannot be changed
    update: Update
    author: str | None
    evidence: tuple[EvidenceSummary, ...]


def not_taken_back() -> sa.ColumnElement[bool]:
    """Return the condition that an update was not undone and does not undo another."""
    after = col(Event.after)
    either = sa.or_(*(after[name].as_integer() == col(Update.id) for name in ("taken_back", "update")))
    of_item = col(Event.subject) == sa.literal("item:").concat(sa.cast(col(Update.item_id), sa.String))
    return ~sa.exists().where(of_item, col(Event.verb) == TAKEN_BACK, either).correlate(Update)


def updates_of(
    session: Session,
    item_ids: Collection[int],
    sight: Sight,
    *,
    since: datetime | None = None,
    standing_only: bool = False,
) -> list[RecordedUpdate]:
    """Return the updates of these items after `since` that the reader may see, newest first, with their evidence.

    Updates that were undone are among them, for pages that say so, unless `standing_only`.
    """
    statement = _updates(sight.alike, standing_only=standing_only)
    proofs = rows(session, statement, items=list(item_ids), since=since or LONG_AGO)
    by_update = [list(group) for _, group in groupby(proofs, key=attrgetter("id"))]
    return [RecordedUpdate(group[0], group[0].author, tuple(_evidence(group))) for group in by_update]


@lru_cache(maxsize=200)
def _updates(sight: Sight, *, standing_only: bool) -> Any:
    """Return the statement, cached for all who see the same: a row for each piece of evidence, or one without any."""
    proof: Any = (col(Evidence.id).label("proof"), Evidence.kind, Evidence.url, Evidence.filename)
    statement = (
        sa.select(Update, col(Person.name).label("author"), *proof)
        .join(Item, col(Update.item_id) == col(Item.id))
        .outerjoin(Person, col(Update.author_id) == col(Person.id))
        .outerjoin(Evidence, col(Evidence.update_id) == col(Update.id))
        .where(col(Update.item_id).in_(sa.bindparam("items", expanding=True)), may_read(sight))
        .where(col(Update.made_at) > sa.bindparam("since", type_=UTCDateTime()))
        .order_by(col(Update.made_at).desc(), col(Update.id).desc(), col(Evidence.id))
    )
    if standing_only:
        return statement.where(not_taken_back())
    return statement


def _evidence(proofs: Iterable[Any]) -> Iterator[EvidenceSummary]:
    return (EvidenceSummary(row.proof, row.kind, row.url, row.filename) for row in proofs if row.proof is not None)


def evidence_file(session: Session, evidence_id: int, sight: Sight) -> Evidence | None:
    """Return the file if the reader may see the update it belongs to."""
    statement = (
        select(Evidence)
        .join(Update, col(Evidence.update_id) == col(Update.id))
        .join(Item, col(Update.item_id) == col(Item.id))
        .where(col(Evidence.id) == evidence_id, col(Evidence.kind) == EvidenceKind.FILE, may_read(sight))
    )
    return session.exec(statement).one_or_none()


def last_news(session: Session, item_ids: Collection[int], sight: Sight) -> dict[int, datetime]:
    """Return the moment of the last update of each of these items that the reader may see, where there is one."""
    return dict(rows(session, _last_news(sight.alike), items=list(item_ids)))


@lru_cache(maxsize=200)
def _last_news(sight: Sight) -> Any:
    return (
        sa.select(col(Update.item_id), sa.func.max(col(Update.made_at)))
        .join(Item, col(Update.item_id) == col(Item.id))
        .where(col(Update.item_id).in_(sa.bindparam("items", expanding=True)), may_read(sight))
        .group_by(col(Update.item_id))
    )


def history_of_updates(session: Session, item: Item, entries: Sequence[RecordedUpdate]) -> list[Event]:
    """Return the history that tells of these updates: with a due date, undone, recorded for somebody; oldest first."""
    # Without updates there is nothing to ask.
    if not entries:
        return []
    return list(rows(session, _OF_UPDATES, subject=item.history_key()))


_OF_UPDATES = (
    select(Event)
    .where(col(Event.subject) == sa.bindparam("subject"))
    .where(col(Event.verb).in_((Verb.UPDATED, TAKEN_BACK, Verb.DUE_DATE_SET)))
    .order_by(col(Event.id))
)


def undone_updates(history: Iterable[Event]) -> dict[int, int]:
    """Return the ids of the updates that an item's history says were undone, each with the update that did it."""
    corrections = [event.after for event in history if event.verb == TAKEN_BACK]
    return {after["taken_back"]: after["update"] for after in corrections}


def new_days(history: Sequence[Event]) -> dict[int, date | None]:
    """Return the ids of the updates that changed the item's due day, each with the new day; None where it has none."""
    due_days = {event.id: event.after.get("due_on") for event in history}
    days: dict[int, date | None] = {}
    for event in history:
        if event.after.get(DUE):
            due_day = due_days[event.after[DUE]]
            days[event.after["update"]] = due_day and date.fromisoformat(due_day)
    return days


def recorders(history: Sequence[Event]) -> dict[int, int]:
    """Return the ids of the updates that somebody recorded for their author, each with the person who did."""
    recorded = [event for event in history if RECORDED_FOR in event.after and "update" in event.after]
    return {event.after["update"]: key_number(event.actor) for event in recorded}


def no_news(now: datetime, sight: Sight) -> sa.ColumnElement[bool]:
    """Return the condition of status.has_no_news: open, and without an update for 30 days that the reader may see."""
    # Of each item alone: asked of all recent updates at once it takes twice as long, by 30,000 updates of 10,000 items.
    latest = (
        sa.select(sa.func.max(col(Update.made_at)))
        .where(col(Update.item_id) == col(Item.id), may_read(sight))
        .correlate(Item)
        .scalar_subquery()
    )
    last_news = sa.func.coalesce(latest, col(Item.created_at))
    return sa.and_(col(Item.progress).in_(OPEN), last_news <= now - QUIET_AFTER)
