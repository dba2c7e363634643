"""The address under which a person's calendar program reads without signing in: created, renewed, revoked.

It works while the person may sign in and nothing has ended their sessions; only the hash of its secret is kept.
"""

from datetime import datetime

from sqlmodel import Session, col, select

from tracker.history import Actor, leave
from tracker.history_verbs import Verb
from tracker.people.models import CalendarLink, Person
from tracker.people.sign_in_rules import digest_of, new_token


def renew(session: Session, person: Person, *, by: Actor, now: datetime) -> str:
    """Give the person a new address and return its secret, which cannot be read again; an earlier address ends."""
    token = new_token()
    link = session.get(CalendarLink, person.id)
    if link is None:
        link = CalendarLink(person_id=person.id, token_hash="", token_epoch=0, made_at=now)
    link.token_hash = digest_of(token)
    # Whatever ends the person's sessions ends this address too.
    link.token_epoch = person.token_epoch
    link.made_at = now
    session.add(link)
    leave(session, person, Verb.CALENDAR_ADDRESS_MADE, by=by, now=now)
    return token


def revoke(session: Session, person: Person, *, by: Actor, now: datetime) -> None:
    """End the person's address."""
    link = session.get(CalendarLink, person.id)
    if link is not None:
        session.delete(link)
        leave(session, person, Verb.CALENDAR_ADDRESS_ENDED, by=by, now=now)


def link_of(session: Session, person: Person) -> CalendarLink | None:
    """Return the person's address if it still works."""
    link = session.get(CalendarLink, person.id)
    if link is not None and link.token_epoch == person.token_epoch:
        return link
    return None


def reader_of(session: Session, token: str) -> Person | None:
    """Return whose calendar that secret opens; None where it no longer works."""
    row = session.exec(
        select(CalendarLink, Person)
        .join(Person, col(Person.id) == col(CalendarLink.person_id))
        .where(col(CalendarLink.token_hash) == digest_of(token))
    ).one_or_none()
    if row is None:
        return None
    link, person = row
    if not person.is_active or link.token_epoch != person.token_epoch:
        return None
    return person
