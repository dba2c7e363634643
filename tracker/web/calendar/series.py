"""Series of milestones: begun after their days are shown, renamed, and ended after what that cancels is shown."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from sqlmodel import col, select
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from tracker.calendar.cancel_milestone import end_series, later_meetings, open_items_due_at
from tracker.calendar.due_at_milestones import counts_by_milestone
from tracker.calendar.who_is_told import milestone_audience
from tracker.db import find_row
from tracker.errors import Refused
from tracker.meetings.models import Milestone, Series
from tracker.meetings.queries import milestones
from tracker.meetings.series import (
    SeriesName,
    add_series,
    earlier_name,
    goes_on,
    planned,
    rename_series,
    rule_of,
    to_come,
)
from tracker.web.app import context
from tracker.web.app.change_history import trail
from tracker.web.app.form_saving import Meanwhile, acting, refuse, renew, seen_version, submit
from tracker.web.calendar import series_words
from tracker.web.calendar.forms import EndSeriesForm, LastDayForm, RenameForm, SeriesForm

blueprint = Blueprint("series", __name__, url_prefix="/milestones/series")
Answer = tuple[str, int] | Response


def the_series(number: int) -> Series:
    """Return that series of the register."""
    series = context.session().get(Series, number)
    if series is not None and series.body_id == context.body_id():
        return series
    return abort(404)


@blueprint.get("/new")
def new() -> Answer:
    """Ask for a new series; once its rule is given, show its days before any is made."""
    # The rule is asked for by a GET, so that its days can be shown before anything is written.
    if "first_day" not in request.args:
        return _show_new(SeriesForm(formdata=None).offer())
    typed = SeriesForm(request.args, meta={"csrf": False}).offer()
    if typed.validate() and _is_possible(typed):
        return _show_new(typed)
    return _show_new(typed, 422)


def _is_possible(form: SeriesForm) -> bool:
    try:
        planned(form.details(), context.today())
    except Refused as refused:
        refuse(form, refused)
        return False
    return True


@blueprint.post("/new")
def add() -> Answer:
    """Begin the series, with its milestones of the year ahead."""
    form = SeriesForm().offer()

    def change() -> Series:
        details = form.details()
        today = context.today()
        return add_series(context.session(), context.body_id(), details, today=today, **acting())

    outcome = submit(form, change)
    if outcome.result is None:
        return _show_new(form, outcome.status)
    flash(gettext("The series is started. Its meetings of the next twelve months are in the calendar."))
    return redirect(url_for("series.page", number=outcome.result.id))


def _show_new(form: SeriesForm, status: int = 200) -> Answer:
    values: dict[str, Any] = {}
    if status == 200 and form.first_day.data is not None:
        details = form.details()
        today = context.today()
        values = {"days": planned(details, today), "later": goes_on(details, today)}
        values["rule"] = series_words.rule(details.rule)
    return render_template("calendar/series_new.html", form=form, is_asked=bool(values), **values), status


@blueprint.get("/<int:number>")
def page(number: int) -> str:
    """Show a series, and its meetings."""
    series = the_series(number)
    session = context.session()
    before = None
    if context.is_secretariat():
        before = earlier_name(session, series)
    ordered = select(Milestone).where(col(Milestone.series_id) == series.id).order_by(col(Milestone.starts_on))
    return render_template(
        "calendar/series.html",
        series=series,
        rule=series_words.rule(rule_of(series)),
        before=before,
        meetings=session.exec(ordered).all(),
        counts=counts_by_milestone(session, context.body_id(), context.sight()),
        trail=trail(series.history_key()),
    )


@blueprint.get("/<int:number>/rename")
def ask_name(number: int) -> Answer:
    """Ask for the new name; show which meetings get it, and who will read of it."""
    series = the_series(number)
    typed = request.args
    data = {"title": typed.get("title", series.title), "place": typed.get("place", series.place)}
    return _show_rename(series, RenameForm(formdata=None, data={**data, "version": series.version}))


@blueprint.post("/<int:number>/rename")
def rename(number: int) -> Answer:
    """Rename the series and its meetings to come."""
    series = the_series(number)
    form = RenameForm()

    def change() -> list[Milestone]:
        called = SeriesName(form.title.data, form.place.data)
        seen = seen_version(form)
        today = context.today()
        return rename_series(context.session(), series, called, seen_version=seen, today=today, **acting())

    outcome = submit(form, change)
    if outcome.result is not None:
        flash(
            ngettext(
                "Renamed, and %(num)d meeting to come with it.",
                "Renamed, and %(num)d meetings to come with it.",
                len(outcome.result),
            )
        )
        return redirect(url_for("series.page", number=number))
    stored = RenameForm(formdata=None, obj=series)
    return _show_rename(series, form, outcome.status, outcome.meanwhile(form, stored, series))


def _show_rename(series: Series, form: RenameForm, status: int = 200, meanwhile: Meanwhile | None = None) -> Answer:
    session = context.session()
    ahead = to_come(session, series, context.today())
    # Meetings that were renamed one by one keep their own names.
    alike = [milestone for milestone in ahead if milestone.title == series.title]
    items = open_items_due_at(session, *alike)
    reader = context.person().id
    values = {
        "series": series,
        "form": form,
        "meanwhile": meanwhile,
        "alike": alike,
        "others": [milestone for milestone in ahead if milestone.title != series.title],
        "told": milestone_audience(session, series.body_id, items, context.today(), but=reader),
    }
    return render_template("calendar/series_rename.html", **values), status


@blueprint.get("/<int:number>/end")
def preview(number: int) -> Answer:
    """Ask for the last day; once it is given, show which meetings will not be held and what is due at them."""
    series = the_series(number)
    if "last" not in request.args:
        return _show_end(series, LastDayForm(formdata=None, last=context.today()))
    typed = LastDayForm(request.args, meta={"csrf": False})
    if not typed.validate():
        return _show_end(series, typed, status=422)
    return _show_end(series, typed, EndSeriesForm(formdata=None, last=typed.last.data, version=series.version))


@blueprint.post("/<int:number>/end")
def end(number: int) -> Answer:
    """End the series."""
    series = the_series(number)
    form = EndSeriesForm()
    form.offer(milestones(context.session(), context.body_id()))

    def change() -> None:
        session = context.session()
        to = find_row(session, Milestone, form.to.data)
        seen = seen_version(form)
        why = form.reason.data or ""
        end_series(session, series, form.last.data, to=to, reason=why, seen_version=seen, **acting())

    outcome = submit(form, change)
    if outcome.is_saved:
        flash(gettext("The series has ended."))
        return redirect(url_for("series.page", number=number))
    if outcome.is_stale:
        renew(form.version, series.version)
    return _show_end(series, LastDayForm(MultiDict(request.form), meta={"csrf": False}), form, outcome.status)


def _show_end(series: Series, typed: LastDayForm, form: EndSeriesForm | None = None, status: int = 200) -> Answer:
    session = context.session()
    later = list[Milestone]()
    if form is not None and typed.validate():
        later = later_meetings(session, series, typed.last.data)
        later_ids = {milestone.id for milestone in later}
        calendar = milestones(session, series.body_id)
        ahead = [milestone for milestone in calendar if milestone.ends_on >= context.today()]
        form.offer([milestone for milestone in ahead if milestone.id not in later_ids])
    due = [(milestone, open_items_due_at(session, milestone)) for milestone in later]
    values = {"series": series, "typed": typed, "form": form, "due": due}
    return render_template("calendar/series_end.html", **values), status
