"""What the room sees: frozen pictures of the items on a day."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from tracker.db import UTCDateTime
from tracker.history import Recorded


class Report(Recorded, SQLModel, table=True):
    """A frozen, citable picture for a milestone. The database refuses UPDATE and DELETE."""

    __table_args__ = (sa.UniqueConstraint("milestone_id", "number"),)

    id: int = Field(default=None, primary_key=True)
    body_id: int = Field(foreign_key="body.id", index=True)
    milestone_id: int = Field(foreign_key="milestone.id")
    #: version for this milestone, from 1
    number: int
    as_of: date
    issued_at: datetime = Field(sa_type=UTCDateTime)
    issued_by: int | None = Field(default=None, foreign_key="person.id")
    #: why there is a newer version (an erasure, a correction)
    reason: str | None = None
    #: the whole of what is shown, as plain values
    picture: dict[str, Any] = Field(sa_type=sa.JSON)

    @property
    def is_internal(self) -> bool:
        """Tell whether only the register's own people may read it."""
        return bool(self.picture["scope"] == "internal")
