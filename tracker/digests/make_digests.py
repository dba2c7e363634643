"""Makes digests: writes each when its turn comes, and stops them for those who want none."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlmodel import Session

from tracker import clock
from tracker.digests import unsubscribe
from tracker.digests.answer_offers import AnswerOffers
from tracker.digests.content import assemble
from tracker.digests.facts_of_digests import facts_of_digests
from tracker.digests.models import Digest
from tracker.digests.parts import DigestContent, as_plain, from_plain
from tracker.digests.queries import Window, may_still_see
from tracker.digests.queue_digests import covered_until
from tracker.digests.quiet_rules import ToldBefore, told_before, without_repeats
from tracker.digests.reader import DigestReader, reader_of
from tracker.digests.send_times import USUAL
from tracker.digests.unanswered import record_told
from tracker.history import Actor
from tracker.history_queries import of_subject
from tracker.history_verbs import Verb
from tracker.mail.compose_email import Email, compose
from tracker.mail.delivery_office import Dropped, Written
from tracker.mail.models import MailState, Outgoing
from tracker.people.models import Frequency, Person, Subscription
from tracker.people.terms import subscribe


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
        usual = USUAL[subscription.frequency]
        content = content_for(session, reader, Window(digest.window_from, digest.window_to), usual=usual)
        # No news is no mail: a mail that says nothing teaches people to delete the next one.
        if content.is_empty:
            return Dropped(MailState.EMPTY)
        digest.content = as_plain(content)
        record_told(session, content, person.id, row.id, digest.window_to)
        stop = f"{self.base_url}/digests/stop/{unsubscribe.token_for(self.secret, person, now=clock.real_now())}"
        email = self.compose_email(person, content, to=row.to_addr, kept_at=f"/digests/{row.id}", stop=stop)
        # It comes in the name of the installation's first body among those that it speaks of.
        sender = content.registers[0]
        return Written(replace(email, sender_name=sender.name, list_id=f"digest.{sender.slug}", unsubscribe=stop))

    def compose_email(self, person: Person, content: DigestContent, *, to: str, kept_at: str, stop: str) -> Email:
        """Return the mail that says this to the person, with links that answer for them.

        `kept_at` is the path of the page that shows it later; `stop` is the address that ends digests.
        """
        return compose(
            "digest",
            to=to,
            language=person.language,
            base_url=self.base_url,
            content=content,
            answers=AnswerOffers(self.base_url, self.secret, person, clock.real_now()),
            kept_at=f"{self.base_url}{kept_at}",
            stop=stop,
        )

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
    session: Session,
    reader: DigestReader,
    window: Window,
    only: frozenset[int] | None = None,
    *,
    usual: timedelta = USUAL[Frequency.WEEKLY],
) -> DigestContent:
    """Return what a digest over that time says to the reader; `only` limits it to these registers.

    One that covers more than the `usual` time says since when.
    """
    since = None
    # Else it would seem to exaggerate.
    if window.until - window.since > usual:
        since = window.since.astimezone(reader.zone).date()
    facts = facts_of_digests(session, [reader], window, only)[reader.id]
    content = assemble(facts, reader.person.name, reader.today, since)
    before = told_before(session, [reader.id], window.until).get(reader.id, ToldBefore())
    return without_repeats(content, before, window.until)


def stop(session: Session, person: Person, *, by: Actor, now: datetime) -> None:
    """Send the person no more digests; day and hour stay in case they want them again."""
    kept = session.get(Subscription, person.id)
    if kept is not None and kept.frequency is not Frequency.NEVER:
        set_frequency(session, person, Frequency.NEVER, by=by, now=now)


def resume(session: Session, person: Person, *, by: Actor, now: datetime) -> None:
    """Send the person digests again, as often and at the day and hour as before."""
    set_frequency(session, person, _last_frequency(session, person), by=by, now=now)


def set_frequency(session: Session, person: Person, frequency: Frequency, *, by: Actor, now: datetime) -> None:
    """Send the person digests so often, at the day and hour of those before."""
    kept = session.get(Subscription, person.id) or Subscription(person_id=person.id, subscribed_at=now)
    subscribe(
        session,
        person,
        frequency=frequency,
        weekday=kept.weekday,
        hour=kept.hour,
        paused_until=kept.paused_until,
        by=by,
        now=now,
    )


def _last_frequency(session: Session, person: Person) -> Frequency:
    """Return how often digests came before they were stopped; every week where nobody knows."""
    kept = session.get(Subscription, person.id)
    if kept is not None and kept.frequency is not Frequency.NEVER:
        return kept.frequency
    for event in reversed(of_subject(session, person.history_key())):
        before = event.before.get("frequency", Frequency.NEVER)
        if event.verb == Verb.DIGEST_SET and before != Frequency.NEVER:
            return Frequency(before)
    return Frequency.WEEKLY
