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


class Repeats(StrEnum):
    """How a series repeats after its first day."""

    WEEKS = "weeks"
    #: the same weekday of the month: the second Tuesday; a fifth one is the last
    MONTH_WEEKDAY = "month-weekday"
    #: the last such weekday of the month
    MONTH_LAST_WEEKDAY = "month-last-weekday"
    #: the same day of the month, or its last day where it has no such day
    MONTH_DAY = "month-day"


def day_of(starts_on: date, ends_on: date, *, tentative: bool) -> date:
    """Return the day that stands for it: the first, or the last of a period whose days are not yet known."""
    if tentative:
        return ends_on
    return starts_on


class Series(Recorded, SQLModel, table=True):
    """Milestones that repeat by a rule: they are created ahead, and each may then move or be cancelled by itself."""

    __table_args__ = (sa.CheckConstraint("length_days >= 1 AND every >= 1", name="counts"),)

    id: int = Field(default=None, primary_key=True)
    body_id: int = Field(foreign_key="body.id", index=True)
    title: str
    place: str | None = None
    first_day: date
    #: of each meeting
    length_days: int = 1
    repeats: Repeats = Field(sa_type=choice(Repeats))
    #: every so many weeks or months
    every: int = 1
    until: date | None = None
    times: int | None = None
    #: the last day on which one may be, once it has been ended
    ended_on: date | None = None
    version: int = 1


class Milestone(Recorded, SQLModel, table=True):
    """A dated point of the calendar; may be tentative, may move."""

    __table_args__ = (
        sa.UniqueConstraint("body_id", "slug"),
        sa.CheckConstraint("ends_on >= starts_on", name="days_in_order"),
        sa.Index("ix_milestone_series_id_series_day", "series_id", "series_day", unique=True),
    )

    id: int = Field(default=None, primary_key=True)
    body_id: int = Field(foreign_key="body.id")
    slug: str
    title: str
    starts_on: date
    ends_on: date
    place: str | None = None
    tentative: bool = False
    is_cancelled: bool = False
    #: its series, and its day by the series' rule, wherever it has moved since
    series_id: int | None = Field(default=None, foreign_key="series.id")
    series_day: date | None = None
    version: int = 1

    @property
    def day(self) -> date:
        """Return the day that stands for it in the calendar; due dates may count from its last day too."""
        return day_of(self.starts_on, self.ends_on, tentative=self.tentative)


class Meeting(Recorded, SQLModel, table=True):
    """A sitting where things were said."""

    __table_args__ = (
        sa.UniqueConstraint("body_id", "slug"),
        sa.CheckConstraint("ends_on >= starts_on", name="days_in_order"),
    )

    id: int = Field(default=None, primary_key=True)
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


class MeetingRapporteur(SQLModel, table=True):
    """Somebody who may advise the secretariat on the passages of one meeting before they are triaged."""

    __tablename__ = "meeting_rapporteur"

    meeting_id: int = Field(primary_key=True, foreign_key="meeting.id")
    person_id: int = Field(primary_key=True, foreign_key="person.id", index=True)
