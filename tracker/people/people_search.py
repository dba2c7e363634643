"""Finding people of a register: by words, role, body, stakeholder group, term, and what they lack to take part."""

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
class PeopleQuery:
    """Which people of a register; an empty field does not matter."""

    text: str = ""
    role: Role | None = None
    body: str | None = None
    group: str | None = None
    serving: Serving | None = None
    missing: Missing | None = None


@dataclass(frozen=True)
class PeoplePage:
    """One page of the people found, how many there are in all, and the number in each stakeholder group."""

    people: list[Person]
    total: int
    page: int
    pages: int
    groups: list[tuple[str, int]]


def find_people(
    session: Session, register_id: int, query: PeopleQuery, *, today: date, page: int = 1, size: int = 50
) -> PeoplePage:
    """Return one page by name, or the last page if there are not so many. Words are found in printed labels too."""
    columns: Any = (Person.id, Person.name, Person.affiliation, Person.stakeholder_group)
    conditions = _conditions(register_id, query, today)
    rows = session.exec(select(*columns).where(*conditions).order_by(col(Person.name)))
    labels: dict[int, str] = {}
    if query.text:
        labels = _labels(session, register_id)
    words = query.text.casefold().split()
    # In Python and not in SQL: only here is "Ö" the capital of "ö" on every database.
    matches = [row for row in rows if _has_words(words, row[1], row[2], labels.get(row[0]))]
    # Minus twice rounds up, without the detour by a float.
    pages = max(1, -(-len(matches) // size))
    page = max(1, min(page, pages))
    numbers = [row[0] for row in matches[(page - 1) * size : page * size]]
    people = session.exec(select(Person).where(col(Person.id).in_(numbers)).order_by(col(Person.name), col(Person.id)))
    return PeoplePage(list(people), len(matches), page, pages, Counter(row[3] for row in matches).most_common())


def _has_words(words: list[str], *texts: str | None) -> bool:
    text = " ".join(text for text in texts if text).casefold()
    return all(word in text for word in words)


def _labels(session: Session, register_id: int) -> dict[int, str]:
    labels: dict[int, str] = {}
    for label in session.exec(select(Label).where(col(Label.register_id) == register_id)):
        labels[label.person_id] = f"{labels.get(label.person_id, '')} {label.text}"
    return labels


def _conditions(register_id: int, query: PeopleQuery, today: date) -> list[Any]:
    conditions = [known_in(register_id)]
    if query.group:
        conditions.append(col(Person.stakeholder_group) == query.group)
    if query.missing is Missing.ADDRESS:
        conditions.append(col(Person.email).is_(None))
    if query.missing is Missing.SIGN_IN:
        conditions += [col(Person.email).is_not(None), col(Person.id).not_in(select(FirstSignIn.id))]
    if query.role or query.body or query.serving:
        conditions.append(_serves(register_id, query, today))
    return conditions


def _serves(register_id: int, query: PeopleQuery, today: date) -> Any:
    bodies = select(Body.id).where(sa.or_(col(Body.id) == register_id, col(Body.parent_id) == register_id))
    if query.body:
        bodies = bodies.where(col(Body.slug) == query.body)
    is_matching: list[Any] = [col(Term.body_id).in_(bodies)]
    if query.role:
        is_matching.append(col(Term.role) == query.role)
    ended = col(Term.last_day) < today
    begins = col(Term.first_day) > today
    current = sa.and_(~begins, sa.or_(col(Term.last_day).is_(None), ~ended))
    match query.serving:
        case Serving.TODAY:
            return _is_of(select(Term.person_id).where(*is_matching, current))
        case Serving.LATER:
            return _is_of(select(Term.person_id).where(*is_matching, begins))
        case Serving.EARLIER:
            now_or_later = select(Term.person_id).where(*is_matching, sa.or_(current, begins))
            return sa.and_(_is_of(select(Term.person_id).where(*is_matching, ended)), ~_is_of(now_or_later))
    return _is_of(select(Term.person_id).where(*is_matching))


def _is_of(numbers: Any) -> Any:
    """Return the condition that a person's own record, or one merged into it, has one of these ids."""
    return col(Person.id).in_(with_keepers(numbers))
