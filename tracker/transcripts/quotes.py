"""Quotes: the words of passages, cut from the transcript when they are shown and never kept apart from it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.meetings.models import Meeting
from tracker.meetings.queries import visible_to
from tracker.people.models import Person
from tracker.people.queries import Sight
from tracker.transcripts.anchors import Context, context
from tracker.transcripts.models import Passage, Transcript, Turn

#: characters that are fetched on each side, and that are shown at most
FETCHED = 400
SHOWN = 240


@dataclass(frozen=True)
class Quote:
    """A passage as a page shows it; without words while its file is missing, or its meeting is not for this reader."""

    passage: Passage
    #: the words, and what the same speaker said before and after
    words: Context | None
    speaker: str | None
    #: where it stands: null while the file is not imported or the reader may not see its meeting
    transcript_id: int | None
    turn: int | None
    meeting: str | None
    meeting_slug: str | None

    @property
    def is_imported(self) -> bool:
        """Tell whether the file that the passage points into is there."""
        return self.passage.transcript_id is not None


def quotes(session: Session, passage_ids: Collection[int], sight: Sight) -> dict[int, Quote]:
    """Return these passages with their words, speakers and places, by number: one statement."""
    seen = visible_to(sight, Meeting.body_id, Meeting.visibility)
    rows = session.exec(
        select(Passage, Transcript.id, Meeting, Turn, Person.name, _around(seen))  # type: ignore[call-overload]
        .outerjoin(Transcript, col(Passage.transcript_id) == col(Transcript.id))
        .outerjoin(Meeting, sa.and_(col(Transcript.meeting_id) == col(Meeting.id), seen))
        .outerjoin(Turn, _holds())
        .outerjoin(Person, col(Passage.speaker_id) == col(Person.id))
        .where(col(Passage.id).in_(passage_ids))
    )
    return {row[0].id: _quote(*row) for row in rows}


def _around(seen: sa.ColumnElement[bool]) -> sa.ColumnElement[str | None]:
    """The words with what stands around them; the database counts characters as we do, but from 1."""
    start, end = _first_fetched(), col(Passage.end) + FETCHED
    return sa.case((seen, sa.func.substr(Transcript.text, start + 1, end - start)), else_=None)


def _first_fetched() -> sa.ColumnElement[int]:
    return sa.case((col(Passage.start) > FETCHED, col(Passage.start) - FETCHED), else_=0)


def _holds() -> sa.ColumnElement[bool]:
    return sa.and_(
        col(Turn.transcript_id) == col(Passage.transcript_id),
        col(Turn.start) <= col(Passage.start),
        col(Turn.end) > col(Passage.start),
    )


def _quote(
    passage: Passage,
    transcript_id: int | None,
    meeting: Meeting | None,
    turn: Turn | None,
    person: str | None,
    around: str | None,
) -> Quote:
    printed = (turn.speaker or turn.label) if turn and meeting else None
    return Quote(
        passage=passage,
        words=_cut(passage, turn, around) if meeting and around else None,
        speaker=person or printed,
        transcript_id=transcript_id if meeting else None,
        turn=turn.seq if turn and meeting else None,
        meeting=meeting.title if meeting else None,
        meeting_slug=meeting.slug if meeting else None,
    )


def _cut(passage: Passage, turn: Turn | None, around: str) -> Context | None:
    """Return the words with what the same speaker said around them; null where the text has no such place."""
    offset = max(0, passage.start - FETCHED)
    first, last = passage.start - offset, passage.end - offset
    if last > len(around):
        return None
    low = max(0, turn.start - offset) if turn else first
    high = max(last, min(len(around), turn.end - offset)) if turn else last
    return context(around[low:high], first - low, last - low, SHOWN)


def words_of(session: Session, passage_ids: Collection[int], sight: Sight) -> dict[int, str]:
    """Return the words alone of the passages that the reader may see, by number."""
    found: dict[int, Any] = quotes(session, passage_ids, sight)
    return {number: quote.words.quote for number, quote in found.items() if quote.words}
