"""A month as a sheet of weeks, each day with what lies on it. Pure."""

from calendar import Calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.meetings.models import Milestone


@dataclass(frozen=True)
class SheetDay:
    """A day of the sheet; of a neighbouring month where the first or the last week goes over."""

    date: date
    is_inside: bool
    milestones: tuple[Milestone, ...]


def weeks(month: date, milestones: Sequence[Milestone], first_weekday: int = 0) -> list[list[SheetDay]]:
    """Return the weeks of the month in which that day lies; 0 is Monday. A tentative period stands on no day."""
    certain = [one for one in milestones if not one.tentative]
    return [
        [
            SheetDay(
                day, day.month == month.month, tuple(one for one in certain if one.starts_on <= day <= one.ends_on)
            )
            for day in week
        ]
        for week in Calendar(first_weekday).monthdatescalendar(month.year, month.month)
    ]


def neighbours(month: date) -> tuple[date, date]:
    """Return the first day of the month before and of the month after."""
    first = month.replace(day=1)
    return (first - timedelta(days=1)).replace(day=1), (first + timedelta(days=32)).replace(day=1)
