"""What happened since: dated notes of progress with their evidence."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from tracker.db import UTCDateTime, choice
from tracker.history import Recorded
from tracker.items.models import Progress
from tracker.meetings.models import Visibility


class EvidenceKind(StrEnum):
    """What stands behind an update."""

    LINK = "link"
    FILE = "file"


class Update(Recorded, SQLModel, table=True):
    """A dated note by a person, and the progress it reports if it does."""

    __tablename__ = "item_update"

    id: int | None = Field(default=None, primary_key=True)
    item_id: int = Field(foreign_key="item.id", index=True)
    #: null where it came from a file that named nobody known
    author_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    made_at: datetime = Field(sa_type=UTCDateTime)
    note: str = ""
    progress: Progress | None = Field(default=None, sa_type=choice(Progress))
    visibility: Visibility = Field(default=Visibility.INTERNAL, sa_type=choice(Visibility))

    def history_key(self) -> str:
        """Return the item it tells of."""
        return f"item:{self.item_id}"


class Evidence(SQLModel, table=True):
    """A link, or a file kept as it came; written with its update and never changed."""

    id: int | None = Field(default=None, primary_key=True)
    update_id: int = Field(foreign_key="item_update.id", index=True)
    kind: EvidenceKind = Field(sa_type=choice(EvidenceKind))
    url: str | None = None
    filename: str | None = None
    media_type: str | None = None
    content: bytes | None = Field(default=None, sa_type=sa.LargeBinary)
