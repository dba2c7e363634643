"""On which days a series meets: its rule read by dateutil (RFC 5545), in calendar days without a zone. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import takewhile
from typing import Any

from dateutil.relativedelta import relativedelta
from dateutil.rrule import MONTHLY, WEEKLY, rrule, weekday

from tracker.meetings.models import Repeats

#: so far ahead the milestones of a series are made
AHEAD = relativedelta(months=12)
#: days that every month has
SURE = 28


@dataclass(frozen=True)
class Rule:
    """A first day and how it goes on from there: without an end, until a day, or a number of times."""

    first_day: date
    repeats: Repeats
    #: every so many weeks or months
    every: int = 1
    until: date | None = None
    times: int | None = None


def horizon(today: date) -> date:
    """Return the last day up to which the milestones of a series stand in the calendar."""
    last: date = today + AHEAD
    return last


def days(rule: Rule, since: date, last: date) -> list[date]:
    """Return the days of the rule from `since` to `last`, both included; an end counts from the first day."""
    ends = last if rule.until is None else min(last, rule.until)
    found = (moment.date() for moment in _recurrence(rule))
    return [day for day in takewhile(lambda day: day <= ends, found) if day >= since]


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
            # a month that has no such day meets on its last
            nearest = range(min(SURE, rule.first_day.day), rule.first_day.day + 1)
            return rrule(MONTHLY, bymonthday=tuple(nearest), bysetpos=-1, **parts)
