"""Which items a proposal may repeat: those it speaks of, that cite its words, that say the like, or were made of it.

Of those that say the like the index names some dozens, by the passage's rarest words; only these are compared with it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from itertools import combinations
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.items.models import Item, ItemPassage, Origin
from tracker.items.party_models import Position
from tracker.items.reading_rules import of_register
from tracker.meetings.models import Meeting
from tracker.meetings.queries import may_read_meeting
from tracker.people.queries import Sight
from tracker.proposals.models import Likeness, Proposal, Reference
from tracker.proposals.queries import ProposalEntry
from tracker.proposals.similarity import MOST_ENTRIES, STEM, KnownText, PassagePlace, Rarity, resembling, weighty
from tracker.search.word_index import Kind, beginning, dialect_of, entries, every, table, word
from tracker.transcripts.models import Transcript
from tracker.transcripts.versions.newest_places import standing_in

#: items that tell how rare a word is, and that are compared with a passage
SAMPLE = 300
COMPARED = 60
#: a statement is made for so many words, or twice, or three times as many
WORDS_A_STATEMENT = 8
NO_WORD = "x" * 40


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


def nearby(session: Session, body_id: int, entry: ProposalEntry, sight: Sight) -> list[Nearby]:
    """Return the register's items that the proposal may repeat, the likeliest first; a guess for a person to judge.

    An earlier meeting counts only where the reader may read it.
    """
    parameters = {"proposal": entry.proposal.id}
    items: dict[int, Nearby] = {}
    # An item is named once, for its best ground.
    for number, title in session.exec(_referred(body_id, sight.alike), params=parameters):
        items[number] = Nearby(number, title, Ground.REFERS)
    for number, title, meeting in session.exec(_raised(body_id, sight.alike), params=parameters):
        items.setdefault(number, Nearby(number, title, Ground.RAISED_BEFORE, meeting))
    for item in _resembling(session, body_id, entry, sight):
        items.setdefault(item.number, item)
    return list(items.values())


def _resembling(session: Session, body_id: int, entry: ProposalEntry, sight: Sight) -> Iterator[Nearby]:
    """Yield what cites the same words, or says the like."""
    place = PassagePlace(entry.passage.sha256, entry.passage.start, entry.passage.end)
    words = f"{entry.proposal.title} {entry.quote}"
    last = session.exec(_LAST, params={"body": body_id}).one()
    # All items would take too long to read for each passage; every so manyth tells how rare a word is.
    sample = session.exec(_sample(body_id, sight.alike), params={"step": max(1, last // SAMPLE), "last": last})
    rarity = _rarity(tuple(_said(*row) for row in sample))
    titles = {}
    texts = {}
    questions = _asked(dialect_of(session), weighty(words, rarity, last), rarity, last)
    for number, title, text in _alike(session, body_id, sight, questions):
        titles[number] = title
        texts[number] = KnownText(number, _said(title, text))
    for number, title, text, places in _cited(session, body_id, sight, place):
        titles[number] = title
        texts[number] = KnownText(number, _said(title, text), places)
    for match in resembling(words, place, list(texts.values()), rarity):
        ground = Ground.ALIKE
        if match.is_same_place:
            ground = Ground.SAME_PLACE
        yield Nearby(match.number, titles[match.number], ground)


def _said(title: str, text: str) -> str:
    return f"{title} {text}"


_LAST = select(sa.func.coalesce(sa.func.max(Item.number), 0)).where(col(Item.body_id) == sa.bindparam("body"))


@lru_cache(maxsize=100)
def _sample(body_id: int, sight: Sight) -> Any:
    """Select the words of every so manyth item; their numbers are counted up, so that no other item is read."""
    step: Any = sa.bindparam("step", type_=sa.Integer)
    numbers = sa.select(step.label("number")).cte("numbers", recursive=True)
    numbers = numbers.union_all(
        sa.select(numbers.c.number + step).where(numbers.c.number + step <= sa.bindparam("last", type_=sa.Integer))
    )
    of_number = select(Item.title, Item.text).join(numbers, col(Item.number) == numbers.c.number)
    return of_number.where(of_register(body_id, sight))


@lru_cache(maxsize=20)
def _rarity(sample: tuple[str, ...]) -> Rarity:
    # The same sample tells the same of each passage, until one of its items changes.
    return Rarity(sample)


def _asked(dialect: str, weights: dict[str, float], rarity: Rarity, count: int) -> list[tuple[str, float]]:
    """Return what the index is asked for, each with its weight: words, or pairs of words that many items have.

    A word of many items makes nothing alike by itself, and naming all of these would take longer than the rest.
    """
    expressions = {stem: _expression(dialect, stem) for stem in weights}
    if count * sum(map(rarity.part, weights)) <= MOST_ENTRIES:
        return [(expressions[stem], weight) for stem, weight in weights.items()]
    return [
        (every(dialect, [expressions[stem], expressions[other]]), weights[stem] + weights[other])
        for stem, other in combinations(weights, 2)
    ]


def _expression(dialect: str, stem: str) -> str:
    if len(stem) == STEM:
        return beginning(dialect, stem)
    return word(dialect, stem)


def _alike(
    session: Session, body_id: int, sight: Sight, questions: list[tuple[str, float]]
) -> Iterable[tuple[int, str, str]]:
    """Return the items that have most of what is asked for, by its weight."""
    if not questions:
        return ()
    dialect = dialect_of(session)
    # Filled up with a word that nothing has, so that few statements serve all passages.
    missing = -len(questions) % WORDS_A_STATEMENT
    parameters: dict[str, Any] = {}
    for place, (expression, weight) in enumerate([*questions, *[(word(dialect, NO_WORD), 0.0)] * missing]):
        parameters[f"weight{place}"] = weight
        parameters[f"word{place}"] = expression
    statement = _weighed(len(questions) + missing, body_id, sight.alike, dialect)
    rows: list[tuple[int, str, str]] = session.exec(statement, params=parameters).all()
    return rows


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
    word_asked_for = sa.bindparam(f"word{place}", type_=sa.String)
    weight = sa.bindparam(f"weight{place}", type_=sa.Float)
    row, _, match = entries(dialect, Kind.ITEM, word_asked_for)
    return sa.select(row.label("row"), weight.label("weight")).select_from(table()).where(match)


def _cited(
    session: Session, body_id: int, sight: Sight, place: PassagePlace
) -> Iterator[tuple[int, str, str, tuple[PassagePlace, ...]]]:
    """Yield the items that cite something of the place, with where."""
    parameters = {"file": place.sha256, "start": place.start, "end": place.end}
    places_cited = {
        cited: PassagePlace(place.sha256, start, end)
        for cited, start, end in session.execute(_overlapping(), parameters)
    }
    items: dict[tuple[int, str, str], list[PassagePlace]] = {}
    for *item, cited in session.exec(_citing(body_id, sight.alike), params={"passages": list(places_cited)}):
        items.setdefault((item[0], item[1], item[2]), []).append(places_cited[cited])
    for (number, title, text), places in items.items():
        yield number, title, text, tuple(places)


@cache
def _overlapping() -> Any:
    """Select the passages that have characters in common with a place."""
    here = standing_in(sa.bindparam("file", type_=sa.String))
    start = sa.bindparam("start", type_=sa.Integer)
    end = sa.bindparam("end", type_=sa.Integer)
    return sa.select(here).where(here.c.start < end, here.c.end > start)


@lru_cache(maxsize=100)
def _citing(body_id: int, sight: Sight) -> Any:
    """Select the items that have one of these passages, or a position taken in it."""
    links = sa.union(_links(ItemPassage), _links(Position)).subquery()
    columns: Any = (Item.number, Item.title, Item.text, links.c.passage)
    return select(*columns).join(links, col(Item.id) == links.c.item).where(of_register(body_id, sight))


def _links(table: Any) -> Any:
    link: Any = sa.select(col(table.item_id).label("item"), col(table.passage_id).label("passage"))
    return link.where(col(table.passage_id).in_(sa.bindparam("passages", expanding=True)))


@lru_cache(maxsize=100)
def _referred(body_id: int, sight: Sight) -> Any:
    return (
        select(Item.number, Item.title)
        .join(Origin, col(Origin.item_id) == col(Item.id))
        .join(Reference, col(Reference.earlier_id) == col(Origin.proposal_id))
        .where(col(Reference.proposal_id) == sa.bindparam("proposal"), of_register(body_id, sight))
        .distinct()
        .order_by(col(Item.number))
    )


@lru_cache(maxsize=100)
def _raised(body_id: int, sight: Sight) -> Any:
    """Select the items that have a passage which says the like, the likest first, with the meeting of that passage."""
    return (
        select(Item.number, Item.title, Meeting.title)
        .join(Origin, col(Origin.item_id) == col(Item.id))
        .join(Likeness, col(Likeness.earlier_id) == col(Origin.proposal_id))
        .join(Proposal, col(Proposal.id) == col(Likeness.earlier_id))
        .join(Transcript, col(Transcript.id) == col(Proposal.transcript_id))
        .join(Meeting, col(Meeting.id) == col(Transcript.meeting_id))
        .where(col(Likeness.proposal_id) == sa.bindparam("proposal"), of_register(body_id, sight))
        .where(may_read_meeting(sight))
        .order_by(col(Likeness.degree).desc())
    )
