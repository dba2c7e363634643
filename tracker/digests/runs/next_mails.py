"""The digests to come, before they are made: who gets one and when, and what it would say at that moment."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session, col

from tracker.db import by_key
from tracker.digests.event_windows import digest_windows
from tracker.digests.make_digests import DigestScope, contents_for
from tracker.digests.parts import DigestContent
from tracker.digests.reader import readers_of
from tracker.digests.runs.send_times import WEEK
from tracker.digests.runs.subscribers import Subscriber, subscribers
from tracker.people.models import Body, Person
from tracker.people.queries import day_of_body, serving


@dataclass(frozen=True)
class NextMail:
    """A digest to come: whose, and the moment at which it is due."""

    reader: Subscriber
    due: datetime


def next_mails(session: Session, body: Body, moment: datetime, *, now: datetime) -> list[NextMail]:
    """Return the next digest from that moment on of everybody who will serve in the body then, the earliest first.

    Looked at ahead, all that is due until then counts as sent.
    """
    readers = subscribers(session, moment, serving(body.id, day_of_body(session, body, moment)))
    if moment > now:
        readers = [replace(reader, starts_at=max(reader.starts_at, moment)) for reader in readers]
    mails = [NextMail(reader, reader.next_due(moment)) for reader in readers]
    return sorted(mails, key=lambda mail: mail.due)


def of_week(mails: Sequence[NextMail], moment: datetime) -> list[NextMail]:
    """Return those that are due within a week of that moment."""
    return [mail for mail in mails if mail.due <= moment + WEEK]


def contents_then(session: Session, mails: Sequence[NextMail], body: Body, now: datetime) -> dict[int, DigestContent]:
    """Return by person what these digests would say of the body when they are due, as far as it is known now.

    Those that are due at the same moment cost few statements more than one of them: give those of one page.
    """
    ids = [mail.reader.person_id for mail in mails]
    people = by_key(session, Person, col(Person.id), ids)
    begun = {mail.reader.person_id: mail.reader.subscribed_at for mail in mails}
    only = frozenset({body.id})
    scopes = {}
    # A digest that is overdue tells of the time until it is made.
    for moment in {max(mail.due, now) for mail in mails}:
        together = {mail.reader.person_id: mail.reader for mail in mails if max(mail.due, now) == moment}
        windows = digest_windows(session, {number: begun[number] for number in together}, moment)
        for reader in readers_of(session, [people[number] for number in together], moment, only).values():
            scopes[reader.id] = DigestScope(reader, windows[reader.id], together[reader.id].rhythm.frequency)
    return contents_for(session, scopes, only)
