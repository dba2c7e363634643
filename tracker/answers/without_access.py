"""For whom the secretariat may record an answer: owners, requested owners and helpers whom no link can reach."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlmodel import Session, col, select

from tracker.answers.choices import AnswerRole, AnswerScope
from tracker.db import find_row
from tracker.items.details import ItemDetails
from tracker.items.models import Item
from tracker.items.party_models import Helper, Ownership
from tracker.items.status import is_closed
from tracker.people.models import Party, Person
from tracker.people.queries import party_names


@dataclass(frozen=True)
class WithoutAccess:
    """A party that can neither sign in nor answer by mail, as what it may answer, and its person if it has one."""

    party_id: int
    name: str
    scope: AnswerScope
    person: Person | None = None


def parties_without_access(session: Session, details: ItemDetails) -> list[WithoutAccess]:
    """Return for whom an answer may be recorded: of an open request first, then of the owner, then of the helpers."""
    item = details.line.item
    if is_closed(item.progress):
        return []
    parties = list(_owning(session, details))
    if details.helpers:
        parties += _helping(session, item)
    return parties


def names_without_access(details: ItemDetails) -> list[tuple[int, str]]:
    """Return the same parties by number and name, for a page that only leads there: no statement is run."""
    if is_closed(details.line.item.progress):
        return []
    owning = [part for part in (details.request, details.owner) if part is not None and not part.can_answer]
    helping = [(helper.party_id, helper.name) for helper in details.helpers if not helper.has_address]
    # A person becomes a party when they are named as one; the form asks for a party.
    return [(part.party.id, part.party.name) for part in owning] + [(party, name) for party, name in helping if party]


def _owning(session: Session, details: ItemDetails) -> Iterator[WithoutAccess]:
    for role, owning in ((AnswerRole.REQUESTED, details.request), (AnswerRole.OWNER, details.owner)):
        if owning is None or owning.can_answer:
            continue
        # The rows of the details are for reading; this one may be changed by what is recorded.
        ownership = session.get_one(Ownership, owning.ownership.id)
        party = session.get_one(Party, ownership.party_id)
        answerer = party.person_id or ownership.answers_for_id or party.steward_id
        name = party_names(session, {party.id})[party.id]
        yield WithoutAccess(party.id, name, AnswerScope(role, ownership), find_row(session, Person, answerer))


def _helping(session: Session, item: Item) -> Iterator[WithoutAccess]:
    helpers = (
        select(Party.id, Person)
        .join(Person, col(Person.id) == col(Party.person_id))
        .join(Helper, col(Helper.person_id) == col(Person.id))
        .where(col(Helper.item_id) == item.id, col(Person.email).is_(None), col(Person.erased_on).is_(None))
        .order_by(col(Person.name), col(Person.id))
    )
    for party_id, person in session.exec(helpers):
        yield WithoutAccess(party_id, person.name, AnswerScope(AnswerRole.HELPER), person)
