"""Files on their way in: kept at once, read later."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from tracker.db import UTCDateTime, choice


class UploadState(StrEnum):
    """How far a file has come on its way in."""

    #: for the reader: its head if it has no meeting yet, else all of it
    WAITING = "waiting"
    READING = "reading"
    #: a person says for which meeting it is
    TO_PLACE = "to-place"
    #: a person says whether it is understood
    TO_LOOK_AT = "to-look-at"
    IMPORTED = "imported"
    #: an archive whose files are uploads of their own now
    UNPACKED = "unpacked"
    REFUSED = "refused"


class UploadStep(StrEnum):
    """What is being done with a file that is read."""

    FILE = "file"
    SPEAKERS = "speakers"
    PROPOSALS = "proposals"
    STORING = "storing"


class Upload(SQLModel, table=True):
    """A file that was uploaded: kept at once, read later, by whichever process has its lease."""

    id: int = Field(default=None, primary_key=True)
    body_id: int = Field(foreign_key="body.id", index=True)
    meeting_id: int | None = Field(default=None, foreign_key="meeting.id", index=True)
    #: what came in one go has one
    batch: str = Field(index=True)
    filename: str
    sha256: str = Field(index=True)
    size: int
    #: empty as soon as nobody needs them any more: a transcript keeps its own
    data: bytes | None = Field(default=None, sa_type=sa.LargeBinary)
    state: UploadState = Field(default=UploadState.WAITING, sa_type=choice(UploadState), index=True)
    step: UploadStep | None = Field(default=None, sa_type=choice(UploadStep))
    #: by the installation's clock
    kept_at: datetime = Field(sa_type=UTCDateTime)
    kept_by: int | None = Field(default=None, foreign_key="person.id")
    #: these by the real one
    started_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    lease_token: str | None = None
    lease_until: datetime | None = Field(default=None, sa_type=UTCDateTime)
    tries: int = 0
    #: somebody looks at how it is understood before it is imported
    wants_look: bool = False
    #: which labels a person said are some, and which are none
    choice: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    #: of a written contribution: whose it is
    author: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    #: what was seen of it so far: its head, its first turns, what may be labels
    found: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    #: why it was refused, and the values of the message
    refusal: str | None = None
    refusal_values: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    #: what came of it, or the version that was there already
    transcript_id: int | None = Field(default=None, foreign_key="transcript.id")
    told: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)

    def history_key(self) -> str:
        """Return the subject under which its history is."""
        return f"upload:{self.id}"
