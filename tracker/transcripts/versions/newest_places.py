"""Where passages stand now: in the newest version in which they were found, under the number they are cited by."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from tracker.transcripts.models import Anchor, Passage, Transcript


def newest_place() -> sa.ColumnElement[int]:
    """Return the number of the passage that shows the words of a Passage now: its latest successor, or itself."""
    version = aliased(Transcript)
    latest = (
        sa.select(col(Anchor.moved_to_id))
        .join(version, col(version.id) == col(Anchor.transcript_id))
        .where(col(Anchor.passage_id) == col(Passage.id), col(Anchor.moved_to_id).is_not(None))
        .order_by(col(version.number).desc())
        .limit(1)
        .correlate(Passage)
        .scalar_subquery()
    )
    return sa.func.coalesce(latest, col(Passage.id))


def standing_in(sha256: str | sa.ColumnElement[str]) -> Any:
    """Return a subquery of `cited`, `start` and `end`: every passage that stands in that file, cited there or moved."""
    successor = aliased(Passage)
    moved: Any = (
        sa.select(
            col(Anchor.passage_id).label("cited"), col(successor.start).label("start"), col(successor.end).label("end")
        )
        .join(successor, col(Anchor.moved_to_id) == col(successor.id))
        .where(col(successor.sha256) == sha256)
    )
    own = sa.select(col(Passage.id), col(Passage.start), col(Passage.end)).where(col(Passage.sha256) == sha256)
    return sa.union(moved, own).subquery()


def is_newest() -> sa.ColumnElement[bool]:
    """Return the condition that a Transcript is the newest version of what was said, or of one contribution."""
    later = aliased(Transcript)
    same = col(later.meeting_id) == col(Transcript.meeting_id), col(later.author_key) == col(Transcript.author_key)
    newer = sa.select(col(later.id)).where(*same, col(later.number) > col(Transcript.number))
    return ~newer.correlate(Transcript).exists()


def of_same_text(transcript: Transcript) -> tuple[sa.ColumnElement[bool], ...]:
    """Return the conditions that a Transcript is a version of the same: of a meeting, or of one contribution to it."""
    return col(Transcript.meeting_id) == transcript.meeting_id, col(Transcript.author_key) == transcript.author_key
