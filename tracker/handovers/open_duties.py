"""What somebody has to do with the open items of a register, and would leave behind if he went."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.handovers.models import Duty, Handover, HandoverPart
from tracker.items.list_conditions import Condition, of_register
from tracker.items.models import Helper, Item, Ownership, OwnerState, Progress
from tracker.items.party_involvement import known_in
from tracker.items.status import OPEN
from tracker.people.models import Party, Person
from tracker.people.queries import Sight

#: what a person may still be asked, or has taken
LIVE = (OwnerState.REQUESTED, OwnerState.ACCEPTED)
#: parts whose offer is a request to own
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
        """Return what stands for it in a form: "owns-12", by the number of the row, not of the item."""
        row = self.item or self.party
        return f"{self.duty}-{row.id if row else 0}"


@dataclass(frozen=True)
class OfferedDuty:
    """The last offer of a duty, and what became of it."""

    handover: Handover
    part: HandoverPart
    state: OwnerState

    @property
    def is_open(self) -> bool:
        """Tell whether nobody has answered yet."""
        return self.state is OwnerState.REQUESTED


class _Who:
    """The people who are asked about: their records and parties, and whose each is."""

    def __init__(self, session: Session, person_ids: Collection[int]) -> None:
        keeper = sa.func.coalesce(col(Person.merged_into_id), col(Person.id))
        rows = session.exec(
            select(Person.id, keeper, Party.id)
            .outerjoin(Party, col(Party.person_id) == col(Person.id))
            .where(keeper.in_(person_ids))
        ).all()
        self.records: dict[int | None, int] = {record: whose for record, whose, _ in rows if record}
        self.parties: dict[int | None, int] = {party: whose for _, whose, party in rows if party}


def open_duties_of(session: Session, body_id: int, person_ids: Collection[int], sight: Sight) -> list[OpenDuty]:
    """Return the duties of these people, by the item's number, those for bodies and classes last: five statements.

    Of duties for items those are told whose items the reader may see.
    """
    who = _Who(session, person_ids)
    is_open = sa.and_(of_register(body_id, sight), col(Item.progress).in_(OPEN))
    of_items = sorted([*_owned(session, is_open, who), *_beside(session, is_open, who)], key=_place)
    return [*of_items, *_stewards(session, known_in(body_id, sight), who)]


def _place(one: OpenDuty) -> tuple[int, int]:
    return one.item.number if one.item else 0, list(Duty).index(one.duty)


def _owned(session: Session, is_open: Condition, who: _Who) -> Iterator[OpenDuty]:
    his = sa.or_(
        col(Ownership.party_id).in_(who.parties),
        col(Ownership.answers_for_id).in_(who.records),
        col(Ownership.second_id).in_(who.records),
    )
    rows = session.exec(
        select(Ownership, Item)
        .join(Item, col(Item.id) == col(Ownership.item_id))
        .where(is_open, col(Ownership.state).in_(LIVE), his)
    )
    for row, item in rows:
        is_owner = row.state is OwnerState.ACCEPTED
        if row.party_id in who.parties:
            yield OpenDuty(who.parties[row.party_id], Duty.OWNS if is_owner else Duty.TO_ANSWER, item, row)
        if row.answers_for_id in who.records:
            duty = Duty.ANSWERS_FOR if is_owner else Duty.TO_ANSWER
            yield OpenDuty(who.records[row.answers_for_id], duty, item, row)
        if row.second_id in who.records and is_owner:
            yield OpenDuty(who.records[row.second_id], Duty.SECONDS, item, row)


def _beside(session: Session, is_open: Condition, who: _Who) -> Iterator[OpenDuty]:
    """Yield what he helps with, and what waits for him."""
    helped = select(Helper, Item).join(Item, col(Item.id) == col(Helper.item_id))
    for helper, item in session.exec(helped.where(is_open, col(Helper.person_id).in_(who.records))):
        yield OpenDuty(who.records[helper.person_id], Duty.HELPS, item)
    waits = col(Item.waiting_for).in_(who.parties), col(Item.progress) == Progress.WAITING
    for item in session.exec(select(Item).where(is_open, *waits)):
        yield OpenDuty(who.parties[item.waiting_for], Duty.AWAITED, item)


def _stewards(session: Session, is_known: Condition, who: _Who) -> Iterator[OpenDuty]:
    answers = sa.or_(col(Party.steward_id).in_(who.records), col(Party.second_id).in_(who.records))
    for party in session.exec(select(Party).where(answers, is_known).order_by(col(Party.slug))):
        for number, duty in ((party.steward_id, Duty.STEWARD), (party.second_id, Duty.SECOND)):
            if number in who.records:
                yield OpenDuty(who.records[number], duty, party=party)


def last_offers(session: Session, body_id: int, person_ids: Collection[int]) -> dict[tuple[int, str], OfferedDuty]:
    """Return the last offer of each duty of these people, by person and key: one statement."""
    rows = session.exec(
        select(Handover, HandoverPart, Ownership)
        .join(HandoverPart, col(HandoverPart.handover_id) == col(Handover.id))
        .outerjoin(Ownership, col(Ownership.id) == col(HandoverPart.ownership_id))
        .where(col(Handover.body_id) == body_id, col(Handover.from_id).in_(person_ids))
        .order_by(col(HandoverPart.id))
    )
    return {(one.from_id, key_of(part)): OfferedDuty(one, part, state_of(part, request)) for one, part, request in rows}


def key_of(part: HandoverPart) -> str:
    """Return what `Owed.key` is for the duty of that part."""
    return f"{part.duty}-{part.item_id or part.party_id}"


def state_of(part: HandoverPart, request: Ownership | None) -> OwnerState:
    """Return where an offer stands: a request to own may have been answered on the page of its item."""
    if part.duty not in BY_REQUEST or request is None:
        return part.state
    if request.state is OwnerState.ENDED:
        return OwnerState.ACCEPTED
    return request.state


def requested_elsewhere(session: Session, duties: Collection[OpenDuty]) -> dict[int, int]:
    """Return by item the party that is being asked to own what one of these people owns."""
    items = [one.item.id for one in duties if one.item and one.duty is Duty.OWNS]
    wanted = col(Ownership.item_id).in_(items), col(Ownership.state) == OwnerState.REQUESTED
    return dict(session.exec(select(Ownership.item_id, Ownership.party_id).where(*wanted)).all())


def duties_to_offer(session: Session, body_id: int, duties: Collection[OpenDuty]) -> list[OpenDuty]:
    """Return those of the duties that nobody is being asked to take."""
    made = last_offers(session, body_id, {one.person_id for one in duties})
    requested = requested_elsewhere(session, duties)
    return [one for one in duties if not _is_offered(one, made) and not _is_requested(one, requested)]


def _is_offered(one: OpenDuty, made: dict[tuple[int, str], OfferedDuty]) -> bool:
    found = made.get((one.person_id, one.key))
    return found is not None and found.is_open


def _is_requested(one: OpenDuty, requested: dict[int, int]) -> bool:
    return one.duty is Duty.OWNS and one.item is not None and one.item.id in requested
