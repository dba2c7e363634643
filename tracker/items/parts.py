"""Reading one item with all that belongs to it, for the page that shows it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.items.conditions import answers_for
from tracker.items.models import (
    Asked,
    Follow,
    Helper,
    Item,
    ItemLink,
    ItemPassage,
    LinkKind,
    Ownership,
    OwnerState,
    Position,
    Relation,
)
from tracker.items.queries import Line, line_of, milestones_of, person_names
from tracker.meetings.queries import visible_to
from tracker.people.models import Body, Party, Person
from tracker.people.queries import Sight
from tracker.transcripts.models import Passage
from tracker.transcripts.quotes import Quote, quotes


@dataclass(frozen=True)
class Named:
    """A party with its name and the stakeholder group it belongs to."""

    id: int
    slug: str
    name: str
    group: str
    is_person: bool


@dataclass(frozen=True)
class Answer:
    """An asked party, who put the item to it, and who wrote down what it answered."""

    asked: Asked
    party: Named
    put_by: str | None
    recorded_by: str | None


@dataclass(frozen=True)
class Owning:
    """A request to own, or an ownership, with its names."""

    ownership: Ownership
    party: Named
    asked_by: str | None
    answers_for: str | None
    second: str | None


@dataclass(frozen=True)
class Standing:
    """A position, who takes it, who reported it, and its words."""

    position: Position
    party: Named
    reported_by: str | None
    quote: Quote | None


@dataclass(frozen=True)
class Related:
    """Another item and how the two stand; `is_ours` where the link was made on this one."""

    kind: LinkKind
    is_ours: bool
    item: Item


@dataclass(frozen=True)
class Parts:
    """One item whole."""

    line: Line
    asker: Named | None
    passages: list[tuple[Relation, Quote]]
    answers: list[Answer]
    #: the accepted owner first, then an open request
    ownings: list[Owning]
    helpers: list[Person]
    positions: list[Standing]
    related: list[Related]

    @property
    def owner(self) -> Owning | None:
        """Return who has accepted."""
        return next((one for one in self.ownings if one.ownership.state is OwnerState.ACCEPTED), None)

    @property
    def request(self) -> Owning | None:
        """Return who is being asked."""
        return next((one for one in self.ownings if one.ownership.state is OwnerState.ASKED), None)

    @property
    def heard_groups(self) -> list[str]:
        """Return the stakeholder groups of all who put it forward or took a position, one for each party."""
        parties = {standing.party.id: standing.party for standing in self.positions}
        if self.asker is not None:
            parties[self.asker.id] = self.asker
        return [party.group for party in parties.values()]


def parts(session: Session, item: Item, sight: Sight, today: date) -> Parts:
    """Return the item with its parts, in a number of statements that does not grow with them."""
    passages = session.exec(
        select(ItemPassage).join(Passage).where(col(ItemPassage.item_id) == item.id).order_by(col(Passage.start))
    ).all()
    asked = _asked(session, item)
    ownings = session.exec(select(Ownership).where(*_current(item)).order_by(col(Ownership.id))).all()
    positions = session.exec(select(Position).where(col(Position.item_id) == item.id).order_by(col(Position.id))).all()
    names = named(session, _parties(item, asked, ownings, positions))
    people = person_names(session, _people(item, asked, ownings, positions))
    cited = {row.passage_id for row in passages} | {row.passage_id for row in positions if row.passage_id}
    words = quotes(session, cited, sight)
    return Parts(
        line=line_of(
            item,
            milestones_of(session, [item]),
            asked,
            [row for row in ownings if row.state is OwnerState.ACCEPTED],
            {number: one.name for number, one in names.items()},
            people,
            today,
        ),
        asker=names.get(item.put_forward_by or 0),
        passages=[(row.relation, words[row.passage_id]) for row in passages],
        answers=[_answer(row, names, people) for row in asked],
        ownings=[_owning(row, names, people) for row in ownings],
        helpers=helpers(session, item),
        positions=[_standing(row, names, people, words) for row in positions],
        related=related(session, item, sight),
    )


def answers(session: Session, item: Item) -> list[Answer]:
    """Return the parties that the item asks, in the order in which they were named."""
    asked = _asked(session, item)
    names, people = named(session, {row.party_id for row in asked}), person_names(session, _people(item, asked, (), ()))
    return [_answer(row, names, people) for row in asked]


def _asked(session: Session, item: Item) -> Sequence[Asked]:
    return session.exec(select(Asked).where(col(Asked.item_id) == item.id).order_by(col(Asked.id))).all()


def _answer(row: Asked, names: dict[int, Named], people: dict[int, str]) -> Answer:
    return Answer(row, names[row.party_id], people.get(row.put_by or 0), people.get(row.recorded_by or 0))


def _current(item: Item) -> tuple[sa.ColumnElement[bool], ...]:
    return col(Ownership.item_id) == item.id, col(Ownership.state).in_((OwnerState.ACCEPTED, OwnerState.ASKED))


def accepted(session: Session, item: Item) -> Ownership | None:
    """Return the ownership that somebody has accepted."""
    wanted = col(Ownership.item_id) == item.id, col(Ownership.state) == OwnerState.ACCEPTED
    return session.exec(select(Ownership).where(*wanted)).first()


def requested(session: Session, item: Item) -> Ownership | None:
    """Return the request to own it that nobody has answered yet."""
    wanted = col(Ownership.item_id) == item.id, col(Ownership.state) == OwnerState.ASKED
    return session.exec(select(Ownership).where(*wanted)).first()


def helpers(session: Session, item: Item) -> list[Person]:
    """Return who helps with the item, by name."""
    statement = select(Person).join(Helper, col(Helper.person_id) == col(Person.id))
    return list(session.exec(statement.where(col(Helper.item_id) == item.id).order_by(col(Person.name))))


def related(session: Session, item: Item, sight: Sight) -> list[Related]:
    """Return the items linked to this one, either way, that the reader may see."""
    either = sa.or_(
        sa.and_(col(ItemLink.item_id) == item.id, col(Item.id) == col(ItemLink.other_id)),
        sa.and_(col(ItemLink.other_id) == item.id, col(Item.id) == col(ItemLink.item_id)),
    )
    statement = select(ItemLink, Item).where(either, visible_to(sight, Item.body_id, Item.visibility))
    return [
        Related(link.kind, link.item_id == item.id, other)
        for link, other in session.exec(statement.order_by(col(Item.number)))
    ]


def named(session: Session, party_ids: Collection[int]) -> dict[int, Named]:
    """Return these parties with names and stakeholder groups, by number: one statement."""
    name = sa.func.coalesce(col(Person.name), col(Body.name), col(Party.class_name), "")
    group = sa.func.coalesce(col(Person.stakeholder_group), col(Body.stakeholder_group), "unknown")
    rows = session.execute(
        sa.select(col(Party.id), col(Party.slug), name, group, col(Party.person_id).is_not(None))
        .outerjoin(Person, col(Party.person_id) == col(Person.id))
        .outerjoin(Body, col(Party.body_id) == col(Body.id))
        .where(col(Party.id).in_(party_ids))
    )
    return {row[0]: Named(*row) for row in rows}


def _parties(item: Item, *parts: Sequence[Asked | Ownership | Position]) -> set[int]:
    of_item = {number for number in (item.put_forward_by, item.waiting_for) if number}
    return of_item | {row.party_id for rows in parts for row in rows}


def _people(
    item: Item, asked: Sequence[Asked], ownings: Sequence[Ownership], positions: Sequence[Position]
) -> set[int]:
    found = {item.reported_by, *(row.reported_by for row in positions)}
    for row in asked:
        found |= {row.recorded_by, row.put_by}
    for owning in ownings:
        found |= {owning.asked_by, owning.answers_for_id, owning.second_id}
    return {number for number in found if number is not None}


def _owning(row: Ownership, names: dict[int, Named], people: dict[int, str]) -> Owning:
    return Owning(
        ownership=row,
        party=names[row.party_id],
        asked_by=people.get(row.asked_by or 0),
        answers_for=people.get(row.answers_for_id or 0),
        second=people.get(row.second_id or 0),
    )


def _standing(row: Position, names: dict[int, Named], people: dict[int, str], words: dict[int, Quote]) -> Standing:
    return Standing(row, names[row.party_id], people.get(row.reported_by or 0), words.get(row.passage_id or 0))


def answerable(session: Session, ownership: Ownership, person_id: int) -> bool:
    """Tell whether that request, or that ownership, is this person's to answer."""
    mine = select(Ownership.id).where(col(Ownership.id) == ownership.id, answers_for(person_id))
    return session.exec(mine).first() is not None


def was_asked_to_own(session: Session, item: Item, person_id: int) -> bool:
    """Tell whether any request to own it, answered or taken back, was this person's to answer."""
    mine = select(Ownership.id).where(col(Ownership.item_id) == item.id, answers_for(person_id))
    return session.exec(mine.limit(1)).first() is not None


def nobody_can_answer(session: Session, ownership: Ownership) -> bool:
    """Tell whether no one who answers for the party can sign in, so that somebody must write down what it said."""
    party = session.get_one(Party, ownership.party_id)
    who = {party.person_id, party.steward_id, party.second_id, ownership.answers_for_id, ownership.second_id}
    can_sign_in = col(Person.id).in_(who - {None}), col(Person.email).is_not(None)
    return session.exec(select(Person.id).where(*can_sign_in)).first() is None


def is_followed(session: Session, item: Item, person_id: int) -> bool:
    """Tell whether the person follows the item."""
    return session.get(Follow, (person_id, item.id)) is not None
