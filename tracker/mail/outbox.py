"""The outbox: rows that wait to be sent, and the steps of one row on its way (see docs/mail.md).

`put` and `queue` are called inside somebody else's transaction; nothing leaves before that commits. The steps are
called by delivery.py, which commits between them. Leases and waits go by the database's clock.
"""

import logging
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.clock import real_now
from tracker.db import insert_new
from tracker.mail.delivery_times import Durations
from tracker.mail.email import Email
from tracker.mail.models import MailKind, MailState, Outgoing

log = logging.getLogger("tracker.mail")

#: may the relay have the message? set, and committed, before the first byte of it leaves
IN_DATA = "data"


def put(
    session: Session,
    email: Email,
    *,
    person_id: int | None,
    kind: MailKind,
    now: datetime,
    period: str | None = None,
    body_id: int | None = None,
) -> Outgoing:
    """Put a finished mail into the outbox; it leaves after the caller's commit. `now` is the installation's."""
    row = Outgoing(
        person_id=person_id,
        kind=kind,
        body_id=body_id,
        period=period,
        to_addr=email.to,
        message_id=f"{kind.value}.{secrets.token_hex(10)}",
        subject=email.subject,
        text=email.text,
        html=email.html,
        created_at=now,
        next_at=real_now(),
    )
    session.add(row)
    session.flush()
    return row


def queue(
    session: Session, *, person_id: int, to: str, kind: MailKind, period: str, message_id: str, now: datetime
) -> int | None:
    """Queue the one mail of that kind and period, to be written when it leaves; None if it is there already."""
    return insert_new(
        session,
        Outgoing,
        person_id=person_id,
        kind=kind,
        period=period,
        to_addr=to,
        message_id=message_id,
        subject="",
        created_at=now,
        next_at=real_now(),
        state=MailState.QUEUED,
        attempts=0,
        ambiguous=0,
    )


@dataclass(frozen=True)
class MailClaim:
    """A row that one process has taken for a while; the token proves it."""

    id: int
    token: str


def database_now(session: Session) -> datetime:
    """Return the one clock that all processes on this database share, once the transaction has begun.

    A writer may have waited for others until then: a lease that began before would be over too soon.
    """
    if session.get_bind().dialect.name == "sqlite":
        session.connection()
        return real_now()  # one machine
    moment: datetime = session.exec(select(sa.func.clock_timestamp())).one()
    return moment


def claim(session: Session, durations: Durations, kinds: Iterable[MailKind] = tuple(MailKind)) -> MailClaim | None:
    """Take the row that has waited longest for its turn; None if nothing is due."""
    now = database_now(session)
    due = (
        select(Outgoing.id)
        .where(
            col(Outgoing.state) == MailState.QUEUED,
            col(Outgoing.kind).in_(kinds),
            sa.or_(col(Outgoing.next_at) <= now, col(Outgoing.next_at) > now + 2 * durations.longest_wait),
        )
        .order_by(col(Outgoing.next_at), col(Outgoing.id))
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    token = secrets.token_hex(16)
    taken = sa.update(Outgoing).where(col(Outgoing.id) == due.scalar_subquery())
    lease = {"state": MailState.SENDING, "lease_token": token, "lease_until": now + durations.lease}
    row = session.exec(
        taken.values(**lease, attempts=col(Outgoing.attempts) + 1, phase=None).returning(col(Outgoing.id))
    ).first()
    if row:
        return MailClaim(row[0], token)
    return None


def leased(session: Session, claim: MailClaim, *states: MailState) -> Outgoing | None:
    """Return the claimed row, locked, if it is still ours and in one of these states (by default: sending)."""
    return session.exec(
        select(Outgoing)
        .where(
            col(Outgoing.id) == claim.id,
            col(Outgoing.lease_token) == claim.token,
            col(Outgoing.state).in_(states or (MailState.SENDING,)),
        )
        .with_for_update()
    ).one_or_none()


def into_data(session: Session, claim: MailClaim, durations: Durations) -> bool:
    """Note that the relay may have the message from now on; False if its lease is over, or another has taken it.

    The lease begins again: all of it is left for the relay's answer, however long this process had to wait for others.
    """
    row = leased(session, claim)
    now = database_now(session)  # not before: the row may have been somebody else's until now
    if row is None or row.lease_until is None or row.lease_until <= now:
        return False
    row.phase = IN_DATA
    row.lease_until = now + durations.lease
    return True


def recover(session: Session, durations: Durations, *, predecessor_is_dead: bool = False) -> None:
    """Put rows back whose sender is gone: certain ones now, ambiguous ones after a wait, or never again."""
    now = database_now(session)
    left = sa.or_(col(Outgoing.lease_until) < now, col(Outgoing.lease_until) > now + 2 * durations.lease)
    for row in session.exec(
        select(Outgoing)
        .where(col(Outgoing.state) == MailState.SENDING, sa.true() if predecessor_is_dead else left)
        .with_for_update(skip_locked=True)
    ):
        if row.phase == IN_DATA:
            doubt(row, "interrupted after the message was handed over", durations, now)
        else:
            back(row, now, "interrupted", counts=False)  # its sender, if it lives, may no longer begin to send


def back(row: Outgoing, next_at: datetime, why: str, *, counts: bool = True) -> None:
    """Queue the row again; a try that says nothing of this message does not count."""
    row.state = MailState.QUEUED
    row.phase = None
    row.next_at = next_at
    row.last_text = why
    row.attempts -= 0 if counts else 1


def doubt(row: Outgoing, why: str, durations: Durations, now: datetime) -> None:
    """Count a try of which nobody knows how it ended. A late "sent" of its sender is still believed."""
    row.ambiguous += 1
    if row.ambiguous >= durations.ambiguous_most:
        log.error("mail %s: nobody knows after %d tries whether it arrived: %s", row.id, row.ambiguous, why)
        end(row, MailState.DEAD, why)
    else:
        back(row, now + durations.ambiguous, why)


def end(row: Outgoing, state: MailState, why: str | None = None) -> None:
    """Be done with the row."""
    row.state = state
    row.lease_until = None
    if why is not None:
        row.last_text = why


def postpone(row: Outgoing, why: str, durations: Durations, now: datetime) -> None:
    """Queue the row for later, or give it up when it has been tried for long enough."""
    wait = durations.retry_after(row.attempts)
    if wait is None:
        end(row, MailState.DEAD, why)
    else:
        back(row, now + durations.varied(wait), why)
