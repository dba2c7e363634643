"""Many files at once: which meeting each is for, confirmed in one form; then how far they are, and how it ended."""

from datetime import date

from flask import render_template
from flask_babel import gettext
from flask_wtf import FlaskForm

from tracker.clock import real_now
from tracker.errors import Refused
from tracker.intake import upload_steps
from tracker.intake.models import Upload, UploadState
from tracker.intake.upload_queries import BUSY
from tracker.intake.upload_steps import Target
from tracker.meetings.models import Meeting
from tracker.meetings.queries import meetings
from tracker.transcripts.reading.meeting_guess import LONGEST, Head, Sitting, choose_title, guess_meeting
from tracker.web.app import context
from tracker.web.app.form_saving import acting
from tracker.web.transcripts.import_forms import LEAVE, NEW, FileMeetingForm

Row = tuple[Upload, FileMeetingForm]


def show(files: list[Upload], rows: list[Row] | None = None, form: FlaskForm | None = None) -> tuple[str, int]:
    """Show a batch as it stands."""
    busy = sum(one.state in BUSY for one in files)
    if rows is None and not busy:
        rows = _rows(files)
    page = render_template(
        "transcripts/upload_batch.html",
        files=files,
        token=files[0].batch,
        busy=busy,
        rows=rows or [],
        form=form or FlaskForm(),
        titles=_titles(files),
        imported=sum(one.state is UploadState.IMPORTED for one in files),
        there=sum(one.state is UploadState.REFUSED and one.transcript_id is not None for one in files),
        refused=[one for one in files if one.state is UploadState.REFUSED and one.transcript_id is None],
        asking=sum(one.state is UploadState.TO_LOOK_AT for one in files),
        seconds=elapsed(files),
    )
    if form is None:
        return page, 200
    return page, 422


def elapsed(files: list[Upload]) -> int | None:
    """Return for how many seconds these are being read; None where nothing has begun."""
    begun = [one.started_at for one in files if one.started_at is not None]
    if begun:
        return max(0, round((real_now() - min(begun)).total_seconds()))
    return None


def place(files: list[Upload]) -> tuple[str, int] | None:
    """Give each file the meeting that was chosen, and commit; return the page again where something is missing."""
    # All files or none: with some of them placed, the page could not say which answers were taken.
    rows = _rows(files)
    form = FlaskForm()
    # Every form is looked at, so that all that is missing is shown at once.
    faulty = [upload for upload, row in rows if not row.validate()]
    if not faulty:
        try:
            for upload, row in rows:
                _place(upload, row)
            context.session().commit()
        except Refused as refused:
            context.session().rollback()
            form.form_errors = [gettext(refused.message, **refused.values)]
        else:
            return None
    return show(files, rows, form)


def _place(upload: Upload, row: FileMeetingForm) -> None:
    session = context.session()
    chosen = row.meeting.data
    # A file that nobody wants is deleted at once, its bytes with it: it was never a transcript.
    if chosen == LEAVE:
        upload_steps.delete(session, upload, **acting())
        return
    if chosen == NEW:
        target = Target(None, row.title.data or "", row.held_on.data)
    else:
        target = Target(int(chosen))
    upload_steps.place(session, upload, target, **acting())


def _rows(files: list[Upload]) -> list[Row]:
    """A form for each file that has no meeting yet, filled in with what can be guessed."""
    visible = meetings(context.session(), context.body_id(), context.sight())
    sittings = [Sitting(one.id, one.slug, one.title, one.starts_on, one.ends_on) for one in visible]
    choices = [(str(one.id), f"{one.title}, {one.starts_on.isoformat()}") for one in visible]
    asking = [one for one in files if one.state is UploadState.TO_PLACE]
    heads = [_head(one) for one in asking]
    return [(one, _form(one, head, heads, sittings).offer(choices)) for one, head in zip(asking, heads, strict=True)]


def _form(upload: Upload, head: Head, heads: list[Head], sittings: list[Sitting]) -> FileMeetingForm:
    # A guess is filled in and never taken: the wrong meeting would give the words to the wrong people.
    meeting = guess_meeting(head, sittings)
    title = choose_title(head, heads)[:LONGEST]
    data = {"meeting": str(meeting or NEW), "title": title, "held_on": head.held_on}
    return FileMeetingForm(prefix=f"file-{upload.id}-", data=data)


def _head(upload: Upload) -> Head:
    titles = tuple(upload.found.get("titles", ()))
    if not upload.found.get("held_on"):
        return Head(upload.filename, titles, None)
    return Head(upload.filename, titles, date.fromisoformat(upload.found["held_on"]))


def _titles(files: list[Upload]) -> dict[int, str]:
    """Return the titles of their meetings, by number."""
    session = context.session()
    placed = (session.get(Meeting, number) for number in {one.meeting_id for one in files if one.meeting_id})
    return {meeting.id: meeting.title for meeting in placed if meeting}
