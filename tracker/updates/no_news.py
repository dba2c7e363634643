"""Which items nobody has heard of for long: the twin of items.status.has_no_news that the database can ask."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import col

from tracker.items.models import Item
from tracker.items.status import OPEN, QUIET_AFTER
from tracker.people.queries import Sight
from tracker.updates.models import Update
from tracker.updates.queries import may_read


def no_news(now: datetime, sight: Sight) -> sa.ColumnElement[bool]:
    """Return the condition that an open item has had no update for 30 days that the reader may see."""
    latest = (
        sa.select(sa.func.max(col(Update.made_at)))
        .where(col(Update.item_id) == col(Item.id), may_read(sight))
        .correlate(Item)
        .scalar_subquery()
    )
    last_news = sa.func.coalesce(latest, col(Item.created_at))
    return sa.and_(col(Item.progress).in_(OPEN), last_news <= now - QUIET_AFTER)
