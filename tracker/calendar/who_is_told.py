"""Who is told of a change of a milestone: the register's people, first those who own what is due there."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from tracker.items.models import Item
from tracker.items.party_models import Ownership, OwnerState
from tracker.people.models import Frequency, Party, Person, Subscription
from tracker.people.queries import serving


@dataclass(frozen=True)
class MilestoneAudience:
    """The names of those who are told of the change: by their next digest, and of a moved due date at once."""

    #: those who own or answer for something due there, with the numbers of these items
    owing: list[tuple[str, list[int]]]
    others: list[str]


def milestone_audience(
    session: Session, body_id: int, items: Collection[Item], today: date, *, but: int | None
) -> MilestoneAudience:
    """Return who is told of a change of the milestone at which these items are due.

    Whoever makes the change, the person `but`, is not among them: they know.
    """
    readers = session.exec(
        select(Person)
        .join(Subscription, col(Subscription.person_id) == col(Person.id))
        .where(
            col(Person.id).in_(serving(body_id, today)),
            col(Subscription.frequency) != Frequency.NEVER,
            col(Person.email).is_not(None),
            col(Person.merged_into_id).is_(None),
            col(Person.erased_on).is_(None),
        )
        .order_by(col(Person.name), col(Person.id))
    ).all()
    owed = _owed(session, items)
    others = [person for person in readers if person.id != but]
    return MilestoneAudience(
        [(person.name, sorted(owed[person.id])) for person in others if person.id in owed],
        [person.name for person in others if person.id not in owed],
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
    owed: dict[int, set[int]] = defaultdict(set)
    for ownership, party in rows:
        answering = {party.person_id, party.steward_id, party.second_id, ownership.answers_for_id, ownership.second_id}
        for person in answering:
            if person is not None:
                owed[keepers.get(person) or person].add(numbers[ownership.item_id])
    return owed
