"""Erasing a person: the record becomes a tombstone that says when and on what ground; the history keeps its lines.

What the person wrote or was called elsewhere is emptied by digests/erasing.py, which calls this first.
"""

from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, delete, select

from tracker.errors import Refused
from tracker.history import Actor, Wording, leave, of_subject
from tracker.history_verbs import Verb
from tracker.people.merged_records import merged_into
from tracker.people.models import CalendarLink, Label, Party, Person, SignInLink, SignInSession, Subscription, Term
from tracker.text import clean_text

NOBODY = "(erased)"


def erase(session: Session, person: Person, ground: str, *, today: date, by: Actor, now: datetime) -> list[Person]:
    """Empty the person's record and those merged into it; return them. The tombstone cannot be undone.

    Raises Refused without a ground, and for an operator, who must hand over first.
    """
    why = clean_text(ground)
    if not why:
        raise Refused("Say on what ground, as in: asked for it on 3 May.", "ground")
    if person.is_operator:
        raise Refused("%(name)s runs this installation. Let somebody else run it first.", "ground", name=person.name)
    if person.merged_into_id is not None:
        raise Refused("This record was merged with another. Erase that one.", "ground")
    records = [person, *merged_into(session, person)]
    for record in records:
        _empty(session, record, why, today, by, now)
    return records


def _empty(session: Session, person: Person, ground: str, today: date, by: Actor, now: datetime) -> None:
    _forget_words(session, person, ground, today)
    _forget_belongings(session, person, today)
    person.slug = f"erased-{person.id}"
    party = session.exec(select(Party).where(col(Party.person_id) == person.id)).one_or_none()
    if party is not None:
        party.slug = person.slug
        session.add(party)
        leave(session, party, Verb.ERASED, by=by, now=now)
    for name, value in _EMPTY.items():
        setattr(person, name, value)
    person.erased_on = today
    person.token_epoch += 1
    person.version += 1
    session.add(person)
    leave(session, person, Verb.ERASED, by=by, now=now, after={"on": today, "ground": ground})


_EMPTY: dict[str, Any] = {
    "name": NOBODY,
    "affiliation": None,
    "stakeholder_group": "unknown",
    "group_source": None,
    "email": None,
    "password_hash": None,
    "timezone": None,
    "language": "en",
}


def _forget_words(session: Session, person: Person, ground: str, today: date) -> None:
    """Empty what the history keeps apart: what the person wrote, and what was written of him in his own record."""
    of_record = {
        value["wording"]
        for line in of_subject(session, person.history_key())
        for side in (line.before, line.after)
        for value in side.values()
        if isinstance(value, dict) and "wording" in value
    }
    written = select(Wording).where((col(Wording.written_by) == f"person:{person.id}") | col(Wording.id).in_(of_record))
    for wording in session.exec(written):
        wording.text = None
        wording.erased_on = today
        wording.erasure_ground = ground
        session.add(wording)


def _forget_belongings(session: Session, person: Person, today: date) -> None:
    """Take away names as printed, sessions, links and the digest; let roles end."""
    for label in session.exec(select(Label).where(col(Label.person_id) == person.id)):
        session.delete(label)
    digest = session.get(Subscription, person.id)
    if digest is not None:
        session.delete(digest)
    for term in session.exec(select(Term).where(col(Term.person_id) == person.id)):
        if term.last_day is None or term.last_day > today:
            term.last_day = max(term.first_day, today)
            session.add(term)
    for table in (SignInSession, SignInLink, CalendarLink):
        session.exec(delete(table).where(col(table.person_id) == person.id))
