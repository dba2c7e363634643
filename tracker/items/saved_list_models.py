"""Lists of items that people keep under a name."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from tracker.db import UTCDateTime
from tracker.history import Recorded


class SavedView(Recorded, SQLModel, table=True):
    """What a list shows, under a name: its maker's own, or shared with all who serve in the register."""

    __tablename__ = "saved_view"
    __table_args__ = (sa.UniqueConstraint("body_id", "slug"),)

    id: int = Field(default=None, primary_key=True)
    body_id: int = Field(foreign_key="body.id")
    #: what stands for it in its address; stays when it is renamed
    slug: str
    name: str
    #: the list's address after the question mark, as the list itself writes it
    query: str
    made_by: int = Field(foreign_key="person.id", index=True)
    is_shared: bool = False
    #: deleted, but it can still be put back
    dropped_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    version: int = 1
