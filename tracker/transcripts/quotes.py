"""Quotes: the words of passages, cut from the transcript when they are shown and never kept apart from it."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from tracker.db import rows
from tracker.meetings.models import Meeting
from tracker.meetings.queries import may_read_meeting
from tracker.people.models import Person
from tracker.people.queries import Sight
from tracker.transcripts.models import Passage, Transcript, Turn
from tracker.transcripts.text_positions import Context, context
from tracker.transcripts.versions.newest_places import newest_place

#: characters that are fetched on each side, and that are shown at most
FETCHED = 400
SHOWN = 240


@dataclass(frozen=True)
class EarlierPlace:
    """Where a passage was cited from, before the transcript was corrected."""

    transcript_id: int
    #: the version's number
    number: int
    start: int
    end: int


class QuotePlace(NamedTuple):
    """Where a passage stands: in which file, from which character to which."""

    sha256: str
    start: int
    end: int


@dataclass(frozen=True)
class Quote:
    """A passage as a page shows it; without words while its file is missing, or its meeting is not for this reader.

    It has the words of the newest version in which the passage was found.
    """

    #: of what is cited, or of its successor
    place: QuotePlace
    #: the words, and what the same speaker said before and after
    words: Context | None
    speaker: str | None
    #: where it stands: null while the file is not imported or the reader may not see its meeting
    transcript_id: int | None
    turn: int | None
    meeting: str | None
    meeting_slug: str | None
    meeting_day: date | None
    #: the file that the passage points into is there
    is_imported: bool
    #: the place it was cited from, where that is in an earlier version
    earlier: EarlierPlace | None = None
    #: the newest version no longer has it
    is_lost: bool = False
    #: of somebody's document, and not of what was said in the room
    is_written: bool = False


def quotes(session: Session, passage_ids: Collection[int], sight: Sight) -> dict[int, Quote]:
    """Return these passages with their words, speakers and places, by number: one statement."""
    if not passage_ids:
        return {}
    return {row.cited: _quote(row) for row in rows(session, _quoting(sight.alike), cited=list(passage_ids))}


@lru_cache(maxsize=200)
def _quoting(sight: Sight) -> Any:
    """Return the statement, made once for all who see the same: making it takes longer than what it asks."""
    seen = may_read_meeting(sight)
    return (
        sa.select(*_CITED, *_SHOWN_NOW, *_WHERE, _around(seen).label("around"))
        .select_from(Passage)
        .join(_Shown, col(_Shown.id) == newest_place())
        .outerjoin(Transcript, col(_Shown.transcript_id) == col(Transcript.id))
        .outerjoin(_Origin, col(Passage.transcript_id) == col(_Origin.id))
        .outerjoin(Meeting, sa.and_(col(Transcript.meeting_id) == col(Meeting.id), seen))
        .outerjoin(Turn, _holds())
        .outerjoin(Person, sa.func.coalesce(col(_Shown.speaker_id), col(Passage.speaker_id)) == col(Person.id))
        .where(col(Passage.id).in_(sa.bindparam("cited", expanding=True)))
    )


#: the passage that is shown for one that is cited
_Shown = aliased(Passage, name="shown")
_Origin = aliased(Transcript, name="origin")
_CITED: Any = (
    col(Passage.id).label("cited"),
    col(Passage.transcript_id).label("cited_in"),
    col(Passage.start).label("cited_start"),
    col(Passage.end).label("cited_end"),
    Passage.is_lost,
    col(_Origin.number).label("cited_version"),
)
_SHOWN_NOW: Any = (_Shown.sha256, _Shown.start, _Shown.end, _Shown.transcript_id)
_WHERE: Any = (
    Transcript.author_key,
    col(Meeting.title).label("meeting"),
    Meeting.slug,
    Meeting.starts_on,
    Turn.seq,
    Turn.speaker,
    Turn.label,
    col(Turn.start).label("turn_start"),
    col(Turn.end).label("turn_end"),
    col(Person.name).label("person"),
)


def _around(seen: sa.ColumnElement[bool]) -> sa.ColumnElement[str | None]:
    """The words with what stands around them; the database counts characters as we do, but from 1."""
    start = _first_fetched()
    end = col(_Shown.end) + FETCHED
    return sa.case((seen, sa.func.substr(Transcript.text, start + 1, end - start)), else_=None)


def _first_fetched() -> sa.ColumnElement[int]:
    return sa.case((col(_Shown.start) > FETCHED, col(_Shown.start) - FETCHED), else_=0)


def _holds() -> sa.ColumnElement[bool]:
    return sa.and_(
        col(Turn.transcript_id) == col(_Shown.transcript_id),
        col(Turn.start) <= col(_Shown.start),
        col(Turn.end) > col(_Shown.start),
    )


def _quote(row: Any) -> Quote:
    hidden = Quote(
        place=QuotePlace(row.sha256, row.start, row.end),
        words=None,
        speaker=row.person,
        transcript_id=None,
        turn=None,
        meeting=row.meeting,
        meeting_slug=row.slug,
        meeting_day=row.starts_on,
        is_imported=row.transcript_id is not None,
        is_lost=row.is_lost,
        is_written=bool(row.author_key),
    )
    if row.meeting is None:  # not imported, or its meeting is not for this reader
        return hidden
    return replace(
        hidden,
        words=_cut(row),
        speaker=row.person or row.speaker or row.label,
        transcript_id=row.transcript_id,
        turn=row.seq,
        earlier=_earlier(row),
    )


def _earlier(row: Any) -> EarlierPlace | None:
    if row.cited_in in (None, row.transcript_id) or row.cited_version is None:
        return None
    return EarlierPlace(row.cited_in, row.cited_version, row.cited_start, row.cited_end)


def _cut(row: Any) -> Context | None:
    """Return the words with what the same speaker said around them; null where the text has no such place."""
    if not row.around:
        return None
    offset = max(0, row.start - FETCHED)
    around = row.around
    first = row.start - offset
    last = row.end - offset
    if last > len(around):
        return None
    low = first
    high = last
    if row.seq is not None:  # the same speaker's words around it; between turns nobody speaks
        low = max(0, row.turn_start - offset)
        high = max(last, min(len(around), row.turn_end - offset))
    return context(around[low:high], first - low, last - low, SHOWN)


def words_of(session: Session, passage_ids: Collection[int], sight: Sight) -> dict[int, str]:
    """Return the words alone of the passages that the reader may see, by number."""
    cut_quotes: dict[int, Any] = quotes(session, passage_ids, sight)
    return {number: quote.words.quote for number, quote in cut_quotes.items() if quote.words}
