"""A reading: one transcript sent to a language model part by part, how far it is, and what it cost."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from tracker.config import TokenPrices
from tracker.db import UTCDateTime, choice


class AssistantState(StrEnum):
    """How far a reading has come."""

    WAITING = "waiting"
    READING = "reading"
    DONE = "done"
    #: it cannot go on by itself: the message says what to do
    STOPPED = "stopped"
    CANCELLED = "cancelled"


class AssistantReading(SQLModel, table=True):
    """One transcript that a language model reads, as the secretariat wanted it on a day."""

    __tablename__ = "assistant_reading"

    id: int = Field(default=None, primary_key=True)
    body_id: int = Field(foreign_key="body.id", index=True)
    transcript_id: int = Field(foreign_key="transcript.id", index=True)
    #: where the words go, as the person who started it saw it: they go nowhere else
    url: str
    model: str
    #: of a million tokens, as they were then; null where none were set
    prices: str | None = None
    #: [first character with what leads to it, first, last] of each part: turns may be split or joined meanwhile
    parts: list[list[int]] = Field(default_factory=list, sa_type=sa.JSON)
    #: how many parts have been read or skipped
    parts_done: int = 0
    parts_skipped: int = 0
    state: AssistantState = Field(default=AssistantState.WAITING, sa_type=choice(AssistantState), index=True)
    #: by the installation's clock
    started_at: datetime = Field(sa_type=UTCDateTime)
    started_by: int | None = Field(default=None, foreign_key="person.id")
    #: these by the real one
    ended_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    not_before: datetime | None = Field(default=None, sa_type=UTCDateTime)
    lease_token: str | None = None
    lease_until: datetime | None = Field(default=None, sa_type=UTCDateTime)
    #: how often the present part has been begun
    tries: int = 0
    #: why it stopped or waits, and the values of the message
    refusal: str | None = None
    refusal_values: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    #: tokens sent and answered; some are estimated where the server did not say
    tokens_sent: int = 0
    tokens_answered: int = 0
    is_estimated: bool = False
    #: passages that it alone found, that were there already, and that were dropped for they do not stand in the text
    found_new: int = 0
    found_too: int = 0
    dropped: int = 0

    def history_key(self) -> str:
        """Return the subject under which its history is."""
        return f"assistant_reading:{self.id}"

    @property
    def host(self) -> str:
        """Return the host that the words are sent to, with its port where it is a special one."""
        return urlsplit(self.url).netloc

    @property
    def is_open(self) -> bool:
        """Tell whether it still goes on by itself."""
        return self.state in (AssistantState.WAITING, AssistantState.READING)

    @property
    def cost(self) -> Decimal | None:
        """Return what its tokens cost at the prices of that day; None where none were set."""
        if self.prices is None:
            return None
        return TokenPrices.parse(self.prices).cost(self.tokens_sent, self.tokens_answered)
