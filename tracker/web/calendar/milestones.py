"""Milestones: the calendar, the page of each with what is due at it, and moving one after seeing what moves with it."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import get_locale, gettext, ngettext
from flask_wtf import FlaskForm
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from tracker.agendas.queries import point_counts, points_to_raise, shown_agenda
from tracker.calendar.due_at_milestones import (
    Counted,
    counts_at,
    counts_by_milestone,
    items_due_at,
    visible_milestone,
    visible_milestones,
)
from tracker.calendar.move_milestone import MovedItem, days_before, move_milestone, preview_move
from tracker.calendar.who_is_told import milestone_audience
from tracker.db import find_row
from tracker.items.party_models import ClosingDoubt
from tracker.items.status import is_closed
from tracker.meetings import changes
from tracker.meetings.calendar_views import listed, timeline
from tracker.meetings.models import Milestone, Series
from tracker.meetings.queries import meetings_at, series_of
from tracker.meetings.series import rule_of
from tracker.web.app import context
from tracker.web.app.change_history import trail
from tracker.web.app.form_saving import Meanwhile, acting, renew, seen_version, submit
from tracker.web.app.status_marks import counted_marks
from tracker.web.calendar import series_words
from tracker.web.calendar.calendar_page import calendar_rows, month_sheet
from tracker.web.calendar.calendar_strip import strip
from tracker.web.calendar.due_rows import DueRow, due_rows
from tracker.web.calendar.forms import DaysForm, MilestoneForm, MoveForm, RenameForm

blueprint = Blueprint("milestones", __name__, url_prefix="/milestones")
#: items that the page of a milestone shows; the list of items has all of them
MOST_DUE = 15


def the_milestone(slug: str) -> Milestone:
    """Return that milestone of the register; 404 also for what the reader may not see."""
    return visible_milestone(context.session(), context.body_id(), slug, context.sight()) or abort(404)


@blueprint.get("")
def calendar() -> str:
    """Show the register's calendar, with what is due and raised at each milestone counted."""
    session = context.session()
    body_id = context.body_id()
    sight = context.sight()
    today = context.today()
    counts = counts_by_milestone(session, body_id, sight)
    raised = points_to_raise(session, body_id, sight)
    milestones = visible_milestones(session, body_id, sight, counts)
    series = series_of(session, body_id)
    listed_milestones = listed(milestones, series, {*counts, *raised}, today)
    view = request.args.get("view", "")
    if view in ("coming", "past"):
        is_past = view == "past"
        listed_milestones = [milestone for milestone in listed_milestones if (milestone.ends_on < today) is is_past]
    month_values: dict[str, Any] = {"month": None}
    if view == "month":
        month_values = month_sheet(milestones)
    # The rule of a series tells of meetings at which nothing published is due: strangers do not see these.
    if not context.roles():
        series = []
    line = timeline(listed_milestones, today)
    return render_template(
        "calendar/calendar.html",
        view=view,
        is_empty=not milestones and not view,
        strip=strip(line, today=gettext("today"), rtl=get_locale().text_direction == "rtl"),
        rows=calendar_rows(line.stops, counts, raised),
        **month_values,
        series=[(entry, series_words.rule(rule_of(entry))) for entry in series],
        today=today,
    )


@blueprint.get("/<slug>")
def page(slug: str) -> str:
    """Show a milestone, what is due at it, and how it has moved."""
    return show(the_milestone(slug))


def show(milestone: Milestone, refused: FlaskForm | None = None) -> str:
    """Draw the page of a milestone, with why something was refused."""
    session = context.session()
    sight = context.sight()
    inside: dict[str, Any] = {}
    if context.roles():
        inside = {"series": find_row(session, Series, milestone.series_id), "trail": trail(milestone.history_key())}
    if context.is_secretariat():
        inside["back"] = days_before(session, milestone)
    agenda = None
    if shown_agenda(session, milestone, sight):
        agenda = point_counts(session, milestone, sight)
    return render_template(
        "calendar/milestone.html",
        milestone=milestone,
        refused=refused,
        meetings=meetings_at(session, milestone.id, sight),
        **_due(milestone),
        agenda=agenda,
        **inside,
    )


def _due(milestone: Milestone) -> dict[str, Any]:
    """Return what is due at the milestone: counted by progress, and the first items."""
    session = context.session()
    body_id = context.body_id()
    sight = context.sight()
    counts = counts_at(session, body_id, milestone, sight)
    rows = list[DueRow]()
    if counts:
        lines = items_due_at(session, body_id, sight, milestone, context.today(), most=MOST_DUE)
        rows = due_rows(lines, milestone)
    return {"shares": _shares(milestone, counts), "total": sum(counts.values()), "rows": rows}


def _shares(milestone: Milestone, counts: Mapping[Counted, int]) -> list[tuple[Markup, int, str]]:
    """Return the mark of each progress with how many items have it, and the address of the list of these."""
    marks = counted_marks()
    place = url_for("items.listing", milestone=milestone.slug)
    shares = []
    for state, count in counts.items():
        chosen = f"progress={state}"
        if isinstance(state, ClosingDoubt):
            chosen = "disputed=1"
        shares.append((marks[state], count, f"{place}&{chosen}"))
    return shares


@blueprint.get("/new")
def new() -> tuple[str, int]:
    """Ask for a new milestone."""
    return _show_new(MilestoneForm())


@blueprint.post("/new")
def add() -> tuple[str, int] | Response:
    """Add a milestone."""
    form = MilestoneForm()

    def change() -> None:
        changes.add_milestone(context.session(), context.body_id(), form.details(), **acting())

    outcome = submit(form, change)
    if not outcome.is_saved:
        return _show_new(form, outcome.status)
    flash(gettext("The milestone is in the calendar."))
    return redirect(url_for("milestones.calendar"))


def _show_new(form: MilestoneForm, status: int = 200) -> tuple[str, int]:
    return render_template("calendar/milestone_new.html", form=form), status


@blueprint.get("/<slug>/edit")
def edit(slug: str) -> tuple[str, int]:
    """Ask for the milestone's title and place."""
    milestone = the_milestone(slug)
    return _show_edit(RenameForm(obj=milestone), milestone)


@blueprint.post("/<slug>/edit")
def rename(slug: str) -> tuple[str, int] | Response:
    """Change the milestone's title and place."""
    milestone = the_milestone(slug)
    form = RenameForm()

    def change() -> None:
        seen = seen_version(form)
        title = form.title.data
        place = form.place.data
        changes.rename_milestone(context.session(), milestone, title, place, version=seen, **acting())

    outcome = submit(form, change)
    if outcome.is_saved:
        flash(gettext("Saved."))
        return redirect(url_for("milestones.page", slug=slug))
    stored = RenameForm(formdata=None, obj=milestone)
    return _show_edit(form, milestone, outcome.status, outcome.meanwhile(form, stored, milestone))


def _show_edit(
    form: RenameForm, milestone: Milestone, status: int = 200, meanwhile: Meanwhile | None = None
) -> tuple[str, int]:
    return render_template("calendar/milestone_edit.html", form=form, milestone=milestone, meanwhile=meanwhile), status


@blueprint.get("/<slug>/move")
def preview(slug: str) -> tuple[str, int]:
    """Ask for the new days; once they are given, show what would move before anything does."""
    milestone = the_milestone(slug)
    if "starts_on" not in request.args:
        return _show_move(milestone, DaysForm(obj=milestone))
    typed = DaysForm(request.args, meta={"csrf": False})
    # This comes before the check, which would refuse a last day before the first.
    typed.move_last_day_along(milestone)
    if not typed.validate():
        return _show_move(milestone, typed, status=422)
    form = MoveForm(formdata=None, data={**vars(typed.days()), "version": milestone.version})
    return _show_move(milestone, typed, form)


@blueprint.post("/<slug>/move")
def move(slug: str) -> tuple[str, int] | Response:
    """Move the milestone and every due date tied to it."""
    milestone = the_milestone(slug)
    form = MoveForm()

    def change() -> list[MovedItem]:
        seen = seen_version(form)
        days = form.days()
        why = form.reason.data
        return move_milestone(context.session(), milestone, days, reason=why, seen_version=seen, **acting())

    outcome = submit(form, change)
    if outcome.result is not None:
        moved = outcome.result
        flash(ngettext("Moved, and %(num)d due date with it.", "Moved, and %(num)d due dates with it.", len(moved)))
        return redirect(url_for("milestones.page", slug=slug))
    if outcome.is_stale:
        renew(form.version, milestone.version)
    typed = DaysForm(MultiDict(request.form), meta={"csrf": False})
    return _show_move(milestone, typed, form, outcome.status)


def _show_move(
    milestone: Milestone, typed: DaysForm, form: MoveForm | None = None, status: int = 200
) -> tuple[str, int]:
    """Show the days asked for and, if they can be, what moves with them."""
    session = context.session()
    values: dict[str, Any] = {"milestone": milestone, "typed": typed, "form": form, "moved": None}
    if form and typed.validate():
        moved = preview_move(session, milestone, form.days())
        values["moved"] = moved
        # Whoever planned for the old dates is owed a reason, but only if a date of theirs moves.
        form.reason.flags.required = bool(moved)
        items = [line.item for line in moved if not is_closed(line.item.progress)]
        mover = context.person().id
        values["told"] = milestone_audience(session, milestone.body_id, items, context.today(), but=mover)
        # Digests tell everybody of a new first day; of a new last day alone they tell whose due dates it moves.
        values["is_for_all"] = typed.starts_on.data != milestone.starts_on
    return render_template("calendar/milestone_move.html", **values), status
