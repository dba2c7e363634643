"""The outbox: one row is one message to one recipient (its states: docs/mail.md)."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from tracker.clock import real_now
from tracker.db import UTCDateTime, choice


class MailKind(StrEnum):
    """Why a message is sent."""

    DIGEST = "digest"
    SIGN_IN = "sign-in"
    REQUEST = "request"
    RECEIPT = "receipt"
    NOTICE = "notice"
    WARNING = "warning"
    TEST = "test"


class MailState(StrEnum):
    """How far a message is on its way; docs/mail.md explains each state."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    EMPTY = "empty"
    DEAD = "dead"
    CANCELLED = "cancelled"
    HELD = "held"


class Outgoing(SQLModel, table=True):
    """One message to one recipient; its bytes are frozen when it is first handed over."""

    __tablename__ = "outgoing"
    __table_args__ = (
        sa.UniqueConstraint("person_id", "kind", "period"),
        sa.Index("ix_outgoing_state_next_at", "state", "next_at"),
    )

    id: int = Field(default=None, primary_key=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    kind: MailKind = Field(sa_type=choice(MailKind))
    #: the register it is about; null where it is about all that a person serves in, or about none
    body_id: int | None = Field(default=None, foreign_key="body.id")
    #: first local day of a digest's period, as 2012-11-12; null for what has no period
    period: str | None = None
    to_addr: str
    #: the part of the Message-ID in front of the @; the same for every copy of this message
    message_id: str = Field(unique=True)
    subject: str = ""
    #: complete and constant once frozen
    message: bytes | None = Field(default=None, sa_type=sa.LargeBinary)
    #: what a message without a period says, as written when it was queued
    text: str | None = None
    html: str | None = None
    #: its further headers, as Email names them
    headers: dict[str, str] = Field(
        default_factory=dict, sa_column=sa.Column(sa.JSON, nullable=False, server_default="{}")
    )
    created_at: datetime = Field(sa_type=UTCDateTime)
    #: by the real clock: of an example's clock a week may pass in a moment, and nobody has waited
    queued_at: datetime = Field(default_factory=real_now, sa_type=UTCDateTime)
    frozen_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    state: MailState = Field(default=MailState.QUEUED, sa_type=choice(MailState))
    #: "data" from the moment the relay may have the message
    phase: str | None = None
    attempts: int = 0
    ambiguous: int = 0
    next_at: datetime = Field(sa_type=UTCDateTime)
    lease_token: str | None = None
    lease_until: datetime | None = Field(default=None, sa_type=UTCDateTime)
    last_code: int | None = None
    last_text: str | None = None
    sent_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    #: an invitation: its text holds a link that signs the reader in, so nobody else may read it
    is_invitation: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})


class Suppression(SQLModel, table=True):
    """An address that a mail server said does not exist, until somebody clears it."""

    to_addr: str = Field(primary_key=True)
    code: int
    text: str
    since: datetime = Field(sa_type=UTCDateTime)


class Relay(SQLModel, table=True):
    """The one row on the mail relay: failures in a row, when to try again, and the hold."""

    id: int = Field(default=1, primary_key=True)
    failures: int = 0
    failing_since: datetime | None = Field(default=None, sa_type=UTCDateTime)
    #: waiting does not help: the fault is a certificate or a password
    needs_person: bool = False
    retry_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    last_error: str | None = None
    #: set when SMTP_URL is first seen or after a restore: nothing leaves until someone releases it
    held_since: datetime | None = Field(default=None, sa_type=UTCDateTime)
    released_by: int | None = Field(default=None, foreign_key="person.id")
    smtp_seen: bool = False
