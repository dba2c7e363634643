"""Quotes: the words of passages, cut from the transcript when they are shown and never kept apart from it."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from tracker.meetings.models import Meeting
from tracker.meetings.queries import may_read_meeting
from tracker.people.models import Person
from tracker.people.queries import Sight
from tracker.transcripts.anchors import Context, context
from tracker.transcripts.models import Passage, Transcript, Turn
from tracker.transcripts.newest import newest_place

#: characters that are fetched on each side, and that are shown at most
FETCHED = 400
SHOWN = 240


@dataclass(frozen=True)
class Earlier:
    """Where a passage was cited from, before the transcript was corrected."""

    transcript_id: int
    #: the version's number
    number: int
    start: int
    end: int


@dataclass(frozen=True)
class Quote:
    """A passage as a page shows it; without words while its file is missing, or its meeting is not for this reader.

    It has the words of the newest version in which the passage was found.
    """

    #: the one that is shown: what is cited, or its successor
    passage: Passage
    #: the words, and what the same speaker said before and after
    words: Context | None
    speaker: str | None
    #: where it stands: null while the file is not imported or the reader may not see its meeting
    transcript_id: int | None
    turn: int | None
    meeting: str | None
    meeting_slug: str | None
    #: the place it was cited from, where that is in an earlier version
    earlier: Earlier | None = None
    #: the newest version no longer has it
    is_lost: bool = False
    #: of somebody's document, and not of what was said in the room
    is_written: bool = False

    @property
    def is_imported(self) -> bool:
        """Tell whether the file that the passage points into is there."""
        return self.passage.transcript_id is not None


def quotes(session: Session, passage_ids: Collection[int], sight: Sight) -> dict[int, Quote]:
    """Return these passages with their words, speakers and places, by number: one statement."""
    if not passage_ids:
        return {}
    rows = session.execute(_quoting(sight), {"cited": list(passage_ids)})
    return {row[0].id: _quote(row[0], row[1], *row[2:]) for row in rows}


@lru_cache(maxsize=200)
def _quoting(sight: Sight) -> Any:
    """Return the statement, made once for all who see the same: making it takes longer than what it asks."""
    seen = may_read_meeting(sight)
    origin: Any = aliased(Transcript)
    place: Any = (Transcript.id, Transcript.author_key)
    columns: Any = (Passage, origin.number, _Shown, *place, Meeting, Turn, Person.name, _around(seen))
    return (
        select(*columns)
        .select_from(Passage)
        .join(_Shown, col(_Shown.id) == newest_place())
        .outerjoin(Transcript, col(_Shown.transcript_id) == col(Transcript.id))
        .outerjoin(origin, col(Passage.transcript_id) == origin.id)
        .outerjoin(Meeting, sa.and_(col(Transcript.meeting_id) == col(Meeting.id), seen))
        .outerjoin(Turn, _holds())
        .outerjoin(Person, sa.func.coalesce(col(_Shown.speaker_id), col(Passage.speaker_id)) == col(Person.id))
        .where(col(Passage.id).in_(sa.bindparam("cited", expanding=True)))
    )


#: the passage that is shown for one that is cited
_Shown = aliased(Passage, name="shown")


def _around(seen: sa.ColumnElement[bool]) -> sa.ColumnElement[str | None]:
    """The words with what stands around them; the database counts characters as we do, but from 1."""
    start, end = _first_fetched(), col(_Shown.end) + FETCHED
    return sa.case((seen, sa.func.substr(Transcript.text, start + 1, end - start)), else_=None)


def _first_fetched() -> sa.ColumnElement[int]:
    return sa.case((col(_Shown.start) > FETCHED, col(_Shown.start) - FETCHED), else_=0)


def _holds() -> sa.ColumnElement[bool]:
    return sa.and_(
        col(Turn.transcript_id) == col(_Shown.transcript_id),
        col(Turn.start) <= col(_Shown.start),
        col(Turn.end) > col(_Shown.start),
    )


def _quote(
    cited: Passage,
    number: int | None,
    passage: Passage,
    transcript_id: int | None,
    author_key: str | None,
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
        earlier=_earlier(cited, number) if meeting and cited.transcript_id != transcript_id else None,
        is_lost=cited.is_lost,
        is_written=bool(author_key),
    )


def _earlier(cited: Passage, number: int | None) -> Earlier | None:
    if cited.transcript_id is None or number is None:
        return None
    return Earlier(cited.transcript_id, number, cited.start, cited.end)


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
