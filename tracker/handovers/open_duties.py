"""The open duties of people in a register, which they leave behind when they go; and the offers made of them."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.handovers.models import Duty, Handover, HandoverPart
from tracker.items.list_conditions import Condition
from tracker.items.models import Item, Progress
from tracker.items.party_involvement import known_in
from tracker.items.party_models import Helper, Ownership, OwnerState
from tracker.items.reading_rules import of_register
from tracker.items.status import OPEN
from tracker.people.models import Party, Person
from tracker.people.queries import Sight

#: states of an ownership that is a duty
LIVE = (OwnerState.REQUESTED, OwnerState.ACCEPTED)
#: duties that are offered by a request to own
BY_REQUEST = frozenset({Duty.OWNS, Duty.TO_ANSWER})


@dataclass(frozen=True)
class OpenDuty:
    """One duty of a person: for an open item, or for a body or class."""

    person_id: int
    duty: Duty
    item: Item | None = None
    ownership: Ownership | None = None
    party: Party | None = None

    @property
    def key(self) -> str:
        """Return the duty's name in a form, as "owns-12", by the id of the item, body or class."""
        row = self.item or self.party
        # A duty is for one of the two.
        assert row is not None
        return f"{self.duty}-{row.id}"

    @property
    def item_id(self) -> int | None:
        """Return the id of the item, None for a duty for a body or class."""
        if self.item is None:
            return None
        return self.item.id

    @property
    def party_id(self) -> int | None:
        """Return the id of the body or class, None for a duty for an item."""
        if self.party is None:
            return None
        return self.party.id


@dataclass(frozen=True)
class OfferedDuty:
    """The last offer of a duty, and its state."""

    handover: Handover
    part: HandoverPart
    state: OwnerState

    @property
    def is_open(self) -> bool:
        """Tell whether nobody has answered yet."""
        return self.state is OwnerState.REQUESTED


class _Leavers:
    """The people whose duties are read: the person of each of their records, merged ones too, and of each party."""

    def __init__(self, session: Session, person_ids: Collection[int]) -> None:
        # A merged record keeps what it owed; it is its keeper who hands that over.
        keeper = sa.func.coalesce(col(Person.merged_into_id), col(Person.id))
        rows = session.exec(
            select(Person.id, keeper, Party.id)
            .outerjoin(Party, col(Party.person_id) == col(Person.id))
            .where(keeper.in_(person_ids))
        ).all()
        self.records: dict[int | None, int] = {record: person for record, person, _ in rows}
        self.parties: dict[int | None, int] = {party: person for _, person, party in rows if party}


def open_duties_of(session: Session, body_id: int, person_ids: Collection[int], sight: Sight) -> list[OpenDuty]:
    """Return the open duties of these people, by item number, then those for bodies and classes: five statements.

    Duties for items that the reader may not see are left out.
    """
    leavers = _Leavers(session, person_ids)
    is_open = sa.and_(of_register(body_id, sight), col(Item.progress).in_(OPEN))
    of_items = sorted([*_owned(session, is_open, leavers), *_beside(session, is_open, leavers)], key=_place)
    return [*of_items, *_stewards(session, known_in(body_id, sight), leavers)]


def _place(duty: OpenDuty) -> tuple[int, int]:
    # Only duties for items are sorted.
    assert duty.item is not None
    return duty.item.number, list(Duty).index(duty.duty)


def _owned(session: Session, is_open: Condition, leavers: _Leavers) -> Iterator[OpenDuty]:
    is_theirs = sa.or_(
        col(Ownership.party_id).in_(leavers.parties),
        col(Ownership.answers_for_id).in_(leavers.records),
        col(Ownership.second_id).in_(leavers.records),
    )
    rows = session.exec(
        select(Ownership, Item)
        .join(Item, col(Item.id) == col(Ownership.item_id))
        .where(is_open, col(Ownership.state).in_(LIVE), is_theirs)
    )
    for row, item in rows:
        is_owner = row.state is OwnerState.ACCEPTED
        of_party = Duty.TO_ANSWER
        of_answerer = Duty.TO_ANSWER
        if is_owner:
            of_party = Duty.OWNS
            of_answerer = Duty.ANSWERS_FOR
        if row.party_id in leavers.parties:
            yield OpenDuty(leavers.parties[row.party_id], of_party, item, row)
        if row.answers_for_id in leavers.records:
            yield OpenDuty(leavers.records[row.answers_for_id], of_answerer, item, row)
        # A second answers no request: that is for the first.
        if row.second_id in leavers.records and is_owner:
            yield OpenDuty(leavers.records[row.second_id], Duty.SECONDS, item, row)


def _beside(session: Session, is_open: Condition, leavers: _Leavers) -> Iterator[OpenDuty]:
    """Yield the duties of helpers, and of those whom items wait for."""
    helped = select(Helper, Item).join(Item, col(Item.id) == col(Helper.item_id))
    for helper, item in session.exec(helped.where(is_open, col(Helper.person_id).in_(leavers.records))):
        yield OpenDuty(leavers.records[helper.person_id], Duty.HELPS, item)
    waiting = select(Item).where(col(Item.waiting_for).in_(leavers.parties), col(Item.progress) == Progress.WAITING)
    for item in session.exec(waiting.where(is_open)):
        yield OpenDuty(leavers.parties[item.waiting_for], Duty.AWAITED, item)


def _stewards(session: Session, is_known: Condition, leavers: _Leavers) -> Iterator[OpenDuty]:
    answers = sa.or_(col(Party.steward_id).in_(leavers.records), col(Party.second_id).in_(leavers.records))
    for party in session.exec(select(Party).where(answers, is_known).order_by(col(Party.slug))):
        for record, duty in ((party.steward_id, Duty.STEWARD), (party.second_id, Duty.SECOND)):
            if record in leavers.records:
                yield OpenDuty(leavers.records[record], duty, party=party)


def last_offers(session: Session, body_id: int, person_ids: Collection[int]) -> dict[tuple[int, str], OfferedDuty]:
    """Return the last offer of each duty of these people, by person and key: one statement."""
    rows = session.exec(
        select(Handover, HandoverPart, Ownership)
        .join(HandoverPart, col(HandoverPart.handover_id) == col(Handover.id))
        .outerjoin(Ownership, col(Ownership.id) == col(HandoverPart.ownership_id))
        .where(col(Handover.body_id) == body_id, col(Handover.from_id).in_(person_ids))
        .order_by(col(HandoverPart.id))
    )
    return {
        (handover.from_id, key_of(part)): OfferedDuty(handover, part, state_of(part, request))
        # Later offers replace earlier ones.
        for handover, part, request in rows
    }


def key_of(part: HandoverPart) -> str:
    """Return the `OpenDuty.key` of the duty of that part."""
    return f"{part.duty}-{part.item_id or part.party_id}"


def state_of(part: HandoverPart, request: Ownership | None) -> OwnerState:
    """Return the state of an offer. A request to own may have been answered on its item's page, so its state counts."""
    if part.duty not in BY_REQUEST or request is None:
        return part.state
    if request.state is OwnerState.ENDED:
        # It was accepted before it ended.
        return OwnerState.ACCEPTED
    return request.state


def requested_elsewhere(session: Session, duties: Collection[OpenDuty]) -> dict[int, int]:
    """Return by item the party with an open request to own what one of these people owns."""
    items = [duty.item.id for duty in duties if duty.item and duty.duty is Duty.OWNS]
    requests = select(Ownership.item_id, Ownership.party_id).where(
        col(Ownership.item_id).in_(items), col(Ownership.state) == OwnerState.REQUESTED
    )
    return dict(session.exec(requests).all())


def duties_to_offer(session: Session, body_id: int, duties: Collection[OpenDuty]) -> list[OpenDuty]:
    """Return those of the duties that are neither offered nor requested of somebody else."""
    offers = last_offers(session, body_id, {duty.person_id for duty in duties})
    requested = requested_elsewhere(session, duties)
    return [duty for duty in duties if not _is_offered(duty, offers) and not _is_requested(duty, requested)]


def _is_offered(duty: OpenDuty, offers: dict[tuple[int, str], OfferedDuty]) -> bool:
    offer = offers.get((duty.person_id, duty.key))
    return offer is not None and offer.is_open


def _is_requested(duty: OpenDuty, requested: dict[int, int]) -> bool:
    return duty.duty is Duty.OWNS and duty.item is not None and duty.item.id in requested
