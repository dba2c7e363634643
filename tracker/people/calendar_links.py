"""The address under which a person's calendar program reads without signing in: made, made anew, ended.

It is good while the person may sign in and nothing has ended his sessions; only the hash of its secret is kept.
"""

from datetime import datetime

from sqlmodel import Session, col, select

from tracker.history import Actor, leave
from tracker.history_verbs import Verb
from tracker.people.models import CalendarLink, Person
from tracker.people.sign_in_rules import digest_of, new_token


def renew(session: Session, person: Person, *, by: Actor, now: datetime) -> str:
    """Give the person an address, and return its secret, which nobody can read again; one before it ends."""
    token = new_token()
    kept = session.get(CalendarLink, person.id) or CalendarLink(
        person_id=person.id, token_hash="", token_epoch=0, made_at=now
    )
    kept.token_hash = digest_of(token)
    kept.token_epoch = person.token_epoch
    kept.made_at = now
    session.add(kept)
    leave(session, person, Verb.CALENDAR_ADDRESS_MADE, by=by, now=now)
    return token


def revoke(session: Session, person: Person, *, by: Actor, now: datetime) -> None:
    """End the person's address."""
    kept = session.get(CalendarLink, person.id)
    if kept is not None:
        session.delete(kept)
        leave(session, person, Verb.CALENDAR_ADDRESS_ENDED, by=by, now=now)


def link_of(session: Session, person: Person) -> CalendarLink | None:
    """Return the person's address if it is still good."""
    kept = session.get(CalendarLink, person.id)
    if kept is not None and kept.token_epoch == person.token_epoch:
        return kept
    return None


def whose(session: Session, token: str) -> Person | None:
    """Return who reads by that secret; None where it is no longer good."""
    found = session.exec(
        select(CalendarLink, Person)
        .join(Person, col(Person.id) == col(CalendarLink.person_id))
        .where(col(CalendarLink.token_hash) == digest_of(token))
    ).one_or_none()
    if found is None or not found[1].is_active or found[0].token_epoch != found[1].token_epoch:
        return None
    return found[1]
