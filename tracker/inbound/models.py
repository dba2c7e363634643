"""Which mails came in, so that one that is delivered or fetched twice is one, and nobody is answered without end."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel

from tracker.db import UTCDateTime, choice


class ReplyFate(StrEnum):
    """What became of a mail that came in."""

    #: it answered an item
    RECORDED = "recorded"
    #: nothing, or not all of it, was understood: its sender was told what would be
    ANSWERED = "answered"
    #: written by a program: left alone
    AUTOMATIC = "automatic"
    #: a report that a mail of ours was not delivered
    BOUNCED = "bounced"
    #: to no address of ours, or to a person who is gone
    UNKNOWN = "unknown"


class IncomingMessage(SQLModel, table=True):
    """A mail that came in; what it said stands in the history of the items that it answered, and nowhere else."""

    __tablename__ = "incoming_message"

    id: int = Field(default=None, primary_key=True)
    #: its Message-ID, else a mark made of its bytes, and whose reply it is to which mail
    name: str = Field(unique=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    fate: ReplyFate = Field(sa_type=choice(ReplyFate))
    received_at: datetime = Field(sa_type=UTCDateTime, index=True)
