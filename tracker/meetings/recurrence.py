"""On which days a series meets: its rule read by dateutil (RFC 5545), in calendar days without a zone. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import takewhile
from typing import Any

from dateutil.relativedelta import relativedelta
from dateutil.rrule import MONTHLY, WEEKLY, rrule, weekday

from tracker.meetings.models import Repeats

#: how far ahead the milestones of a series are created
AHEAD = relativedelta(months=12)
#: days that every month has
SHORTEST_MONTH = 28


@dataclass(frozen=True)
class Rule:
    """A first day and how it repeats: without an end, until a day, or a number of times in all."""

    first_day: date
    repeats: Repeats
    #: every so many weeks or months
    every: int = 1
    until: date | None = None
    times: int | None = None


def horizon(today: date) -> date:
    """Return the last day for which the milestones of a series are created now."""
    last: date = today + AHEAD
    return last


def days(rule: Rule, since: date, last: date) -> list[date]:
    """Return the days of the rule from `since` to `last`, both included; an end counts from the first day."""
    if rule.until is not None:
        last = min(last, rule.until)
    # The rule may have no end, so days are taken one by one until the last.
    all_days = (moment.date() for moment in _recurrence(rule))
    return [day for day in takewhile(lambda day: day <= last, all_days) if day >= since]


def week_of_month(day: date) -> int:
    """Return 1 for the first such weekday of its month, to 4 for the fourth, and -1 for a fifth: the last."""
    week = (day.day + 6) // 7
    if week < 5:
        return week
    return -1


def _recurrence(rule: Rule) -> rrule:
    start = datetime.combine(rule.first_day, time())
    parts: dict[str, Any] = {"dtstart": start, "interval": rule.every, "count": rule.times}
    match rule.repeats:
        case Repeats.WEEKS:
            return rrule(WEEKLY, **parts)
        case Repeats.MONTH_WEEKDAY:
            return rrule(MONTHLY, byweekday=weekday(rule.first_day.weekday(), week_of_month(rule.first_day)), **parts)
        case Repeats.MONTH_LAST_WEEKDAY:
            return rrule(MONTHLY, byweekday=weekday(rule.first_day.weekday(), -1), **parts)
        case Repeats.MONTH_DAY:
            # A month without such a day meets on its last day: of the days from 28 on that it has, the last is taken.
            nearest = range(min(SHORTEST_MONTH, rule.first_day.day), rule.first_day.day + 1)
            return rrule(MONTHLY, bymonthday=tuple(nearest), bysetpos=-1, **parts)
