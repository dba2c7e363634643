"""Series of milestones: begun, renamed, made ahead as time goes on. Ending one, to which items hang, is in items/."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from tracker.clock import refuse_year
from tracker.errors import Refused, refuse_stale
from tracker.history import Actor, change, leave, of_subject
from tracker.history_verbs import Verb
from tracker.meetings.changes import MilestoneDetails, add_milestone, checked_title
from tracker.meetings.models import Milestone, Series
from tracker.meetings.recurrence import Rule, days, horizon
from tracker.people.models import Body
from tracker.text import clean_line, clean_or_none

LONGEST = 31  # days of one meeting
MOST_TIMES = 500
MOST_APART = 24  # weeks or months


@dataclass(frozen=True)
class SeriesDetails:
    """What is known of a series; texts are cleaned when they are written."""

    title: str
    rule: Rule
    place: str | None = None
    length_days: int = 1


@dataclass(frozen=True)
class Called:
    """How a series is called, and where it is."""

    title: str
    place: str | None


def rule_of(series: Series) -> Rule:
    """Return the rule of a series; one that was ended goes on until then."""
    until = min((day for day in (series.until, series.ended_on) if day), default=None)
    return Rule(series.first_day, series.repeats, series.every, until, series.times)


def planned(details: SeriesDetails, today: date) -> list[date]:
    """Return the first days of the meetings that would be made now; raises Refused for a rule without any."""
    _refuse(details)
    found = days(details.rule, max(today, details.rule.first_day), horizon(today))
    if not found:
        raise Refused("No meeting of this series lies in the twelve months ahead. Choose other days.", "first_day")
    return found


def goes_on(details: SeriesDetails, today: date) -> bool:
    """Tell whether there will be meetings after those that would be made now."""
    first = horizon(today) + timedelta(days=1)
    return bool(days(details.rule, first, first + timedelta(days=31 * (MOST_APART + 1))))


def add_series(
    session: Session, body_id: int, details: SeriesDetails, *, today: date, by: Actor, now: datetime
) -> Series:
    """Begin a series, with its milestones of the twelve months ahead; raises Refused with the field."""
    planned(details, today)
    title = clean_line(details.title)
    if not title:
        raise Refused("This may not be empty. Write something here.", "title")
    values: dict[str, Any] = {
        "title": title,
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
    """Make those milestones of the series that the calendar lacks; what was moved or cancelled counts as there."""
    session.refresh(series, with_for_update=True)
    made = session.exec(select(Milestone).where(col(Milestone.series_id) == series.id))
    there = {milestone.series_day for milestone in made}
    wanted = days(rule_of(series), max(today, series.first_day), horizon(today))
    return [_occurrence(session, series, day, by, now) for day in wanted if day not in there]


def extend_all(session: Session, *, by: Actor, now: datetime) -> int:
    """Make what the calendars lack of every series, and return how many milestones that were."""
    rows = session.exec(select(Series, Body).join(Body, col(Body.id) == col(Series.body_id)).order_by(col(Series.id)))
    return sum(
        len(extend(session, series, today=now.astimezone(ZoneInfo(body.timezone)).date(), by=by, now=now))
        for series, body in rows.all()
    )


def to_come(session: Session, series: Series, today: date) -> list[Milestone]:
    """Return the meetings of the series that are not over, in order of date."""
    ahead = col(Milestone.series_id) == series.id, col(Milestone.ends_on) >= today
    return list(session.exec(select(Milestone).where(*ahead).order_by(col(Milestone.starts_on), col(Milestone.id))))


def called_before(session: Session, series: Series) -> Called | None:
    """Return what the series was called before its last change, if that was a new name: to rename it back."""
    events = of_subject(session, series.history_key())
    if not events or events[-1].verb != Verb.RENAMED:
        return None
    before = events[-1].before
    return Called(before.get("title", series.title), before.get("place", series.place))


def rename_series(
    session: Session, series: Series, called: Called, *, seen_version: int, today: date, by: Actor, now: datetime
) -> list[Milestone]:
    """Call the series otherwise, and those of its meetings to come that are called like it; return these.

    What was given a name or a place of its own keeps it, and so do all addresses. Raises Stale, or Refused.
    """
    session.refresh(series, with_for_update=True)
    refuse_stale(series.version, seen_version)
    values = {"title": checked_title(called.title), "place": clean_or_none(called.place)}
    before = {name: getattr(series, name) for name in values}
    change(session, series, values, Verb.RENAMED, by=by, now=now, body_id=series.body_id)
    renamed = []
    for one in to_come(session, series, today):
        own = {name: value for name, value in values.items() if getattr(one, name) == before[name]}
        if change(session, one, own, Verb.RENAMED, by=by, now=now, body_id=series.body_id):
            renamed.append(one)
    return renamed


def _occurrence(session: Session, series: Series, day: date, by: Actor, now: datetime) -> Milestone:
    last = day + timedelta(days=series.length_days - 1)
    details = MilestoneDetails(series.title, day, last, series.place, series_id=series.id, series_day=day)
    return add_milestone(session, series.body_id, details, by=by, now=now)


def _refuse(details: SeriesDetails) -> None:
    """Raise Refused for numbers that cannot be meant."""
    rule = details.rule
    for field, day in (("first_day", rule.first_day), ("until", rule.until)):
        refuse_year(day, field)
    if rule.until is not None and rule.until < rule.first_day:
        raise Refused("The last day is before the first. Correct one of them.", "until")
    if rule.until is not None and rule.times is not None:
        raise Refused("Give a last day or a number of times, not both.", "times")
    for field, value, most in (
        ("every", rule.every, MOST_APART),
        ("times", 1 if rule.times is None else rule.times, MOST_TIMES),
        ("length_days", details.length_days, LONGEST),
    ):
        if not 1 <= value <= most:
            raise Refused("Give a number from 1 to %(most)s.", field, most=most)
