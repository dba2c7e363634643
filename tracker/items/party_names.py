"""What parties are called: by name and stakeholder group, or, to readers outside the register, by their body.

Nobody who volunteers for an item is named to outsiders: they read the body in which that person serves.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from tracker.db import rows
from tracker.people.models import Body, Party, Person, Term
from tracker.people.queries import PARTY_NAME, Sight, with_names


@dataclass(frozen=True)
class NamedParty:
    """A party with its name and the stakeholder group it belongs to."""

    id: int
    slug: str
    name: str
    group: str
    #: where it is a person
    person_id: int | None

    @property
    def is_person(self) -> bool:
        """Tell whether it is a person."""
        return self.person_id is not None


_NAME = sa.func.coalesce(PARTY_NAME, "")
_GROUP = sa.func.coalesce(col(Person.stakeholder_group), col(Body.stakeholder_group), "unknown")
_NAMED = with_names(sa.select(col(Party.id), col(Party.slug), _NAME, _GROUP, col(Party.person_id))).where(
    col(Party.id).in_(sa.bindparam("parties", expanding=True))
)


def named_parties(session: Session, party_ids: Collection[int]) -> dict[int, NamedParty]:
    """Return these parties with names and stakeholder groups, by id: one statement at most."""
    if not party_ids:
        return {}
    return {row[0]: NamedParty(*row) for row in rows(session, _NAMED, parties=list(party_ids))}


def parties_and_people(
    session: Session, party_ids: Collection[int], person_ids: Collection[int]
) -> tuple[dict[int, NamedParty], dict[int, str]]:
    """Return these parties as `named_parties` does, and the names of these people, by id: one statement for both."""
    if not person_ids:
        return named_parties(session, party_ids), {}
    named = rows(session, _BOTH, parties=list(party_ids), people=list(person_ids))
    parties = {row[1]: NamedParty(*row[1:]) for row in named if row[0]}
    return parties, {row[1]: row[3] for row in named if not row[0]}


_PEOPLE: Any = sa.select(
    sa.literal(0), col(Person.id), col(Person.slug), col(Person.name), sa.literal(""), col(Person.id)
).where(col(Person.id).in_(sa.bindparam("people", expanding=True)))
_BOTH: Any = sa.union_all(
    with_names(sa.select(sa.literal(1), col(Party.id), col(Party.slug), _NAME, _GROUP, col(Party.person_id))).where(
        col(Party.id).in_(sa.bindparam("parties", expanding=True))
    ),
    _PEOPLE,
)


class StandIn(NamedTuple):
    """The body that is named in place of a volunteer who owns an item, is its addressee, or is waited for."""

    slug: str
    name: str
    #: the person serves in it; else it is the register itself, in which they have no role
    is_served: bool

    @property
    def addressee_name(self) -> str:
        """Return the body as an addressee; empty where the person has no role, for then nobody addressed it."""
        return self.name if self.is_served else ""


_KEEPER_ID = sa.func.coalesce(col(Person.merged_into_id), col(Person.id))
_RECORD = aliased(Person)
_REGISTER: Any = sa.bindparam("register")
_TODAY: Any = sa.bindparam("today", type_=sa.Date)
_IS_WANTED = col(Party.id).in_(sa.bindparam("parties", expanding=True))
_STAND_IN: Any = (col(Party.id), col(Body.slug), col(Body.name))
_ORDER: Any = (col(Body.is_register).label("is_register"), col(Body.id).label("body"))
#: each of these parties that is a person, with the register itself
_IN_REGISTER: Any = (
    sa.select(*_STAND_IN, sa.literal(False).label("is_served"), *_ORDER)
    .join_from(Party, Body, col(Body.id) == _REGISTER)
    .where(_IS_WANTED, col(Party.person_id).is_not(None))
)
#: and with each body of it in which they serve today: a term of any record of theirs counts, of the one that keeps
#: them and of those merged into that one
_SERVED: Any = (
    sa.select(*_STAND_IN, sa.literal(True).label("is_served"), *_ORDER)
    .join_from(Party, Person, col(Party.person_id) == col(Person.id))
    .join(_RECORD, sa.or_(col(_RECORD.id) == _KEEPER_ID, col(_RECORD.merged_into_id) == _KEEPER_ID))
    .join(Term, col(Term.person_id) == col(_RECORD.id))
    .join(Body, col(Term.body_id) == col(Body.id))
    .where(
        _IS_WANTED,
        sa.or_(col(Body.id) == _REGISTER, col(Body.parent_id) == _REGISTER),
        col(Term.first_day) <= _TODAY,
        sa.or_(col(Term.last_day).is_(None), col(Term.last_day) >= _TODAY),
    )
)
_BOTH_KINDS: Any = sa.union_all(_IN_REGISTER, _SERVED)
#: the last of a party counts: a body within the register before the register, and that before having no role
_STAND_INS: Any = _BOTH_KINDS.order_by("is_served", sa.desc("is_register"), "body")


def names_volunteers(sight: Sight | None, register_id: int) -> bool:
    """Tell whether the reader may know who works for the register's items: its own people may; so may None, a job."""
    return sight is None or register_id in sight.register_ids


def stand_ins(session: Session, register_id: int, party_ids: Collection[int | None], today: date) -> dict[int, StandIn]:
    """Return the body to name in place of each of these parties that is a person, by party."""
    # Most items wait for nobody, and a statement about nobody costs as much as another.
    parties = [party_id for party_id in party_ids if party_id]
    if not parties:
        return {}
    served = rows(session, _STAND_INS, register=register_id, parties=parties, today=today)
    return {row[0]: StandIn(*row[1:4]) for row in served}


_Steward = aliased(Person)
_Second = aliased(Person)


def unreachable(session: Session, party_ids: Collection[int | None]) -> list[str]:
    """Return the names of those of these bodies and classes whose steward and second have no mail address."""
    is_concerned = col(Party.id).in_([party_id for party_id in party_ids if party_id])
    name = sa.func.coalesce(col(Body.name), col(Party.class_name))
    statement = (
        select(name)
        .select_from(Party)
        .outerjoin(Body, col(Party.body_id) == col(Body.id))
        .outerjoin(_Steward, col(Party.steward_id) == _Steward.id)
        .outerjoin(_Second, col(Party.second_id) == _Second.id)
        .where(
            is_concerned, col(Party.person_id).is_(None), col(_Steward.email).is_(None), col(_Second.email).is_(None)
        )
    )
    return sorted(session.exec(statement), key=str.casefold)
