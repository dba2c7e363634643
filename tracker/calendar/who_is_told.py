"""Who reads of a milestone that moves or is renamed: its register's people; of them those who owe what is due there."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from tracker.items.models import Item, Ownership, OwnerState
from tracker.people.models import Frequency, Party, Person, Subscription
from tracker.people.queries import serving


@dataclass(frozen=True)
class MilestoneAudience:
    """Names of those whose next digest says it: with the numbers of what they owe there, and the others."""

    owing: list[tuple[str, list[int]]]
    others: list[str]


def milestone_audience(
    session: Session, body_id: int, items: Collection[Item], today: date, *, but: int | None
) -> MilestoneAudience:
    """Return who of the register reads what becomes of a milestone, with those items that each owes or answers for.

    Whoever changes it, `but`, is not among the others: he knows.
    """
    readers = session.exec(
        select(Person)
        .join(Subscription, col(Subscription.person_id) == col(Person.id))
        .where(
            col(Person.id).in_(serving(body_id, today)),
            col(Subscription.frequency) == Frequency.WEEKLY,
            col(Person.email).is_not(None),
            col(Person.merged_into_id).is_(None),
            col(Person.erased_on).is_(None),
        )
        .order_by(col(Person.name), col(Person.id))
    ).all()
    owed = _owed(session, items)
    return MilestoneAudience(
        [(person.name, sorted(owed[person.id])) for person in readers if person.id in owed],
        [person.name for person in readers if person.id not in owed and person.id != but],
    )


def _owed(session: Session, items: Collection[Item]) -> dict[int, set[int]]:
    """Return the numbers of the items that each person owns or answers for; a merged record counts for its keeper."""
    numbers = {item.id: item.number for item in items}
    rows = session.exec(
        select(Ownership, Party)
        .join(Party, col(Party.id) == col(Ownership.party_id))
        .where(col(Ownership.item_id).in_(numbers), col(Ownership.state) == OwnerState.ACCEPTED)
    ).all()
    merged = select(Person.id, Person.merged_into_id).where(col(Person.merged_into_id).is_not(None))
    keepers = dict(session.exec(merged).all())
    found: dict[int, set[int]] = defaultdict(set)
    for ownership, party in rows:
        answering = party.person_id, party.steward_id, party.second_id, ownership.answers_for_id, ownership.second_id
        for person in answering:
            if person is not None:
                found[keepers.get(person) or person].add(numbers[ownership.item_id])
    return found
