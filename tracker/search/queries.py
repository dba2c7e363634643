"""Looking for words in items, notes, turns and people: what the reader may see, the best first."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.items.conditions import of_register
from tracker.items.models import Item
from tracker.meetings.models import Meeting
from tracker.meetings.queries import may_read_meeting
from tracker.people.models import Person
from tracker.people.queries import Sight
from tracker.people.register import known_in
from tracker.search.index import Kind, beginning, dialect_of, entries, every, table
from tracker.search.question import number_of, words_of
from tracker.transcripts.models import Transcript, Turn
from tracker.transcripts.newest import is_newest
from tracker.updates.models import Update
from tracker.updates.queries import may_read

#: of each kind; who wants more says it more exactly
MOST = 20
#: characters of a turn that are fetched to show why it was found
LONGEST_TURN = 20_000


@dataclass(frozen=True)
class TurnFound:
    """A turn with its words and where it was spoken."""

    turn: Turn
    text: str
    speaker: str | None
    meeting: Meeting


@dataclass(frozen=True)
class Found:
    """What was found, by kind."""

    words: list[str]
    items: list[Item]
    updates: list[tuple[Update, Item]]
    turns: list[TurnFound]
    people: list[Person]

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was found."""
        return not (self.items or self.updates or self.turns or self.people)


def find(session: Session, body_id: int, sight: Sight, question: str) -> Found:
    """Return what holds every word of the question in one register; people only for those who serve there."""
    words = words_of(question)
    if not words:
        return Found(words, [], [], [], [])
    return Found(
        words=words,
        items=_items(session, body_id, sight, question, words),
        updates=_updates(session, body_id, sight, words),
        turns=_turns(session, body_id, sight, words),
        people=_people(session, body_id, words) if body_id in sight.register_ids else [],
    )


def _hits(session: Session, words: list[str], kind: Kind) -> Any:
    """Return a subquery of `row` and `rank`, the best being the smallest, of what begins with each of the words."""
    dialect = dialect_of(session)
    wanted = every(dialect, [beginning(dialect, word) for word in words])
    row, rank, match = entries(dialect, kind, sa.literal(wanted))
    return sa.select(row.label("row"), rank.label("rank")).select_from(table()).where(match).subquery()


def _items(session: Session, body_id: int, sight: Sight, question: str, words: list[str]) -> list[Item]:
    """Return the items, the one of that number first if a number was asked for."""
    hits = _hits(session, words, Kind.ITEM)
    statement = select(Item).join(hits, hits.c.row == col(Item.id)).where(of_register(body_id, sight))
    found = list(session.exec(statement.order_by(hits.c.rank, col(Item.number)).limit(MOST)))
    number = number_of(question)
    named = select(Item).where(of_register(body_id, sight), col(Item.number) == number)
    first = list(session.exec(named)) if number is not None else []
    return [*first, *(item for item in found if item not in first)]


def _updates(session: Session, body_id: int, sight: Sight, words: list[str]) -> list[tuple[Update, Item]]:
    hits = _hits(session, words, Kind.UPDATE)
    statement = (
        select(Update, Item)
        .join(Item, col(Update.item_id) == col(Item.id))
        .join(hits, hits.c.row == col(Update.id))
        .where(col(Item.body_id) == body_id, may_read(sight))
    )
    return list(session.exec(statement.order_by(hits.c.rank, col(Update.made_at).desc()).limit(MOST)))


def _turns(session: Session, body_id: int, sight: Sight, words: list[str]) -> list[TurnFound]:
    """Return the turns of the newest version of each transcript: what was corrected is not found as it was misheard."""
    hits = _hits(session, words, Kind.TURN)
    length = sa.case(
        (col(Turn.end) - col(Turn.start) > LONGEST_TURN, LONGEST_TURN), else_=col(Turn.end) - col(Turn.start)
    )
    spoken = sa.func.substr(Transcript.text, col(Turn.start) + 1, length)
    statement = (
        select(Turn, spoken, Person.name, Meeting)
        .join(hits, hits.c.row == col(Turn.id))
        .join(Transcript, col(Turn.transcript_id) == col(Transcript.id))
        .join(Meeting, col(Transcript.meeting_id) == col(Meeting.id))
        .outerjoin(Person, col(Turn.person_id) == col(Person.id))
        .where(col(Meeting.body_id) == body_id, may_read_meeting(sight))
        .where(is_newest())
    )
    rows = session.exec(statement.order_by(hits.c.rank, col(Turn.id)).limit(MOST))
    return [
        TurnFound(turn, text, person or turn.speaker or turn.label, meeting) for turn, text, person, meeting in rows
    ]


def _people(session: Session, body_id: int, words: list[str]) -> list[Person]:
    hits = _hits(session, words, Kind.PERSON)
    statement = select(Person).join(hits, hits.c.row == col(Person.id)).where(known_in(body_id))
    return list(session.exec(statement.order_by(hits.c.rank, col(Person.name)).limit(MOST)))
