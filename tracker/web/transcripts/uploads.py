"""Files on their way in: all of the register's, a batch of many, one alone; and what a person says of them."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from tracker.errors import Refused
from tracker.intake import upload_queries, upload_steps
from tracker.intake.models import Upload, UploadState
from tracker.intake.upload_queries import BUSY
from tracker.meetings.models import Meeting
from tracker.transcripts.reading.labels import Layout
from tracker.web.app import context
from tracker.web.app.form_saving import acting
from tracker.web.transcripts import upload_batches
from tracker.web.transcripts.import_forms import LabelsForm, ManyForm
from tracker.web.transcripts.upload_reading import another_day, onward, read_for_a_moment, receive_files, sent

blueprint = Blueprint("uploads", __name__, url_prefix="/uploads")


@blueprint.get("")
def listing() -> tuple[str, int]:
    """Show what is coming in, and where to choose many files."""
    return _show_listing(ManyForm(formdata=None))


@blueprint.post("")
def upload() -> tuple[str, int] | Response:
    """Keep many files, and let their heads be read."""
    form = ManyForm()
    files = sent(request.files.getlist("file"))
    form.file.errors = [] if files else [gettext("Choose a file.")]
    if not files:
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
    offered = {one["text"] for one in upload.found.get("labels", ())}
    chosen = [label for label in form.labels.data or () if label in offered]
    more = (form.more.data or "").strip()
    said = Layout((*chosen, more) if more else tuple(chosen), tuple(sorted(offered - set(chosen))))
    return _go_on(upload, lambda: upload_steps.understand(context.session(), upload, said, **acting()))


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


def _go_on(upload: Upload, change: Any) -> tuple[str, int] | Response:
    """Make the change and let the file be read; or show it as it stands, with what was said."""
    batch = upload.batch
    try:
        _refuse_another(upload)
        change()
    except Refused as refused:
        return _refused(upload, refused)
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
    context.session().rollback()
    flash(gettext(refused.message, **refused.values), "error")
    return _show(upload, None, 409)


def _upload_or_404(number: int) -> Upload:
    return upload_queries.upload(context.session(), context.body_id(), number) or abort(404)


def _batch_or_404(token: str) -> list[Upload]:
    return upload_queries.batch(context.session(), context.body_id(), token) or abort(404)


def _show_listing(form: ManyForm, status: int = 200) -> tuple[str, int]:
    coming = upload_queries.open_ones(context.session(), context.body_id())
    standing = upload_queries.counted([one.state for one in coming])
    return render_template("transcripts/upload_steps.html", form=form, coming=coming, standing=standing), status


def _labels_form(upload: Upload) -> LabelsForm:
    found = upload.found.get("labels", ())
    form = LabelsForm(data={"labels": [one["text"] for one in found if one["taken"]]})
    return form.offer([one["text"] for one in found])


def _show(upload: Upload, form: LabelsForm | None = None, status: int = 200) -> tuple[str, int]:
    session = context.session()
    meeting = session.get(Meeting, upload.meeting_id) if upload.meeting_id else None
    asks = upload.state is UploadState.TO_LOOK_AT
    page = render_template(
        "transcripts/upload.html",
        upload=upload,
        meeting=meeting,
        form=form or (_labels_form(upload) if asks else None),
        guesses={one["text"]: one for one in upload.found.get("labels", ())},
        another_day=another_day(upload.found["held_on"]) if asks and upload.found.get("held_on") else None,
        is_busy=upload.state in BUSY,
        seconds=upload_batches.elapsed([upload]),
    )
    return page, status
