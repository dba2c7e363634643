"""What parties and people of a report are called, and in which body an owner serves."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, or_, select

from tracker.history_queries import key_number
from tracker.people.models import Body, Party, Person, Term


@dataclass(frozen=True)
class PastName:
    """A party: its key, what it is called, its stakeholder group, and its person if it is one."""

    key: str
    name: str
    group: str
    person_id: int | None = None


def names_of_parties(session: Session, ids: Collection[int]) -> dict[int, PastName]:
    """Return what these parties are called, by number."""
    rows = session.exec(
        select(Party, Person, Body)
        .outerjoin(Person, col(Party.person_id) == col(Person.id))
        .outerjoin(Body, col(Party.body_id) == col(Body.id))
        .where(col(Party.id).in_(ids))
    )
    return {party.id: _name_of_party(party, person, body) for party, person, body in rows}


def _name_of_party(party: Party, person: Person | None, body: Body | None) -> PastName:
    if person is not None:
        return PastName(f"person:{person.id}", person.name, person.stakeholder_group, person.id)
    if body is not None:
        return _name_of_body(body)
    # A class ("governments") speaks for no group of its own.
    return PastName(f"party:{party.id}", party.class_name or "", "unknown")


def _name_of_body(body: Body) -> PastName:
    return PastName(f"body:{body.id}", body.name, body.stakeholder_group)


def names_of_people(session: Session, keys: Collection[str]) -> dict[str, str]:
    """Return the names of these people by key; keys are as "person:7"."""
    ids = [key_number(key) for key in keys]
    columns: Any = (Person.id, Person.name)
    return {f"person:{number}": name for number, name in session.exec(select(*columns).where(col(Person.id).in_(ids)))}


def bodies_served(session: Session, register_id: int, person_ids: Collection[int], day: date) -> dict[int, PastName]:
    """Return the body of the register in which each of these people served that day, by person.

    A body within the register goes before the register itself. A term counts for all records of one person.
    """
    keeper = sa.func.coalesce(col(Person.merged_into_id), col(Person.id))
    columns: Any = (Person.id, keeper)
    keepers = dict(session.exec(select(*columns).where(col(Person.id).in_(person_ids))).all())
    statement = (
        select(keeper, Body)
        .select_from(Term)
        .join(Body, col(Term.body_id) == col(Body.id))
        .join(Person, col(Term.person_id) == col(Person.id))
        .where(
            keeper.in_(set(keepers.values())),
            or_(col(Body.id) == register_id, col(Body.parent_id) == register_id),
            col(Term.first_day) <= day,
            or_(col(Term.last_day).is_(None), col(Term.last_day) >= day),
        )
        .order_by(col(Body.is_register).desc(), col(Term.id).desc())
    )
    # The last row of a person counts.
    bodies = {keeper_id: _name_of_body(body) for keeper_id, body in session.exec(statement)}
    return {person_id: bodies[keeper_id] for person_id, keeper_id in keepers.items() if keeper_id in bodies}
