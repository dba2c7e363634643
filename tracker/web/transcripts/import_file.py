"""A file comes in for a meeting: a transcript, or a written contribution; it is kept at once and read apart."""

from flask import Blueprint, abort, render_template
from flask_babel import gettext
from flask_wtf import FlaskForm
from sqlmodel import col, select
from werkzeug.wrappers import Response

from tracker.intake.upload_queries import open_ones
from tracker.intake.upload_steps import TWICE, Sent, UploadOptions, twin
from tracker.meetings.models import Meeting
from tracker.meetings.queries import meeting_by_slug
from tracker.people.models import StakeholderGroup
from tracker.transcripts import queries
from tracker.transcripts.formats.zip_bundles import is_bundle
from tracker.transcripts.models import Transcript
from tracker.transcripts.text_positions import digest
from tracker.web.app import context
from tracker.web.transcripts.import_forms import ImportForm, WrittenForm
from tracker.web.transcripts.upload_reading import onward, receive_files, sent

blueprint = Blueprint("importing", __name__, url_prefix="/meetings/<slug>/import")


def _meeting_or_404(slug: str) -> Meeting:
    return meeting_by_slug(context.session(), context.body_id(), slug) or abort(404)


@blueprint.get("")
def page(slug: str) -> tuple[str, int]:
    """Show where to choose a file."""
    return _show(_meeting_or_404(slug), ImportForm(formdata=None))


@blueprint.post("")
def upload(slug: str) -> tuple[str, int] | Response:
    """Keep a file and let it be read as the meeting's next version; those of an archive say their meetings later."""
    meeting = _meeting_or_404(slug)
    form = ImportForm()
    file = _file(form)
    if file is None:
        return _show(meeting, form, 422)
    # Files of one archive may be of several meetings, so this page's meeting is not taken for them.
    if is_bundle(file.data):
        return onward(receive_files([file]))
    if (there := _is_there(form, file)) is not None:
        return _show(meeting, form, 422, there)
    return onward(receive_files([file], UploadOptions(meeting, wants_look=form.look.data)))


@blueprint.get("/written")
def written(slug: str) -> tuple[str, int]:
    """Ask for a written contribution and whose it is."""
    return _show_written(_meeting_or_404(slug), _written_form())


@blueprint.post("/written")
def take_written(slug: str) -> tuple[str, int] | Response:
    """Keep a written contribution and let it be read."""
    meeting = _meeting_or_404(slug)
    form = _written_form()
    file = _file(form)
    if file is None:
        return _show_written(meeting, form, 422)
    if (there := _is_there(form, file)) is not None:
        return _show_written(meeting, form, 422, there)
    return onward(receive_files([file], UploadOptions(meeting, author=form.author())))


def _file(form: ImportForm | WrittenForm) -> Sent | None:
    """Return the file of a form that is right and has something in it."""
    if not form.validate():
        return None
    [file] = sent([form.file.data])
    # An empty file passes as chosen, and would be refused by the reader in words about its format.
    if not file.data:
        form.file.errors = [gettext("The file is empty. Choose another.")]
        return None
    return file


def _is_there(form: FlaskForm, file: Sent) -> Transcript | None:
    """Return the transcript that this very file is, and say so in the form."""
    # Told here with a link, and once more by the import: another may send the same file meanwhile.
    existing = twin(context.session(), context.body_id(), digest(file.data))
    if existing is None:
        return None
    transcript, meeting = existing
    form["file"].errors = [gettext(TWICE, title=meeting.title, number=transcript.number)]
    return transcript


def _written_form() -> WrittenForm:
    session = context.session()
    groups = session.exec(select(StakeholderGroup).order_by(col(StakeholderGroup.name)))
    people = queries.people(session, context.body_id())
    return WrittenForm().offer(people, [(group.slug, group.name) for group in groups])


def _show(meeting: Meeting, form: ImportForm, status: int = 200, there: Transcript | None = None) -> tuple[str, int]:
    session = context.session()
    page = render_template(
        "transcripts/import.html",
        meeting=meeting,
        form=form,
        coming=open_ones(session, context.body_id(), meeting.id),
        versions=queries.versions(session, meeting.id),
        there=there,
    )
    return page, status


def _show_written(
    meeting: Meeting, form: WrittenForm, status: int = 200, there: Transcript | None = None
) -> tuple[str, int]:
    return render_template("transcripts/import_written.html", meeting=meeting, form=form, there=there), status
