"""Files on their way in: all of the register's, a batch of many, one alone; and what a person says of them."""

from collections.abc import Callable

from flask import Blueprint, Flask, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext, ngettext
from werkzeug.wrappers import Response

from tracker.errors import Refused
from tracker.intake import upload_queries, upload_steps
from tracker.intake.models import Upload, UploadState, UploadStep
from tracker.intake.upload_queries import BUSY
from tracker.meetings.models import Meeting
from tracker.meetings.recording_links import at_second, clock_of
from tracker.transcripts.reading.labels import LabelChoice
from tracker.web.app import context
from tracker.web.app.form_saving import acting
from tracker.web.transcripts import upload_batches
from tracker.web.transcripts.import_forms import LabelsForm, ManyForm
from tracker.web.transcripts.upload_reading import (
    another_day,
    lacks_speakers,
    onward,
    read_for_a_moment,
    receive_files,
    sent,
)

blueprint = Blueprint("uploads", __name__, url_prefix="/uploads")

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


@blueprint.get("")
def listing() -> tuple[str, int]:
    """Show what is coming in, and where to choose many files."""
    return _show_listing(ManyForm(formdata=None))


@blueprint.post("")
def upload() -> tuple[str, int] | Response:
    """Keep many files, and let their heads be read."""
    form = ManyForm()
    files = sent(request.files.getlist("file"))
    if not files:
        form.file.errors = [gettext("Choose a file.")]
        return _show_listing(form, 422)
    return redirect(url_for(".batch", token=receive_files(files)))


@blueprint.get("/batches/<token>")
def batch(token: str) -> tuple[str, int]:
    """Show how far a batch is, ask for its meetings, or say how it ended."""
    return upload_batches.show(_batch_or_404(token))


@blueprint.post("/batches/<token>")
def place(token: str) -> tuple[str, int] | Response:
    """Take the meetings as they were chosen, and let the files be read."""
    files = _batch_or_404(token)
    answer = upload_batches.place(files)
    if answer is not None:
        return answer
    read_for_a_moment(token)
    return redirect(url_for(".batch", token=token))


@blueprint.get("/<int:number>")
def page(number: int) -> tuple[str, int]:
    """Show one file: how far it is, how it is understood, or why it was refused."""
    return _show(_upload_or_404(number))


@blueprint.post("/<int:number>/labels")
def understand(number: int) -> tuple[str, int] | Response:
    """Take what is said of the labels, and show the effect."""
    upload = _upload_or_404(number)
    form = _labels_form(upload)
    if not form.validate():
        return _show(upload, form, 422)
    # Only labels that the page offered: what it did not show nobody can have denied.
    offered = {guess["text"] for guess in upload.found.get("labels", ())}
    labels = [label for label in form.labels.data or () if label in offered]
    others = sorted(offered - set(labels))
    if form.more.data and form.more.data.strip():
        labels.append(form.more.data.strip())
    layout = LabelChoice(tuple(labels), tuple(others))
    return _go_on(upload, lambda: upload_steps.understand(context.session(), upload, layout, **acting()))


@blueprint.post("/<int:number>/approve")
def approve(number: int) -> tuple[str, int] | Response:
    """Import a file as it is understood now."""
    upload = _upload_or_404(number)
    return _go_on(upload, lambda: upload_steps.approve(context.session(), upload, **acting()))


@blueprint.post("/<int:number>/again")
def again(number: int) -> tuple[str, int] | Response:
    """Try a refused file once more."""
    upload = _upload_or_404(number)
    look = "look" in request.form
    return _go_on(upload, lambda: upload_steps.try_again(context.session(), upload, wants_look=look, **acting()))


@blueprint.post("/<int:number>/delete")
def delete(number: int) -> tuple[str, int] | Response:
    """Forget a file."""
    upload = _upload_or_404(number)
    name = upload.filename
    try:
        _refuse_another(upload)
        upload_steps.delete(context.session(), upload, **acting())
    except Refused as refused:
        return _refused(upload, refused)
    context.session().commit()
    flash(gettext("“%(name)s” is deleted.", name=name))
    return redirect(url_for(".listing"))


def _go_on(upload: Upload, change: Callable[[], object]) -> tuple[str, int] | Response:
    """Make the change and let the file be read; or show it as it stands, with what was said."""
    batch = upload.batch
    try:
        _refuse_another(upload)
        change()
    except Refused as refused:
        return _refused(upload, refused)
    # A read of another process may replace the row once this is committed: its number is kept before.
    number = upload.id
    context.session().commit()
    read_for_a_moment(batch)
    if _is_alone(batch):
        return onward(batch)
    return redirect(url_for(".page", number=number))


def _refuse_another(upload: Upload) -> None:
    """Refuse what was said on the page of another file, whose number was given again after it had been deleted."""
    if request.form.get("file", upload.sha256) != upload.sha256:
        raise Refused(upload_steps.STALE)


def _is_alone(batch: str) -> bool:
    return len(upload_queries.batch(context.session(), context.body_id(), batch)) == 1


def _refused(upload: Upload, refused: Refused) -> tuple[str, int]:
    # The page is drawn from what is stored, not from what was half done.
    context.session().rollback()
    flash(gettext(refused.message, **refused.values), "error")
    return _show(upload, None, 409)


def _upload_or_404(number: int) -> Upload:
    return upload_queries.upload(context.session(), context.body_id(), number) or abort(404)


def _batch_or_404(token: str) -> list[Upload]:
    return upload_queries.batch(context.session(), context.body_id(), token) or abort(404)


def _show_listing(form: ManyForm, status: int = 200) -> tuple[str, int]:
    coming = upload_queries.open_ones(context.session(), context.body_id())
    standing = upload_queries.counted([upload.state for upload in coming])
    return render_template("transcripts/uploads.html", form=form, coming=coming, standing=standing), status


def _labels_form(upload: Upload) -> LabelsForm:
    guesses = upload.found.get("labels", ())
    form = LabelsForm(data={"labels": [guess["text"] for guess in guesses if guess["taken"]]})
    return form.offer([guess["text"] for guess in guesses])


def _show(upload: Upload, form: LabelsForm | None = None, status: int = 200) -> tuple[str, int]:
    asks = upload.state is UploadState.TO_LOOK_AT
    day_named = upload.found.get("held_on")
    page = render_template(
        "transcripts/upload.html",
        upload=upload,
        meeting=_meeting_of(upload),
        form=form or (asks and _labels_form(upload)),
        guesses={guess["text"]: guess for guess in upload.found.get("labels", ())},
        another_day=asks and day_named and another_day(day_named),
        is_busy=upload.state in BUSY,
        lacks_speakers=upload.state is UploadState.IMPORTED and lacks_speakers(upload),
        seconds=upload_batches.elapsed([upload]),
    )
    return page, status


def _meeting_of(upload: Upload) -> Meeting | None:
    if upload.meeting_id is None:
        return None
    return context.session().get(Meeting, upload.meeting_id)


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
    # By thousands, as file managers and browsers count.
    if size < 1_000_000:
        return str(gettext("%(size)s kB", size=max(1, round(size / 1_000))))
    return str(gettext("%(size)s MB", size=round(size / 1_000_000, 1)))


def register(app: Flask) -> None:
    """Give these words to the templates."""
    app.jinja_env.globals.update(upload_says=upload_says, at_second=at_second, clock_of=clock_of)
    app.jinja_env.filters["file_size"] = file_size
