"""Mail addresses of people who hold no role, such as a resident who wrote in: shown to nobody by the way."""

from datetime import date, datetime

from sqlmodel import Session, col, or_, select

from tracker.history import Actor, leave
from tracker.history_verbs import Verb
from tracker.people.models import Person, Term


def masked(address: str) -> str:
    """Return what of an address shows whose it is, and lets nobody write to it: "o•••@example.org"."""
    local, sign, domain = address.rpartition("@")
    if not sign:
        return address
    return f"{local[:1]}•••@{domain}"


def addresses_in_office(session: Session, today: date) -> frozenset[str]:
    """Return the addresses of all who hold a role that day, in whichever body."""
    serving = select(Term.person_id).where(
        col(Term.first_day) <= today, or_(col(Term.last_day).is_(None), col(Term.last_day) >= today)
    )
    held = select(Person.email).where(col(Person.id).in_(serving), col(Person.email).is_not(None))
    return frozenset(address for address in session.exec(held) if address)


def show_address(session: Session, person: Person, *, by: Actor, now: datetime) -> str:
    """Return the person's address in full, and leave who looked at it; nothing where there is none."""
    leave(session, person, Verb.ADDRESS_SHOWN, by=by, now=now)
    return person.email or ""
