"""Reads of people, bodies and parties: who may see what (Sight), who has which role, and what a party is called."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, or_, select

from tracker.clock import day_in
from tracker.db import rows
from tracker.errors import Refused
from tracker.people.models import Body, Party, Person, Role, StakeholderGroup, Term

#: the usual ones; a seed may name more
GROUPS = {
    "government": "Government",
    "private-sector": "Private sector",
    "civil-society": "Civil society",
    "technical-community": "Technical community",
    "academia": "Academia",
    "intergovernmental-organisation": "Intergovernmental organisation",
    "media": "Media",
    "unknown": "Unknown",
}


@dataclass(frozen=True)
class Sight:
    """What a reader may see: the registers they serve in today, and where they are secretariat."""

    person_id: int | None
    register_ids: frozenset[int]
    secretariat_of: frozenset[int]
    #: where they are only rapporteur, and see neither other meetings than their own nor what is internal of others
    only_rapporteur_in: frozenset[int] = frozenset()

    @cached_property
    def alike(self) -> "Sight":
        """Return one sight for all who see the same, as a key of cached statements.

        What a rapporteur sees depends on who they are, so theirs stays as it is.
        """
        if self.only_rapporteur_in:
            return self
        return Sight(None, self.register_ids, frozenset())

    def sees_all_of(self, register_id: int) -> bool:
        """Tell whether the reader sees everything internal in that register."""
        return register_id in self.register_ids and register_id not in self.only_rapporteur_in


STRANGER = Sight(person_id=None, register_ids=frozenset(), secretariat_of=frozenset())


class CurrentRole(NamedTuple):
    """A role that somebody has today, and in which body; a body without items of its own belongs to a register."""

    body_id: int
    parent_id: int | None
    role: Role


class HeldTerm(NamedTuple):
    """A term of somebody, with the time zone of its register, by whose days it begins and ends."""

    body_id: int
    parent_id: int | None
    role: Role
    zone: str
    first_day: date
    last_day: date | None


def current_roles(session: Session, person: Person, now: datetime) -> list[CurrentRole]:
    """Return the person's roles in every body at that moment; the day is that of each register's time zone."""
    return roles_at(terms_of(session, person), now)


def terms_of(session: Session, person: Person) -> list[HeldTerm]:
    """Return the terms of the person, past, present and to come, in every body."""
    return [HeldTerm(*row) for row in rows(session, _TERMS_OF, person=person.id)]


def roles_at(terms: Iterable[HeldTerm], now: datetime) -> list[CurrentRole]:
    """Return the roles of those terms that include the moment's day in their register's time zone."""
    return [
        CurrentRole(term.body_id, term.parent_id, term.role)
        for term in terms
        if _covers(term.first_day, term.last_day, day_in(term.zone, now))
    ]


def _days_around(now: datetime) -> dict[str, date]:
    """Return the first and the last day that it may be in any time zone: SQL knows none, so rows are checked again."""
    return {"earliest": now.date() - timedelta(days=1), "latest": now.date() + timedelta(days=1)}


def _covers(first_day: date, last_day: date | None, today: date) -> bool:
    """Tell whether a term includes that day."""
    return first_day <= today and (last_day is None or today <= last_day)


def records_of_all(session: Session, people: Collection[int]) -> dict[int, int]:
    """Return whose record each is, by record: their own, and those that were merged into it."""
    merged = rows(session, _MERGED, people=list(people))
    return {**{person_id: person_id for person_id in people}, **dict(merged)}


def current_roles_of_all(session: Session, people: Mapping[int, int], now: datetime) -> dict[int, list[CurrentRole]]:
    """Return the roles that each has at that moment, by person; `people` are their records, from records_of_all."""
    by_person: dict[int, list[CurrentRole]] = defaultdict(list)
    for row in rows(session, _SEATS_OF_ALL, records=list(people), **_days_around(now)):
        record, body_id, parent_id, role, zone, first_day, last_day = row
        if _covers(first_day, last_day, day_in(zone, now)):
            by_person[people[record]].append(CurrentRole(body_id, parent_id, Role(role)))
    return by_person


def sight_of(session: Session, person: Person | None, now: datetime) -> Sight:
    """Return what the person may see at that moment; a stranger sees only what is published."""
    if person is None:
        return STRANGER
    return sight_from(person, current_roles(session, person, now))


def sight_from(person: Person, roles: Iterable[CurrentRole]) -> Sight:
    """Return what a person with these roles may see."""
    served = [(current.parent_id or current.body_id, current.role) for current in roles]
    return Sight(
        person_id=person.id,
        register_ids=frozenset(register for register, _ in served),
        secretariat_of=frozenset(register for register, role in served if role is Role.SECRETARIAT),
        only_rapporteur_in=frozenset(register for register, _ in served)
        - {register for register, role in served if role is not Role.RAPPORTEUR},
    )


def roles_from(roles: Iterable[CurrentRole], register: Body) -> set[Role]:
    """Return those of the roles that are in the register, or in a body that belongs to it."""
    return {current.role for current in roles if register.id in (current.body_id, current.parent_id)}


def serving(register_id: int, today: date) -> Any:
    """Select the ids of those who serve in a register or in a body that belongs to it, to be used with IN."""
    return with_keepers(
        select(Term.person_id)
        .join(Body, col(Body.id) == col(Term.body_id))
        .where(
            or_(col(Body.id) == register_id, col(Body.parent_id) == register_id),
            col(Term.first_day) <= today,
            or_(col(Term.last_day).is_(None), col(Term.last_day) >= today),
        )
    )


def serving_as(session: Session, register_id: int, roles: Sequence[Role], today: date) -> list[Person]:
    """Return who can sign in and has one of these roles in a register or a body that belongs to it, by name."""
    with_role = (
        select(Term.person_id)
        .join(Body, col(Body.id) == col(Term.body_id))
        .where(
            or_(col(Body.id) == register_id, col(Body.parent_id) == register_id),
            col(Term.role).in_(roles),
            col(Term.first_day) <= today,
            or_(col(Term.last_day).is_(None), col(Term.last_day) >= today),
        )
    )
    people = select(Person).where(
        col(Person.id).in_(with_keepers(with_role)),
        col(Person.email).is_not(None),
        col(Person.merged_into_id).is_(None),
        col(Person.erased_on).is_(None),
    )
    return list(session.exec(people.order_by(col(Person.name), col(Person.id))))


def records_of(person_id: int | sa.BindParameter[int] | None) -> Any:
    """Select the ids of a person's records, to be used with IN: their own, and those merged into it."""
    return select(Person.id).where(or_(col(Person.id) == person_id, col(Person.merged_into_id) == person_id))


def with_keepers(*selected: Any) -> Any:
    """Select these records and those they were merged into, to be used with IN: a person's rights come from both."""
    record = aliased(Person)
    is_selected = or_(*(col(record.id).in_(numbers) for numbers in selected))
    keepers = select(record.merged_into_id).where(is_selected, col(record.merged_into_id).is_not(None))
    # One UNION of all: SQLite takes none inside another.
    return sa.union(*selected, keepers)


# Statements that many pages run are built once: building one takes longer than running it.
_KEEPER = aliased(Body)
_IS_KEEPER = col(_KEEPER.id) == func.coalesce(col(Body.parent_id), col(Body.id))
_SEAT = (
    col(Body.id), col(Body.parent_id), col(Term.role), col(_KEEPER.timezone), col(Term.first_day), col(Term.last_day),
)  # fmt: skip
_IS_NEAR = (
    col(Term.first_day) <= sa.bindparam("latest"),
    or_(col(Term.last_day).is_(None), col(Term.last_day) >= sa.bindparam("earliest")),
)


def _seats(*columns: Any) -> sa.Select[Any]:
    return sa.select(*columns).join(Term, col(Term.body_id) == col(Body.id)).join(_KEEPER, _IS_KEEPER)


_TERMS_OF = _seats(*_SEAT).where(col(Term.person_id).in_(records_of(sa.bindparam("person"))))
_SEATS_OF_ALL = _seats(col(Term.person_id), *_SEAT).where(
    *_IS_NEAR, col(Term.person_id).in_(sa.bindparam("records", expanding=True))
)
_MERGED = sa.select(col(Person.id), col(Person.merged_into_id)).where(
    col(Person.merged_into_id).in_(sa.bindparam("people", expanding=True))
)
_REGISTERS = select(Body).where(col(Body.is_register)).order_by(col(Body.is_sample), col(Body.id))
_GROUPS = sa.select(col(StakeholderGroup.slug), col(StakeholderGroup.name)).order_by(col(StakeholderGroup.slug))


def groups(session: Session) -> dict[str, str]:
    """Return the names of the stakeholder groups that may be chosen, by slug."""
    return {**GROUPS, **dict(rows(session, _GROUPS))}


def register_of(body: Body) -> int | None:
    """Return the id of the register that a body is or belongs to; None where there is none."""
    if body.is_register:
        return body.id
    return body.parent_id


def day_of_body(session: Session, body: Body, now: datetime) -> date:
    """Return today's date for a body's terms: that of its register's time zone."""
    keeper = session.get(Body, register_of(body) or body.id) or body
    return day_in(keeper.timezone, now)


def party_by_slug(session: Session, slug: str) -> Party | None:
    """Return the person, body or class with that slug as a party."""
    return session.exec(select(Party).where(col(Party.slug) == slug)).one_or_none()


def first_of_secretariat(session: Session, now: datetime) -> Person | None:
    """Return the first who can sign in as secretariat; the installation's own register comes before a sample's."""
    record = aliased(Person)
    terms = (
        select(Person, Term, _KEEPER.timezone)
        .join(record, func.coalesce(col(record.merged_into_id), col(record.id)) == col(Person.id))
        .join(Term, col(Term.person_id) == col(record.id))
        .join(Body, col(Body.id) == col(Term.body_id))
        .join(_KEEPER, _IS_KEEPER)
        .where(
            col(Term.role) == Role.SECRETARIAT,
            col(Person.email).is_not(None),
            col(Person.merged_into_id).is_(None),
            col(Person.erased_on).is_(None),
        )
        .order_by(col(_KEEPER.is_sample), col(Person.id))
    )
    for person, term, zone in session.exec(terms):
        if _covers(term.first_day, term.last_day, day_in(zone, now)):
            return person
    return None


def registers(session: Session) -> list[Body]:
    """Return the bodies that keep items, the installation's own first."""
    return list(session.exec(_REGISTERS))


def register_by_slug(session: Session, slug: str) -> Body | None:
    """Return the register with that slug."""
    return session.exec(select(Body).where(col(Body.slug) == slug, col(Body.is_register))).one_or_none()


def register_called(session: Session, slug: str | None) -> Body:
    """Return the register with that slug, else the installation's own; raises Refused with the slugs there are."""
    every = registers(session)
    if not every:
        raise Refused("There is no register yet. Run: flask seed.")
    if not slug:
        return every[0]
    register = register_by_slug(session, slug)
    if register is None:
        slugs = ", ".join(body.slug for body in every)
        raise Refused("There is no register “%(slug)s”. Choose --body from %(slugs)s.", slug=slug, slugs=slugs)
    return register


def person_by_email(session: Session, email: str) -> Person | None:
    """Return who has that address, whatever its case."""
    return session.exec(select(Person).where(col(Person.email) == email.strip().lower())).one_or_none()


#: the name of a party, in a statement joined by `with_names`
PARTY_NAME = func.coalesce(col(Person.name), col(Body.name), col(Party.class_name))


def with_names(statement: Any) -> Any:
    """Return a statement on parties joined with the person or the body that each is."""
    people = statement.outerjoin(Person, col(Party.person_id) == col(Person.id))
    return people.outerjoin(Body, col(Party.body_id) == col(Body.id))


_PARTY_NAMES = with_names(sa.select(col(Party.id), func.coalesce(PARTY_NAME, ""))).where(
    col(Party.id).in_(sa.bindparam("ids", expanding=True))
)


def party_names(session: Session, ids: set[int]) -> dict[int, str]:
    """Return the names of these parties, in one query."""
    if ids:
        return dict(rows(session, _PARTY_NAMES, ids=list(ids)))
    return {}


_ANSWERING = (col(Party.person_id), col(Party.steward_id), col(Party.second_id))
_PARTIES_OF = sa.select(col(Party.id)).where(
    or_(*(column.in_(records_of(sa.bindparam("person"))) for column in _ANSWERING))
)


def parties_of(session: Session, person_id: int) -> set[int]:
    """Return the ids of the parties a person answers for: their own, and those they are steward or second of."""
    return {number for (number,) in rows(session, _PARTIES_OF, person=person_id)}


_ANY_RECORD: Any = sa.bindparam("records", expanding=True)
_PARTIES_OF_ALL = sa.select(col(Party.id), *_ANSWERING).where(or_(*(column.in_(_ANY_RECORD) for column in _ANSWERING)))


def parties_of_all(session: Session, people: Mapping[int, int]) -> dict[int, set[int]]:
    """Return parties_of each, by person; `people` are their records, from records_of_all."""
    by_person: dict[int, set[int]] = defaultdict(set)
    for party, *records in rows(session, _PARTIES_OF_ALL, records=list(people)):
        for record in records:
            if record in people:
                by_person[people[record]].add(party)
    return by_person
