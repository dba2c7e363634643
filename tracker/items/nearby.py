"""Which items a proposal may repeat: those it speaks of, that cite its words, that say the like, or were made of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import Session, col, select

from tracker.items.models import Item, ItemPassage, Origin, Position
from tracker.meetings.models import Meeting
from tracker.meetings.queries import may_read_meeting
from tracker.people.queries import Sight
from tracker.proposals.models import Likeness, Proposal, Reference
from tracker.proposals.queries import Entry
from tracker.proposals.similar import Known, Place, resembling
from tracker.transcripts.models import Transcript
from tracker.transcripts.newest import standing_in


class Ground(StrEnum):
    """Why an item is thought to be meant."""

    REFERS = "refers"
    #: a passage that says the like became part of it, at an earlier meeting or in this one
    RAISED_BEFORE = "raised-before"
    SAME_PLACE = "same-place"
    ALIKE = "alike"


@dataclass(frozen=True)
class Nearby:
    """An item that may be meant, and why."""

    number: int
    title: str
    ground: Ground
    #: the title of the meeting at which it was raised before
    meeting: str | None = None


def nearby(session: Session, body_id: int, entry: Entry, sight: Sight) -> list[Nearby]:
    """Return the register's items that the proposal may repeat, the likeliest first; a guess for a person to judge.

    An earlier meeting counts only where the reader may read it.
    """
    of_body = select(Item.number, Item.id, Item.title, Item.text).where(col(Item.body_id) == body_id)
    titles: dict[int, str] = {}
    place = Place(entry.passage.sha256, entry.passage.start, entry.passage.end)
    cited = _cited(session, body_id, place.sha256)
    known = []
    for number, item_id, title, text in session.exec(of_body):
        titles[number] = title
        known.append(Known(number, f"{title} {text}", tuple(cited.get(item_id or 0, ()))))
    found = dict.fromkeys(_referred(session, entry.proposal.id), Ground.REFERS)
    raised = _raised(session, body_id, entry.proposal.id, sight)
    for number in raised:
        found.setdefault(number, Ground.RAISED_BEFORE)
    for match in resembling(f"{entry.proposal.title} {entry.quote}", place, known):
        found.setdefault(match.number, Ground.SAME_PLACE if match.is_same_place else Ground.ALIKE)
    return [Nearby(number, titles[number], ground, raised.get(number)) for number, ground in found.items()]


def _cited(session: Session, body_id: int, sha256: str) -> dict[int, list[Place]]:
    found: dict[int, list[Place]] = {}
    here = standing_in(sha256)
    for link in (ItemPassage, Position):
        rows = session.exec(
            select(Item.id, here.c.start, here.c.end)
            .join(link, col(link.item_id) == col(Item.id))
            .join(here, col(link.passage_id) == here.c.cited)
            .where(col(Item.body_id) == body_id)
        )
        for number, start, end in rows:
            found.setdefault(number or 0, []).append(Place(sha256, start, end))
    return found


def _referred(session: Session, proposal_id: int | None) -> Iterable[int]:
    return session.exec(
        select(Item.number)
        .join(Origin, col(Origin.item_id) == col(Item.id))
        .join(Reference, col(Reference.earlier_id) == col(Origin.proposal_id))
        .where(col(Reference.proposal_id) == proposal_id)
        .distinct()
        .order_by(col(Item.number))
    )


def _raised(session: Session, body_id: int, proposal_id: int | None, sight: Sight) -> dict[int, str]:
    """Return the items that have a passage which says the like, the likest first, with the meeting of that passage."""
    rows = session.exec(
        select(Item.number, Meeting.title)
        .join(Origin, col(Origin.item_id) == col(Item.id))
        .join(Likeness, col(Likeness.earlier_id) == col(Origin.proposal_id))
        .join(Proposal, col(Proposal.id) == col(Likeness.earlier_id))
        .join(Transcript, col(Transcript.id) == col(Proposal.transcript_id))
        .join(Meeting, col(Meeting.id) == col(Transcript.meeting_id))
        .where(col(Likeness.proposal_id) == proposal_id, col(Item.body_id) == body_id, may_read_meeting(sight))
        .order_by(col(Likeness.degree).desc())
    )
    found: dict[int, str] = {}
    for number, title in rows:
        found.setdefault(number, title)
    return found
