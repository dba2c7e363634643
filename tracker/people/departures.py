"""Whose roles in a register end, and who comes after: a person leaves when their last role there ends."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from tracker.db import rows
from tracker.people.models import Body, Person, Role, Term
from tracker.people.queries import records_of

#: how long before the last day a handover is offered
AHEAD = timedelta(days=60)


@dataclass(frozen=True)
class Leaving:
    """A person, and the last day on which they have a role in the register."""

    person: Person
    last_day: date

    def is_over(self, today: date) -> bool:
        """Tell whether the person has no role any more."""
        return self.last_day < today


@dataclass(frozen=True)
class Successor:
    """Somebody who has a role in the register after a day, and since when."""

    id: int
    name: str
    group: str
    since: date


def leaving(session: Session, register_id: int, today: date) -> list[Leaving]:
    """Return the people whose last role there has ended or ends within sixty days, by that day and by name."""
    keeper = _keeper_id(Person)
    last = (
        sa.select(keeper.label("keeper"), sa.func.max(col(Term.last_day)).label("day"))
        .join(Term, col(Term.person_id) == col(Person.id))
        .where(_is_within(register_id))
        .group_by(keeper)
        # A role without a last day is not counted: whoever has one does not leave.
        # count() of a column leaves out NULL: the two differ where one role has no end, and that person stays.
        .having(sa.func.count() == sa.func.count(col(Term.last_day)))
        .subquery()
    )
    rows = session.exec(
        select(Person, last.c.day)
        .join(last, last.c.keeper == col(Person.id))
        .where(last.c.day <= today + AHEAD, col(Person.erased_on).is_(None))
        .order_by(last.c.day, col(Person.name))
    )
    return [Leaving(person, day) for person, day in rows]


def last_day_of(session: Session, register_id: int, person_id: int) -> date | None:
    """Return the last day of the person's last role there; None where they have none, or one without an end."""
    # A role without a last day does not end, whatever the others do.
    days = [day for (day,) in rows(session, _LAST_DAYS, register=register_id, person=person_id)]
    # One role without an end is enough to stay.
    if None in days:
        return None
    return max((day for day in days if day), default=None)


def successors(session: Session, register_id: int, after: date) -> list[Successor]:
    """Return who has a role there after that day, by name, also where it begins later."""
    since = sa.func.min(col(Term.first_day))
    record = aliased(Person)
    rows = session.exec(
        select(Person.id, Person.name, Person.stakeholder_group, since)
        .join(record, _keeper_id(record) == col(Person.id))
        .join(Term, col(Term.person_id) == col(record.id))
        .where(
            _is_within(register_id),
            sa.or_(col(Term.last_day).is_(None), col(Term.last_day) > after),
            col(Person.merged_into_id).is_(None),
            col(Person.erased_on).is_(None),
        )
        .group_by(col(Person.id), col(Person.name), col(Person.stakeholder_group))
        .order_by(col(Person.name))
    )
    return [Successor(number, name, group, first) for number, name, group, first in rows]


def leaves_no_secretariat(session: Session, term: Term, last_day: date) -> bool:
    """Tell whether the register would have no secretariat that can sign in, if this term ended on that day."""
    if term.role is not Role.SECRETARIAT:
        return False
    body = session.get_one(Body, term.body_id)
    record = aliased(Person)
    others = (
        select(Term.id)
        .join(record, col(record.id) == col(Term.person_id))
        .join(Person, _keeper_id(record) == col(Person.id))
        .where(
            _is_within(body.parent_id or body.id),
            col(Term.id) != term.id,
            col(Term.role) == Role.SECRETARIAT,
            # The next must begin with the day after, or nobody has the keys in between.
            col(Term.first_day) <= last_day + timedelta(days=1),
            sa.or_(col(Term.last_day).is_(None), col(Term.last_day) > last_day),
            col(Person.email).is_not(None),
            col(Person.merged_into_id).is_(None),
            col(Person.erased_on).is_(None),
        )
    )
    return session.exec(others).first() is None


def _keeper_id(record: Any) -> Any:
    """Return the column with the id of the record that stands for the person: their own, or the one merged into."""
    return sa.func.coalesce(col(record.merged_into_id), col(record.id))


def _is_within(register_id: Any) -> Any:
    bodies = select(Body.id).where(sa.or_(col(Body.id) == register_id, col(Body.parent_id) == register_id))
    return col(Term.body_id).in_(bodies.correlate_except(Body))


def last_day_of_roles(register_id: Any, person_id: Any) -> Any:
    """Return the day of `last_day_of` as a value in SQL, to be correlated with the tables of these columns."""
    has_no_open_end = sa.func.count() == sa.func.count(col(Term.last_day))
    records = records_of(person_id).correlate_except(Person)
    return (
        sa.select(sa.case((has_no_open_end, sa.func.max(col(Term.last_day))), else_=None))
        .where(_is_within(register_id), col(Term.person_id).in_(records))
        .scalar_subquery()
    )


_LAST_DAYS = sa.select(col(Term.last_day)).where(
    _is_within(sa.bindparam("register")), col(Term.person_id).in_(records_of(sa.bindparam("person")))
)
