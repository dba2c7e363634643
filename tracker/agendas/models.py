"""What is to be raised at a milestone, and what became of it there."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from tracker.db import UTCDateTime, choice
from tracker.history import Recorded
from tracker.meetings.models import Visibility


class AgendaOutcome(StrEnum):
    """What became of an agenda point in the room."""

    RAISED = "raised"
    NOT_REACHED = "not-reached"
    POSTPONED = "postponed"


class _PartOfAgenda(Recorded):
    """A row that belongs to a milestone's agenda: history records its changes as the milestone's."""

    milestone_id: int

    def history_key(self) -> str:
        """Return the milestone it belongs to."""
        return f"milestone:{self.milestone_id}"


class Agenda(_PartOfAgenda, SQLModel, table=True):
    """The agenda of a milestone: who may read it, and the version of the order of its points."""

    milestone_id: int = Field(primary_key=True, foreign_key="milestone.id")
    visibility: Visibility = Field(default=Visibility.INTERNAL, sa_type=choice(Visibility))
    version: int = 1


class AgendaEntry(_PartOfAgenda, SQLModel, table=True):
    """A point of an agenda: an item to be raised at the milestone, and what became of it in the room."""

    __tablename__ = "agenda_entry"
    __table_args__ = (sa.UniqueConstraint("milestone_id", "item_id"),)

    id: int = Field(default=None, primary_key=True)
    milestone_id: int = Field(foreign_key="milestone.id")
    item_id: int = Field(foreign_key="item.id", index=True)
    #: from 1, without gaps
    position: int
    #: for the chair; never public
    note: str | None = None
    note_by: int | None = Field(default=None, foreign_key="person.id")
    outcome: AgendaOutcome | None = Field(default=None, sa_type=choice(AgendaOutcome))
    outcome_note: str | None = None
    #: who recorded it, and when
    outcome_by: int | None = Field(default=None, foreign_key="person.id")
    outcome_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    #: the milestone at which it is raised instead, if it was postponed
    postponed_to: int | None = Field(default=None, foreign_key="milestone.id")
    version: int = 1
