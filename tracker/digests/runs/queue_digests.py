"""The pass: queues a digest for everybody whose period is due, for all of them with a few statements."""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from tracker import db
from tracker.digests.event_windows import digest_windows, number_events
from tracker.digests.models import Digest
from tracker.digests.runs.holds import holds_by_person
from tracker.digests.runs.subscribers import Subscriber, subscribers
from tracker.mail import outbox
from tracker.mail.models import MailKind, MailState, Outgoing
from tracker.mail.outbox import QueuedMail

#: people in one statement: PostgreSQL and SQLite take a few ten thousand values
AT_ONCE = 1000


@dataclass(frozen=True)
class DueDigest:
    """A digest to be queued: for whom, and for which period."""

    subscriber: Subscriber
    period: date


def due_digests(session: Session, *, now: datetime) -> list[DueDigest]:
    """Return every digest that is due and not made yet."""
    return [
        DueDigest(subscriber, period)
        for subscriber in subscribers(session, now)
        if (period := subscriber.period_now(now)) is not None
    ]


def queue_due(session: Session, *, now: datetime, secret: str) -> int:
    """Queue a digest for everybody whose period is due, and return how many; `now` is read once."""
    upto = number_events(session)
    due = due_digests(session, now=now)
    holds: Mapping[int, int] = {}
    if due:
        holds = holds_by_person(session, now=now)
    queued = 0
    for start in range(0, len(due), AT_ONCE):
        queued += _queue(session, due[start : start + AT_ONCE], holds, upto, now=now, secret=secret)
    return queued


def _queue(
    session: Session, due: Sequence[DueDigest], holds: Mapping[int, int], upto: int, *, now: datetime, secret: str
) -> int:
    mails = [_mail(digest, holds, secret) for digest in due]
    # Another scheduler may have queued some of them a moment ago: then they are not ours.
    ids = outbox.queue_all(session, mails, kind=MailKind.DIGEST, now=now)
    _cancel_older(session, ids)
    begun = {digest.subscriber.person_id: digest.subscriber.subscribed_at for digest in due}
    windows = digest_windows(session, begun, now, upto)
    rows = [
        {
            "outgoing_id": ids[digest.subscriber.person_id],
            "person_id": digest.subscriber.person_id,
            "window_from": windows[digest.subscriber.person_id].since,
            "window_to": now,
            "number_to": upto,
            "hold_id": holds.get(digest.subscriber.person_id),
        }
        for digest in due
        if digest.subscriber.person_id in ids
    ]
    db.insert_all(session, Digest, rows)
    return len(rows)


def _mail(digest: DueDigest, holds: Mapping[int, int], secret: str) -> QueuedMail:
    person_id = digest.subscriber.person_id
    state = MailState.QUEUED
    if person_id in holds:
        state = MailState.HELD
    name = message_id(secret, person_id, digest.period)
    return QueuedMail(person_id, digest.subscriber.email, digest.period.isoformat(), name, state)


def message_id(secret: str, person_id: int, period: date) -> str:
    """Return the name of the one message for that person and period, the same wherever it is made."""
    key = f"{person_id}|{MailKind.DIGEST}|{period.isoformat()}"
    return f"digest.{period.isoformat()}.{hmac.new(secret.encode(), key.encode(), hashlib.sha256).hexdigest()[:20]}"


def _cancel_older(session: Session, newest: Mapping[int, int]) -> None:
    """Cancel digests that have not left yet: the new ones, given by person, cover their period too."""
    older = sa.update(Outgoing).where(
        col(Outgoing.person_id).in_(newest.keys()),
        col(Outgoing.kind) == MailKind.DIGEST,
        col(Outgoing.state).in_((MailState.QUEUED, MailState.HELD)),
        col(Outgoing.ambiguous) == 0,
        col(Outgoing.id).not_in(newest.values()),
    )
    why = "the next digest covers this period too"
    values = {"state": MailState.CANCELLED, "lease_until": None, "last_text": why}
    session.connection().execute(older.values(**values))
    db.forget(session, Outgoing)
