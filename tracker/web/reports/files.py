"""Reports in the language of whoever reads them: as a page, as a page that stands alone, as a file."""

import base64
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from flask import Flask, current_app, render_template, request
from markupsafe import Markup

from tracker.people.models import Body
from tracker.reports.assemble_report import Annex, Edition, paper
from tracker.reports.charts import Chart, stacked_bar, svg, swatch
from tracker.reports.file_formats import FORMATS, Format
from tracker.reports.formats import Printed
from tracker.reports.models import Report
from tracker.reports.progress import ReportView
from tracker.reports.report_wording import ReportWording
from tracker.reports.snapshot import Picture, from_json
from tracker.web.app.value_words import not_an_outcome, spoken_language

#: how many of what needs attention a page names
MOST_PRESSING = 25


def report_address(root: str, milestone: str, number: int) -> str:
    """Return where an issued report stands."""
    return f"{root}/reports/{milestone}/v{number}"


def edition_of(report: Report, body: Body, root: str) -> Edition:
    """Return which report it is; issued on the day it was where the body is."""
    # At home the day may have been another, but a report is cited by that of its body.
    issued_on = report.issued_at.astimezone(ZoneInfo(body.timezone)).date()
    address = report_address(root, report.picture["milestone"], report.number)
    return Edition(report.number, issued_on, report.reason, address)


def printed(picture: Picture, edition: Edition, body: Body, root: str, annex: Annex = Annex.CHANGED) -> Printed:
    """Return the picture written in the language at hand, with those items in full; its links begin with `root`."""
    wording = ReportWording(picture, spoken_language(), root)
    return Printed(wording, edition, paper(wording, edition, notice=not_an_outcome(body), annex=annex))


def printed_page(picture: Picture, edition: Edition, body: Body, view: ReportView) -> Printed:
    """Return what a page of the site shows of it: one view, without the items themselves."""
    wording = ReportWording(picture, spoken_language(), request.script_root)
    notice = not_an_outcome(body)
    written = paper(wording, edition, notice=notice, views=(view,), with_items=False, annex=None, most=MOST_PRESSING)
    return Printed(wording, edition, written)


def printed_report(report: Report, body: Body, root: str, annex: Annex = Annex.CHANGED) -> Printed:
    """Return an issued report, with those items in full."""
    return printed(from_json(report.picture), edition_of(report, body, root), body, root, annex)


def standalone(made: Printed) -> bytes:
    """Return the report as one HTML file that needs no other."""
    # The file must look right from a memory stick, without a network.
    css = (Path(str(current_app.static_folder)) / "style.css").read_bytes()
    stylesheet = f"data:text/css;base64,{base64.b64encode(css).decode()}"
    return render_template("reports/standalone.html", paper=made.paper, stylesheet=stylesheet).encode()


#: every kind of file, the page that stands alone first
FILES = {"html": Format("text/html; charset=utf-8", standalone), **FORMATS}


def drawing(chart: Chart, key: str = "chart") -> Markup:
    """Return the chart as SVG that is as wide as its place; `key` begins the ids within it."""
    return Markup(svg(chart, key=key, rtl=spoken_language().is_rtl))  # noqa: S704 - charts.py escapes every text it is given


def bar_drawing(chart: Chart, key: str = "bar") -> Markup:
    """Return the chart's first bar alone, as wide as its place; each bar of a page has a key of its own."""
    return Markup(stacked_bar(chart, key=key, rtl=spoken_language().is_rtl))  # noqa: S704 - escaped there too


def swatch_drawing(name: str, key: str = "bar") -> Markup:
    """Return a square that looks like that part of the bar."""
    return Markup(swatch(name, key=key))  # noqa: S704 - both are words of the code's own


def day_of(text: str | None) -> date | None:
    """Return the day that an address names as 2013-02-28; null if it names none. Raises ValueError for another text."""
    if text:
        return date.fromisoformat(text)
    return None


def register(app: Flask) -> None:
    """Give the templates the drawings."""
    app.jinja_env.filters.update(drawing=drawing, stacked_bar=bar_drawing, swatch=swatch_drawing)
