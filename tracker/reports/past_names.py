"""Reading what parties and people were called, and in which body an owner serves."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, or_, select

from tracker.people.models import Body, Party, Person, Term


@dataclass(frozen=True)
class PastName:
    """A party: its key, what it is called, its stakeholder group, and its person if it is one."""

    key: str
    name: str
    group: str
    person_id: int | None = None


def parties(session: Session, ids: Collection[int]) -> dict[int, PastName]:
    """Return these parties by number."""
    rows = session.exec(
        select(Party, Person, Body)
        .outerjoin(Person, col(Party.person_id) == col(Person.id))
        .outerjoin(Body, col(Party.body_id) == col(Body.id))
        .where(col(Party.id).in_(ids))
    )
    return {party.id: _named(party, person, body) for party, person, body in rows}


def _named(party: Party, person: Person | None, body: Body | None) -> PastName:
    if person is not None:
        return PastName(f"person:{person.id}", person.name, person.stakeholder_group, person.id)
    if body is not None:
        return PastName(f"body:{body.id}", body.name, body.stakeholder_group)
    return PastName(f"party:{party.id}", party.class_name or "", "unknown")


def people(session: Session, keys: Collection[str]) -> dict[str, str]:
    """Return the names of these people, given as "person:7", by key."""
    ids = [int(key.removeprefix("person:")) for key in keys]
    columns: Any = (Person.id, Person.name)
    return {f"person:{number}": name for number, name in session.exec(select(*columns).where(col(Person.id).in_(ids)))}


def bodies_of(session: Session, register_id: int, person_ids: Collection[int], day: date) -> dict[int, PastName]:
    """Return the body of the register in which each of these people served that day, one within it first."""
    statement = (
        select(Term.person_id, Body)
        .join(Body, col(Term.body_id) == col(Body.id))
        .where(
            col(Term.person_id).in_(person_ids),
            or_(col(Body.id) == register_id, col(Body.parent_id) == register_id),
            col(Term.first_day) <= day,
            or_(col(Term.last_day).is_(None), col(Term.last_day) >= day),
        )
        .order_by(col(Body.is_register).desc(), col(Term.id).desc())
    )
    return {
        person: PastName(f"body:{body.id}", body.name, body.stakeholder_group)
        for person, body in session.exec(statement)
    }
