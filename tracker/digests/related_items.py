"""Which items concern each of several readers who see the same: a few statements, however many they are."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col

from tracker.db import UTCDateTime, rows
from tracker.digests.reader import DigestReader
from tracker.items.list_conditions import Condition, due_day
from tracker.items.models import Follow, Item, Progress
from tracker.items.party_models import Addressee, Helper, Ownership, OwnerState, ResponseState
from tracker.items.reading_rules import may_read
from tracker.items.reported_words import proposed_itself
from tracker.items.status import OPEN
from tracker.meetings.models import Milestone
from tracker.people.queries import Sight, records_of_all


class RequestRow(NamedTuple):
    """An open request to own an item."""

    item_id: int
    requested_by: int | None
    note: str | None


@dataclass
class RelatedItems:
    """What a reader has to do with, by their ids; `near` is what they hear of without owing it."""

    owed: set[int] = field(default_factory=set)
    #: of these, the closed ones: told of only where something happened to them
    closed: set[int] = field(default_factory=set)
    waiting: set[int] = field(default_factory=set)
    #: sent to a party of theirs, and no response yet
    put: set[int] = field(default_factory=set)
    near: set[int] = field(default_factory=set)
    #: oldest first
    requests: list[RequestRow] = field(default_factory=list)

    @property
    def every(self) -> set[int]:
        """Return all but the requests."""
        return self.owed | self.waiting | self.put | self.near


class _Way(StrEnum):
    """How an item concerns a party or a person."""

    WAITING = "waiting"
    PUT = "put"
    ADDRESSED = "addressed"
    PROPOSED = "proposed"
    HELPED = "helped"
    FOLLOWED = "followed"


class RunItem(NamedTuple):
    """An item that concerns a secretariat because it changed."""

    id: int
    body_id: int


def run_items(
    session: Session, reader: DigestReader, since: datetime, only: frozenset[int] | None = None
) -> Sequence[RunItem]:
    """Return what changed since then in the registers that the reader runs, and all who see the same: due first."""
    if not reader.sight.secretariat_of:
        return []
    return [RunItem(*row) for row in rows(session, _running(reader.shared_sight, only), since=since)]


def related_items(
    session: Session, readers: Sequence[DigestReader], only: frozenset[int] | None = None
) -> dict[int, RelatedItems]:
    """Return what concerns each reader, by person, but for what they run. They all see the same."""
    by_record = records_of_all(session, [reader.id for reader in readers])
    by_party: dict[int, set[int]] = defaultdict(set)
    for reader in readers:
        for party in reader.parties:
            by_party[party].add(reader.id)
    sight = readers[0].shared_sight
    values = {"parties": list(by_party), "records": list(by_record)}
    related = {reader.id: RelatedItems() for reader in readers}
    for row in rows(session, _owning(sight, only), **values):
        concerned = [by_party.get(row.party_id, ()), _at(by_record, row.answers_for_id), _at(by_record, row.second_id)]
        for person_id in set().union(*concerned):
            if row.state is OwnerState.ACCEPTED:
                related[person_id].owed.add(row.item_id)
                if row.progress not in OPEN:
                    related[person_id].closed.add(row.item_id)
            elif row.progress in OPEN:
                related[person_id].requests.append(RequestRow(row.item_id, row.requested_by, row.note))
    for way, item_id, party_id, record_id in rows(session, _relating(sight, only), **values):
        concerned_people: Iterable[int] = by_party.get(party_id, ()) if party_id else _at(by_record, record_id)
        for person_id in concerned_people:
            _note(related[person_id], _Way(way), item_id)
    return related


def _note(related: RelatedItems, way: _Way, item_id: int) -> None:
    match way:
        case _Way.WAITING:
            related.waiting.add(item_id)
        case _Way.PUT:
            related.put.add(item_id)
        case _:
            related.near.add(item_id)


def _at(by_record: dict[int, int], record_id: int | None) -> Iterator[int]:
    if record_id in by_record:
        yield by_record[record_id]


# These stand for the readers in statements that are built once for all who see the same.
_PARTIES: Any = sa.bindparam("parties", expanding=True)
_RECORDS: Any = sa.bindparam("records", expanding=True)
_SINCE = sa.bindparam("since", type_=UTCDateTime())


def visible(sight: Sight, only: frozenset[int] | None) -> Condition:
    """Return the condition that such a reader may see the item, and that it is of one of these registers."""
    seen = may_read(sight)
    if only is None:
        return seen
    return sa.and_(seen, col(Item.body_id).in_(only))


@lru_cache(maxsize=200)
def _owning(sight: Sight, only: frozenset[int] | None) -> Any:
    """Select the ownerships that are these readers' to answer, with requests, oldest first."""
    ownership = (Ownership.item_id, Ownership.party_id, Ownership.answers_for_id, Ownership.second_id)
    request = (Ownership.state, Ownership.requested_by, Ownership.note)
    theirs = (
        col(Ownership.party_id).in_(_PARTIES),
        col(Ownership.answers_for_id).in_(_RECORDS),
        col(Ownership.second_id).in_(_RECORDS),
    )
    # Their few ownerships lead to the items; beside a join, a database may go through every item of the register.
    few = col(Ownership.id).in_(sa.select(col(Ownership.id)).where(sa.or_(*theirs)))
    return (
        sa.select(*map(col, ownership), *map(col, request), col(Item.progress))
        .join(Item, col(Item.id) == col(Ownership.item_id))
        .where(col(Ownership.state).in_((OwnerState.ACCEPTED, OwnerState.REQUESTED)), few)
        .where(visible(sight, only))
        .order_by(col(Ownership.requested_at), col(Ownership.id))
    )


@lru_cache(maxsize=200)
def _relating(sight: Sight, only: frozenset[int] | None) -> Any:
    addressed = col(Addressee.party_id).in_(_PARTIES)
    is_unanswered = sa.and_(col(Addressee.response) == ResponseState.SENT, col(Item.progress).in_(OPEN))
    waits = sa.and_(col(Item.waiting_for).in_(_PARTIES), col(Item.progress) == Progress.WAITING)
    # Whoever is only said to have proposed it hears nothing of it as its proposer.
    proposed = sa.and_(col(Item.put_forward_by).in_(_PARTIES), proposed_itself())
    ways = [
        _way(_Way.WAITING, Item.waiting_for, None).where(waits),
        _way(_Way.PUT, Addressee.party_id, None, Addressee).where(addressed, is_unanswered),
        _way(_Way.ADDRESSED, Addressee.party_id, None, Addressee).where(addressed),
        _way(_Way.PROPOSED, Item.put_forward_by, None).where(proposed),
        _way(_Way.HELPED, None, Helper.person_id, Helper).where(col(Helper.person_id).in_(_RECORDS)),
        _way(_Way.FOLLOWED, None, Follow.person_id, Follow).where(col(Follow.person_id).in_(_RECORDS)),
    ]
    return sa.union_all(*(way.where(visible(sight, only)) for way in ways))


@lru_cache(maxsize=200)
def _running(sight: Sight, only: frozenset[int] | None) -> Any:
    return (
        sa.select(col(Item.id), col(Item.body_id))
        .outerjoin(Milestone, col(Milestone.id) == col(Item.milestone_id))
        .where(col(Item.body_id).in_(sight.secretariat_of), col(Item.changed_at) > _SINCE, visible(sight, only))
        .order_by(due_day().is_(None), due_day(), col(Item.number))
    )


def _way(way: _Way, party: Any, person: Any, table: Any = None) -> Any:
    """Select the way, the item, and the party or the person that it concerns in this way."""
    nobody = sa.null().cast(sa.Integer)
    party = nobody if party is None else col(party)
    person = nobody if person is None else col(person)
    selected = sa.select(sa.literal(way.value, sa.String), col(Item.id), party, person)
    if table is None:
        return selected
    return selected.join_from(table, Item, col(Item.id) == col(table.item_id))
