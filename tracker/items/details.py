"""Reading one item with everything that belongs to it, for the page that shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.db import find_row, lookup, rows
from tracker.items.lines import ItemLine, by_body, line_of, person_names
from tracker.items.models import Item, ItemPassage, Relation
from tracker.items.party_models import Addressee, Helper, Ownership, OwnerState, Position
from tracker.items.party_names import NamedParty, named_parties, parties_and_people
from tracker.items.queries import IN_PLAY, PresentParts, Related, related_items
from tracker.items.reported_words import is_own
from tracker.meetings.models import Milestone
from tracker.people.departures import last_day_of_roles
from tracker.people.models import Party, Person
from tracker.people.queries import Sight
from tracker.proposals.models import Proposal
from tracker.transcripts.models import Passage
from tracker.transcripts.quotes import Quote, quotes


class Helping(NamedTuple):
    """Who helps the owner."""

    id: int
    name: str
    party_id: int | None
    #: can sign in, and answers by mail
    has_address: bool


@dataclass(frozen=True)
class AddresseeAnswer:
    """An addressee, who sent the item to it, who answered, and who recorded that."""

    addressee: Addressee
    party: NamedParty
    #: what the reader is told; empty for a person who is not named to them
    name: str
    answered_by: str | None
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
    #: somebody who may answer can sign in
    can_answer: bool
    #: of a person: the last day of their last role in the register; None where it has no end
    last_day: date | None


@dataclass(frozen=True)
class PositionDetails:
    """A position, the party that takes it, who reported it, and its passage."""

    position: Position
    party: NamedParty
    reported_by: str | None
    quote: Quote | None


@dataclass(frozen=True)
class ItemDetails:
    """One item with all its parts. Its rows are for reading: nothing is changed through them."""

    line: ItemLine
    proposer: NamedParty | None
    passages: list[tuple[Relation, Quote]]
    #: how motions among them ended, in the words of the record
    results: list[Quote]
    answers: list[AddresseeAnswer]
    #: the accepted owner first, then an open request
    ownings: list[OwnershipDetails]
    helpers: list[Helping]
    positions: list[PositionDetails]
    related: list[Related]

    @property
    def owner(self) -> OwnershipDetails | None:
        """Return the accepted owner, if there is one."""
        return self._in_state(OwnerState.ACCEPTED)

    @property
    def request(self) -> OwnershipDetails | None:
        """Return the open request to own the item, if there is one."""
        return self._in_state(OwnerState.REQUESTED)

    def _in_state(self, state: OwnerState) -> OwnershipDetails | None:
        return next((owning for owning in self.ownings if owning.ownership.state is state), None)

    @property
    def own_proposer(self) -> NamedParty | None:
        """Return the proposer, if it put the item forward itself."""
        if is_own(self.line.item):
            return self.proposer
        return None

    @property
    def own_positions(self) -> list[PositionDetails]:
        """Return the positions that parties took themselves."""
        return [details for details in self.positions if is_own(details.position)]

    @property
    def heard_groups(self) -> list[str]:
        """Return the stakeholder group of each party that itself proposed the item or took a position on it."""
        return _groups(self.own_proposer, self.own_positions)

    @property
    def reported_groups(self) -> list[str]:
        """Return the groups of which only others told what they hold: they were not heard, nor are they silent."""
        heard = self.heard_groups
        return sorted({group for group in _groups(self.proposer, self.positions) if group not in heard})


def _groups(proposer: NamedParty | None, positions: Sequence[PositionDetails]) -> list[str]:
    """Return the group of each of these parties, once a party."""
    parties = {position.party.id: position.party for position in positions}
    if proposer is not None:
        parties[proposer.id] = proposer
    return [party.group for party in parties.values()]


_PASSAGES = (
    sa.select(col(ItemPassage.passage_id), col(ItemPassage.relation), col(Proposal.result_id))
    .join(Passage, col(Passage.id) == col(ItemPassage.passage_id))
    .outerjoin(Proposal, col(Proposal.passage_id) == col(ItemPassage.passage_id))
    .where(col(ItemPassage.item_id) == sa.bindparam("item"))
    .order_by(col(Passage.start))
)
_ADDRESSEES = select(Addressee).where(col(Addressee.item_id) == sa.bindparam("item")).order_by(col(Addressee.id))
_OWNINGS = select(Ownership).where(col(Ownership.item_id) == sa.bindparam("item")).order_by(col(Ownership.id))
_ANSWERERS: Any = (Party.person_id, Party.steward_id, Party.second_id, Ownership.answers_for_id, Ownership.second_id)
_CAN_ANSWER = (
    sa.exists().where(col(Person.id).in_(_ANSWERERS), col(Person.email).is_not(None)).correlate(Ownership, Party)
)
_LAST_DAY = last_day_of_roles(col(Item.body_id), col(Party.person_id)).correlate(Item, Party)
_CURRENT: Any = (
    sa.select(Ownership, _CAN_ANSWER.label("can_answer"), _LAST_DAY.label("last_day"))
    .join(Party, col(Party.id) == col(Ownership.party_id))
    .join(Item, col(Item.id) == col(Ownership.item_id))
    .where(col(Ownership.item_id) == sa.bindparam("item"), col(Ownership.state).in_(IN_PLAY))
    .order_by(col(Ownership.id))
)
_ACCEPTED = _OWNINGS.where(col(Ownership.state) == OwnerState.ACCEPTED)
_REQUESTED = _OWNINGS.where(col(Ownership.state) == OwnerState.REQUESTED)
_POSITIONS = select(Position).where(col(Position.item_id) == sa.bindparam("item")).order_by(col(Position.id))
_HELPERS: Any = (
    sa.select(col(Person.id), col(Person.name), col(Party.id), col(Person.email).is_not(None))
    .select_from(Person)
    .join(Helper, col(Helper.person_id) == col(Person.id))
    .outerjoin(Party, col(Party.person_id) == col(Person.id))
    .where(col(Helper.item_id) == sa.bindparam("item"))
    .order_by(col(Person.name))
)


EVERY_PART = PresentParts()


def item_details(
    session: Session, item: Item, sight: Sight, today: date, present: PresentParts = EVERY_PART
) -> ItemDetails:
    """Return the item with its parts; the number of statements does not grow with them."""
    # One statement for each kind of part, whatever their number: a busy item has hundreds.
    passages = _part(session, _PASSAGES, item, is_there=present.passages)
    addressees = _part(session, _ADDRESSEES, item, is_there=present.addressees)
    ownings = _part(session, _CURRENT, item, is_there=present.ownings)
    positions = _part(session, _POSITIONS, item, is_there=present.positions)
    helpers = _part(session, _HELPERS, item, is_there=present.helpers)
    party_ids = _party_ids(item, addressees, ownings, positions)
    parties, people = parties_and_people(session, party_ids, _person_ids(item, addressees, ownings, positions))
    cited = {row.passage_id for row in (*passages, *positions) if row.passage_id}
    results = [row.result_id for row in passages if row.result_id]
    words = quotes(session, cited.union(results), sight)
    related = _related(session, item, sight, present)
    line = line_of(
        item,
        _milestone(session, item),
        addressees,
        [row for row in ownings if row.state is OwnerState.ACCEPTED],
        {party_id: party.name for party_id, party in parties.items()},
        people,
        today,
    )
    # The page names the same stand-ins as the list, or one would tell what the other hides.
    line = by_body(session, [line], sight, today)[0]
    shown_names = {addressee.party_id: addressee.name for addressee in line.addressees}
    return ItemDetails(
        line=line,
        proposer=lookup(parties, item.put_forward_by),
        passages=[(row.relation, words[row.passage_id]) for row in passages],
        results=[words[number] for number in results],
        answers=[_answer(row, parties, people, shown_names) for row in addressees],
        ownings=[_ownership(row, parties, people) for row in ownings],
        helpers=[Helping(*row) for row in helpers],
        positions=[_position(row, parties, people, words) for row in positions],
        related=related,
    )


def _part(session: Session, statement: Any, item: Item, *, is_there: bool) -> Sequence[Any]:
    """Return the parts of that kind as plain rows; nothing is asked where the item has none."""
    if not is_there:
        return ()
    return rows(session, statement, item=item.id)


def _related(session: Session, item: Item, sight: Sight, present: PresentParts) -> list[Related]:
    if not present.links:
        return []
    return related_items(session, item, sight)


def _milestone(session: Session, item: Item) -> dict[int, Milestone]:
    """Return the milestone that the item is due at, by id. A page has read it together with the item."""
    milestone = find_row(session, Milestone, item.milestone_id)
    if milestone is None:
        return {}
    return {milestone.id: milestone}


def answers_of(session: Session, item: Item) -> list[AddresseeAnswer]:
    """Return the addressees of the item with their responses, in the order in which they were named."""
    addressees = _part(session, _ADDRESSEES, item, is_there=True)
    parties = named_parties(session, {row.party_id for row in addressees})
    people = person_names(session, _person_ids(item, addressees, (), ()))
    names = {party_id: party.name for party_id, party in parties.items()}
    return [_answer(row, parties, people, names) for row in addressees]


def _answer(
    row: Addressee, parties: dict[int, NamedParty], people: dict[int, str], names: dict[int, str]
) -> AddresseeAnswer:
    party = parties[row.party_id]
    name = names[row.party_id]
    return AddresseeAnswer(
        addressee=row,
        party=party,
        name=name,
        # a volunteer who is not named does not answer by name either
        answered_by=row.answered_by if name == party.name else None,
        sent_by=lookup(people, row.sent_by),
        recorded_by=lookup(people, row.recorded_by),
    )


def accepted_ownership(session: Session, item: Item) -> Ownership | None:
    """Return the accepted ownership of the item, if there is one."""
    return session.scalars(_ACCEPTED, {"item": item.id}).first()


def open_request(session: Session, item: Item) -> Ownership | None:
    """Return the request to own the item that nobody has answered yet, if there is one."""
    return session.scalars(_REQUESTED, {"item": item.id}).first()


def _party_ids(item: Item, *rows_of_parts: Sequence[Addressee | Ownership | Position]) -> set[int]:
    of_item = {party_id for party_id in (item.put_forward_by, item.waiting_for) if party_id}
    return of_item | {row.party_id for part in rows_of_parts for row in part}


def _person_ids(
    item: Item, addressees: Sequence[Addressee], ownings: Sequence[Ownership], positions: Sequence[Position]
) -> set[int]:
    ids = {item.reported_by, *(row.reported_by for row in positions)}
    for addressee in addressees:
        ids |= {addressee.recorded_by, addressee.sent_by}
    for owning in ownings:
        ids |= {owning.requested_by, owning.answers_for_id, owning.second_id}
    return {person_id for person_id in ids if person_id is not None}


def _ownership(row: Any, parties: dict[int, NamedParty], people: dict[int, str]) -> OwnershipDetails:
    return OwnershipDetails(
        ownership=row,
        party=parties[row.party_id],
        requested_by=lookup(people, row.requested_by),
        answers_for=lookup(people, row.answers_for_id),
        second=lookup(people, row.second_id),
        can_answer=row.can_answer,
        last_day=row.last_day,
    )


def _position(
    row: Position, parties: dict[int, NamedParty], people: dict[int, str], words: dict[int, Quote]
) -> PositionDetails:
    return PositionDetails(
        position=row,
        party=parties[row.party_id],
        reported_by=lookup(people, row.reported_by),
        quote=lookup(words, row.passage_id),
    )
