"""The rule of a series in words: "every second Tuesday", "on the last Friday of every month"."""

from flask_babel import format_date, gettext, lazy_pgettext, ngettext

from tracker.meetings.models import Repeats
from tracker.meetings.recurrence import SHORTEST_MONTH, Rule, week_of_month
from tracker.web.app.template_filters import short_day

WEEKS = {
    1: lazy_pgettext("weekday of a month", "first"),
    2: lazy_pgettext("weekday of a month", "second"),
    3: lazy_pgettext("weekday of a month", "third"),
    4: lazy_pgettext("weekday of a month", "fourth"),
    -1: lazy_pgettext("weekday of a month", "last"),
}


def rule(of: Rule) -> str:
    """Return how a series goes on, and until when."""
    if of.until is not None:
        return str(gettext("%(rule)s, until %(day)s", rule=_rule(of), day=short_day(of.until)))
    if of.times is not None:
        return str(ngettext("%(rule)s, %(num)d time", "%(rule)s, %(num)d times", of.times, rule=_rule(of)))
    return _rule(of)


def _rule(of: Rule) -> str:
    weekday = format_date(of.first_day, "EEEE")
    match of.repeats:
        case Repeats.WEEKS:
            return _in_weeks(of.every, weekday)
        case Repeats.MONTH_WEEKDAY | Repeats.MONTH_LAST_WEEKDAY:
            week = week_of_month(of.first_day)
            if of.repeats is Repeats.MONTH_LAST_WEEKDAY:
                week = -1
            return _in_months(of.every, WEEKS[week], weekday)
        case Repeats.MONTH_DAY:
            return _on_a_day(of)


def _in_weeks(every: int, weekday: str) -> str:
    if every == 2:
        return str(gettext("every second %(weekday)s", weekday=weekday))
    return str(ngettext("every %(weekday)s", "on a %(weekday)s every %(num)d weeks", every, weekday=weekday))


def _in_months(every: int, week: object, weekday: str) -> str:
    pattern = "on the %(week)s %(weekday)s of every month"
    many = "on the %(week)s %(weekday)s every %(num)d months"
    return str(ngettext(pattern, many, every, week=week, weekday=weekday))


def _on_a_day(of: Rule) -> str:
    day = of.first_day.day
    monthly = "on day %(day)d of every month"
    rarer = "on day %(day)d every %(num)d months"
    # February has no 30th: then the last day stands in for it.
    if day > SHORTEST_MONTH:
        monthly = "on day %(day)d of every month, or its last day"
        rarer = "on day %(day)d, or the month's last day, every %(num)d months"
    return str(ngettext(monthly, rarer, of.every, day=day))
