"""What was said: transcripts kept byte for byte, their turns, and passages named by file and offsets."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from tracker.db import UTCDateTime
from tracker.history import Recorded


class Transcript(Recorded, SQLModel, table=True):
    """The words of a meeting as imported, in versions; offsets count in `text`."""

    __table_args__ = (sa.UniqueConstraint("meeting_id", "number"), sa.UniqueConstraint("meeting_id", "sha256"))

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id")
    #: version of this meeting's transcript, from 1
    number: int
    sha256: str = Field(index=True)
    filename: str
    media_type: str
    original: bytes = Field(sa_type=sa.LargeBinary)
    text: str
    imported_at: datetime = Field(sa_type=UTCDateTime)
    imported_by: int | None = Field(default=None, foreign_key="person.id")


class Turn(Recorded, SQLModel, table=True):
    """One speaker's unbroken speech: characters start to end of the transcript's text, without the label."""

    __table_args__ = (
        sa.UniqueConstraint("transcript_id", "seq"),
        sa.CheckConstraint('start >= 0 AND "end" >= start', name="range"),
    )

    id: int | None = Field(default=None, primary_key=True)
    transcript_id: int = Field(foreign_key="transcript.id")
    seq: int
    #: as printed; null where none was
    label: str | None = None
    #: best full name that the text itself gives
    speaker: str | None = None
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    start: int
    end: int
    #: seconds from the start of the recording; null where the file tells no time
    said_at: int | None = None

    def history_key(self) -> str:
        """Return the transcript it stands in."""
        return f"transcript:{self.transcript_id}"


class Passage(SQLModel, table=True):
    """A range of characters of one file. It never changes; a corrected transcript gets a new one."""

    __table_args__ = (
        sa.UniqueConstraint("sha256", "start", "end"),
        sa.CheckConstraint('start >= 0 AND "end" > start', name="range"),
    )

    id: int | None = Field(default=None, primary_key=True)
    sha256: str = Field(index=True)
    start: int
    end: int
    #: null until that file is imported, so that a seed can point ahead
    transcript_id: int | None = Field(default=None, foreign_key="transcript.id", index=True)
    #: who speaks there; may be corrected while the text may not
    speaker_id: int | None = Field(default=None, foreign_key="person.id")
    #: the passage of an earlier version that this one was re-anchored from
    moved_from_id: int | None = Field(default=None, foreign_key="passage.id")
    #: it could not be found in the newest version: the secretariat is told
    is_lost: bool = False
