"""The state of the mail relay: left alone for a while after a failure, and held until somebody releases mail."""

from datetime import datetime

from sqlmodel import Session

from tracker.db import insert_new
from tracker.history import Actor, ChangeWay, leave
from tracker.history_verbs import Verb
from tracker.mail.delivery_outcome import DeliveryOutcome
from tracker.mail.delivery_times import Durations
from tracker.mail.models import MailKind, Relay

#: somebody has requested it and waits for it now, so the hold does not stop it
URGENT = (MailKind.SIGN_IN, MailKind.TEST)


def the_relay(session: Session) -> Relay:
    """Return the one row, created at first use."""
    row = session.get(Relay, 1)
    if row is None:
        insert_new(session, Relay, id=1, failures=0, smtp_seen=False, needs_person=False)
        row = session.get_one(Relay, 1)
    return row


def first_seen(session: Session, *, now: datetime) -> None:
    """Hold mail when a relay is set for the first time, so that a hundred first digests surprise nobody."""
    row = the_relay(session)
    if not row.smtp_seen:
        row.smtp_seen = True
        hold(session, by=Actor(None, ChangeWay.JOB), now=now)


def hold(session: Session, *, by: Actor, now: datetime) -> None:
    """Let no mail leave but what somebody waits for, until `release`."""
    row = the_relay(session)
    if row.held_since is None:
        row.held_since = now
        row.released_by = None
        leave(session, "relay:1", Verb.HELD, by=by, now=now)


def release(session: Session, *, by: Actor, now: datetime) -> None:
    """Let mail leave again."""
    row = the_relay(session)
    if row.held_since is not None:
        row.held_since = None
        row.released_by = by.person_id
        leave(session, "relay:1", Verb.RELEASED, by=by, now=now)


def is_let_out(session: Session, smtp_url: str | None) -> bool:
    """Tell whether mail leaves at all: where no relay is set, or all is held, a run of digests surprises nobody."""
    relay = session.get(Relay, 1)
    is_held = relay is not None and relay.held_since is not None
    return smtp_url is not None and not is_held


def kinds_that_may_leave(row: Relay) -> tuple[MailKind, ...]:
    """Return what the hold lets through."""
    if row.held_since is not None:
        return URGENT
    return tuple(MailKind)


def may_be_tried(row: Relay, durations: Durations, now: datetime) -> bool:
    """Tell whether the wait after its last failure is over; a wait too far ahead means that the clock was set back."""
    return row.retry_at is None or row.retry_at <= now or row.retry_at > now + 2 * durations.breaker[-1]


def failed(row: Relay, outcome: DeliveryOutcome, durations: Durations, now: datetime) -> None:
    """Count a failure; the relay is left alone for longer each time."""
    row.failures += 1
    row.failing_since = row.failing_since or now
    row.needs_person = outcome.needs_person
    row.last_error = f"{outcome.code or ''} {outcome.text}".strip()
    row.retry_at = now + durations.relay_after(row.failures)


def works(row: Relay) -> None:
    """Forget the failures, since it has just answered."""
    if row.failures:
        row.failures = 0
        row.failing_since = None
        row.retry_at = None
        row.needs_person = False
        row.last_error = None


def is_alarming(row: Relay, durations: Durations, now: datetime) -> bool:
    """Tell whether a person should look: at once for a certificate or password, else after half an hour."""
    return row.failing_since is not None and (row.needs_person or now - row.failing_since >= durations.relay_alarm)
