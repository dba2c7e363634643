"""A transcript comes in: uploaded, read in a child process with no transaction open, and taken in within one."""

from functools import partial

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from tracker.errors import Refused
from tracker.items.intake import Taken, take_in, what_is_known
from tracker.meetings.models import Meeting
from tracker.meetings.queries import meeting_by_slug
from tracker.proposals.preparing import Prepared, prepare
from tracker.transcripts import queries
from tracker.web import context
from tracker.web.forms import refuse
from tracker.web.forms.importing import ImportForm
from tracker.web.saving import SAVED, acting, save

blueprint = Blueprint("importing", __name__, url_prefix="/meetings/<slug>/import")


def _meeting_or_404(slug: str) -> Meeting:
    return meeting_by_slug(context.session(), context.body_id(), slug) or abort(404)


def _show(meeting: Meeting, form: ImportForm, status: int = 200) -> tuple[str, int]:
    versions = queries.versions(context.session(), meeting.id)
    return render_template("transcripts/import.html", meeting=meeting, form=form, versions=versions), status


@blueprint.get("")
def page(slug: str) -> tuple[str, int]:
    """Show where to choose a file."""
    return _show(_meeting_or_404(slug), ImportForm(formdata=None))


@blueprint.post("")
def upload(slug: str) -> tuple[str, int] | Response:
    """Take a file in as the meeting's next version."""
    form = ImportForm()
    prepared = _prepared(form, slug)
    if prepared is None:
        return _show(_meeting_or_404(slug), form, 422)
    taken: list[Taken] = []
    status = save(form, partial(_take_in, form, slug, prepared, taken))
    if status != SAVED:
        return _show(_meeting_or_404(slug), form, status)
    _tell(taken[0], prepared)
    return redirect(url_for("transcripts.page", number=taken[0].transcript.id))


def _prepared(form: ImportForm, slug: str) -> Prepared | None:
    """Read the file, or say in the form why not; the writer's turn is given up meanwhile, for reading may take long."""
    known = what_is_known(context.session(), _meeting_or_404(slug))
    if not form.validate():
        return None
    context.session().rollback()
    try:
        return prepare(_bytes(form), known)
    except Refused as refused:
        refuse(form, refused)
        return None


def _bytes(form: ImportForm) -> bytes:
    form.file.data.stream.seek(0)
    data: bytes = form.file.data.stream.read()
    return data


def _take_in(form: ImportForm, slug: str, prepared: Prepared, taken: list[Taken]) -> None:
    meeting, name = _meeting_or_404(slug), form.file.data.filename or ""
    taken.append(take_in(context.session(), meeting, name, _bytes(form), prepared, **acting()))


def _tell(taken: Taken, prepared: Prepared) -> None:
    flash(gettext("Imported: %(turns)s turns.", turns=len(prepared.turns)))
    waiting = "%(num)d passage waits for triage.", "%(num)d passages wait for triage."
    flash(ngettext(*waiting, taken.waiting))
    if taken.covered:
        covered = "%(num)d more is covered by an item already.", "%(num)d more are covered by items already."
        flash(ngettext(*covered, taken.covered))
    for label, other in prepared.doubts:
        flash(gettext("“%(label)s” and “%(other)s” may be one person: see Speakers.", label=label, other=other))
