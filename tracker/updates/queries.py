"""Reading what happened since: the updates of items, with authors and evidence."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from tracker.history import Event
from tracker.items.models import Item
from tracker.meetings.models import Visibility
from tracker.meetings.queries import visible_to
from tracker.people.models import Person
from tracker.people.queries import Sight
from tracker.updates.changes import TAKEN_BACK
from tracker.updates.models import Evidence, EvidenceKind, Update


@dataclass(frozen=True)
class Proven:
    """What stands behind an update, without the bytes of a file."""

    id: int
    kind: EvidenceKind
    url: str | None
    filename: str | None


@dataclass(frozen=True)
class Entry:
    """An update as a page or a mail shows it."""

    update: Update
    author: str | None
    evidence: tuple[Proven, ...]


def may_read(sight: Sight) -> sa.ColumnElement[bool]:
    """Return the condition that the reader may see an update; the statement must join its item.

    A note marked published is public only once its item is.
    """
    published = sa.and_(
        col(Update.visibility) == Visibility.PUBLISHED, visible_to(sight, Item.body_id, Item.visibility)
    )
    return sa.or_(published, col(Item.body_id).in_(sight.register_ids))


def updates_of(
    session: Session, item_ids: Collection[int], sight: Sight, *, since: datetime | None = None
) -> list[Entry]:
    """Return the updates of these items that the reader may see, newest first, with their evidence."""
    statement = (
        select(Update, Person.name)
        .join(Item, col(Update.item_id) == col(Item.id))
        .outerjoin(Person, col(Update.author_id) == col(Person.id))
        .where(col(Update.item_id).in_(item_ids), may_read(sight))
        .order_by(col(Update.made_at).desc(), col(Update.id).desc())
    )
    if since is not None:
        statement = statement.where(col(Update.made_at) > since)
    rows = session.exec(statement).all()
    proofs = _proofs(session, [update.id for update, _ in rows if update.id])
    return [Entry(update, author, tuple(proofs.get(update.id or 0, ()))) for update, author in rows]


def _proofs(session: Session, update_ids: Collection[int]) -> dict[int, list[Proven]]:
    if not update_ids:
        return {}
    without_bytes = defer(Evidence.content, raiseload=True)  # type: ignore[arg-type]
    statement = select(Evidence).where(col(Evidence.update_id).in_(update_ids)).order_by(col(Evidence.id))
    found: dict[int, list[Proven]] = {}
    for proof in session.exec(statement.options(without_bytes)):
        found.setdefault(proof.update_id, []).append(Proven(proof.id or 0, proof.kind, proof.url, proof.filename))
    return found


def evidence_file(session: Session, evidence_id: int, sight: Sight) -> Evidence | None:
    """Return that file if the reader may see the update it belongs to."""
    statement = (
        select(Evidence)
        .join(Update, col(Evidence.update_id) == col(Update.id))
        .join(Item, col(Update.item_id) == col(Item.id))
        .where(col(Evidence.id) == evidence_id, col(Evidence.kind) == EvidenceKind.FILE, may_read(sight))
    )
    return session.exec(statement).one_or_none()


def last_news(session: Session, item_ids: Collection[int]) -> dict[int, datetime]:
    """Return when each of these items had its last update; an item without one is not in it."""
    statement = (
        select(Update.item_id, sa.func.max(col(Update.made_at)))
        .where(col(Update.item_id).in_(item_ids))
        .group_by(col(Update.item_id))
    )
    return dict(session.exec(statement).all())


def taken_back(history: Iterable[Event]) -> dict[int, int]:
    """Return the updates that were taken back by an item's history, each with the update that did it."""
    told = [event.after for event in history if event.verb == TAKEN_BACK]
    return {after["taken_back"]: after["update"] for after in told}
