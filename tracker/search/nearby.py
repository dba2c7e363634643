"""Which items a proposal may repeat: those it speaks of, that cite its words, that say the like, or were made of it.

Of those that say the like the index names some dozens, by the passage's rarest words; only these are compared with it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.items.conditions import of_register
from tracker.items.models import Item, ItemPassage, Origin, Position
from tracker.meetings.models import Meeting
from tracker.meetings.queries import may_read_meeting
from tracker.people.queries import Sight
from tracker.proposals.models import Likeness, Proposal, Reference
from tracker.proposals.queries import Entry
from tracker.proposals.similar import STEM, Known, Place, Rarity, resembling, weighty
from tracker.search.index import Kind, beginning, dialect_of, entries, table, word
from tracker.transcripts.models import Transcript
from tracker.transcripts.newest import standing_in

#: items that tell how rare a word is, and that are compared with a passage
SAMPLE, COMPARED = 300, 60
#: a statement is made for so many words, or twice, or three times as many
WORDS_A_STATEMENT = 8


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
    found = {
        number: Nearby(number, title, Ground.REFERS) for number, title in _referred(session, body_id, entry, sight)
    }
    for number, title, meeting in _raised(session, body_id, entry, sight):
        found.setdefault(number, Nearby(number, title, Ground.RAISED_BEFORE, meeting))
    for one in _resembling(session, body_id, entry, sight):
        found.setdefault(one.number, one)
    return list(found.values())


def _resembling(session: Session, body_id: int, entry: Entry, sight: Sight) -> Iterator[Nearby]:
    """Yield what cites the same words, or says the like."""
    place = Place(entry.passage.sha256, entry.passage.start, entry.passage.end)
    words = f"{entry.proposal.title} {entry.quote}"
    last = session.exec(_last(body_id)).one() or 0
    rarity = Rarity(
        _said(*row) for row in session.exec(_sample(body_id, sight), params={"step": max(1, last // SAMPLE)})
    )
    titles, known = {}, {}
    for number, title, text in _alike(session, body_id, sight, weighty(words, rarity, last)):
        titles[number], known[number] = title, Known(number, _said(title, text))
    for number, title, text, places in _cited(session, body_id, sight, place):
        titles[number], known[number] = title, Known(number, _said(title, text), places)
    for match in resembling(words, place, list(known.values()), rarity):
        yield Nearby(match.number, titles[match.number], Ground.SAME_PLACE if match.is_same_place else Ground.ALIKE)


def _said(title: str, text: str) -> str:
    return f"{title} {text}"


def _last(body_id: int) -> Any:
    return select(sa.func.max(Item.number)).where(col(Item.body_id) == body_id)


@lru_cache(maxsize=100)
def _sample(body_id: int, sight: Sight) -> Any:
    """Select the words of every so manyth item."""
    step: Any = sa.bindparam("step", type_=sa.Integer)
    return select(Item.title, Item.text).where(of_register(body_id, sight), col(Item.number) % step == 0)


def _alike(session: Session, body_id: int, sight: Sight, weights: dict[str, float]) -> Iterable[tuple[int, str, str]]:
    """Return the items that have most of these words, by their weight."""
    if not weights:
        return ()
    dialect = dialect_of(session)
    missing = -len(weights) % WORDS_A_STATEMENT
    asked: dict[str, Any] = {}
    for place, (stem, weight) in enumerate([*weights.items(), *[(next(iter(weights)), 0.0)] * missing]):
        ask = beginning if len(stem) == STEM else word
        asked |= {f"word{place}": ask(dialect, stem), f"weight{place}": weight}
    found: list[tuple[int, str, str]] = session.exec(
        _weighed(len(weights) + missing, body_id, sight, dialect), params=asked
    ).all()
    return found


@lru_cache(maxsize=100)
def _weighed(slots: int, body_id: int, sight: Sight, dialect: str) -> Any:
    """Select what the index names for so many words, the heaviest first."""
    named = sa.union_all(*(_naming(place, dialect) for place in range(slots))).subquery()
    weight = sa.func.sum(named.c.weight).label("weight")
    summed = sa.select(named.c.row, weight).group_by(named.c.row).subquery()
    return (
        select(Item.number, Item.title, Item.text)
        .join(summed, col(Item.id) == summed.c.row)
        .where(of_register(body_id, sight))
        .order_by(summed.c.weight.desc(), col(Item.number))
        .limit(COMPARED)
    )


def _naming(place: int, dialect: str) -> Any:
    wanted = sa.bindparam(f"word{place}", type_=sa.String)
    weight = sa.bindparam(f"weight{place}", type_=sa.Float)
    row, _, match = entries(dialect, Kind.ITEM, wanted)
    return sa.select(row.label("row"), weight.label("weight")).select_from(table()).where(match)


def _cited(
    session: Session, body_id: int, sight: Sight, place: Place
) -> Iterator[tuple[int, str, str, tuple[Place, ...]]]:
    """Yield the items that cite something of the place, with where."""
    here = standing_in(place.sha256)
    columns: Any = (Item.number, Item.title, Item.text, here.c.start, here.c.end)
    found: dict[tuple[int, str, str], list[Place]] = {}
    for link in (ItemPassage, Position):
        rows = session.exec(
            select(*columns)
            .join(link, col(link.item_id) == col(Item.id))
            .join(here, col(link.passage_id) == here.c.cited)
            .where(of_register(body_id, sight), here.c.start < place.end, here.c.end > place.start)
        )
        for number, title, text, start, end in rows:
            found.setdefault((number, title, text), []).append(Place(place.sha256, start, end))
    for item, places in found.items():
        yield *item, tuple(places)


def _referred(session: Session, body_id: int, entry: Entry, sight: Sight) -> Iterable[tuple[int, str]]:
    return session.exec(
        select(Item.number, Item.title)
        .join(Origin, col(Origin.item_id) == col(Item.id))
        .join(Reference, col(Reference.earlier_id) == col(Origin.proposal_id))
        .where(col(Reference.proposal_id) == entry.proposal.id, of_register(body_id, sight))
        .distinct()
        .order_by(col(Item.number))
    )


def _raised(session: Session, body_id: int, entry: Entry, sight: Sight) -> Iterable[tuple[int, str, str]]:
    """Return the items that have a passage which says the like, the likest first, with the meeting of that passage."""
    return session.exec(
        select(Item.number, Item.title, Meeting.title)
        .join(Origin, col(Origin.item_id) == col(Item.id))
        .join(Likeness, col(Likeness.earlier_id) == col(Origin.proposal_id))
        .join(Proposal, col(Proposal.id) == col(Likeness.earlier_id))
        .join(Transcript, col(Transcript.id) == col(Proposal.transcript_id))
        .join(Meeting, col(Meeting.id) == col(Transcript.meeting_id))
        .where(col(Likeness.proposal_id) == entry.proposal.id, of_register(body_id, sight), may_read_meeting(sight))
        .order_by(col(Likeness.degree).desc())
    )
