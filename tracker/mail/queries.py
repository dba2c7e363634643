"""The state of the whole outbox and its alarms, for /health. What a reader may see is in outbox_overview.py."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.mail import relay_state
from tracker.mail.delivery_outcome import is_too_much_refused
from tracker.mail.delivery_times import Durations
from tracker.mail.models import MailState, Outgoing, Relay
from tracker.mail.outbox import IN_DATA, database_now

WAITING = (MailState.QUEUED, MailState.SENDING)
QUEUED_TOO_LONG = timedelta(hours=2)
RECENT = timedelta(days=1)


@dataclass(frozen=True)
class OutboxState:
    """The state of the outbox; `alarms` are fixed words for what a person should look at."""

    counts: dict[MailState, int]
    #: since when the oldest mail waits, by the real clock
    oldest: datetime | None
    ambiguous: int
    held_since: datetime | None
    relay_error: str | None
    alarms: tuple[str, ...]


def outbox_state(session: Session, *, durations: Durations | None = None) -> OutboxState:
    """Return the state of the outbox."""
    counts = dict(session.exec(select(Outgoing.state, sa.func.count()).group_by(Outgoing.state)).all())
    waiting = select(Outgoing.queued_at).where(col(Outgoing.state).in_(WAITING))
    oldest = session.exec(waiting.order_by(col(Outgoing.queued_at)).limit(1)).first()
    ambiguous = session.exec(select(sa.func.count()).where(col(Outgoing.ambiguous) > 0)).one()
    row = session.get(Relay, 1) or Relay()
    return OutboxState(
        counts={state: counts.get(state, 0) for state in MailState},
        oldest=oldest,
        ambiguous=ambiguous,
        held_since=row.held_since,
        relay_error=row.last_error,
        alarms=tuple(_alarms(session, row, oldest, durations or Durations())),
    )


def _alarms(session: Session, row: Relay, oldest: datetime | None, durations: Durations) -> list[str]:
    real = database_now(session)
    alarms = []
    if relay_state.is_alarming(row, durations, real):
        alarms.append("relay-fails")
    if oldest is not None and row.held_since is None and real - oldest > QUEUED_TOO_LONG:
        alarms.append("mail-waits")
    dead = col(Outgoing.state) == MailState.DEAD, col(Outgoing.frozen_at) > real - RECENT
    if session.exec(select(Outgoing.id).where(*dead, col(Outgoing.ambiguous) >= durations.ambiguous_most)).first():
        alarms.append("arrival-unknown")
    refused = _count(session, *dead, col(Outgoing.phase) == IN_DATA, col(Outgoing.last_code) >= 500)
    if is_too_much_refused(refused, refused + _count(session, col(Outgoing.sent_at) > real - RECENT)):
        alarms.append("content-refused")
    return alarms


def _count(session: Session, *conditions: sa.ColumnElement[bool]) -> int:
    return int(session.exec(select(sa.func.count(col(Outgoing.id))).where(*conditions)).one())
