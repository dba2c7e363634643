"""Tables of what passes on when somebody leaves: handovers with their duties, and parting notes on items."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from tracker.db import UTCDateTime, choice
from tracker.history import Recorded
from tracker.items.models import PartOfItem
from tracker.items.party_models import OwnerState


class Duty(StrEnum):
    """A duty that passes to another when somebody leaves: for an item, or for a body or class."""

    OWNS = "owns"
    #: answers an open request to own it
    TO_ANSWER = "to-answer"
    ANSWERS_FOR = "answers-for"
    SECONDS = "seconds"
    HELPS = "helps"
    #: the item waits for them
    AWAITED = "awaited"
    STEWARD = "steward"
    SECOND = "second"


class Handover(Recorded, SQLModel, table=True):
    """Duties of somebody who leaves, offered to a successor. Nothing passes before the successor takes it."""

    id: int = Field(default=None, primary_key=True)
    body_id: int = Field(foreign_key="body.id", index=True)
    from_id: int = Field(foreign_key="person.id", index=True)
    to_id: int = Field(foreign_key="person.id", index=True)
    offered_by: int | None = Field(default=None, foreign_key="person.id")
    offered_at: datetime = Field(sa_type=UTCDateTime)
    note: str | None = None


class HandoverPart(Recorded, SQLModel, table=True):
    """One duty of a handover, and the answer to it. Where it is a request to own, the state of that request counts."""

    __tablename__ = "handover_part"
    __table_args__ = (sa.CheckConstraint("(item_id IS NULL) <> (party_id IS NULL)", name="one_of_two"),)

    id: int = Field(default=None, primary_key=True)
    handover_id: int = Field(foreign_key="handover.id", index=True)
    duty: Duty = Field(sa_type=choice(Duty))
    item_id: int | None = Field(default=None, foreign_key="item.id", index=True)
    #: the body or class that the person answers for
    party_id: int | None = Field(default=None, foreign_key="party.id")
    #: the request to own that the offer made, or the ownership that the person answers for
    ownership_id: int | None = Field(default=None, foreign_key="ownership.id")
    state: OwnerState = Field(default=OwnerState.REQUESTED, sa_type=choice(OwnerState))
    answered_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    answer: str | None = None

    def history_key(self) -> str:
        """Return the handover it belongs to."""
        return f"handover:{self.handover_id}"


class PartingNote(PartOfItem, SQLModel, table=True):
    """What somebody who leaves tells their successor about an item."""

    __tablename__ = "parting_note"

    item_id: int = Field(primary_key=True, foreign_key="item.id")
    person_id: int = Field(primary_key=True, foreign_key="person.id")
    text: str
    written_at: datetime = Field(sa_type=UTCDateTime)
    version: int = 1
