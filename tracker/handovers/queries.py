"""Reading who leaves, the handovers that are open, and the parting notes on items."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from tracker.handovers.models import Handover, HandoverPart, PartingNote
from tracker.handovers.open_duties import last_offers, open_duties_of, state_of
from tracker.items.models import Item
from tracker.items.party_models import Ownership, OwnerState
from tracker.people.departures import Leaving, leaving
from tracker.people.queries import Sight, records_of


@dataclass(frozen=True)
class Departure:
    """Somebody who leaves, with the number of their open duties, of those offered, and of those last declined."""

    leaving: Leaving
    owed: int
    offered: int
    declined: int

    @property
    def unasked(self) -> int:
        """Return how many duties are not offered to anybody."""
        return self.owed - self.offered


@dataclass(frozen=True)
class HandoverStanding:
    """A handover with its parts and where each stands."""

    handover: Handover
    parts: list[tuple[HandoverPart, OwnerState]]

    @property
    def open(self) -> int:
        """Return how many parts nobody has answered."""
        return sum(state is OwnerState.REQUESTED for _, state in self.parts)


def departures(session: Session, body_id: int, sight: Sight, today: date) -> list[Departure]:
    """Return the people whose last role in the register ends soon, and those who left with open duties."""
    leavers = leaving(session, body_id, today)
    if not leavers:
        return []
    person_ids = [leaver.person.id for leaver in leavers]
    offers = last_offers(session, body_id, person_ids)
    owed = Counter[int]()
    offered = Counter[int]()
    declined = Counter[int]()
    for duty in open_duties_of(session, body_id, person_ids, sight):
        owed[duty.person_id] += 1
        offer = offers.get((duty.person_id, duty.key))
        if offer and offer.is_open:
            offered[duty.person_id] += 1
        elif offer and offer.state is OwnerState.DECLINED:
            declined[duty.person_id] += 1
    return [
        Departure(leaver, owed[person_id], offered[person_id], declined[person_id])
        for leaver, person_id in zip(leavers, person_ids, strict=True)
        # Whoever has left and owes nothing any more needs nobody's attention.
        if owed[person_id] or not leaver.is_over(today)
    ]


def unanswered_handovers(session: Session, body_id: int) -> list[HandoverStanding]:
    """Return the handovers of the register with parts that nobody has answered, the oldest first."""
    handovers = select(Handover).where(col(Handover.body_id) == body_id)
    return _unanswered(session, handovers)


def offered_to(session: Session, body_id: int, person_id: int) -> list[HandoverStanding]:
    """Return the handovers that wait for this person's answer."""
    handovers = select(Handover).where(col(Handover.body_id) == body_id, col(Handover.to_id).in_(records_of(person_id)))
    return _unanswered(session, handovers)


def _unanswered(session: Session, statement: SelectOfScalar[Handover]) -> list[HandoverStanding]:
    handovers = session.exec(statement.order_by(col(Handover.id))).all()
    # Most people are offered nothing, and this is asked for the page of each.
    if not handovers:
        return []
    return [standing for standing in handover_standings(session, handovers) if standing.open]


def handover_standings(session: Session, handovers: Sequence[Handover]) -> list[HandoverStanding]:
    """Return these handovers with their parts, in the order of the items' numbers: one statement."""
    rows = session.exec(
        select(HandoverPart, Ownership)
        .outerjoin(Ownership, col(Ownership.id) == col(HandoverPart.ownership_id))
        .outerjoin(Item, col(Item.id) == col(HandoverPart.item_id))
        .where(col(HandoverPart.handover_id).in_([handover.id for handover in handovers]))
        .order_by(col(Item.number).nulls_last(), col(HandoverPart.id))
    )
    parts: dict[int, list[tuple[HandoverPart, OwnerState]]] = {}
    for part, request in rows:
        parts.setdefault(part.handover_id, []).append((part, state_of(part, request)))
    return [HandoverStanding(handover, parts.get(handover.id, [])) for handover in handovers]


def parting_notes(session: Session, item_ids: Collection[int | None], person_id: int) -> dict[int, PartingNote]:
    """Return the person's parting notes on these items, by item."""
    notes = select(PartingNote).where(
        col(PartingNote.item_id).in_(item_ids), col(PartingNote.person_id).in_(records_of(person_id))
    )
    return {note.item_id: note for note in session.exec(notes)}


def owes_anything(session: Session, body_id: int, person_id: int, sight: Sight) -> bool:
    """Tell whether the person has an open duty that the reader may see."""
    return bool(open_duties_of(session, body_id, [person_id], sight))
