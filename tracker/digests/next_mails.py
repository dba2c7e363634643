"""The digests to come, before they are made: who gets one and when, and what it would say at that moment."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from tracker.digests.make_digests import content_for
from tracker.digests.parts import DigestContent
from tracker.digests.queries import Window
from tracker.digests.queue_digests import covered_until_of
from tracker.digests.reader import reader_of
from tracker.digests.send_times import USUAL, WEEK
from tracker.digests.subscribers import Subscriber, subscribers
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

    Each costs some statements: give those of one page.
    """
    ids = [mail.reader.person_id for mail in mails]
    ends = covered_until_of(session, ids, now)
    only = frozenset({body.id})
    contents = {}
    for mail in mails:
        # A digest that is overdue tells of the time until it is made.
        moment = max(mail.due, now)
        reader = reader_of(session, session.get_one(Person, mail.reader.person_id), moment, only)
        window = Window(ends.get(reader.id, mail.reader.subscribed_at), moment)
        contents[reader.id] = content_for(session, reader, window, only, usual=USUAL[mail.reader.rhythm.frequency])
    return contents
