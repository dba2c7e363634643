"""Writing passages: ranges of a file that may be imported before or after somebody cites it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.db import insert_all, rows, update_all
from tracker.errors import Refused
from tracker.transcripts.models import Passage, Transcript

_OF_FILE = sa.select(
    col(Passage.id), col(Passage.start), col(Passage.end), col(Passage.transcript_id), col(Passage.speaker_id),
    col(Passage.moved_from_id),
).where(col(Passage.sha256) == sa.bindparam("sha256"))  # fmt: skip


def cite(session: Session, sha256: str, start: int, end: int, speaker_id: int | None = None) -> Passage:
    """Return the passage of that range, a new one if nobody cited it; tied to the transcript if that is there.

    Who speaks there is noted once: a later hand may correct it, a later citation may not. Raises Refused where
    the range goes beyond the text.
    """
    same = col(Passage.sha256) == sha256, col(Passage.start) == start, col(Passage.end) == end
    passage = session.exec(select(Passage).where(*same)).one_or_none() or Passage(sha256=sha256, start=start, end=end)
    if passage.transcript_id is None:
        passage.transcript_id = _transcript_of(session, sha256, end)
    if passage.speaker_id is None:
        passage.speaker_id = speaker_id
    session.add(passage)
    session.flush()
    return passage


class Citation(NamedTuple):
    """A range to cite, who speaks there, and the first passage that it follows, if it does."""

    start: int
    end: int
    speaker_id: int | None
    moved_from_id: int | None = None


def cite_all(session: Session, transcript: Transcript, places: Sequence[Citation]) -> list[int]:
    """Return the numbers of the passages of these ranges, as `cite` does for one, with a few statements for all."""
    for place in places:
        _refuse_beyond(place.end, transcript)
    wanted_places: dict[tuple[int, int], Citation] = {}
    for place in places:
        wanted_places[place.start, place.end] = _joined(wanted_places.get((place.start, place.end)), place)
    existing = {(row.start, row.end): row for row in rows(session, _OF_FILE, sha256=transcript.sha256)}
    new = [
        {**place._asdict(), "sha256": transcript.sha256, "transcript_id": transcript.id, "is_lost": False}
        for span, place in wanted_places.items()
        if span not in existing
    ]
    # An insert of many rows tells no numbers: they are read back below.
    insert_all(session, Passage, new)
    update_all(session, Passage, [*_completed(transcript, existing, wanted_places)])
    numbers = {(row.start, row.end): row.id for row in rows(session, _OF_FILE, sha256=transcript.sha256)}
    return [numbers[place.start, place.end] for place in places]


def _joined(earlier: Citation | None, place: Citation) -> Citation:
    """Return what is known of a range from two who cite it: the first one's word stands."""
    if earlier is None:
        return place
    moved_from = earlier.moved_from_id or place.moved_from_id
    return place._replace(speaker_id=earlier.speaker_id or place.speaker_id, moved_from_id=moved_from)


def _completed(
    transcript: Transcript, existing: Mapping[tuple[int, int], Any], places: Mapping[tuple[int, int], Citation]
) -> Iterator[dict[str, Any]]:
    """Yield what those that were there lack."""
    for span, place in places.items():
        row = existing.get(span)
        if row is None:
            continue
        had = {name: getattr(row, name) for name in ("transcript_id", "speaker_id", "moved_from_id")}
        has = place._asdict() | {"transcript_id": transcript.id}
        filled = {name: value or has[name] for name, value in had.items()}
        if filled != had:
            yield {"id": row.id, **filled}


def _transcript_of(session: Session, sha256: str, end: int) -> int | None:
    transcript = session.exec(select(Transcript).where(col(Transcript.sha256) == sha256)).first()
    if transcript is not None:
        _refuse_beyond(end, transcript)
    if transcript:
        return transcript.id
    return None


def _refuse_beyond(end: int, transcript: Transcript) -> None:
    length = len(transcript.text)
    if end > length:
        raise Refused(
            "The passage ends at %(end)s, but the text has %(length)s signs. Correct the numbers.",
            end=end,
            length=length,
        )
