"""How long digests are kept as they were sent: as many months as every body says that they speak of."""

import json
from calendar import monthrange
from collections.abc import Collection
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from tracker import db
from tracker.digests.models import Digest
from tracker.mail.models import MailState, Outgoing
from tracker.people.queries import registers

#: what a body may choose from, in months
MONTHS = (6, 12, 24, 36, 60, 120)
#: of one pass: more go with the next, so that others need not wait for the database
MOST_AT_ONCE = 500
ON_THEIR_WAY = (MailState.QUEUED, MailState.SENDING, MailState.HELD)


def months_before(now: datetime, months: int) -> datetime:
    """Return the same day and hour so many months earlier, or the last day of that month."""
    year, month = divmod(now.year * 12 + now.month - 1 - months, 12)
    day = min(now.day, monthrange(year, month + 1)[1])
    return now.replace(year=year, month=month + 1, day=day)


def forget_old_digests(session: Session, *, now: datetime) -> list[str]:
    """Empty the digests that one of their bodies keeps no longer; return the names of their messages.

    The row stays, and with it the period: nothing is sent again.
    """
    names: list[str] = []
    for body in registers(session):
        is_old = col(Digest.window_to) < months_before(now, body.digest_months)
        names += _empty(session, sa.and_(is_old, _speaks_of(f'"slug": {json.dumps(body.slug)}')))
    return names


def forget_digests_naming(session: Session, names: Collection[str]) -> list[str]:
    """Empty the digests sent to others that hold one of these names; return the names of their messages."""
    spoken = [_speaks_of(json.dumps(name)[1:-1]) for name in names if name]
    if not spoken:
        return []
    return _empty(session, sa.or_(*spoken), most=None)


def _speaks_of(text: str) -> Any:
    """Return the condition that the stored content holds this text, as JSON writes it."""
    return sa.cast(col(Digest.content), sa.Text).contains(text, autoescape=True)


def _empty(session: Session, condition: Any, most: int | None = MOST_AT_ONCE) -> list[str]:
    kept = sa.select(col(Outgoing.id), col(Outgoing.message_id)).join(
        Digest, col(Digest.outgoing_id) == col(Outgoing.id)
    )
    # What is on its way is still needed as it was written.
    kept = kept.where(condition, col(Digest.content).is_not(None), col(Outgoing.state).not_in(ON_THEIR_WAY))
    rows = db.rows(session, kept.order_by(col(Digest.window_to)).limit(most))
    ids = [row.id for row in rows]
    for start in range(0, len(ids), MOST_AT_ONCE):
        part = ids[start : start + MOST_AT_ONCE]
        empty = {"subject": "", "message": None, "text": None, "html": None}
        session.connection().execute(sa.update(Outgoing).where(col(Outgoing.id).in_(part)).values(**empty))
        session.connection().execute(
            sa.update(Digest).where(col(Digest.outgoing_id).in_(part)).values(content=sa.null())
        )
    db.forget(session, Outgoing, Digest)
    return [row.message_id for row in rows]
