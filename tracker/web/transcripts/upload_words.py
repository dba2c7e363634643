"""How far a file is on its way in, in words."""

from flask import Flask
from flask_babel import gettext, lazy_gettext, ngettext

from tracker.intake.models import Upload, UploadState, UploadStep
from tracker.meetings.recording_links import at_second, clock_of

STEPS = {
    UploadStep.FILE: lazy_gettext("reading the file"),
    UploadStep.SPEAKERS: lazy_gettext("finding speakers"),
    UploadStep.PROPOSALS: lazy_gettext("finding proposals"),
    UploadStep.STORING: lazy_gettext("storing"),
}
STATES = {
    UploadState.WAITING: lazy_gettext("in the queue"),
    UploadState.TO_PLACE: lazy_gettext("needs its meeting"),
    UploadState.TO_LOOK_AT: lazy_gettext("needs a look"),
    UploadState.UNPACKED: lazy_gettext("unpacked"),
}


def upload_says(upload: Upload) -> str:
    """Return how far it is, or how it ended."""
    if upload.state is UploadState.READING:
        return str(STEPS[upload.step or UploadStep.FILE])
    if upload.state is UploadState.REFUSED and upload.refusal:
        return str(gettext(upload.refusal, **upload.refusal_values))
    if upload.state is UploadState.IMPORTED:
        return _imported(upload)
    return str(STATES[upload.state])


def _imported(upload: Upload) -> str:
    turns = ngettext("%(num)d turn", "%(num)d turns", upload.told.get("turns", 0))
    waiting = ngettext("%(num)d proposal to triage", "%(num)d proposals to triage", upload.told.get("waiting", 0))
    return str(gettext("imported: %(turns)s, %(waiting)s", turns=turns, waiting=waiting))


def file_size(size: int) -> str:
    """Return "340 kB"."""
    if size < 1_000_000:
        return str(gettext("%(size)s kB", size=max(1, round(size / 1_000))))
    return str(gettext("%(size)s MB", size=round(size / 1_000_000, 1)))


def register(app: Flask) -> None:
    """Give these words to the templates."""
    app.jinja_env.globals.update(upload_says=upload_says, at_second=at_second, clock_of=clock_of)
    app.jinja_env.filters["file_size"] = file_size
