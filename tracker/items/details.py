"""Reading one item with all that belongs to it, for the page that shows it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.db import rows
from tracker.items.list_conditions import may_read
from tracker.items.models import (
    Addressee,
    Follow,
    Helper,
    Item,
    ItemLink,
    ItemPassage,
    LinkKind,
    Ownership,
    OwnerState,
    Position,
    Progress,
    ProposerView,
    Relation,
)
from tracker.items.party_names import NamedParty, named_parties
from tracker.items.queries import ItemLine, by_body, line_of, milestones_of, person_names
from tracker.people.models import Person
from tracker.people.queries import Sight
from tracker.transcripts.models import Passage
from tracker.transcripts.quotes import Quote, quotes


class Helping(NamedTuple):
    """Who helps the owner."""

    id: int
    name: str


class LinkedItem(NamedTuple):
    """As much of another item as a link to it shows."""

    id: int
    number: int
    title: str
    progress: Progress
    proposer_view: ProposerView | None


@dataclass(frozen=True)
class Mentioned:
    """Whom else a page names, by their numbers: a history does."""

    people: Collection[int] = ()
    parties: Collection[int] = ()


@dataclass(frozen=True)
class AddresseeAnswer:
    """An asked party, who put the item to it, and who wrote down what it answered."""

    addressee: Addressee
    party: NamedParty
    sent_by: str | None
    recorded_by: str | None


@dataclass(frozen=True)
class OwnershipDetails:
    """A request to own, or an ownership, with its names."""

    ownership: Ownership
    party: NamedParty
    requested_by: str | None
    answers_for: str | None
    second: str | None


@dataclass(frozen=True)
class PositionDetails:
    """A position, who takes it, who reported it, and its words."""

    position: Position
    party: NamedParty
    reported_by: str | None
    quote: Quote | None


@dataclass(frozen=True)
class Related:
    """Another item and how the two stand; `is_ours` where the link was made on this one."""

    kind: LinkKind
    is_ours: bool
    item: LinkedItem


@dataclass(frozen=True)
class ItemDetails:
    """One item whole, with rows to read: nothing is changed through them."""

    line: ItemLine
    proposer: NamedParty | None
    passages: list[tuple[Relation, Quote]]
    answers: list[AddresseeAnswer]
    #: the accepted owner first, then an open request
    ownings: list[OwnershipDetails]
    helpers: list[Helping]
    positions: list[PositionDetails]
    related: list[Related]
    #: what everybody is called who is named in it, or was mentioned, by number
    people: dict[int, str]
    parties: dict[int, NamedParty]

    @property
    def owner(self) -> OwnershipDetails | None:
        """Return who has accepted."""
        return next((one for one in self.ownings if one.ownership.state is OwnerState.ACCEPTED), None)

    @property
    def request(self) -> OwnershipDetails | None:
        """Return who is being asked."""
        return next((one for one in self.ownings if one.ownership.state is OwnerState.REQUESTED), None)

    @property
    def heard_groups(self) -> list[str]:
        """Return the stakeholder groups of all who put it forward or took a position, one for each party."""
        parties = {standing.party.id: standing.party for standing in self.positions}
        if self.proposer is not None:
            parties[self.proposer.id] = self.proposer
        return [party.group for party in parties.values()]


NOBODY = Mentioned()
_PASSAGES = (
    sa.select(col(ItemPassage.passage_id), col(ItemPassage.relation))
    .join(Passage, col(Passage.id) == col(ItemPassage.passage_id))
    .where(col(ItemPassage.item_id) == sa.bindparam("item"))
    .order_by(col(Passage.start))
)
_ADDRESSEES = select(Addressee).where(col(Addressee.item_id) == sa.bindparam("item")).order_by(col(Addressee.id))
_OWNINGS = select(Ownership).where(col(Ownership.item_id) == sa.bindparam("item")).order_by(col(Ownership.id))
_CURRENT = _OWNINGS.where(col(Ownership.state).in_((OwnerState.ACCEPTED, OwnerState.REQUESTED)))
_ACCEPTED = _OWNINGS.where(col(Ownership.state) == OwnerState.ACCEPTED)
_REQUESTED = _OWNINGS.where(col(Ownership.state) == OwnerState.REQUESTED)
_POSITIONS = select(Position).where(col(Position.item_id) == sa.bindparam("item")).order_by(col(Position.id))
_HELPERS = (
    sa.select(col(Person.id), col(Person.name))
    .join(Helper, col(Helper.person_id) == col(Person.id))
    .where(col(Helper.item_id) == sa.bindparam("item"))
    .order_by(col(Person.name))
)
_FOLLOWS = sa.select(col(Follow.item_id)).where(
    col(Follow.person_id) == sa.bindparam("person"), col(Follow.item_id) == sa.bindparam("item")
)


def item_details(session: Session, item: Item, sight: Sight, today: date, also: Mentioned = NOBODY) -> ItemDetails:
    """Return the item with its parts, in a number of statements that does not grow with them."""
    passages = rows(session, _PASSAGES, item=item.id)
    addressee = _addressees(session, item)
    ownings: Sequence[Ownership] = rows(session, _CURRENT, item=item.id)
    positions: Sequence[Position] = rows(session, _POSITIONS, item=item.id)
    names = named_parties(session, _parties(item, addressee, ownings, positions).union(also.parties))
    people = person_names(session, _people(item, addressee, ownings, positions).union(also.people))
    cited = {row.passage_id for row in (*passages, *positions) if row.passage_id}
    words = quotes(session, cited, sight)
    line = line_of(
        item,
        milestones_of(session, [item]),
        addressee,
        [row for row in ownings if row.state is OwnerState.ACCEPTED],
        {number: one.name for number, one in names.items()},
        people,
        today,
    )
    return ItemDetails(
        line=by_body(session, [line], sight, today)[0],
        proposer=names.get(item.put_forward_by or 0),
        passages=[(row.relation, words[row.passage_id]) for row in passages],
        answers=[_answer(row, names, people) for row in addressee],
        ownings=[_owning(row, names, people) for row in ownings],
        helpers=[Helping(*row) for row in rows(session, _HELPERS, item=item.id)],
        positions=[_standing(row, names, people, words) for row in positions],
        related=related_items(session, item, sight),
        people=people,
        parties=names,
    )


def answers_of(session: Session, item: Item) -> list[AddresseeAnswer]:
    """Return the parties that the item asks, in the order in which they were named."""
    addressee = _addressees(session, item)
    names = named_parties(session, {row.party_id for row in addressee})
    people = person_names(session, _people(item, addressee, (), ()))
    return [_answer(row, names, people) for row in addressee]


def _addressees(session: Session, item: Item) -> Sequence[Addressee]:
    found: Sequence[Addressee] = rows(session, _ADDRESSEES, item=item.id)
    return found


def _answer(row: Addressee, names: dict[int, NamedParty], people: dict[int, str]) -> AddresseeAnswer:
    return AddresseeAnswer(row, names[row.party_id], people.get(row.sent_by or 0), people.get(row.recorded_by or 0))


def accepted_ownership(session: Session, item: Item) -> Ownership | None:
    """Return the ownership that somebody has accepted."""
    return session.scalars(_ACCEPTED, {"item": item.id}).first()


def open_request(session: Session, item: Item) -> Ownership | None:
    """Return the request to own it that nobody has answered yet."""
    return session.scalars(_REQUESTED, {"item": item.id}).first()


def related_items(session: Session, item: Item, sight: Sight) -> list[Related]:
    """Return the items linked to this one, either way, that the reader may see."""
    found = rows(session, _linked(sight.alike), item=item.id)
    return [Related(kind, is_ours, LinkedItem(*other)) for kind, is_ours, *other in found]


@lru_cache(maxsize=200)
def _linked(sight: Sight) -> Any:
    """Return the statement, made once for all who see the same."""
    is_ours = col(ItemLink.item_id) == sa.bindparam("item")
    theirs = sa.and_(col(ItemLink.other_id) == sa.bindparam("item"), col(Item.id) == col(ItemLink.item_id))
    other: Any = (Item.id, Item.number, Item.title, Item.progress, Item.proposer_view)
    return (
        sa.select(col(ItemLink.kind), is_ours, *other)
        .where(sa.or_(sa.and_(is_ours, col(Item.id) == col(ItemLink.other_id)), theirs))
        .where(may_read(sight))
        .order_by(col(Item.number))
    )


def _parties(item: Item, *rows_of_parts: Sequence[Addressee | Ownership | Position]) -> set[int]:
    of_item = {number for number in (item.put_forward_by, item.waiting_for) if number}
    return of_item | {row.party_id for part in rows_of_parts for row in part}


def _people(
    item: Item, addressee: Sequence[Addressee], ownings: Sequence[Ownership], positions: Sequence[Position]
) -> set[int]:
    found = {item.reported_by, *(row.reported_by for row in positions)}
    for row in addressee:
        found |= {row.recorded_by, row.sent_by}
    for owning in ownings:
        found |= {owning.requested_by, owning.answers_for_id, owning.second_id}
    return {number for number in found if number is not None}


def _owning(row: Ownership, names: dict[int, NamedParty], people: dict[int, str]) -> OwnershipDetails:
    return OwnershipDetails(
        ownership=row,
        party=names[row.party_id],
        requested_by=people.get(row.requested_by or 0),
        answers_for=people.get(row.answers_for_id or 0),
        second=people.get(row.second_id or 0),
    )


def _standing(
    row: Position, names: dict[int, NamedParty], people: dict[int, str], words: dict[int, Quote]
) -> PositionDetails:
    return PositionDetails(row, names[row.party_id], people.get(row.reported_by or 0), words.get(row.passage_id or 0))


def is_followed(session: Session, item: Item, person_id: int) -> bool:
    """Tell whether the person follows the item."""
    return bool(rows(session, _FOLLOWS, person=person_id, item=item.id))
