"""Which process reads which part: one reading at a time, for as long as its lease lasts by the database's clock."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.assistant.call_faults import LONGEST_WAIT
from tracker.assistant.chat_server import CALL_SECONDS
from tracker.assistant.models import AssistantReading, AssistantState
from tracker.mail.outbox import database_now

#: longer than a call may take and its answer be stored; whoever is gone for so long is dead
LEASE = timedelta(seconds=CALL_SECONDS + 60)


@dataclass(frozen=True)
class ReadingClaim:
    """A reading of which one process reads the next part; the token proves it."""

    id: int
    token: str
    #: how often that part has been begun, this time included
    tries: int


def claim_reading(session: Session) -> ReadingClaim | None:
    """Take the reading that has waited longest, or one whose process is gone; None if there is none."""
    now = database_now(session)
    due = (
        select(AssistantReading.id)
        .where(_is_due(now))
        .order_by(col(AssistantReading.id))
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    # A process whose lease is over may still come back: without the token it can no longer write.
    token = secrets.token_hex(16)
    lease = {"state": AssistantState.READING, "lease_token": token, "lease_until": now + LEASE}
    taken = sa.update(AssistantReading).where(col(AssistantReading.id) == due.scalar_subquery())
    begun = {"not_before": None, "tries": col(AssistantReading.tries) + 1}
    columns = (col(AssistantReading.id), col(AssistantReading.tries))
    row = session.exec(taken.values(**lease, **begun).returning(*columns)).first()
    if row:
        return ReadingClaim(row[0], token, row[1])
    return None


def leased_reading(session: Session, claim: ReadingClaim) -> AssistantReading | None:
    """Return the claimed reading, locked, if it is still ours: it may have been cancelled, or taken over."""
    return session.exec(
        select(AssistantReading)
        .where(col(AssistantReading.id) == claim.id, col(AssistantReading.lease_token) == claim.token)
        .where(col(AssistantReading.state) == AssistantState.READING)
        .with_for_update()
    ).one_or_none()


def is_any_due(session: Session) -> bool:
    """Tell whether a part can be read now."""
    due = select(AssistantReading.id).where(_is_due(database_now(session))).limit(1)
    return session.exec(due).first() is not None


def _is_due(now: datetime) -> sa.ColumnElement[bool]:
    """Return the condition that a reading waits and may go on, or was left.

    A moment that lies further ahead than any can be is one of a clock that stepped back.
    """
    state = col(AssistantReading.state)
    until = col(AssistantReading.lease_until)
    later = col(AssistantReading.not_before)
    may_go_on = sa.or_(later.is_(None), later <= now, later > now + 2 * LONGEST_WAIT)
    is_over = sa.or_(until < now, until > now + 2 * LEASE)
    waits = sa.and_(state == AssistantState.WAITING, may_go_on)
    return sa.or_(waits, sa.and_(state == AssistantState.READING, is_over))
