"""Makes digests: writes each when its turn comes, and stops them for those who want none."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from tracker import clock
from tracker.answers.reply_address import REPLY_MARK, reply_address
from tracker.db import by_key
from tracker.digests import unsubscribe
from tracker.digests.answer_offers import AnswerOffers
from tracker.digests.content import MOST_LINES, Facts, assemble
from tracker.digests.event_windows import Window, digest_windows
from tracker.digests.mail_length import compose_short
from tracker.digests.models import Digest
from tracker.digests.parts import DigestContent, as_plain, from_plain
from tracker.digests.queries import facts_for_all, may_still_see
from tracker.digests.quiet_rules import ToldBefore, told_before, without_repeats
from tracker.digests.reader import DigestReader, reader_of, readers_of
from tracker.digests.register_news import with_register_news
from tracker.digests.runs.send_times import USUAL
from tracker.digests.secretariat_desk import with_desks
from tracker.digests.unanswered import record_told, with_unanswered
from tracker.history import Actor
from tracker.history_queries import of_subject
from tracker.history_verbs import Verb
from tracker.mail import outbox
from tracker.mail.compose_email import Email
from tracker.mail.delivery_office import Dropped, Written
from tracker.mail.models import MailState, Outgoing
from tracker.people.models import Frequency, Person, Subscription
from tracker.people.queries import registers
from tracker.people.terms import subscribe

STOPPED = "the person has stopped digests"
NO_ROLE = "the person holds no role any more"


@dataclass(frozen=True)
class DigestScope:
    """For whom a digest is, what time it covers, and how often one comes; one that covers more says since when."""

    reader: DigestReader
    window: Window
    frequency: Frequency = Frequency.WEEKLY

    @property
    def since(self) -> date | None:
        """Return the day since when, if it says so: else it would seem to exaggerate."""
        if self.window.until - self.window.since > USUAL[self.frequency]:
            return self.window.since.astimezone(self.reader.zone).date()
        return None


def _scopes(session: Session, rows: Sequence[Outgoing]) -> dict[int, DigestScope | None]:
    """Return what the digests of these rows cover, by row; None for somebody who wants none."""
    digests = by_key(session, Digest, col(Digest.outgoing_id), [row.id for row in rows])
    ids = [row.person_id for row in rows]
    people = by_key(session, Person, col(Person.id), ids)
    subscriptions = by_key(session, Subscription, col(Subscription.person_id), ids)
    scopes: dict[int, DigestScope | None] = {}
    begun = {number: subscription.subscribed_at for number, subscription in subscriptions.items()}
    for until, upto in {(digest.window_to, digest.number_to) for digest in digests.values()}:
        readers = readers_of(session, list(people.values()), until)
        # An older digest may have been cancelled meanwhile: then this one tells of its week, too.
        windows = digest_windows(session, begun, until, upto)
        for row in (row for row in rows if (digests[row.id].window_to, digests[row.id].number_to) == (until, upto)):
            reader = readers[row.person_id or 0]
            subscription = subscriptions.get(reader.id)
            if subscription is None or subscription.frequency is Frequency.NEVER:
                scopes[row.id] = None
            else:
                scopes[row.id] = DigestScope(reader, windows[reader.id], subscription.frequency)
    return scopes


def _record_of(row: Outgoing, scope: DigestScope, content: DigestContent) -> Callable[[Session], None]:
    """Return how to record what the digest says, once its message is frozen."""
    digest_id, person_id, window = row.id, scope.reader.id, scope.window
    values = {"window_from": window.since, "content": as_plain(content)}

    def keep(session: Session) -> None:
        digest = sa.update(Digest).where(col(Digest.outgoing_id) == digest_id)
        session.connection().execute(digest.values(**values))
        record_told(session, content, person_id, digest_id, window.until)

    return keep


@dataclass(frozen=True)
class Press:
    """Writes digests; the secret signs the address that ends them, `base_url` is what links begin with."""

    secret: str
    base_url: str
    #: the mailbox that takes replies; None where mails are not answered by reply
    mailbox: str | None = None

    def write(self, session: Session, row: Outgoing) -> Written | Dropped:
        """Write the digest of that row as things stand; what it says is recorded with its message."""
        return self.write_all(session, [row])[row.id]

    def write_all(self, session: Session, rows: Sequence[Outgoing]) -> dict[int, Written | Dropped]:
        """Write the digests of these rows, by row, with few more statements than for one."""
        written: dict[int, Written | Dropped] = {}
        scopes = {}
        for number, scope in _scopes(session, rows).items():
            if scope is None:
                written[number] = Dropped(MailState.CANCELLED, STOPPED)
            elif not scope.reader.sight.register_ids:
                written[number] = Dropped(MailState.CANCELLED, NO_ROLE)
            else:
                scopes[number] = scope
        contents = contents_for(session, scopes)
        mailed = outbox.mailed_before(session, [row.person_id for row in rows])
        for row in (row for row in rows if row.id in scopes):
            is_first = row.person_id not in mailed
            written[row.id] = self._written(row, scopes[row.id], contents[row.id], is_first=is_first)
        return written

    def _written(
        self, row: Outgoing, scope: DigestScope, content: DigestContent, *, is_first: bool
    ) -> Written | Dropped:
        # No news is no mail: a mail that says nothing teaches people to delete the next one.
        if content.is_empty:
            return Dropped(MailState.EMPTY)
        person = scope.reader.person
        stop = f"{self.base_url}/digests/stop/{unsubscribe.token_for(self.secret, person, now=clock.real_now())}"
        reply_to = reply_address(self.mailbox, self.secret, person, row.id, now=clock.real_now())
        email = self.compose_email(
            person,
            content,
            scope.frequency,
            kept_at=f"/digests/{row.id}",
            stop=stop,
            reply_to=reply_to,
            is_first=is_first,
        )
        # It comes in the name of the installation's first body among those that it speaks of.
        sender = content.registers[0]
        email = replace(email, sender_name=sender.name, list_id=f"digest.{sender.slug}", unsubscribe=stop)
        return Written(email, _record_of(row, scope, content))

    def compose_email(
        self,
        person: Person,
        content: DigestContent,
        frequency: Frequency,
        *,
        kept_at: str,
        stop: str,
        reply_to: str | None = None,
        is_first: bool = False,
    ) -> Email:
        """Return the mail that says this to the person, who gets one so often, with links that answer for them.

        `kept_at` is the path of the page that shows it later; `stop` is the address that ends digests. The first mail
        to a person says what this is.
        """
        email = compose_short(
            "digest",
            to=person.email or "",
            language=person.language,
            base_url=self.base_url,
            content=content,
            frequency=frequency,
            answers=AnswerOffers(self.base_url, self.secret, person, clock.real_now()),
            kept_at=f"{self.base_url}{kept_at}",
            stop=stop,
            reply_to=reply_to,
            mark=REPLY_MARK,
            is_first=is_first,
        )
        return replace(email, reply_to=reply_to)

    def objection(self, session: Session, row: Outgoing) -> str | None:
        """Return why one written before may not go: it was stopped, or says what is withdrawn. None if it may."""
        digest = session.get_one(Digest, row.id)
        person = session.get_one(Person, row.person_id)
        subscription = session.get(Subscription, person.id)
        if subscription is None or subscription.frequency is Frequency.NEVER:
            return STOPPED
        reader = reader_of(session, person, clock.now(session))
        if not reader.sight.register_ids:
            return NO_ROLE
        content = from_plain(digest.content or {})
        ids = {line.item_id for section in content.sections for line in section.lines}
        ids |= {item.item_id for new in content.created for item in new.first}
        if not may_still_see(session, reader, ids):
            return "it holds an item that its reader may no longer see"
        # Dates, figures and examples name no item: whoever has lost their role in a body reads none of it.
        slugs = {body.id: body.slug for body in registers(session)}
        if not {body.slug for body in content.registers} <= {slugs[number] for number in reader.sight.register_ids}:
            return "it speaks of a body in which its reader no longer holds a role"
        run = {slugs[number] for number in reader.sight.secretariat_of}
        if not {desk.register.slug for desk in content.desks} <= run:
            return "it holds figures of a secretariat that its reader no longer belongs to"
        return None


def content_for(
    session: Session, reader: DigestReader, window: Window, only: frozenset[int] | None = None
) -> DigestContent:
    """Return what a weekly digest over that time says to the reader; `only` limits it to these registers."""
    return contents_for(session, {reader.id: DigestScope(reader, window)}, only)[reader.id]


def contents_for(
    session: Session, scopes: Mapping[int, DigestScope], only: frozenset[int] | None = None
) -> dict[int, DigestContent]:
    """Return content_for each of these readers, under the same key; what many of them share is read once."""
    groups: dict[Hashable, dict[int, DigestScope]] = defaultdict(dict)
    for key, scope in scopes.items():
        groups[scope.reader.group, scope.window][key] = scope
    contents = {}
    for group in groups.values():
        readers = [scope.reader for scope in group.values()]
        window = next(iter(group.values())).window
        facts = facts_of_digests(session, readers, window, only)
        told_earlier = told_before(session, [reader.id for reader in readers], window.until)
        for key, scope in group.items():
            person_id = scope.reader.id
            content = assemble(facts[person_id], scope.reader.person.name, scope.reader.today, scope.since)
            contents[key] = without_repeats(content, told_earlier.get(person_id, ToldBefore()), window.until)
    return contents


def facts_of_digests(
    session: Session, readers: Sequence[DigestReader], window: Window, only: frozenset[int] | None = None
) -> dict[int, Facts]:
    """Return the facts of these readers' digests, by person; they all see the same (DigestReader.group)."""
    facts = facts_for_all(session, readers, window, only, MOST_LINES)
    facts = with_unanswered(session, readers, window.until, facts)
    facts = with_register_news(session, readers, window, facts)
    return with_desks(session, readers, facts)


def stop(session: Session, person: Person, *, by: Actor, now: datetime) -> None:
    """Send the person no more digests; day and hour stay in case they want them again."""
    kept = session.get(Subscription, person.id)
    # Whoever has no role has no rhythm either, but may want no mail of what became of their proposals.
    if kept is None or kept.frequency is not Frequency.NEVER:
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
