"""Searching items, updates, turns and people for words: what the reader may see, the best results first."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.items.models import Item
from tracker.items.queries import item_by_number
from tracker.items.reading_rules import of_register
from tracker.meetings.models import Meeting
from tracker.meetings.queries import may_read_meeting
from tracker.people.models import Person
from tracker.people.queries import Sight
from tracker.people.register import known_in
from tracker.search.search_words import number_of, words_of
from tracker.search.word_index import Kind, beginning, dialect_of, entries, every, table
from tracker.transcripts.models import Transcript, Turn
from tracker.transcripts.versions.newest_places import is_newest
from tracker.updates.models import Update
from tracker.updates.queries import not_taken_back
from tracker.updates.reading_rules import may_read

#: results of each kind; a longer list helps less than a more exact question
MOST = 20
#: characters of a turn that are read for its excerpt
LONGEST_TURN = 20_000


@dataclass(frozen=True)
class TurnFound:
    """A turn with its text, its speaker and its meeting."""

    turn: Turn
    text: str
    speaker: str | None
    meeting: Meeting


@dataclass(frozen=True)
class SearchResults:
    """The results of a search, by kind."""

    words: list[str]
    items: list[Item]
    updates: list[tuple[Update, Item]]
    turns: list[TurnFound]
    people: list[Person]

    @property
    def is_empty(self) -> bool:
        """Tell whether there are no results."""
        return not (self.items or self.updates or self.turns or self.people)


def find(session: Session, body_id: int, sight: Sight, question: str) -> SearchResults:
    """Return what holds every word of the question in one register; people only to readers who serve there."""
    words = words_of(question)
    if not words:
        return SearchResults(words, [], [], [], [])
    dialect = dialect_of(session)
    parameters = {"wanted": every(dialect, [beginning(dialect, word) for word in words])}
    hits = session.exec(_in_items(body_id, sight, dialect), params=parameters).all()
    # Strangers do not look people up: they are found by what they said in published meetings.
    people: list[Person] = []
    if body_id in sight.register_ids:
        people = list(session.exec(_in_people(body_id, dialect), params=parameters))
    return SearchResults(
        words=words,
        items=_items(session, body_id, sight, question, hits),
        updates=list(session.exec(_in_updates(body_id, sight, dialect), params=parameters)),
        turns=[_turn(*row) for row in session.exec(_in_turns(body_id, sight, dialect), params=parameters)],
        people=people,
    )


def _hits(dialect: str, kind: Kind) -> Any:
    """Return a subquery of `row` and `rank` (the smallest is the best) of the entries that match the question."""
    row, rank, match = entries(dialect, kind, sa.bindparam("wanted", type_=sa.String))
    return sa.select(row.label("row"), rank.label("rank")).select_from(table()).where(match).subquery()


def _items(session: Session, body_id: int, sight: Sight, question: str, hits: Iterable[Item]) -> list[Item]:
    """Return the items; where the question is a number, the item of that number comes first."""
    items = list(hits)
    number = number_of(question)
    if number is None:
        return items
    numbered = item_by_number(session, body_id, number, sight)
    if numbered is None:
        return items
    return [numbered, *(item for item in items if item is not numbered)]


# Statements are cached for all readers who see the same: building one costs more than running it.


@lru_cache(maxsize=100)
def _in_items(body_id: int, sight: Sight, dialect: str) -> Any:
    hits = _hits(dialect, Kind.ITEM)
    statement = select(Item).join(hits, hits.c.row == col(Item.id)).where(of_register(body_id, sight))
    return statement.order_by(hits.c.rank, col(Item.number)).limit(MOST)


@lru_cache(maxsize=100)
def _in_updates(body_id: int, sight: Sight, dialect: str) -> Any:
    hits = _hits(dialect, Kind.UPDATE)
    statement = (
        select(Update, Item)
        .join(Item, col(Update.item_id) == col(Item.id))
        .join(hits, hits.c.row == col(Update.id))
        .where(col(Item.body_id) == body_id, may_read(sight), not_taken_back())
    )
    return statement.order_by(hits.c.rank, col(Update.made_at).desc()).limit(MOST)


@lru_cache(maxsize=100)
def _in_turns(body_id: int, sight: Sight, dialect: str) -> Any:
    """Select turns of the newest version of each transcript, so that corrected words are not found as misheard."""
    hits = _hits(dialect, Kind.TURN)
    length = col(Turn.end) - col(Turn.start)
    # A speech of an hour need not be read whole for two lines of excerpt.
    length = sa.case((length > LONGEST_TURN, LONGEST_TURN), else_=length)
    spoken = sa.func.substr(Transcript.text, col(Turn.start) + 1, length)
    return (
        select(Turn, spoken, Person.name, Meeting)
        .join(hits, hits.c.row == col(Turn.id))
        .join(Transcript, col(Turn.transcript_id) == col(Transcript.id))
        .join(Meeting, col(Transcript.meeting_id) == col(Meeting.id))
        # A turn whose speaker nobody has identified is found all the same.
        .outerjoin(Person, col(Turn.person_id) == col(Person.id))
        .where(col(Meeting.body_id) == body_id, may_read_meeting(sight))
        .where(is_newest())
        .order_by(hits.c.rank, col(Turn.id))
        .limit(MOST)
    )


def _turn(turn: Turn, text: str, person: str | None, meeting: Meeting) -> TurnFound:
    return TurnFound(turn, text, person or turn.speaker or turn.label, meeting)


@lru_cache(maxsize=100)
def _in_people(body_id: int, dialect: str) -> Any:
    hits = _hits(dialect, Kind.PERSON)
    statement = select(Person).join(hits, hits.c.row == col(Person.id)).where(known_in(body_id))
    return statement.order_by(hits.c.rank, col(Person.name)).limit(MOST)
