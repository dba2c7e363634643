"""Who is known in a register: its people with their terms and printed names, and its bodies."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, and_, col, or_, select

from tracker.people.merged_records import keeper_of
from tracker.people.models import Body, Label, Party, Person, Term
from tracker.people.queries import records_of, with_keepers


@dataclass(frozen=True)
class Service:
    """A term with the body it is in."""

    term: Term
    body: Body

    def is_current(self, today: date) -> bool:
        """Tell whether the term includes today."""
        return self.term.first_day <= today and (self.term.last_day is None or today <= self.term.last_day)


def people_of(session: Session, register_id: int) -> list[Person]:
    """Return who is known there, by name."""
    people = select(Person).where(known_in(register_id))
    return list(session.exec(people.order_by(col(Person.name), col(Person.id))))


def known_in(register_id: int) -> Any:
    """Return the condition that a person serves, served or is named in transcripts there. Leaves out merged records."""
    serving = select(Term.person_id).join(Body, col(Term.body_id) == col(Body.id)).where(_within(register_id))
    named = select(Label.person_id).where(col(Label.register_id) == register_id)
    return and_(
        col(Person.id).in_(with_keepers(serving, named)),
        col(Person.merged_into_id).is_(None),
        col(Person.erased_on).is_(None),
    )


def bodies_of(session: Session, register_id: int) -> list[Body]:
    """Return the register and the bodies that belong to it, the register first, then by name."""
    bodies = session.exec(select(Body).where(_within(register_id)).order_by(col(Body.name)))
    return sorted(bodies, key=lambda body: body.id != register_id)


def services(session: Session, register_id: int, people: Iterable[Person]) -> dict[int, list[Service]]:
    """Return these people's terms in the register by person's id, latest first, with those of merged records."""
    numbers = {person.id for person in people}
    rows = session.exec(
        select(Term, Body, Person.merged_into_id)
        .join(Body, col(Term.body_id) == col(Body.id))
        .join(Person, col(Term.person_id) == col(Person.id))
        .where(_within(register_id), or_(col(Person.id).in_(numbers), col(Person.merged_into_id).in_(numbers)))
        .order_by(col(Term.first_day).desc(), col(Term.id))
    )
    by_person: dict[int, list[Service]] = {}
    for term, body, keeper_id in rows:
        for person_id in numbers.intersection((term.person_id, keeper_id)):
            by_person.setdefault(person_id, []).append(Service(term, body))
    return by_person


def labels_of(session: Session, register_id: int, person: Person) -> list[Label]:
    """Return the person's names as printed in the register's transcripts, with those of merged records."""
    merged = select(Person.id).where(col(Person.merged_into_id) == person.id)
    theirs = or_(col(Label.person_id) == person.id, col(Label.person_id).in_(merged))
    labels = select(Label).where(col(Label.register_id) == register_id, theirs)
    return list(session.exec(labels.order_by(col(Label.text))))


def serves_elsewhere(session: Session, register_id: int, person: Person) -> bool:
    """Tell whether the person, under any of their records, has or had a role in another register."""
    here = select(Body.id).where(_within(register_id))
    records = records_of(person.merged_into_id or person.id)
    elsewhere = select(Term.id).where(col(Term.person_id).in_(records), col(Term.body_id).not_in(here))
    return session.exec(elsewhere).first() is not None


def is_kept_elsewhere(session: Session, register_id: int, person: Person) -> bool:
    """Tell whether the register leaves the person's record alone: they serve elsewhere, or run the installation.

    People belong to no register, and an address is the key to an account.
    """
    keeper = keeper_of(session, person)
    return person.is_operator or keeper.is_operator or serves_elsewhere(session, register_id, person)


def party_of_person(session: Session, person: Person) -> Party:
    """Return the party that a person is."""
    return session.exec(select(Party).where(col(Party.person_id) == person.id)).one()


def _within(register_id: int) -> Any:
    return or_(col(Body.id) == register_id, col(Body.parent_id) == register_id)
