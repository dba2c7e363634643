"""Who may see what, and who is who."""

from collections.abc import Iterable, Sequence
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
    #: where he serves as rapporteur only, and sees no meetings but his own, nor what is internal from others
    only_rapporteur_in: frozenset[int] = frozenset()

    @cached_property
    def alike(self) -> "Sight":
        """Return one sight for all who see the same, to keep statements by: who one is matters to a mere rapporteur."""
        if self.only_rapporteur_in:
            return self
        return Sight(None, self.register_ids, frozenset())

    def sees_all_of(self, register_id: int) -> bool:
        """Tell whether the reader sees all that is internal there."""
        return register_id in self.register_ids and register_id not in self.only_rapporteur_in


STRANGER = Sight(person_id=None, register_ids=frozenset(), secretariat_of=frozenset())


class CurrentRole(NamedTuple):
    """What somebody is today, and in which body; a body that keeps no items belongs to a register."""

    body_id: int
    parent_id: int | None
    role: Role


def seats_of(session: Session, person: Person, now: datetime) -> list[CurrentRole]:
    """Return what the person is at that moment, in every body: each term goes by the day of its register."""
    terms = session.execute(_SEATS, {"person": person.id, **_days_around(now)})
    return [
        CurrentRole(body_id or 0, parent_id, Role(role))
        for body_id, parent_id, role, zone, first_day, last_day in terms
        if _covers(first_day, last_day, day_in(zone, now))
    ]


def _days_around(now: datetime) -> dict[str, date]:
    """Return the days that it may be somewhere, for a statement: it knows no zones, so its rows are looked at again."""
    return {"earliest": now.date() - timedelta(days=1), "latest": now.date() + timedelta(days=1)}


def _covers(first_day: date, last_day: date | None, today: date) -> bool:
    """Tell whether a term is held on that day."""
    return first_day <= today and (last_day is None or today <= last_day)


def sight_of(session: Session, person: Person | None, now: datetime) -> Sight:
    """Return what the person may see at that moment; a stranger sees only what is published."""
    if person:
        return sight_from(person, seats_of(session, person, now))
    return STRANGER


def sight_from(person: Person, seats: Iterable[CurrentRole]) -> Sight:
    """Return what a person in these seats may see."""
    served = [(seat.parent_id or seat.body_id, seat.role) for seat in seats]
    return Sight(
        person_id=person.id,
        register_ids=frozenset(register for register, _ in served),
        secretariat_of=frozenset(register for register, role in served if role is Role.SECRETARIAT),
        only_rapporteur_in=frozenset(register for register, _ in served)
        - {register for register, role in served if role is not Role.RAPPORTEUR},
    )


def roles_in(session: Session, person: Person, register: Body, now: datetime) -> set[Role]:
    """Return the person's roles in the register or in a body that belongs to it, at that moment."""
    return roles_from(seats_of(session, person, now), register)


def roles_from(seats: Iterable[CurrentRole], register: Body) -> set[Role]:
    """Return those of the seats that are of the register, or of a body that belongs to it, as roles."""
    return {seat.role for seat in seats if register.id in (seat.body_id, seat.parent_id)}


def serving(register_id: int, today: date) -> Any:
    """Select the numbers of those who serve in a register or in a body that belongs to it, to be used with IN."""
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
    """Return who can sign in and has one of these roles in a register, or in a body that belongs to it, by name."""
    serving_so = (
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
        col(Person.id).in_(with_keepers(serving_so)),
        col(Person.email).is_not(None),
        col(Person.merged_into_id).is_(None),
        col(Person.erased_on).is_(None),
    )
    return list(session.exec(people.order_by(col(Person.name), col(Person.id))))


def records_of(person_id: int | sa.BindParameter[int] | None) -> Any:
    """Select the numbers of a person's records, to be used with IN: his own, and those that were merged into it."""
    return select(Person.id).where(or_(col(Person.id) == person_id, col(Person.merged_into_id) == person_id))


def with_keepers(numbers: Any) -> Any:
    """Select these records and those that they were merged into, to be used with IN: a person's rights are of both."""
    record = aliased(Person)
    keepers = select(record.merged_into_id).where(col(record.id).in_(numbers), col(record.merged_into_id).is_not(None))
    return sa.union(numbers, keepers)


# Statements that many pages ask are made once: making one takes longer than asking it.
_KEEPER = aliased(Body)
_IS_KEEPER = col(_KEEPER.id) == func.coalesce(col(Body.parent_id), col(Body.id))
_SEATS = (
    sa.select(
        col(Body.id), col(Body.parent_id), col(Term.role),
        col(_KEEPER.timezone), col(Term.first_day), col(Term.last_day),
    )
    .join(Term, col(Term.body_id) == col(Body.id))
    .join(_KEEPER, _IS_KEEPER)
    .where(
        col(Term.person_id).in_(records_of(sa.bindparam("person"))),
        col(Term.first_day) <= sa.bindparam("latest"),
        or_(col(Term.last_day).is_(None), col(Term.last_day) >= sa.bindparam("earliest")),
    )
)  # fmt: skip
_REGISTERS = select(Body).where(col(Body.is_register)).order_by(col(Body.is_sample), col(Body.id))
_GROUPS = sa.select(col(StakeholderGroup.slug), col(StakeholderGroup.name)).order_by(col(StakeholderGroup.slug))


def groups(session: Session) -> dict[str, str]:
    """Return the names of the stakeholder groups that may be chosen, by slug."""
    return {**GROUPS, **dict(rows(session, _GROUPS))}


def register_of(body: Body) -> int | None:
    """Return the register that a body is, or else belongs to."""
    if body.is_register:
        return body.id
    return body.parent_id


def day_of_body(session: Session, body: Body, now: datetime) -> date:
    """Return the calendar day that a body's terms go by: its register's."""
    keeper = session.get(Body, register_of(body) or body.id) or body
    return day_in(keeper.timezone, now)


def party_by_slug(session: Session, slug: str) -> Party | None:
    """Return the person, body or class of that name as a party."""
    return session.exec(select(Party).where(col(Party.slug) == slug)).one_or_none()


def first_of_secretariat(session: Session, now: datetime) -> Person | None:
    """Return the first who can sign in as secretariat, of the installation's own register before a sample's."""
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
    return next(
        (
            person
            for person, term, zone in session.exec(terms)
            if _covers(term.first_day, term.last_day, day_in(zone, now))
        ),
        None,
    )


def registers(session: Session) -> list[Body]:
    """Return the bodies that keep items, the installation's own first."""
    return list(session.exec(_REGISTERS))


def register_by_slug(session: Session, slug: str) -> Body | None:
    """Return the register of that name."""
    return session.exec(select(Body).where(col(Body.slug) == slug, col(Body.is_register))).one_or_none()


def register_called(session: Session, slug: str | None) -> Body:
    """Return the register of that name, or the installation's own; raises Refused, with the names there are."""
    every = registers(session)
    if not every:
        raise Refused("There is no register yet. Run: flask seed.")
    found = register_by_slug(session, slug) if slug else every[0]
    if found is None:
        known = ", ".join(body.slug for body in every)
        raise Refused("There is no register “%(slug)s”: choose --body from %(known)s.", slug=slug, known=known)
    return found


def person_by_email(session: Session, email: str) -> Person | None:
    """Return who has that address, whatever its case."""
    return session.exec(select(Person).where(col(Person.email) == email.strip().lower())).one_or_none()


def party_name(party: Party, people: dict[int, Person], bodies: dict[int, Body]) -> str:
    """Return what a party is called, from the rows already at hand."""
    if party.person_id is not None:
        return people[party.person_id].name
    if party.body_id is not None:
        return bodies[party.body_id].name
    return party.class_name or ""


#: what a party is called, in a statement that `with_names` has joined
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


_WAYS = (col(Party.person_id), col(Party.steward_id), col(Party.second_id))
_PARTIES_OF = sa.select(col(Party.id)).where(or_(*(way.in_(records_of(sa.bindparam("person"))) for way in _WAYS)))


def parties_of(session: Session, person_id: int) -> set[int]:
    """Return the parties a person answers for: himself, and the bodies and classes he is steward or second of."""
    return {number for (number,) in rows(session, _PARTIES_OF, person=person_id)}
