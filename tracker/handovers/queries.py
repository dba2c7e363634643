"""Reading handovers: which stand open, for whom, and what whoever leaves has said of each item."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from tracker.handovers.models import Handover, HandoverPart, PartingNote
from tracker.handovers.open_duties import last_offers, open_duties_of, state_of
from tracker.items.models import Item, Ownership, OwnerState
from tracker.people.departures import Leaving, leaving
from tracker.people.queries import Sight, records_of


@dataclass(frozen=True)
class Departure:
    """Somebody who leaves, and what becomes of what he owes: counts of duties."""

    leaving: Leaving
    owed: int
    offered: int
    declined: int

    @property
    def unasked(self) -> int:
        """Return how many duties nobody is being asked to take."""
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
    """Return whose last role in the register ends soon, and who left something behind."""
    going = leaving(session, body_id, today)
    numbers = [one.person.id for one in going]
    made = last_offers(session, body_id, numbers)
    owes = Counter[int]()
    offered = Counter[int]()
    declined = Counter[int]()
    for duty in open_duties_of(session, body_id, numbers, sight):
        owes[duty.person_id] += 1
        last = made.get((duty.person_id, duty.key))
        offered[duty.person_id] += bool(last and last.is_open)
        declined[duty.person_id] += bool(last and last.state is OwnerState.DECLINED)
    found = [
        Departure(one, owes[number], offered[number], declined[number])
        for one, number in zip(going, numbers, strict=True)
    ]
    return [one for one in found if one.owed or not one.leaving.is_over(today)]


def unanswered_handovers(session: Session, body_id: int) -> list[HandoverStanding]:
    """Return the handovers of the register that are not answered in full, the oldest first."""
    made = session.exec(select(Handover).where(col(Handover.body_id) == body_id).order_by(col(Handover.id))).all()
    return [one for one in handover_standings(session, made) if one.open]


def offered_to(session: Session, body_id: int, person_id: int) -> list[HandoverStanding]:
    """Return the handovers that wait for this person's answer."""
    his = col(Handover.body_id) == body_id, col(Handover.to_id).in_(records_of(person_id))
    made = session.exec(select(Handover).where(*his).order_by(col(Handover.id))).all()
    if made:
        return [one for one in handover_standings(session, made) if one.open]
    return []


def handover_standings(session: Session, made: Sequence[Handover]) -> list[HandoverStanding]:
    """Return these handovers with their parts, in the order of the items' numbers: one statement."""
    rows = session.exec(
        select(HandoverPart, Ownership)
        .outerjoin(Ownership, col(Ownership.id) == col(HandoverPart.ownership_id))
        .outerjoin(Item, col(Item.id) == col(HandoverPart.item_id))
        .where(col(HandoverPart.handover_id).in_([one.id for one in made]))
        .order_by(col(Item.number).nulls_last(), col(HandoverPart.id))
    )
    parts: dict[int, list[tuple[HandoverPart, OwnerState]]] = {}
    for part, request in rows:
        parts.setdefault(part.handover_id, []).append((part, state_of(part, request)))
    return [HandoverStanding(one, parts.get(one.id, [])) for one in made]


def parting_notes(session: Session, item_ids: Collection[int | None], person_id: int) -> dict[int, PartingNote]:
    """Return what the person has said of these items to whoever comes after him, by item."""
    his = col(PartingNote.item_id).in_(item_ids), col(PartingNote.person_id).in_(records_of(person_id))
    return {note.item_id: note for note in session.exec(select(PartingNote).where(*his))}


def owes_anything(session: Session, body_id: int, person_id: int, sight: Sight) -> bool:
    """Tell whether the person has anything to hand over, as far as the reader may see it."""
    return bool(open_duties_of(session, body_id, [person_id], sight))
