"""Writes of series of milestones: created, renamed, extended as time goes on.

Ending one, on which items may depend, is in calendar/.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from tracker.clock import day_in, refuse_year
from tracker.errors import Refused, refuse_stale
from tracker.history import Actor, change, leave
from tracker.history_queries import of_subject
from tracker.history_verbs import Verb
from tracker.meetings.changes import MilestoneDetails, add_milestone, checked_title
from tracker.meetings.models import Milestone, Series
from tracker.meetings.recurrence import Rule, days, horizon
from tracker.people.models import Body
from tracker.text import clean_or_none

#: days of one meeting
LONGEST = 31
MOST_TIMES = 500
#: weeks or months
MOST_APART = 24


@dataclass(frozen=True)
class SeriesDetails:
    """What is known of a series; texts are cleaned when they are written."""

    title: str
    rule: Rule
    place: str | None = None
    length_days: int = 1


@dataclass(frozen=True)
class SeriesName:
    """The title and the place of a series."""

    title: str
    place: str | None


def rule_of(series: Series) -> Rule:
    """Return the rule of a series; one that was ended goes on until that day only."""
    until = min((day for day in (series.until, series.ended_on) if day), default=None)
    return Rule(series.first_day, series.repeats, series.every, until, series.times)


def planned(details: SeriesDetails, today: date) -> list[date]:
    """Return the first days of the meetings that would be created now; raises Refused where there is none."""
    _refuse(details)
    first_days = days(details.rule, max(today, details.rule.first_day), horizon(today))
    if not first_days:
        raise Refused("This series has no meeting in the next twelve months. Choose other days.", "first_day")
    return first_days


def goes_on(details: SeriesDetails, today: date) -> bool:
    """Tell whether there will be meetings after those that would be created now."""
    first = horizon(today) + timedelta(days=1)
    # The longest gap between two meetings is MOST_APART months: later than that there is none to look for.
    return bool(days(details.rule, first, first + timedelta(days=31 * (MOST_APART + 1))))


def add_series(
    session: Session, body_id: int, details: SeriesDetails, *, today: date, by: Actor, now: datetime
) -> Series:
    """Create a series with its milestones of the next twelve months; raises Refused with the field at fault."""
    planned(details, today)
    values: dict[str, Any] = {
        "title": checked_title(details.title),
        "place": clean_or_none(details.place),
        "length_days": details.length_days,
        **vars(details.rule),
    }
    series = Series(body_id=body_id, **values)
    session.add(series)
    leave(session, series, Verb.ADDED, by=by, now=now, body_id=body_id, after=values)
    extend(session, series, today=today, by=by, now=now)
    return series


def extend(session: Session, series: Series, *, today: date, by: Actor, now: datetime) -> list[Milestone]:
    """Create the milestones that the calendar lacks, and return them; a moved or cancelled one is not lacking."""
    # Locked: the daily job and a page may extend the series at the same time.
    session.refresh(series, with_for_update=True)
    milestones = session.exec(select(Milestone).where(col(Milestone.series_id) == series.id))
    existing = {milestone.series_day for milestone in milestones}
    planned_days = days(rule_of(series), max(today, series.first_day), horizon(today))
    return [_add_occurrence(session, series, day, by, now) for day in planned_days if day not in existing]


def extend_all(session: Session, *, by: Actor, now: datetime) -> int:
    """Create the milestones that the calendars lack of every series, and return how many."""
    rows = session.exec(select(Series, Body).join(Body, col(Body.id) == col(Series.body_id)).order_by(col(Series.id)))
    count = 0
    for series, body in rows.all():
        count += len(extend(session, series, today=day_in(body.timezone, now), by=by, now=now))
    return count


def to_come(session: Session, series: Series, today: date) -> list[Milestone]:
    """Return the meetings of the series that are not over, in order of date."""
    ahead = col(Milestone.series_id) == series.id, col(Milestone.ends_on) >= today
    return list(session.exec(select(Milestone).where(*ahead).order_by(col(Milestone.starts_on), col(Milestone.id))))


def earlier_name(session: Session, series: Series) -> SeriesName | None:
    """Return the name before the series' last change, if that was a renaming: so that it can be undone."""
    events = of_subject(session, series.history_key())
    if not events or events[-1].verb != Verb.RENAMED:
        return None
    before = events[-1].before
    return SeriesName(before.get("title", series.title), before.get("place", series.place))


def rename_series(
    session: Session, series: Series, name: SeriesName, *, seen_version: int, today: date, by: Actor, now: datetime
) -> list[Milestone]:
    """Rename the series and those of its meetings to come that have its name; return these meetings.

    A meeting with a title or a place of its own keeps it, and every address stays. Raises Stale or Refused.
    """
    session.refresh(series, with_for_update=True)
    refuse_stale(series.version, seen_version)
    values = {"title": checked_title(name.title), "place": clean_or_none(name.place)}
    before = {column: getattr(series, column) for column in values}
    change(session, series, values, Verb.RENAMED, by=by, now=now, body_id=series.body_id)
    renamed = []
    for milestone in to_come(session, series, today):
        shared = {column: value for column, value in values.items() if getattr(milestone, column) == before[column]}
        if change(session, milestone, shared, Verb.RENAMED, by=by, now=now, body_id=series.body_id):
            renamed.append(milestone)
    return renamed


def _add_occurrence(session: Session, series: Series, day: date, by: Actor, now: datetime) -> Milestone:
    last = day + timedelta(days=series.length_days - 1)
    details = MilestoneDetails(series.title, day, last, series.place, series_id=series.id, series_day=day)
    return add_milestone(session, series.body_id, details, by=by, now=now)


def _refuse(details: SeriesDetails) -> None:
    """Raise Refused for days and numbers that cannot be meant."""
    rule = details.rule
    refuse_year(rule.first_day, "first_day")
    refuse_year(rule.until, "until")
    if rule.until is not None and rule.until < rule.first_day:
        raise Refused("The last day is before the first. Correct one of them.", "until")
    if rule.until is not None and rule.times is not None:
        raise Refused("Enter a last day or a number of times, not both.", "times")
    limits = {"every": (rule.every, MOST_APART), "length_days": (details.length_days, LONGEST)}
    if rule.times is not None:
        limits["times"] = (rule.times, MOST_TIMES)
    for field, (value, most) in limits.items():
        if not 1 <= value <= most:
            raise Refused("Enter a number from 1 to %(most)s.", field, most=most)
