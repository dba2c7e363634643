"""One page that shows how everything looks, in both themes: a change of the stylesheet is looked at here first.

It draws with the macros and parts of the real pages, so that it cannot differ from them. What a row says is of the
register itself where it has some, and invented where it needs none.
"""

import re
from datetime import timedelta
from functools import cache
from pathlib import Path
from types import SimpleNamespace

from flask import Blueprint, current_app, render_template
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    FileField,
    RadioField,
    SearchField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired

from tracker.items import queries
from tracker.items.list_filter import Order
from tracker.items.party_models import ClosingDoubt
from tracker.meetings.calendar_views import timeline
from tracker.meetings.queries import milestones
from tracker.people.models import Body
from tracker.reports.charts import Bar, Chart, ChartPart
from tracker.reports.snapshot import ReportStanding
from tracker.web.app import context
from tracker.web.app.pick_field import PickField
from tracker.web.app.value_words import spoken_language, word
from tracker.web.calendar.calendar_strip import strip
from tracker.web.items.pages import list_rows

blueprint = Blueprint("look", __name__)

THEMES = ("light", "dark")
#: px of the scale on which everything stands
SPACES = (4, 8, 12, 16, 24, 32, 48)
MOST_ROWS = 5
#: one of each, so that every part of the bar is seen
COUNTS = (6, 2, 4, 40, 5, 18, 3)
COLOUR = re.compile(r"--([a-z-]+): (#[0-9a-f]{6});")


class LookForm(FlaskForm):
    """A field of each kind."""

    line = StringField(
        lazy_gettext("A line"), [InputRequired()], description=lazy_gettext("With a hint below its label.")
    )
    wrong = StringField(lazy_gettext("A line with an error"), [InputRequired()])
    text = TextAreaField(lazy_gettext("Several lines"))
    day = DateField(lazy_gettext("A day"))
    choice = SelectField(
        lazy_gettext("One of a few"),
        choices=[SelectChoice("a", lazy_gettext("First")), SelectChoice("b", lazy_gettext("Second"))],
    )
    zone = PickField(lazy_gettext("One of very many, suggested as you type"), suggested_by="time-zones")
    search = SearchField(lazy_gettext("Search"))
    file = FileField(lazy_gettext("A file"))
    tick = BooleanField(lazy_gettext("A box to tick"))
    way = RadioField(
        lazy_gettext("One way or the other"),
        choices=[SelectChoice("a", lazy_gettext("First")), SelectChoice("b", lazy_gettext("Second"))],
        default="a",
    )


@blueprint.get("/look")
def page() -> str:
    """Show every token, mark, control, row and state, in both themes side by side."""
    session = context.session()
    body_id = context.body_id()
    today = context.today()
    listing = queries.listing(session, body_id, context.sight(), today=today, order=Order.PROGRESS, size=MOST_ROWS)
    return render_template(
        "home/look.html",
        themes=THEMES,
        colours=_colours(),
        spaces=SPACES,
        doubts=list(ClosingDoubt),
        forms={theme: _form(theme) for theme in THEMES},
        rows=list_rows(listing.lines),
        strip=strip(
            timeline(milestones(session, body_id), today), today=gettext("today"), rtl=spoken_language().is_rtl
        ),
        history_lines=_history_lines(),
        chart=_chart(session.get_one(Body, body_id)),
        yesterday=today - timedelta(days=1),
        next_month=today + timedelta(days=30),
    )


@cache
def _colours() -> dict[str, dict[str, str]]:
    """Return the colours that the stylesheet names, by theme: the light ones stand first in it."""
    css = (Path(str(current_app.static_folder)) / "style.css").read_text("utf-8")
    blocks = re.findall(r'\[data-theme="(light|dark)"\] \{(.*?)\}', css, re.DOTALL)
    return {theme: dict(COLOUR.findall(block)) for theme, block in blocks if COLOUR.search(block)}


def _form(theme: str) -> LookForm:
    """Return the fields, whose ids tell the themes apart."""
    form = LookForm(prefix=theme, meta={"csrf": False})
    form.wrong.errors = (str(lazy_gettext("This is missing. Say it in a few words.")),)
    return form


def _history_lines() -> list[SimpleNamespace]:
    now = context.now()
    changes = [(lazy_gettext("Progress"), word("not-started"), word("in-progress"))]
    return [
        SimpleNamespace(at=now, who="Ana Silva", text=lazy_gettext("changed the progress"), changes=changes),
        SimpleNamespace(at=now - timedelta(days=3), who="Bo Berg", text=lazy_gettext("created the item"), changes=()),
    ]


def _chart(body: Body) -> Chart:
    parts = tuple(ChartPart(standing.value, word(standing.value)) for standing in ReportStanding)
    return Chart(body.name, str(lazy_gettext("One of each part")), parts, (Bar(body.name, COUNTS),))
