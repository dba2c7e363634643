"""From an upload to its page: kept and committed, read by the room, waited for a moment."""

from collections.abc import Sequence
from datetime import date
from pathlib import PurePosixPath

from flask import Flask, current_app, flash, redirect, url_for
from flask_babel import gettext, ngettext
from sqlmodel import col, select
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from tracker.intake import upload_queries
from tracker.intake.models import Upload, UploadState
from tracker.intake.reader_thread import ReadingRoom
from tracker.intake.upload_queries import BUSY
from tracker.intake.upload_steps import Sent, UploadOptions, keep
from tracker.transcripts.models import Transcript, Turn
from tracker.web.app import context
from tracker.web.app.form_saving import acting
from tracker.web.app.template_filters import day


def room() -> ReadingRoom:
    """Return the reading room of this process."""
    reading_room: ReadingRoom = current_app.extensions["reading_room"]
    return reading_room


def sent(files: Sequence[FileStorage]) -> list[Sent]:
    """Return what was uploaded; a field without a file is none, and what a system hides in a folder is left out."""
    named = [(file.filename or "", file) for file in files if file.filename]
    return [Sent(name, file.stream.read()) for name, file in named if not PurePosixPath(name).name.startswith(".")]


def receive_files(files: Sequence[Sent], options: UploadOptions | None = None) -> str:
    """Keep the files, commit, and let them be read; return their batch. Waits a moment, but holds nobody up."""
    kept = keep(context.session(), context.body_id(), files, options, **acting())
    batch = kept[0].batch
    context.session().commit()
    read_for_a_moment(batch)
    return batch


def read_for_a_moment(batch: str) -> None:
    """Let what waits be read, and wait for this batch as long as a page may take."""
    # Most files are read within this moment, and their sender sees the transcript instead of a page that waits.
    room().nudge()
    room().wait_until(lambda: not _is_busy(batch))


def _is_busy(batch: str) -> bool:
    waiting = select(Upload.id).where(col(Upload.batch) == batch, col(Upload.state).in_(BUSY))
    # A session of its own: the request's would see the state at which it began, for as long as it waits.
    with context.sessions().reader() as session:
        return session.exec(waiting.limit(1)).first() is not None


def onward(batch: str) -> Response:
    """Lead to what came of a file: its transcript, or the page that says how far it is."""
    with context.sessions().reader() as session:
        files = upload_queries.batch(session, context.body_id(), batch)
    if len(files) != 1 or files[0].meeting_id is None:
        return redirect(url_for("uploads.batch", token=batch))
    only = files[0]
    if only.state is UploadState.IMPORTED:
        tell(only)
        if lacks_speakers(only):
            flash(gettext("Identify the speakers first: what you then accept in triage names who put it forward."))
            return redirect(url_for("speakers.page", number=only.transcript_id))
        # A file whose speakers are all known by their labels leads to its words at once.
        return redirect(url_for("transcripts.page", number=only.transcript_id))
    return redirect(url_for("uploads.page", number=only.id))


def lacks_speakers(only: Upload) -> bool:
    """Return whether somebody must still say who spoke in what was imported: that comes before what they proposed."""
    unknown = (
        select(Turn.id)
        .join(Transcript, col(Transcript.id) == col(Turn.transcript_id))
        .where(col(Transcript.id) == only.transcript_id, col(Turn.person_id).is_(None))
        .where(col(Transcript.author_key) == "")  # whoever wrote a contribution is said with it
    )
    with context.sessions().reader() as session:
        return session.exec(unknown.limit(1)).first() is not None


def tell(only: Upload) -> None:
    """Say what was found in a file that has just been imported."""
    # What an import found is kept with the upload, for whoever comes back to its page later.
    summary = only.told
    flash(gettext("Imported: %(turns)s turns.", turns=summary["turns"]))
    flash(ngettext("%(num)d passage waits for triage.", "%(num)d passages wait for triage.", summary["waiting"]))
    if summary["covered"]:
        flash(
            ngettext(
                "%(num)d more is covered by an item already.",
                "%(num)d more are covered by items already.",
                summary["covered"],
            )
        )
    for note in summary.get("notes", ()):
        flash(gettext(note))
    if summary.get("held_on"):
        flash(another_day(summary["held_on"]), "error")
    for label, other in summary["doubts"]:
        flash(gettext("“%(label)s” and “%(other)s” may be one person: see Speakers.", label=label, other=other))


def another_day(named: str) -> str:
    """Return what to say of a file whose head names a day, YYYY-MM-DD, that is none of its meeting's."""
    message = gettext(
        "The file names %(day)s, which is not a day of this meeting. Check that it belongs here.",
        day=day(date.fromisoformat(named)),
    )
    return str(message)


def register(app: Flask) -> None:
    """Open the room of this process."""
    app.extensions["reading_room"] = ReadingRoom(app.extensions["sessions"])
