"""Searching items, updates, turns and people for words: what the reader may see, the best results first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col

from tracker.db import rows
from tracker.items.models import Item, Progress, ProposerView
from tracker.items.reading_rules import of_register
from tracker.meetings.models import Meeting
from tracker.meetings.queries import may_read_meeting
from tracker.people.models import Person
from tracker.people.queries import Sight
from tracker.people.register import known_in
from tracker.search.search_words import number_of, words_of
from tracker.search.word_index import Kind, beginning, best_of_each_kind, dialect_of, entries, every, table
from tracker.transcripts.models import Transcript, Turn
from tracker.transcripts.versions.newest_places import is_newest
from tracker.updates.models import Update
from tracker.updates.queries import not_taken_back
from tracker.updates.reading_rules import may_read

#: results of each kind; a longer list helps less than a more exact question
MOST = 20
#: of the best entries of a kind so many are looked at first: most readers may read nearly all of them
FIRST_LOOKED_AT = 3 * MOST
#: characters of a turn that are read for its excerpt
LONGEST_TURN = 20_000


class ItemFound(NamedTuple):
    """As much of an item as a result shows."""

    id: int
    number: int
    title: str
    text: str
    progress: Progress
    proposer_view: ProposerView | None


class NoteFound(NamedTuple):
    """An update, with the item it is of."""

    id: int
    note: str
    made_at: datetime
    number: int
    title: str


class TurnFound(NamedTuple):
    """A turn with its text, its speaker and its meeting; without a name where nobody knows who speaks."""

    transcript_id: int
    seq: int
    text: str
    speaker: str | None
    meeting: str


class PersonFound(NamedTuple):
    """A person of the register."""

    slug: str
    name: str
    affiliation: str | None


@dataclass(frozen=True)
class SearchResults:
    """The results of a search, by kind."""

    words: list[str]
    items: list[ItemFound]
    updates: list[NoteFound]
    turns: list[TurnFound]
    people: list[PersonFound]

    @property
    def is_empty(self) -> bool:
        """Tell whether there are no results."""
        return not (self.items or self.updates or self.turns or self.people)


class _Question:
    """A question of one reader to one register: the best entries of each kind, and what the reader may read of them."""

    def __init__(self, session: Session, body_id: int, sight: Sight, words: list[str]) -> None:
        self.session = session
        self.dialect = dialect_of(session)
        self.asked = (body_id, sight.alike, self.dialect)
        self.wanted = every(self.dialect, [beginning(self.dialect, word) for word in words])
        self.best: dict[int, list[int]] = {}
        for kind, row in rows(session, _best(self.dialect), wanted=self.wanted):
            self.best.setdefault(kind, []).append(row)

    def results(self, kind: Kind, statement_of: Callable[[int, Sight, str], Any]) -> Sequence[Any]:
        """Return the best results of a kind that the reader may read."""
        best = self.best.get(kind, [])
        if not best:
            return []
        statement = statement_of(*self.asked)
        places = {row: place for place, row in enumerate(best)}
        readable = rows(self.session, _among(statement), ids=best[:FIRST_LOOKED_AT])
        # Only where a reader may not read most of what matches is all of it ranked with what they may.
        if len(best) > FIRST_LOOKED_AT and len(readable) < MOST:
            return rows(self.session, _ranked(statement, kind, self.dialect), wanted=self.wanted)
        return sorted(readable, key=lambda row: places[row[0]])[:MOST]


def find(session: Session, body_id: int, sight: Sight, question: str) -> SearchResults:
    """Return what holds every word of the question in one register; people only to readers who serve there."""
    words = words_of(question)
    if not words:
        return SearchResults(words, [], [], [], [])
    session.flush()
    asked = _Question(session, body_id, sight, words)
    # Strangers do not look people up: they are found by what they said in published meetings.
    people: Sequence[Any] = []
    if body_id in sight.register_ids:
        people = asked.results(Kind.PERSON, _people)
    return SearchResults(
        words=words,
        items=_items(session, body_id, sight, question, asked.results(Kind.ITEM, _of_items)),
        updates=[NoteFound(*row) for row in asked.results(Kind.UPDATE, _updates)],
        turns=[_turn(*row) for row in asked.results(Kind.TURN, _turns)],
        people=[PersonFound(*row[1:]) for row in people],
    )


def _items(session: Session, body_id: int, sight: Sight, question: str, hits: Sequence[Any]) -> list[ItemFound]:
    """Return the items; where the question is a number, the item of that number comes first."""
    items = [ItemFound(*row) for row in hits]
    number = number_of(question)
    if number is None:
        return items
    numbered = rows(session, _of_items(body_id, sight.alike, dialect_of(session)).where(col(Item.number) == number))
    if not numbered:
        return items
    first = ItemFound(*numbered[0])
    return [first, *(item for item in items if item.id != first.id)]


# Statements are cached for all readers who see the same: building one costs more than running it. The first column of
# each is the row that the index knows.


@lru_cache(maxsize=2)
def _best(dialect: str) -> Any:
    return best_of_each_kind(dialect, sa.bindparam("wanted", type_=sa.String), FIRST_LOOKED_AT + 1)


@lru_cache(maxsize=400)
def _among(statement: Any) -> Any:
    number = statement.selected_columns[0]
    return statement.where(number.in_(sa.bindparam("ids", expanding=True)))


@lru_cache(maxsize=400)
def _ranked(statement: Any, kind: Kind, dialect: str) -> Any:
    """Return the statement for the best of all entries of the kind that match."""
    number = statement.selected_columns[0]
    row, rank, match = entries(dialect, kind, sa.bindparam("wanted", type_=sa.String))
    hits = sa.select(row.label("row"), rank.label("rank")).select_from(table()).where(match).subquery()
    return statement.join(hits, hits.c.row == number).order_by(hits.c.rank, number).limit(MOST)


@lru_cache(maxsize=100)
def _of_items(body_id: int, sight: Sight, _dialect: str) -> Any:
    columns: Any = tuple(getattr(Item, name) for name in ItemFound._fields)
    return sa.select(*columns).where(of_register(body_id, sight))


@lru_cache(maxsize=100)
def _updates(body_id: int, sight: Sight, _dialect: str) -> Any:
    return (
        sa.select(col(Update.id), col(Update.note), col(Update.made_at), col(Item.number), col(Item.title))
        .join_from(Update, Item, col(Update.item_id) == col(Item.id))
        .where(col(Item.body_id) == body_id, may_read(sight), not_taken_back())
    )


@lru_cache(maxsize=100)
def _turns(body_id: int, sight: Sight, _dialect: str) -> Any:
    """Select turns of the newest version of each transcript, so that corrected words are not found as misheard."""
    length = col(Turn.end) - col(Turn.start)
    # A speech of an hour need not be read whole for two lines of excerpt.
    length = sa.case((length > LONGEST_TURN, LONGEST_TURN), else_=length)
    spoken = sa.func.substr(Transcript.text, col(Turn.start) + 1, length)
    names = (col(Person.name), col(Turn.speaker), col(Turn.label), col(Meeting.title))
    return (
        sa.select(col(Turn.id), col(Turn.transcript_id), col(Turn.seq), spoken, *names)
        .join_from(Turn, Transcript, col(Turn.transcript_id) == col(Transcript.id))
        .join(Meeting, col(Transcript.meeting_id) == col(Meeting.id))
        # A turn whose speaker nobody has identified is found all the same.
        .outerjoin(Person, col(Turn.person_id) == col(Person.id))
        .where(col(Meeting.body_id) == body_id, may_read_meeting(sight))
        .where(is_newest())
    )


def _turn(
    _id: int, transcript_id: int, seq: int, text: str, person: str | None, speaker: str | None, label: str | None,
    meeting: str,
) -> TurnFound:  # fmt: skip
    return TurnFound(transcript_id, seq, text, person or speaker or label, meeting)


@lru_cache(maxsize=100)
def _people(body_id: int, _sight: Sight, _dialect: str) -> Any:
    columns = (col(Person.id), col(Person.slug), col(Person.name), col(Person.affiliation))
    return sa.select(*columns).where(known_in(body_id))
