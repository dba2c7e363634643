"""What is to be raised at a milestone, and what became of it there."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from tracker.db import UTCDateTime, choice
from tracker.history import Recorded
from tracker.meetings.models import Visibility


class AgendaOutcome(StrEnum):
    """What became of a point of an agenda in the room."""

    RAISED = "raised"
    NOT_REACHED = "not-reached"
    POSTPONED = "postponed"


class _PartOfAgenda(Recorded):
    """A row that belongs to a milestone's agenda: its changes are recorded as the milestone's."""

    milestone_id: int

    def history_key(self) -> str:
        """Return the milestone it belongs to."""
        return f"milestone:{self.milestone_id}"


class Agenda(_PartOfAgenda, SQLModel, table=True):
    """What is to be raised at a milestone: who may read it; its version is that of the order."""

    milestone_id: int = Field(primary_key=True, foreign_key="milestone.id")
    visibility: Visibility = Field(default=Visibility.INTERNAL, sa_type=choice(Visibility))
    version: int = 1


class AgendaEntry(_PartOfAgenda, SQLModel, table=True):
    """An item to be raised at a milestone, and what became of that in the room."""

    __tablename__ = "agenda_entry"
    __table_args__ = (sa.UniqueConstraint("milestone_id", "item_id"),)

    id: int = Field(default=None, primary_key=True)
    milestone_id: int = Field(foreign_key="milestone.id")
    item_id: int = Field(foreign_key="item.id", index=True)
    #: from 1, without gaps
    position: int
    #: for whoever chairs; never public
    note: str | None = None
    note_by: int | None = Field(default=None, foreign_key="person.id")
    outcome: AgendaOutcome | None = Field(default=None, sa_type=choice(AgendaOutcome))
    outcome_note: str | None = None
    #: who wrote it down, and when
    outcome_by: int | None = Field(default=None, foreign_key="person.id")
    outcome_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    #: where it is raised instead, if it was put off
    postponed_to: int | None = Field(default=None, foreign_key="milestone.id")
    version: int = 1
