"""How values are shown: days, moments, text that people wrote."""

from datetime import date, datetime

import nh3
from flask import Flask
from flask_babel import format_date, format_datetime, gettext, ngettext
from markdown import markdown
from markupsafe import Markup

from tracker.web import context

TAGS = {"p", "br", "em", "strong", "code", "pre", "blockquote", "ul", "ol", "li", "a", "h3", "h4", "hr"}
DAY = "EEEE d MMMM y"
SHORT_DAY = "EEE d MMM y"


def day(value: date | None) -> str:
    """Return a calendar day with its weekday: Thursday 14 February 2013."""
    return str(format_date(value, DAY)) if value else ""


def short_day(value: date | None) -> str:
    """Return a calendar day for a table: Thu 14 Feb 2013."""
    return str(format_date(value, SHORT_DAY)) if value else ""


def moment(value: datetime | None) -> str:
    """Return a moment on the reader's wall: Mon 12 Nov 2012, 09:00."""
    if value is None:
        return ""
    return str(format_datetime(value.astimezone(context.zone()), f"{SHORT_DAY}, HH:mm", rebase=False))


def from_today(value: date | None) -> str:
    """Return how far a day is from today: "in 3 days", "12 days ago"."""
    if value is None:
        return ""
    days = (value - context.today()).days
    if days == 0:
        return str(gettext("today"))
    if abs(days) >= 60:
        return _months(days)
    if days > 0:
        return str(ngettext("in %(num)d day", "in %(num)d days", days))
    return str(ngettext("%(num)d day ago", "%(num)d days ago", -days))


def _months(days: int) -> str:
    months = round(abs(days) / 30.44)
    if days > 0:
        return str(ngettext("in %(num)d month", "in %(num)d months", months))
    return str(ngettext("%(num)d month ago", "%(num)d months ago", months))


def safe_markdown(text: str | None) -> Markup:
    """Return HTML of text that people wrote: Markdown, then a short allow-list as the last step."""
    html = markdown(text or "", extensions=["nl2br", "sane_lists"])
    clean = nh3.clean(html, tags=TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto"})
    return Markup(clean)  # noqa: S704 - nh3 has just cleaned it


def register(app: Flask) -> None:
    """Give the filters to the templates."""
    app.jinja_env.filters.update(
        day=day, short_day=short_day, moment=moment, from_today=from_today, markdown=safe_markdown
    )
