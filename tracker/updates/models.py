"""Tables of what happened since: updates with their evidence, and bulk edits."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from tracker.db import UTCDateTime, choice
from tracker.history import Recorded
from tracker.items.models import PartOfItem, Progress
from tracker.meetings.models import Visibility


class EvidenceKind(StrEnum):
    """What stands behind an update."""

    LINK = "link"
    FILE = "file"


class Update(PartOfItem, SQLModel, table=True):
    """A dated note by a person, with the progress that it reports, if it reports any."""

    __tablename__ = "item_update"

    id: int = Field(default=None, primary_key=True)
    item_id: int = Field(foreign_key="item.id", index=True)
    #: null where it was imported from a file that named nobody
    author_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    made_at: datetime = Field(sa_type=UTCDateTime)
    note: str = ""
    progress: Progress | None = Field(default=None, sa_type=choice(Progress))
    visibility: Visibility = Field(default=Visibility.INTERNAL, sa_type=choice(Visibility))


class Evidence(SQLModel, table=True):
    """A link, or a file kept byte for byte; written with its update and never changed."""

    id: int = Field(default=None, primary_key=True)
    update_id: int = Field(foreign_key="item_update.id", index=True)
    kind: EvidenceKind = Field(sa_type=choice(EvidenceKind))
    url: str | None = None
    filename: str | None = None
    media_type: str | None = None
    content: bytes | None = Field(default=None, sa_type=sa.LargeBinary)


class BulkEdit(Recorded, SQLModel, table=True):
    """One edit of many items, kept so that it can be undone at once."""

    __tablename__ = "bulk_edit"

    id: int = Field(default=None, primary_key=True)
    body_id: int = Field(foreign_key="body.id", index=True)
    made_by: int = Field(foreign_key="person.id")
    made_at: datetime = Field(sa_type=UTCDateTime)
    #: what all of them were to become (bulk.rules.stored_wish); texts that people wrote stand in the events alone
    wish: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    undone_by: int | None = Field(default=None, foreign_key="person.id")
    undone_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class BulkChange(SQLModel, table=True):
    """What a bulk edit did to one item."""

    __tablename__ = "bulk_change"

    bulk_edit_id: int = Field(primary_key=True, foreign_key="bulk_edit.id")
    item_id: int = Field(primary_key=True, foreign_key="item.id", index=True)
    #: each part that changed (bulk.rules.BulkPart), with what undoing it needs
    was: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    #: the last event of the item that the bulk edit left: where a later one follows, undoing leaves the item alone
    last_event: int
    #: whether undoing restored the item; null while nobody has undone the bulk edit
    is_undone: bool | None = None
