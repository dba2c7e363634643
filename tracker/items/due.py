"""When an item is due: a rule (a day of its own, or a milestone and days), worked out here.

The same as SQL is `due_day` in list_conditions.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from tracker.items.models import DueFrom, Item, Progress
from tracker.items.status import is_closed
from tracker.meetings.models import Milestone, day_of


class MilestoneDays(Protocol):
    """The days of a milestone, as they are or as they would be once it has moved."""

    @property
    def starts_on(self) -> date:
        """Return the first day."""

    @property
    def ends_on(self) -> date:
        """Return the last day."""

    @property
    def tentative(self) -> bool:
        """Tell whether these days are not yet certain."""


@dataclass(frozen=True)
class Due:
    """An item's due rule worked out: the day, what it hangs from, and the day first set."""

    day: date
    #: null where the item has a day of its own
    milestone: Milestone | None
    #: days after that day of the milestone; before it if negative
    offset_days: int
    first_set_on: date | None
    #: an owner or an addressee has accepted the item, so the day is a promise
    is_promised: bool = False
    due_from: DueFrom = DueFrom.FIRST_DAY

    @property
    def slipped_days(self) -> int:
        """Return by how many days it is later than first set (negative: earlier)."""
        if self.first_set_on:
            return (self.day - self.first_set_on).days
        return 0

    @property
    def in_time_until(self) -> date:
        """Return the last day on which nobody is late: while its milestone runs, nothing that is due at it is late.

        What is due before its first day is late all the same.
        """
        if self.milestone is None or self.day < self.milestone.starts_on:
            return self.day
        return max(self.day, self.milestone.ends_on)

    @property
    def is_tentative(self) -> bool:
        """Tell whether the milestone's own days are not yet certain."""
        return self.milestone is not None and self.milestone.tentative


def due_on(item: Item, milestone: Milestone | None) -> date | None:
    """Return the day by the item's rule, None if it has none. `milestone` is the one that the item names."""
    if item.own_due_on is not None:
        return item.own_due_on
    if milestone is None:
        return None
    return day_at(milestone, item.offset_days, item.due_from)


def day_at(days: MilestoneDays, offset_days: int, due_from: DueFrom) -> date:
    """Return the day that is so many days after a milestone's first or last, before it where they are negative."""
    counts_from = day_of(days.starts_on, days.ends_on, tentative=days.tentative)
    if due_from is DueFrom.LAST_DAY:
        counts_from = days.ends_on
    return counts_from + timedelta(days=offset_days)


def due_of(item: Item, milestone: Milestone | None, *, is_promised: bool = False) -> Due | None:
    """Return the due rule worked out, to be put into words; None if the item has none."""
    day = due_on(item, milestone)
    if day is None:
        return None
    if milestone is None:
        return Due(day, None, 0, item.promised_on, is_promised)
    return Due(day, milestone, item.offset_days, item.promised_on, is_promised, item.due_from)


def waits_for_condition(item: Item) -> bool:
    """Tell whether the item has a condition that is not met yet."""
    return bool(item.condition) and item.condition_met_on is None


def is_overdue(item: Item, due: Due | None, today: date) -> bool:
    """Tell whether an accepted item is late: its day has passed, it is open and no condition holds it up."""
    return due is not None and due.is_promised and _is_late(item, due, today)


def is_past_unpromised(item: Item, due: Due | None, today: date) -> bool:
    """Tell whether the day of an item that nobody accepted has passed: nobody is late, so it is counted apart."""
    return due is not None and not due.is_promised and _is_late(item, due, today)


def _is_late(item: Item, due: Due, today: date) -> bool:
    return has_passed(item, due.in_time_until, today)


def has_passed(item: Item, due: date | None, today: date) -> bool:
    """Tell whether the due day of an open item has passed, unless it waits for a condition. Due today is in time."""
    if due is None or is_closed(item.progress) or waits_for_condition(item):
        return False
    return due < today


def comes_before(item: Item, due: date | None, today: date, last: date) -> bool:
    """Tell whether an open item is due from today to the last day, both included."""
    if due is None or is_closed(item.progress) or waits_for_condition(item):
        return False
    return today <= due <= last


def is_waiting(item: Item) -> bool:
    """Tell whether the item waits, by its progress or because its condition is not met."""
    return item.progress is Progress.WAITING or (waits_for_condition(item) and not is_closed(item.progress))
