"""Finding people of a register: by words, role, body, stakeholder group, when they serve, and what is missing."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.people.models import Body, FirstSignIn, Label, Person, Role, Term
from tracker.people.queries import with_keepers
from tracker.people.register import known_in


class Serving(StrEnum):
    """When somebody serves."""

    TODAY = "today"
    EARLIER = "earlier"
    LATER = "later"


class Missing(StrEnum):
    """What somebody lacks to take part."""

    ADDRESS = "address"
    SIGN_IN = "sign-in"


@dataclass(frozen=True)
class Sought:
    """Which people of a register; what is left empty does not matter."""

    text: str = ""
    role: Role | None = None
    body: str | None = None
    group: str | None = None
    serving: Serving | None = None
    missing: Missing | None = None


@dataclass(frozen=True)
class PeopleFound:
    """One page of the people found, how many there are, and how they divide by stakeholder group."""

    people: list[Person]
    total: int
    page: int
    pages: int
    groups: list[tuple[str, int]]


def find(
    session: Session, register_id: int, sought: Sought, *, today: date, page: int = 1, size: int = 50
) -> PeopleFound:
    """Return one page by name; the last page if there are not so many. Words are sought in labels as printed too."""
    columns: Any = (Person.id, Person.name, Person.affiliation, Person.stakeholder_group)
    rows = session.exec(select(*columns).where(*_conditions(register_id, sought, today)).order_by(col(Person.name)))
    printed = _labels(session, register_id) if sought.text else {}
    words = sought.text.casefold().split()
    kept = [row for row in rows if _has(words, row[1], row[2], printed.get(row[0]))]
    pages = max(1, -(-len(kept) // size))
    page = max(1, min(page, pages))
    numbers = [row[0] for row in kept[(page - 1) * size : page * size]]
    people = session.exec(select(Person).where(col(Person.id).in_(numbers)).order_by(col(Person.name), col(Person.id)))
    return PeopleFound(list(people), len(kept), page, pages, Counter(row[3] for row in kept).most_common())


def _has(words: list[str], *texts: str | None) -> bool:
    told = " ".join(text for text in texts if text).casefold()
    return all(word in told for word in words)


def _labels(session: Session, register_id: int) -> dict[int, str]:
    found: dict[int, str] = {}
    for label in session.exec(select(Label).where(col(Label.register_id) == register_id)):
        found[label.person_id] = f"{found.get(label.person_id, '')} {label.text}"
    return found


def _conditions(register_id: int, sought: Sought, today: date) -> list[Any]:
    found = [known_in(register_id)]
    if sought.group:
        found.append(col(Person.stakeholder_group) == sought.group)
    if sought.missing is Missing.ADDRESS:
        found.append(col(Person.email).is_(None))
    if sought.missing is Missing.SIGN_IN:
        found += [col(Person.email).is_not(None), col(Person.id).not_in(select(FirstSignIn.id))]
    if sought.role or sought.body or sought.serving:
        found.append(_serves(register_id, sought, today))
    return found


def _serves(register_id: int, sought: Sought, today: date) -> Any:
    bodies = select(Body.id).where(sa.or_(col(Body.id) == register_id, col(Body.parent_id) == register_id))
    if sought.body:
        bodies = bodies.where(col(Body.slug) == sought.body)
    held = [col(Term.body_id).in_(bodies)] + ([col(Term.role) == sought.role] if sought.role else [])
    ended = col(Term.last_day) < today
    begins = col(Term.first_day) > today
    current = sa.and_(~begins, sa.or_(col(Term.last_day).is_(None), ~ended))
    match sought.serving:
        case Serving.TODAY:
            return _is_of(select(Term.person_id).where(*held, current))
        case Serving.LATER:
            return _is_of(select(Term.person_id).where(*held, begins))
        case Serving.EARLIER:
            now = select(Term.person_id).where(*held, sa.or_(current, begins))
            return sa.and_(_is_of(select(Term.person_id).where(*held, ended)), ~_is_of(now))
    return _is_of(select(Term.person_id).where(*held))


def _is_of(numbers: Any) -> Any:
    """Return the condition that a person's own record, or one merged into it, is among these."""
    return col(Person.id).in_(with_keepers(numbers))
