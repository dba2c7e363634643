"""Makes digests: queues what is due, writes each when its turn comes, and stops them for those who want none."""

import hashlib
import hmac
import logging
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker import clock
from tracker.digests import unsubscribe
from tracker.digests.content import assemble
from tracker.digests.models import Digest
from tracker.digests.parts import DigestContent, as_plain, from_plain
from tracker.digests.queries import Window, facts_for, may_still_see
from tracker.digests.quiet_rules import ToldBefore, told_before, without_repeats
from tracker.digests.reader import DigestReader, reader_of, zone_of
from tracker.digests.send_times import MEMORY, WEEK, Rhythm, period_to_send
from tracker.history import Actor
from tracker.mail import outbox
from tracker.mail.compose_email import compose
from tracker.mail.delivery_office import Dropped, Written
from tracker.mail.models import MailKind, MailState, Outgoing
from tracker.people.models import Frequency, Person, Subscription
from tracker.people.terms import subscribe

log = logging.getLogger("tracker.digests")
#: a digest that covers more time than this says since when
USUAL = WEEK + timedelta(days=1)
#: states of digests that were sent, or that had nothing to say
COVERED = (MailState.SENT, MailState.EMPTY)


def queue_due(session: Session, *, now: datetime, secret: str) -> int:
    """Queue a digest for everybody whose week is due, and return how many; `now` is read once."""
    last = _last_made(session, now)
    queued = 0
    for subscription, person in _subscribers(session):
        period = _period(session, subscription, person, last.get(person.id), now)
        if period is not None and _queue(session, person, subscription, period, now=now, secret=secret):
            queued += 1
    return queued


def _subscribers(session: Session) -> list[tuple[Subscription, Person]]:
    statement = (
        select(Subscription, Person)
        .join(Person, col(Person.id) == col(Subscription.person_id))
        .where(
            col(Subscription.frequency) == Frequency.WEEKLY,
            col(Person.email).is_not(None),
            col(Person.merged_into_id).is_(None),
            col(Person.erased_on).is_(None),
        )
        .order_by(col(Person.id))
    )
    return list(session.exec(statement))


def _last_made(session: Session, now: datetime) -> dict[int, date]:
    """Return each person's latest week among the digests made near now."""
    statement = (
        select(Outgoing.person_id, sa.func.max(col(Outgoing.period)))
        .where(
            col(Outgoing.kind) == MailKind.DIGEST,
            col(Outgoing.created_at) >= now - MEMORY,
            col(Outgoing.created_at) <= now + MEMORY,
        )
        .group_by(col(Outgoing.person_id))
    )
    return {number: date.fromisoformat(period) for number, period in session.exec(statement) if number and period}


def rhythm_of(session: Session, subscription: Subscription, person: Person) -> Rhythm:
    """Return when the person's digest comes."""
    try:
        zone = zone_of(session, person)
    except (KeyError, ValueError):  # zoneinfo's two ways of not knowing a name
        log.warning("person %s has an unknown time zone", person.id)
        zone = ZoneInfo("UTC")
    return Rhythm(subscription.weekday, subscription.hour, zone)


def _period(
    session: Session, subscription: Subscription, person: Person, last_made: date | None, now: datetime
) -> date | None:
    rhythm = rhythm_of(session, subscription, person)
    return period_to_send(now, rhythm, subscribed_at=subscription.subscribed_at, last_made=last_made)


def _queue(
    session: Session, person: Person, subscription: Subscription, period: date, *, now: datetime, secret: str
) -> bool:
    name = message_id(secret, person.id, period)
    outgoing_id = outbox.queue(
        session,
        person_id=person.id,
        to=person.email or "",
        kind=MailKind.DIGEST,
        period=period.isoformat(),
        message_id=name,
        now=now,
    )
    if outgoing_id is None:
        return False
    _cancel_older(session, person.id, outgoing_id)
    since = covered_until(session, subscription, now)
    session.add(Digest(outgoing_id=outgoing_id, person_id=person.id, window_from=since, window_to=now))
    session.flush()
    return True


def message_id(secret: str, person_id: int, period: date) -> str:
    """Return the name of the one message for that person and week, the same wherever it is made."""
    key = f"{person_id}|{MailKind.DIGEST}|{period.isoformat()}"
    return f"digest.{period.isoformat()}.{hmac.new(secret.encode(), key.encode(), hashlib.sha256).hexdigest()[:20]}"


def _cancel_older(session: Session, person_id: int, newest: int) -> None:
    """Cancel digests that have not left yet: the new one covers their period too."""
    older = select(Outgoing).where(
        col(Outgoing.person_id) == person_id,
        col(Outgoing.kind) == MailKind.DIGEST,
        col(Outgoing.state).in_((MailState.QUEUED, MailState.HELD)),
        col(Outgoing.ambiguous) == 0,
        col(Outgoing.id) != newest,
    )
    for row in session.exec(older.with_for_update()):
        outbox.end(row, MailState.CANCELLED, "the next digest covers this period too")


def covered_until(session: Session, subscription: Subscription, now: datetime) -> datetime:
    """Return the end of the time that the person's digests have covered, or the moment they subscribed."""
    last_end = (
        select(sa.func.max(col(Digest.window_to)))
        .join(Outgoing, col(Outgoing.id) == col(Digest.outgoing_id))
        .where(
            col(Digest.person_id) == subscription.person_id,
            col(Digest.window_to) <= now,
            col(Outgoing.state).in_(COVERED),
        )
    )
    return session.exec(last_end).one() or subscription.subscribed_at


@dataclass(frozen=True)
class Press:
    """Writes digests; the secret signs the address that ends them, `base_url` is what links begin with."""

    secret: str
    base_url: str

    def write(self, session: Session, row: Outgoing) -> Written | Dropped:
        """Write the digest of that row as things stand, and keep what it says."""
        digest = session.get_one(Digest, row.id)
        person = session.get_one(Person, row.person_id)
        subscription = session.get(Subscription, person.id)
        if subscription is None or subscription.frequency is Frequency.NEVER:
            return Dropped(MailState.CANCELLED, "the person has stopped digests")
        # An older digest may have been cancelled meanwhile: then this one tells of its week, too.
        digest.window_from = covered_until(session, subscription, digest.window_to)
        reader = reader_of(session, person, digest.window_to)
        content = content_for(session, reader, Window(digest.window_from, digest.window_to))
        # No news is no mail: a mail that says nothing teaches people to delete the next one.
        if content.is_empty:
            return Dropped(MailState.EMPTY)
        digest.content = as_plain(content)
        stop = f"{self.base_url}/digests/stop/{unsubscribe.token_for(self.secret, person, now=clock.real_now())}"
        email = compose(
            "digest",
            to=row.to_addr,
            language=person.language,
            base_url=self.base_url,
            content=content,
            kept_at=f"{self.base_url}/digests/{row.id}",
            stop=stop,
        )
        # It comes in the name of the installation's first body among those that it speaks of.
        sender = content.registers[0]
        return Written(replace(email, sender_name=sender.name, list_id=f"digest.{sender.slug}", unsubscribe=stop))

    def objection(self, session: Session, row: Outgoing) -> str | None:
        """Return why a second copy may not go: it holds an item that its reader may no longer see. None if it may."""
        digest = session.get_one(Digest, row.id)
        person = session.get_one(Person, row.person_id)
        content = from_plain(digest.content or {})
        ids = {line.item_id for section in content.sections for line in section.lines}
        if may_still_see(session, reader_of(session, person, clock.now(session)), ids):
            return None
        return "it holds an item that its reader may no longer see"


def content_for(
    session: Session, reader: DigestReader, window: Window, only: frozenset[int] | None = None
) -> DigestContent:
    """Return what a digest over that time says to the reader; `only` limits it to these registers."""
    since = None
    # A digest that covers more than its week says so; else it would seem to exaggerate.
    if window.until - window.since > USUAL:
        since = window.since.astimezone(reader.zone).date()
    content = assemble(facts_for(session, reader, window, only), reader.person.name, reader.today, since)
    before = told_before(session, [reader.id], window.until).get(reader.id, ToldBefore())
    return without_repeats(content, before, window.until)


def preview(session: Session, person: Person, now: datetime, only: frozenset[int]) -> DigestContent | None:
    """Return what the person's next digest would say now of these registers; None if they get none."""
    subscription = session.get(Subscription, person.id)
    if subscription is None or subscription.frequency is Frequency.NEVER or not person.email:
        return None
    window = Window(covered_until(session, subscription, now), now)
    return content_for(session, reader_of(session, person, now, only), window, only)


def stop(session: Session, person: Person, *, by: Actor, now: datetime) -> None:
    """Send the person no more digests; day and hour stay in case they want them again."""
    kept = session.get(Subscription, person.id)
    if kept is not None and kept.frequency is not Frequency.NEVER:
        subscribe(session, person, by=by, now=now, frequency=Frequency.NEVER, weekday=kept.weekday, hour=kept.hour)


def resume(session: Session, person: Person, *, by: Actor, now: datetime) -> None:
    """Send the person digests again, at the day and hour they came before."""
    kept = session.get(Subscription, person.id)
    if kept is None:
        subscribe(session, person, by=by, now=now, frequency=Frequency.WEEKLY)
        return
    subscribe(session, person, by=by, now=now, frequency=Frequency.WEEKLY, weekday=kept.weekday, hour=kept.hour)
