"""What is kept of an answer by mail, so that its author can undo it."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from tracker.answers.choices import MailAnswer
from tracker.db import UTCDateTime, choice


class AnswerReceipt(SQLModel, table=True):
    """One answer: which lines of history it left, and until when it can be undone. What it said stands in those."""

    __tablename__ = "answer_receipt"
    # A form that is sent twice, by two fingers or by a browser that lost the line, is one answer.
    __table_args__ = (sa.UniqueConstraint("person_id", "item_id", "form_key"),)

    id: int = Field(default=None, primary_key=True)
    item_id: int = Field(foreign_key="item.id", index=True)
    #: whose answer it is; null where it was recorded for a party in which nobody is named
    person_id: int | None = Field(default=None, foreign_key="person.id")
    #: who recorded it for them; null where they answered themselves
    recorded_by: int | None = Field(default=None, foreign_key="person.id")
    answer: MailAnswer = Field(sa_type=choice(MailAnswer))
    form_key: str
    #: the first and the last line of history that it left
    first_event: int
    last_event: int
    #: the update that it wrote
    update_id: int | None = Field(default=None, foreign_key="item_update.id")
    #: requests to own and ownerships as they stood before, by number
    ownerships: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    made_at: datetime = Field(sa_type=UTCDateTime)
    #: by the real clock, as of every link
    undo_until: datetime = Field(sa_type=UTCDateTime)
    undone_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
