"""What every change of an item does first and last: lock the row and refuse a stale form; then leave an event."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.errors import Stale
from tracker.history import Actor, leave
from tracker.history_verbs import Verb
from tracker.items.models import Item

_LOCKED = (
    select(Item).where(col(Item.id) == sa.bindparam("item")).with_for_update().execution_options(populate_existing=True)
)


def lock(session: Session, item: Item, seen_version: int | None = None) -> None:
    """Read the item afresh and lock it, so that nobody else changes it before the commit.

    Raises Stale where somebody saved it after `seen_version`; None stands for a writer who saw no version.
    """
    session.scalars(_LOCKED, {"item": item.id}).one()
    if seen_version is not None and item.version != seen_version:
        raise Stale(
            "Somebody else has changed item %(number)s since you opened it. Look at both and save again.",
            number=item.number,
        )


def note_change(
    session: Session,
    item: Item,
    verb: Verb,
    *,
    by: Actor,
    now: datetime,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Leave an event in the item's history, and date the item's last change by it."""
    item.changed_at = now
    session.add(item)
    leave(session, item, verb, by=by, now=now, body_id=item.body_id, before=before, after=after)
