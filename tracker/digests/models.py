"""What each digest said, as it was sent; the holds that make digests wait; and what is told at once."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from tracker.db import UTCDateTime, choice
from tracker.history import Recorded


class HoldReason(StrEnum):
    """Why the digests of a body wait."""

    BY_HAND = "by-hand"
    FIRST = "first-run"
    MORE_MAILS = "more-mails"
    MORE_CHANGES = "more-changes"


class DigestHold(Recorded, SQLModel, table=True):
    """From when to when the digests of a body's people wait for its secretariat."""

    __tablename__ = "digest_hold"

    id: int = Field(default=None, primary_key=True)
    body_id: int = Field(foreign_key="body.id", index=True)
    reason: HoldReason = Field(sa_type=choice(HoldReason))
    held_by: int | None = Field(default=None, foreign_key="person.id")
    since: datetime = Field(sa_type=UTCDateTime)
    #: when it ends by itself; null where only a person ends it
    until: datetime | None = Field(default=None, sa_type=UTCDateTime)
    #: mails or changes of this run, and the most of any of the weeks before, where that is the reason
    number: int = 0
    usual: int = 0
    ended_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    ended_by: int | None = Field(default=None, foreign_key="person.id")


class Digest(SQLModel, table=True):
    """The content of one outbox row of kind digest: what it covers and what it says."""

    outgoing_id: int = Field(primary_key=True, foreign_key="outgoing.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    window_from: datetime = Field(sa_type=UTCDateTime)
    window_to: datetime = Field(sa_type=UTCDateTime, index=True)
    #: the last event it tells of, by its number in EventOrder
    number_to: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    #: what it said, once frozen, as plain values
    content: dict[str, Any] | None = Field(default=None, sa_type=sa.JSON)
    #: what it waits for, while its row of the outbox is held
    hold_id: int | None = Field(default=None, foreign_key="digest_hold.id", index=True)


class EventOrder(SQLModel, table=True):
    """The order in which events became visible, which need not be that of their ids or times."""

    __tablename__ = "event_order"

    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    event_id: int = Field(foreign_key="event.id", unique=True)


class NoticeKind(StrEnum):
    """What is told at once."""

    REQUEST = "request"
    WAITING = "waiting"
    DATE = "date"
    #: a response, the closing or the reopening, to a proposer or supporter without a role
    OUTCOME = "outcome"


class Notice(SQLModel, table=True):
    """One line of a notice: what happened to an item that its reader should not wait a week for."""

    __table_args__ = (sa.UniqueConstraint("person_id", "event_id"),)

    id: int = Field(default=None, primary_key=True)
    outgoing_id: int = Field(foreign_key="outgoing.id", index=True)
    person_id: int = Field(foreign_key="person.id")
    item_id: int = Field(foreign_key="item.id", index=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    kind: NoticeKind = Field(sa_type=choice(NoticeKind))
