"""Meetings: the list, the page of each with what came of it, and the forms that make and change one."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from tracker.calendar.meeting_results import (
    MeetingSpeaker,
    items_by_meeting,
    items_by_theme,
    meeting_figures,
    meeting_speakers,
)
from tracker.db import find_row
from tracker.intake.upload_queries import open_ones, standing
from tracker.meetings import changes, queries
from tracker.meetings.models import Meeting, Milestone, Visibility
from tracker.transcripts.queries import Version, contributions, turns_without_speaker, versions
from tracker.web.app import context
from tracker.web.app.form_saving import Meanwhile, acting, seen_version, submit
from tracker.web.app.publish_question import ask, say_with_undo
from tracker.web.app.status_marks import counted_marks
from tracker.web.calendar.forms import MeetingForm
from tracker.web.calendar.publishing_questions import question_about_meeting

blueprint = Blueprint("meetings", __name__, url_prefix="/meetings")


def the_meeting(slug: str) -> Meeting:
    """Return that meeting of the register; 404 also for what the reader may not see."""
    meeting = queries.visible_meeting(context.session(), context.body_id(), slug, context.sight())
    return meeting or abort(404)


@blueprint.get("")
def listing() -> str:
    """Show the register's meetings, latest first, each with what came of it."""
    session = context.session()
    body_id = context.body_id()
    sight = context.sight()
    meetings = queries.meetings(session, body_id, sight)
    numbers = [meeting.id for meeting in meetings]
    coming = None
    if context.is_secretariat():
        coming = standing(session, body_id)
    return render_template(
        "calendar/meetings.html",
        meetings=meetings,
        figures=meeting_figures(session, sight, numbers, context.now()),
        # Kept, for to count them every passage that an item cites is looked at.
        items=context.kept("items by meeting", lambda: items_by_meeting(session, body_id, sight)),
        coming=coming,
    )


@blueprint.get("/<slug>")
def page(slug: str) -> str:
    """Show what came of a meeting: its figures, its items by theme, who spoke; then its files and settings."""
    meeting = the_meeting(slug)
    session = context.session()
    transcripts = versions(session, meeting.id)
    return render_template(
        "calendar/meeting.html",
        meeting=meeting,
        milestone=find_row(session, Milestone, meeting.milestone_id),
        versions=transcripts,
        contributions=contributions(session, meeting.id),
        may_triage=context.is_secretariat() or meeting.id in context.meetings_reported(),
        **_results(meeting, transcripts),
        **_secretariats(meeting),
    )


def _results(meeting: Meeting, transcripts: Sequence[Version]) -> dict[str, Any]:
    """Return what came of a meeting, as far as the reader may see it."""
    session = context.session()
    body_id = context.body_id()
    sight = context.sight()
    speakers = list[MeetingSpeaker]()
    if transcripts:
        speakers = meeting_speakers(session, transcripts[0].id)
    return {
        "figures": meeting_figures(session, sight, [meeting.id], context.now())[meeting.id],
        "themes": items_by_theme(session, body_id, sight, meeting.id),
        "speakers": speakers,
        "marks": counted_marks(),
    }


def _secretariats(meeting: Meeting) -> dict[str, Any]:
    """Return what only the secretariat sees: the files that are being read, and how many turns have no speaker."""
    if not context.is_secretariat():
        return {}
    session = context.session()
    coming = open_ones(session, context.body_id(), meeting.id)
    return {"coming": coming, "unidentified": turns_without_speaker(session, meeting.id)}


@blueprint.get("/new")
def new() -> tuple[str, int]:
    """Ask for a new meeting."""
    return _show(_form())


@blueprint.post("/new")
def add() -> tuple[str, int] | Response:
    """Add a meeting."""
    form = _form()

    def change() -> Meeting:
        return changes.add_meeting(context.session(), context.body_id(), form.details(), **acting())

    outcome = submit(form, change)
    if outcome.result is None:
        return _show(form, status=outcome.status)
    flash(gettext("The meeting is added. Only the people of this body see it until you publish it."))
    # The page of the new meeting offers the import of its transcript, which comes next.
    return redirect(url_for("meetings.page", slug=outcome.result.slug))


@blueprint.get("/<slug>/edit")
def edit(slug: str) -> tuple[str, int]:
    """Ask what is to be changed of a meeting."""
    meeting = the_meeting(slug)
    return _show(_form(meeting), meeting)


@blueprint.post("/<slug>/edit")
def change(slug: str) -> tuple[str, int] | Response:
    """Change a meeting."""
    meeting = the_meeting(slug)
    form = _form()

    def make() -> None:
        seen = seen_version(form)
        changes.edit_meeting(context.session(), meeting, form.details(), version=seen, **acting())

    outcome = submit(form, make)
    if outcome.is_saved:
        flash(gettext("Saved."))
        return redirect(url_for("meetings.page", slug=slug))
    return _show(form, meeting, outcome.status, outcome.meanwhile(form, _stored(meeting), meeting))


@blueprint.get("/<slug>/publish")
def ask_publish(slug: str) -> str:
    """Say what anyone can read once the meeting is published, before it is."""
    return ask(question_about_meeting(the_meeting(slug)))


@blueprint.post("/<slug>/visibility/<value>")
def show(slug: str, value: str) -> Response:
    """Publish or unpublish a meeting and its transcripts."""
    meeting = the_meeting(slug)
    if value not in list(Visibility):
        abort(404)
    before = meeting.visibility
    changes.set_visibility(context.session(), meeting, Visibility(value), **acting())
    context.session().commit()
    text = gettext("Only the people of this body can read this meeting now.")
    if value == Visibility.PUBLISHED:
        text = gettext("Anyone can read this meeting and its transcript now.")
    say_with_undo(text, url_for("meetings.show", slug=slug, value=before), is_changed=before != value)
    return redirect(url_for("meetings.page", slug=slug))


def _form(meeting: Meeting | None = None) -> MeetingForm:
    form = MeetingForm()
    if meeting:
        form = MeetingForm(data=_values(meeting))
    return form.offer(queries.milestones(context.session(), context.body_id()))


def _stored(meeting: Meeting) -> MeetingForm:
    form = MeetingForm(formdata=None, data=_values(meeting))
    return form.offer(queries.milestones(context.session(), context.body_id()))


def _values(meeting: Meeting) -> dict[str, Any]:
    names = ("title", "starts_on", "ends_on", "place", "recording_url", "version")
    values = {name: getattr(meeting, name) for name in names}
    # The select offers 0 for no milestone, since its values are numbers.
    if meeting.milestone_id is None:
        return {**values, "milestone_id": 0}
    return {**values, "milestone_id": meeting.milestone_id}


def _show(
    form: MeetingForm, meeting: Meeting | None = None, status: int = 200, meanwhile: Meanwhile | None = None
) -> tuple[str, int]:
    return render_template("calendar/meeting_form.html", form=form, meeting=meeting, meanwhile=meanwhile), status
