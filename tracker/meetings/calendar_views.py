"""Three views of a register's calendar: the list, the sheet of a month, and the timeline. Pure."""

from calendar import Calendar
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.meetings.models import Milestone, Series

#: how far ahead the list shows every meeting of a series
SOON = timedelta(days=31)
#: units from one end of the timeline to the other
LENGTH = 1000
#: between the first milestone and the beginning of the timeline, and between the last and its end
MARGIN = timedelta(days=20)


def listed(
    milestones: Sequence[Milestone], series: Iterable[Series], busy: Container[int], today: date
) -> list[Milestone]:
    """Return single milestones, and of a series the next one and those that are busy, moved, cancelled or near.

    `busy` holds the ids of those at which something is due or on the agenda.
    """
    last_days: dict[int | None, date] = {row.id: row.ended_on for row in series if row.ended_on}
    next_ids = _next_of_series(milestones, today)
    return [
        milestone
        for milestone in milestones
        if milestone.series_id is None
        or milestone.id in busy
        or milestone.id in next_ids
        or _is_worth_showing(milestone, last_days, today)
    ]


def _is_worth_showing(milestone: Milestone, last_days: dict[int | None, date], today: date) -> bool:
    """Tell whether a meeting of a series is to come and near, moved or cancelled."""
    # What ending the series cancelled was never going to be held: that is no news.
    if milestone.is_cancelled and milestone.starts_on > last_days.get(milestone.series_id, date.max):
        return False
    differs = milestone.is_cancelled or milestone.starts_on != milestone.series_day
    return milestone.ends_on >= today and (differs or milestone.starts_on <= today + SOON)


def _next_of_series(milestones: Sequence[Milestone], today: date) -> set[int]:
    """Return the ids of the next meeting of each series."""
    next_ids: dict[int | None, int] = {}
    for milestone in sorted(milestones, key=lambda milestone: milestone.starts_on):
        if milestone.ends_on >= today and not milestone.is_cancelled:
            next_ids.setdefault(milestone.series_id, milestone.id)
    return set(next_ids.values())


@dataclass(frozen=True)
class SheetDay:
    """A day of the sheet; `is_inside` is False for days of a neighbouring month in the first or last week."""

    date: date
    is_inside: bool


@dataclass(frozen=True)
class SheetBar:
    """A milestone in one week of the sheet: over how many of its days, and whether it begins and ends in that week."""

    milestone: Milestone
    days: int
    begins: bool
    ends: bool


@dataclass(frozen=True)
class SheetWeek:
    """A week of the sheet. Each lane has bars side by side, and None for a day without one."""

    days: list[SheetDay]
    lanes: list[list[SheetBar | None]]


def weeks(month: date, milestones: Sequence[Milestone], first_weekday: int = 0) -> list[SheetWeek]:
    """Return the weeks of the month in which that day lies; 0 is Monday. A tentative period stands on no day."""
    # The longest bar of those that begin together stands on top, so that short ones hang below it.
    certain = sorted(
        (milestone for milestone in milestones if not milestone.tentative),
        key=lambda milestone: (milestone.starts_on, -milestone.ends_on.toordinal()),
    )
    calendar = Calendar(first_weekday)
    return [_week(month, days, certain) for days in calendar.monthdatescalendar(month.year, month.month)]


def _week(month: date, days: Sequence[date], milestones: Iterable[Milestone]) -> SheetWeek:
    lanes: list[list[SheetBar | None]] = []
    for milestone in milestones:
        held = [day for day in days if milestone.starts_on <= day <= milestone.ends_on]
        if held:
            begins = held[0] == milestone.starts_on
            bar = SheetBar(milestone, len(held), begins, held[-1] == milestone.ends_on)
            _hang(bar, days.index(held[0]), lanes)
    for lane in lanes:
        lane += [None] * (len(days) - _length(lane))
    return SheetWeek([SheetDay(day, day.month == month.month) for day in days], lanes)


def _hang(bar: SheetBar, column: int, lanes: list[list[SheetBar | None]]) -> None:
    """Put the bar at that column of the first lane that is free there; bars come in the order of their first days."""
    lane = next((lane for lane in lanes if _length(lane) <= column), None)
    if lane is None:
        lane = []
        lanes.append(lane)
    lane += [None] * (column - _length(lane))
    lane.append(bar)


def _length(lane: Iterable[SheetBar | None]) -> int:
    """Return how many days of the week the lane fills."""
    return sum(1 if bar is None else bar.days for bar in lane)


def neighbours(month: date) -> tuple[date, date]:
    """Return the first day of the month before and of the month after."""
    first = month.replace(day=1)
    return (first - timedelta(days=1)).replace(day=1), (first + timedelta(days=32)).replace(day=1)


@dataclass(frozen=True)
class ScaleStop:
    """A milestone on the timeline; a tentative or long one reaches from `at` to `until`."""

    milestone: Milestone
    at: int
    until: int
    is_past: bool


@dataclass(frozen=True)
class Timeline:
    """The stops in order of date, each year that begins in between with its place, and today's place if it is on it."""

    stops: list[ScaleStop]
    years: list[tuple[int, int]]
    today: int | None


def timeline(milestones: Sequence[Milestone], today: date) -> Timeline:
    """Return the milestones on a line from a little before the first to a little after the last."""
    if not milestones:
        return Timeline([], [], None)
    ordered = sorted(milestones, key=lambda milestone: (milestone.starts_on, milestone.ends_on))
    first = ordered[0].starts_on - MARGIN
    last = max(milestone.ends_on for milestone in ordered) + MARGIN

    def place(day: date) -> int:
        return round((day - first) / (last - first) * LENGTH)

    stops = [
        ScaleStop(milestone, place(milestone.starts_on), place(milestone.ends_on), milestone.ends_on < today)
        for milestone in ordered
    ]
    years = [(year, place(date(year, 1, 1))) for year in range(first.year + 1, last.year + 1)]
    if first <= today <= last:
        return Timeline(stops, years, place(today))
    return Timeline(stops, years, None)
