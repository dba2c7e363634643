"""When: meetings where things were said, and milestones that due dates hang from."""

from datetime import date
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from tracker.db import choice
from tracker.history import Recorded


class Visibility(StrEnum):
    """Who may read: the body's own people, or anyone."""

    INTERNAL = "internal"
    PUBLISHED = "published"


def day_of(starts_on: date, ends_on: date, *, tentative: bool) -> date:
    """Return the day due dates count from: the first, or the last of a period whose days are not yet known."""
    return ends_on if tentative else starts_on


class Milestone(Recorded, SQLModel, table=True):
    """A dated point of the calendar; may be tentative, may move."""

    __table_args__ = (
        sa.UniqueConstraint("body_id", "slug"),
        sa.CheckConstraint("ends_on >= starts_on", name="days_in_order"),
    )

    id: int | None = Field(default=None, primary_key=True)
    body_id: int = Field(foreign_key="body.id")
    slug: str
    title: str
    starts_on: date
    ends_on: date
    place: str | None = None
    tentative: bool = False
    version: int = 1

    @property
    def day(self) -> date:
        """Return the day due dates count from."""
        return day_of(self.starts_on, self.ends_on, tentative=self.tentative)


class Meeting(Recorded, SQLModel, table=True):
    """A sitting where things were said."""

    __table_args__ = (
        sa.UniqueConstraint("body_id", "slug"),
        sa.CheckConstraint("ends_on >= starts_on", name="days_in_order"),
    )

    id: int | None = Field(default=None, primary_key=True)
    body_id: int = Field(foreign_key="body.id")
    milestone_id: int | None = Field(default=None, foreign_key="milestone.id")
    slug: str
    title: str
    starts_on: date
    ends_on: date
    place: str | None = None
    #: where its recording can be watched or heard
    recording_url: str | None = None
    visibility: Visibility = Field(default=Visibility.INTERNAL, sa_type=choice(Visibility))
    version: int = 1
