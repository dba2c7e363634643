"""The outbox: rows that wait to be sent, and the steps of one row on its way (see docs/mail.md).

`put` and `queue` are called inside somebody else's transaction; nothing leaves before that commits. How a try may end
is below; its steps are in mail_claims.py. Leases and waits go by the database's clock.
"""

import logging
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.clock import real_now
from tracker.db import insert_missing, insert_new
from tracker.mail.compose_email import Email
from tracker.mail.delivery_times import Durations
from tracker.mail.models import MailKind, MailState, Outgoing

log = logging.getLogger("tracker.mail")

#: the phase of a row whose message the relay may have: set and committed before its first byte leaves
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
        message_id=new_message_id(kind),
        subject=email.subject,
        text=email.text,
        html=email.html,
        headers=email.headers,
        created_at=now,
        next_at=real_now(),
    )
    session.add(row)
    session.flush()
    return row


def new_message_id(kind: MailKind) -> str:
    """Return a name for a message that no other has."""
    return f"{kind.value}.{secrets.token_hex(10)}"


def queue(
    session: Session,
    *,
    person_id: int,
    to: str,
    kind: MailKind,
    period: str,
    message_id: str,
    now: datetime,
    next_at: datetime | None = None,
) -> int | None:
    """Queue the one mail of that kind and period, to be written when it leaves; None if it is there already.

    `next_at` is of the real clock: the mail leaves then, or at once.
    """
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
        queued_at=real_now(),
        next_at=next_at or real_now(),
        state=MailState.QUEUED,
        attempts=0,
        ambiguous=0,
    )


@dataclass(frozen=True)
class QueuedMail:
    """The one mail to a person of a kind and period, to be written when it leaves."""

    person_id: int
    to: str
    period: str
    message_id: str
    state: MailState = MailState.QUEUED


def queue_all(session: Session, mails: Sequence[QueuedMail], *, kind: MailKind, now: datetime) -> dict[int, int]:
    """Queue these mails with one statement; return the ids, by person, of those that were not there already."""
    shared = {
        "kind": kind, "subject": "", "created_at": now, "queued_at": real_now(), "next_at": real_now(),
        "attempts": 0, "ambiguous": 0, "is_invitation": False,
    }  # fmt: skip
    new = [
        {**shared, "person_id": mail.person_id, "to_addr": mail.to, "period": mail.period,
         "message_id": mail.message_id, "state": mail.state}
        for mail in mails
    ]  # fmt: skip
    return dict(insert_missing(session, Outgoing, new, col(Outgoing.person_id), col(Outgoing.id)))


def mailed_before(session: Session, person_ids: Iterable[int | None]) -> set[int | None]:
    """Return to which of these people a mail was ever sent; to the others, the first one says what this is."""
    reached = select(Outgoing.person_id).where(
        col(Outgoing.person_id).in_(list(person_ids)), col(Outgoing.state) == MailState.SENT
    )
    return set(session.exec(reached.distinct()))


def database_now(session: Session) -> datetime:
    """Return the time of the one clock that all processes on this database share.

    The transaction begins first: a writer may have to wait for it, and a lease that began before would end too soon.
    """
    if session.get_bind().dialect.name == "sqlite":
        session.connection()
        # SQLite is a file of this machine, so there is no other clock.
        return real_now()
    moment: datetime = session.exec(select(sa.func.clock_timestamp())).one()
    return moment


def recover(session: Session, durations: Durations, *, predecessor_is_dead: bool = False) -> None:
    """Queue rows again whose sender is gone: now if nothing was sent, after a wait if it is uncertain, or never."""
    now = database_now(session)
    abandoned = [col(Outgoing.state) == MailState.SENDING]
    if not predecessor_is_dead:
        # A lease too far ahead means that the clock was set back.
        abandoned.append(sa.or_(col(Outgoing.lease_until) < now, col(Outgoing.lease_until) > now + 2 * durations.lease))
    for row in session.exec(select(Outgoing).where(*abandoned).with_for_update(skip_locked=True)):
        if row.phase == IN_DATA:
            doubt(row, "interrupted after the message was handed over", durations, now)
        else:
            # Its sender, should it still live, may no longer begin to send.
            back(row, now, "interrupted", counts=False)
            give_way(session, row)


def is_covered(session: Session, row: Outgoing) -> bool:
    """Tell whether a later digest says what this one would."""
    if row.kind is not MailKind.DIGEST or row.period is None:
        return False
    later = select(Outgoing.id).where(
        col(Outgoing.person_id) == row.person_id,
        col(Outgoing.kind) == row.kind,
        col(Outgoing.period) > row.period,
    )
    return session.exec(later.limit(1)).first() is not None


def give_way(session: Session, row: Outgoing) -> None:
    """Cancel a row that waits for another try, if a later digest covers it and nobody can have it already.

    The later one was queued while this one was on its way, and so did not cancel it.
    """
    if row.state is MailState.QUEUED and not row.ambiguous and is_covered(session, row):
        end(row, MailState.CANCELLED, "the next digest covers this period too")


def thaw(row: Outgoing) -> None:
    """Let the row be written anew, unless somebody may have it already."""
    if not row.ambiguous:
        row.message = None
        row.frozen_at = None


def back(row: Outgoing, next_at: datetime, why: str, *, counts: bool = True) -> None:
    """Queue the row again; a try that says nothing of this message does not count.

    Until its next turn, which may be long in coming, much may happen that it has to say, or must not say any more.
    """
    thaw(row)
    row.state = MailState.QUEUED
    row.phase = None
    row.next_at = next_at
    row.last_text = why
    if not counts:
        row.attempts -= 1


def doubt(row: Outgoing, why: str, durations: Durations, now: datetime) -> None:
    """Count a try whose end is unknown. If its sender reports late that it was sent, that is still believed."""
    row.ambiguous += 1
    if row.ambiguous >= durations.ambiguous_most:
        log.error("mail %s: after %d tries it is unknown whether it arrived: %s", row.id, row.ambiguous, why)
        end(row, MailState.DEAD, why)
    else:
        back(row, now + durations.ambiguous, why)


def end(row: Outgoing, state: MailState, why: str | None = None) -> None:
    """Give the row its last state."""
    row.state = state
    row.lease_until = None
    if why is not None:
        row.last_text = why


def postpone(row: Outgoing, why: str, durations: Durations, now: datetime) -> None:
    """Queue the row for later, or give up when it has been tried for long enough."""
    wait = durations.retry_after(row.attempts)
    if wait is None:
        end(row, MailState.DEAD, why)
    else:
        back(row, now + durations.varied(wait), why)
