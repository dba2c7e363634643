"""How values are shown: days, moments, text that people wrote."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_datetime, format_timedelta
from flask import Flask
from flask_babel import format_percent, get_locale

from tracker.mail.markdown import plain, safe_markdown
from tracker.meetings.recording_links import at_second, clock_of
from tracker.web.app import context
from tracker.web.app.language import gettext

DAY = "EEEE d MMMM y"
SHORT_DAY = "EEE d MMM y"
#: an age is told in days up to here, then in months, and from two years on in years
LONGEST_IN_DAYS = 100
DAYS_OF_MONTH = 30.44
DAYS_OF_YEAR = 365


def day(value: date | None) -> str:
    """Return a calendar day with its weekday: Thursday 14 February 2013."""
    if value:
        return _day_text(value, DAY, get_locale())
    return ""


def short_day(value: date | None) -> str:
    """Return a calendar day for a table: Thu 14 Feb 2013."""
    if value:
        return _day_text(value, SHORT_DAY, get_locale())
    return ""


def short_day_in(locale: Locale | None) -> Callable[[date], str]:
    """Return `short_day` for a list of many days: it asks for the language once."""
    return lambda value: _day_text(value, SHORT_DAY, locale)


def from_today_in(locale: Locale | None) -> Callable[[date], str]:
    """Return `from_today` for a list of many days: it asks for the language and the day once."""
    today = context.today()

    def distance(value: date) -> str:
        if value == today:
            return gettext("today")
        return _distance(value - today, locale)

    return distance


@lru_cache(maxsize=10_000)
def _day_text(value: date, pattern: str, locale: Locale | None) -> str:
    return str(format_date(value, pattern, locale=locale or "en"))


def month(value: date) -> str:
    """Return a month with its year: February 2013."""
    return str(format_date(value, "LLLL y"))


def weekday(value: date, width: str = "wide") -> str:
    """Return the name of a day's weekday, or its short form."""
    pattern = "EEEE" if width == "wide" else "EEE"
    return str(format_date(value, pattern))


def moment(value: datetime | None) -> str:
    """Return a moment in the reader's zone: Mon 12 Nov 2012, 09:00."""
    if value is None:
        return ""
    # without its zone, so that the cache tells apart one moment in two zones
    return _moment_text(value.astimezone(context.zone()).replace(second=0, microsecond=0, tzinfo=None), get_locale())


@lru_cache(maxsize=10_000)
def _moment_text(minute: datetime, locale: Locale | None) -> str:
    return str(format_datetime(minute, f"{SHORT_DAY}, HH:mm", locale=locale or "en"))


def from_today(value: date | None) -> str:
    """Return how far a day is from today: "in 3 days", "in 15 weeks", "12 days ago"."""
    if value is None:
        return ""
    # "in 0 days" is today.
    return from_today_in(get_locale())(value)


@lru_cache(maxsize=10_000)
def _distance(away: timedelta, locale: Locale | None) -> str:
    # a unit is used from four of it on: fewer would hide half a month
    return str(format_timedelta(away, granularity="day", threshold=4, add_direction=True, locale=locale or "en"))


def age(since: datetime) -> str:
    """Return for how long something has lasted, as short as a column of a table: "today", "12 d", "5 mo", "2 y"."""
    return age_of_days((context.now() - since).days)


def age_of_days(days: int) -> str:
    """Return `age` of something that began so many days ago."""
    if days < 1:
        return gettext("today")
    if days < LONGEST_IN_DAYS:
        return gettext("%(num)d d", num=days)
    if days < 2 * DAYS_OF_YEAR:
        return gettext("%(num)d mo", num=round(days / DAYS_OF_MONTH))
    return gettext("%(num)d y", num=days // DAYS_OF_YEAR)


def percent(value: float) -> str:
    """Return a share of 0 to 1 as whole percent."""
    return str(format_percent(value))


def register(app: Flask) -> None:
    """Give the filters to the templates."""
    app.jinja_env.filters.update(
        day=day,
        short_day=short_day,
        month=month,
        weekday=weekday,
        moment=moment,
        from_today=from_today,
        age=age,
        percent=percent,
        markdown=safe_markdown,
        plain=plain,
        at_second=at_second,
        clock_of=clock_of,
    )
