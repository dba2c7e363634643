"""Notices at once, few: a request to own, an item that waits for the reader, a due date of theirs that moved.

Proposers and supporters without a role get no digest: to them, a notice tells what becomes of their item.

A pass reads what people did since the last one and queues one mail for each reader, which leaves a quarter of an hour
later with all that happened until then. What is no longer true by then is not told.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.answers.choices import proposers_answered_for
from tracker.clock import real_now
from tracker.db import insert_new
from tracker.digests.models import Notice, NoticeKind
from tracker.digests.reader import zone_of
from tracker.digests.runs.send_times import is_paused
from tracker.history import ChangeWay, Event
from tracker.history_queries import key_number
from tracker.history_verbs import Verb
from tracker.items.closing_views import parties_entitled
from tracker.items.details import accepted_ownership, open_request
from tracker.items.models import Item, Progress
from tracker.items.status import ANSWERED, OPEN, is_closed
from tracker.mail import outbox
from tracker.mail.models import MailKind, MailState, Outgoing
from tracker.people.models import Frequency, Party, Person, Subscription
from tracker.people.queries import sight_of

#: what happens meanwhile comes in the same mail: forty requests in forty mails would be taken for spam
BUNDLED_FOR = timedelta(minutes=15)
#: a pass comes every minute: what is older was handled, or no scheduler ran and the digest tells it
NEWS_FOR = timedelta(hours=1)
#: a request must reach its reader even if no scheduler ran for days
REQUESTS_FOR = timedelta(days=14)
#: verbs that may tell what became of an item: no digest would tell whoever has no role
OF_OUTCOMES = (Verb.UPDATED, Verb.UPDATE_UNDONE, Verb.RESPONSE_RECORDED)
#: what a file or a command changes is a matter between operators; a job's changes have mails of their own
BY_PEOPLE = (ChangeWay.BROWSER, ChangeWay.MAIL)
#: verbs of an item that may be told at once; all others wait for the digest
AT_ONCE = (Verb.OWNERSHIP_REQUESTED, Verb.DUE_DATE_SET, Verb.MOVED, *OF_OUTCOMES)


@dataclass(frozen=True)
class Occasion:
    """What somebody is to be told at once."""

    person_id: int
    item_id: int
    event_id: int
    kind: NoticeKind


def queue_notices(session: Session, *, now: datetime) -> int:
    """Put what happened into the next notice of each reader concerned, and return how many lines that are."""
    queued = 0
    for occasion in _occasions(session, now):
        outgoing_id = _open_notice(session, occasion, now)
        values = {**vars(occasion), "outgoing_id": outgoing_id}
        if outgoing_id is not None and insert_new(session, Notice, **values) is not None:
            queued += 1
    return queued


def send_notices_now(session: Session) -> int:
    """Let the notices that wait for more to tell leave at the next pass, and return how many those are."""
    now = real_now()
    waiting = col(Outgoing.kind) == MailKind.NOTICE, col(Outgoing.state) == MailState.QUEUED
    rows = session.exec(select(Outgoing).where(*waiting, col(Outgoing.next_at) > now).with_for_update()).all()
    for row in rows:
        row.next_at = now
    return len(rows)


def _occasions(session: Session, now: datetime) -> list[Occasion]:
    events = session.exec(_events(now)).all()
    items = _items(session, {key_number(event.subject) for event in events})
    occasions: list[Occasion] = []
    for event in events:
        item = items.get(key_number(event.subject))
        if item is None:
            continue
        # What is older was told, or the digest tells it; requests and outcomes must reach their reader.
        is_lately = event.at > now - NEWS_FOR or event.verb == Verb.OWNERSHIP_REQUESTED
        if item.progress in OPEN and is_lately:
            occasions += _occasions_of(session, event, item, now)
        if is_outcome(event):
            occasions += _outcomes_of(session, event, item, now)
    return occasions


def _events(now: datetime) -> Any:
    """Return the statement for what people did lately that no notice has told."""
    must_arrive = col(Event.verb).in_((Verb.OWNERSHIP_REQUESTED, *OF_OUTCOMES))
    return (
        select(Event)
        .where(
            col(Event.at) > now - REQUESTS_FOR,
            col(Event.at) <= now,
            col(Event.verb).in_(AT_ONCE),
            sa.or_(must_arrive, col(Event.at) > now - NEWS_FOR),
            col(Event.way).in_(BY_PEOPLE),
            col(Event.subject).startswith("item:"),
            col(Event.id).not_in(select(Notice.event_id)),
        )
        .order_by(col(Event.id))
    )


def _items(session: Session, ids: Collection[int]) -> dict[int, Item]:
    return {item.id: item for item in session.exec(select(Item).where(col(Item.id).in_(ids)))}


def _occasions_of(session: Session, event: Event, item: Item, now: datetime) -> Iterator[Occasion]:
    kind, people = _concerned(session, event, item)
    for person in people:
        # Only who holds a role in the register today is mailed: others could not answer either.
        if item.body_id not in sight_of(session, person, now).register_ids:
            continue
        # Who did it knows it. Who wants no digests hears of requests alone: these wait for an answer.
        wants_it = kind is NoticeKind.REQUEST or has_digests(session, person, event.at)
        is_told = wants_it and f"person:{person.id}" != event.actor
        if is_told:
            yield Occasion(person.id, item.id, event.id, kind)


def is_outcome(event: Event) -> bool:
    """Tell whether the event is a response to an item, or closed or reopened it."""
    if event.verb == Verb.RESPONSE_RECORDED:
        return event.after.get("response") in ANSWERED
    if "progress" not in event.before or "progress" not in event.after:
        return False
    return is_closed(Progress(event.before["progress"])) != is_closed(Progress(event.after["progress"]))


def _outcomes_of(session: Session, event: Event, item: Item, now: datetime) -> Iterator[Occasion]:
    # Whoever gave the response knows it, also where somebody else recorded it for them.
    parties = [party for party in parties_entitled(session, item) if party != event.after.get("party")]
    people = {person.id: person for party in parties for person in answerers(session, party, set(), None)}
    for person in people.values():
        if hears_outcomes(session, person, item, now) and f"person:{person.id}" != event.actor:
            yield Occasion(person.id, item.id, event.id, NoticeKind.OUTCOME)


def hears_outcomes(session: Session, person: Person, item: Item, now: datetime) -> bool:
    """Tell whether a notice tells the person what became of the item: it is theirs, and no digest tells it.

    Not those who have stopped or paused these mails, or who have a role: their digest tells it.
    """
    is_theirs = person.is_active and bool(proposers_answered_for(session, item, person.id))
    if not is_theirs or item.body_id in sight_of(session, person, now).register_ids:
        return False
    return session.get(Subscription, person.id) is None or has_digests(session, person, now)


def _concerned(session: Session, event: Event, item: Item) -> tuple[NoticeKind, list[Person]]:
    match event.verb:
        case Verb.OWNERSHIP_REQUESTED:
            return NoticeKind.REQUEST, _who_answers_request(session, event, item)
        case Verb.DUE_DATE_SET | Verb.MOVED:
            return NoticeKind.DATE, _owners(session, item)
        case _:
            return NoticeKind.WAITING, _who_is_waited_for(session, event, item)


def _who_answers_request(session: Session, event: Event, item: Item) -> list[Person]:
    request = open_request(session, item)
    # It may have been withdrawn, answered or passed on since.
    if request is None or request.party_id != event.after.get("party"):
        return []
    return answerers(session, request.party_id, {request.answers_for_id, request.second_id}, request.requested_by)


def _who_is_waited_for(session: Session, event: Event, item: Item) -> list[Person]:
    party_id = event.after.get("waiting_for")
    if party_id is None or item.progress is not Progress.WAITING or item.waiting_for != party_id:
        return []
    return answerers(session, party_id, set(), None)


def _owners(session: Session, item: Item) -> list[Person]:
    owned = accepted_ownership(session, item)
    if owned is None:
        return []
    return answerers(session, owned.party_id, {owned.answers_for_id, owned.second_id}, None)


def answerers(session: Session, party_id: int, named: Collection[int | None], but: int | None) -> list[Person]:
    """Return who answers for the party and has an address: those named, else the person or its stewards.

    Never the person `but`: they know.
    """
    party = session.get_one(Party, party_id)
    who = ({*named} - {None} or {party.person_id, party.steward_id, party.second_id}) - {None, but}
    reachable = col(Person.id).in_(who), col(Person.email).is_not(None)
    people = session.exec(select(Person).where(*reachable).order_by(col(Person.id)))
    return [person for person in people if person.is_active]


def has_digests(session: Session, person: Person, now: datetime) -> bool:
    """Tell whether the person has digests, at whatever interval, and has not paused them."""
    subscription = session.get(Subscription, person.id)
    if subscription is None or subscription.frequency is Frequency.NEVER:
        return False
    return not is_paused(subscription.paused_until, now.astimezone(zone_of(session, person)).date())


def _open_notice(session: Session, occasion: Occasion, now: datetime) -> int | None:
    """Return the reader's notice that has not been written yet, or a new one."""
    waiting = select(Outgoing.id).where(
        col(Outgoing.person_id) == occasion.person_id,
        col(Outgoing.kind) == MailKind.NOTICE,
        col(Outgoing.state) == MailState.QUEUED,
        col(Outgoing.frozen_at).is_(None),
    )
    # Locked, for delivery may be about to write it: what is added afterwards would never be told.
    open_id = session.exec(waiting.with_for_update().limit(1)).first()
    if open_id is not None:
        return open_id
    person = session.get_one(Person, occasion.person_id)
    return outbox.queue(
        session,
        person_id=person.id,
        to=person.email or "",
        kind=MailKind.NOTICE,
        # The first event stands for all of them, so that two schedulers make one notice.
        period=f"event {occasion.event_id}",
        message_id=outbox.new_message_id(MailKind.NOTICE),
        now=now,
        next_at=real_now() + BUNDLED_FOR,
    )
