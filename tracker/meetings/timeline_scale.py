"""A calendar as a line: where each milestone stands on it, and where today does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.meetings.models import Milestone

#: units from one end of the line to the other
LENGTH = 1000
MARGIN = timedelta(days=20)


@dataclass(frozen=True)
class ScaleStop:
    """A milestone on the line; a tentative or long one reaches from `at` to `until`."""

    milestone: Milestone
    at: int
    until: int
    is_past: bool


@dataclass(frozen=True)
class Timeline:
    """The stops in order of date, the years that begin in between, and today (null where it is off the line)."""

    stops: list[ScaleStop]
    years: list[tuple[int, int]]
    today: int | None


def timeline(milestones: Sequence[Milestone], today: date) -> Timeline:
    """Return the milestones set on a line from a little before the first to a little after the last."""
    if not milestones:
        return Timeline([], [], None)
    ordered = sorted(milestones, key=lambda one: (one.starts_on, one.ends_on))
    first = ordered[0].starts_on - MARGIN
    last = max(one.ends_on for one in ordered) + MARGIN

    def place(day: date) -> int:
        return round((day - first) / (last - first) * LENGTH)

    stops = [ScaleStop(one, place(one.starts_on), place(one.ends_on), one.ends_on < today) for one in ordered]
    years = [(year, place(date(year, 1, 1))) for year in range(first.year + 1, last.year + 1)]
    return Timeline(stops, years, place(today) if first <= today <= last else None)
