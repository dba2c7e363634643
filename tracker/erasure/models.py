"""Characters of transcripts that are redacted: why, who asked for it, and who confirmed it."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from tracker.db import UTCDateTime, choice
from tracker.erasure.ledger_entry import ErasureGround
from tracker.history import Recorded


class Redaction(Recorded, SQLModel, table=True):
    """Characters of one transcript that are to be replaced by marks, or were once a second person confirmed it."""

    id: int = Field(default=None, primary_key=True)
    transcript_id: int = Field(foreign_key="transcript.id", index=True)
    #: start and end of each stretch of characters
    spans: list[list[int]] = Field(default_factory=list, sa_type=sa.JSON)
    ground: ErasureGround = Field(sa_type=choice(ErasureGround))
    #: shown where the words stood; null where it was applied from the ledger
    reason: str | None = None
    asked_by: int | None = Field(default=None, foreign_key="person.id")
    asked_at: datetime = Field(sa_type=UTCDateTime)
    confirmed_by: int | None = Field(default=None, foreign_key="person.id")
    #: the words are gone since then
    done_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    version: int = 1

    def history_key(self) -> str:
        """Return the transcript it stands in."""
        return f"transcript:{self.transcript_id}"

    def values(self) -> dict[str, Any]:
        """Return what its events say; the reason stands in the row alone."""
        return {"spans": self.spans, "ground": self.ground.value}
