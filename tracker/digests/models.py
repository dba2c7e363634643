"""What each digest said, as it was sent."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from tracker.db import UTCDateTime


class Digest(SQLModel, table=True):
    """The content of one outbox row of kind digest: what it covers and what it says."""

    outgoing_id: int = Field(primary_key=True, foreign_key="outgoing.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    window_from: datetime = Field(sa_type=UTCDateTime)
    window_to: datetime = Field(sa_type=UTCDateTime)
    #: what it said, once frozen, as plain values
    content: dict[str, Any] | None = Field(default=None, sa_type=sa.JSON)
