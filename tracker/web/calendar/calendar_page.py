"""What the calendar shows: each milestone as a row of the list, or a month with what is due on each of its days."""

from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from flask import request, url_for
from flask_babel import get_locale
from markupsafe import Markup

from tracker.calendar.due_at_milestones import Counted, due_by_day
from tracker.clock import YEARS
from tracker.items.models import Progress
from tracker.items.status import OPEN
from tracker.meetings.calendar_views import ScaleStop, neighbours, weeks
from tracker.meetings.models import Milestone
from tracker.web.app import context
from tracker.web.app.language import gettext, page_language
from tracker.web.app.template_filters import from_today_in, short_day_in

#: titles of what is due on a day; a longer list would make its week higher than the screen
MOST_DUE = 3
DAY = timedelta(days=1)


class CalendarRow(NamedTuple):
    """A milestone as the list shows it, in words; what is empty is left out."""

    address: str
    title: str
    starts_on: str
    first_day: str
    #: empty where it has only one day
    ends_on: str
    last_day: str
    #: how far off it is, whether it is certain, where it is held
    about: str
    is_quiet: bool
    is_cancelled: bool
    #: it is the first that is not past: between it and the row before is today
    is_after_today: bool
    due: str
    bar: Markup
    raised: str


class _RowWords:
    """Says what stands in a row; the language and the day are looked up once for all rows."""

    def __init__(self) -> None:
        locale = get_locale()
        self.short_day = short_day_in(locale)
        self.from_today = from_today_in(locale)
        self.tentative = gettext("tentative")
        self.ungettext = page_language().catalogue.ungettext

    def days(self, milestone: Milestone) -> dict[str, str]:
        """Return the first and last day for programs and for people."""
        days = {"starts_on": milestone.starts_on.isoformat(), "first_day": self.short_day(milestone.starts_on)}
        if milestone.ends_on == milestone.starts_on:
            return {**days, "ends_on": "", "last_day": ""}
        return {**days, "ends_on": milestone.ends_on.isoformat(), "last_day": self.short_day(milestone.ends_on)}

    def about(self, stop: ScaleStop) -> str:
        """Return how far off it is, or how long it has been over, whether it is certain, and where it is held."""
        milestone = stop.milestone
        day = milestone.starts_on
        if stop.is_past:
            day = milestone.ends_on
        words = [self.from_today(day)]
        if milestone.tentative:
            words.append(self.tentative)
        if milestone.place:
            words.append(milestone.place)
        return " · ".join(words)

    def due(self, counts: Mapping[Counted, int]) -> str:
        """Say how many items are due, and how many of them are still open."""
        if not counts:
            return ""
        total = sum(counts.values())
        still_open = _count(counts, OPEN)
        if not still_open:
            return self.ungettext("%(num)d item due, closed", "%(num)d items due, all closed", total) % {"num": total}
        words = self.ungettext("%(num)d item due, %(open)d open", "%(num)d items due, %(open)d open", total)
        return words % {"num": total, "open": still_open}

    def raised(self, points: int) -> str:
        """Say how many points the agenda has."""
        if not points:
            return ""
        return self.ungettext("%(num)d item to raise", "%(num)d items to raise", points) % {"num": points}


def calendar_rows(
    stops: Iterable[ScaleStop], counts: Mapping[int, Mapping[Counted, int]], raised: Mapping[int, int]
) -> list[CalendarRow]:
    """Return the rows of the list; `counts` has what is due, `raised` the points of the agenda, by milestone."""
    words = _RowWords()
    place = url_for("milestones.calendar")
    rows = list[CalendarRow]()
    is_before_today = True
    for stop in stops:
        milestone = stop.milestone
        due = counts.get(milestone.id, {})
        rows.append(
            CalendarRow(
                address=f"{place}/{milestone.slug}",
                title=milestone.title,
                **words.days(milestone),
                about=words.about(stop),
                is_quiet=stop.is_past or milestone.is_cancelled,
                is_cancelled=milestone.is_cancelled,
                is_after_today=is_before_today and not stop.is_past,
                due=words.due(due),
                bar=_bar(due),
                raised=words.raised(raised.get(milestone.id, 0)),
            )
        )
        is_before_today = is_before_today and stop.is_past
    return rows


def _bar(counts: Mapping[Counted, int]) -> Markup:
    """Draw how much of what is due is closed, and how much has begun; the words beside it say what is open."""
    if not counts:
        return Markup()
    total = sum(counts.values())
    closed = 100 * (total - _count(counts, OPEN)) // total
    begun = 100 * (total - counts.get(Progress.NOT_STARTED, 0)) // total
    drawn = f'<rect class="share-begun" width="{begun}%" height="8"/><rect width="{closed}%" height="8"/>'
    return Markup(f'<svg class="share" aria-hidden="true">{drawn}</svg>')  # noqa: S704 - numbers and constants


def _count(counts: Mapping[Counted, int], states: Container[Counted]) -> int:
    return sum(count for state, count in counts.items() if state in states)


def month_sheet(milestones: Sequence[Milestone]) -> dict[str, Any]:
    """Return what the sheet of a month shows: its weeks with their milestones, and what is due on each day."""
    month = _month()
    sheet = weeks(month, milestones, first_weekday())
    days = (sheet[0].days[0].date, sheet[-1].days[-1].date)
    due = due_by_day(context.session(), context.body_id(), context.sight(), days, most=MOST_DUE)
    return {
        "month": month,
        "around": neighbours(month),
        "weeks": sheet,
        "due": due,
        "day_after": lambda day: (day + DAY).isoformat(),
    }


def first_weekday() -> int:
    """Return on which day a week begins where the reader is; 0 is Monday."""
    return int(get_locale().first_week_day)


def _month() -> date:
    """Return the first day of the month that the address names, else of this one."""
    try:
        month = date.fromisoformat(f"{request.args.get('month', '')}-01")
    except ValueError:
        return context.today().replace(day=1)
    # The month before and the one after must be days that the program can name, too.
    if month.year in range(YEARS.start + 1, YEARS.stop - 1):
        return month
    return context.today().replace(day=1)
