"""What happened since: written, taken back, shown, and the evidence behind it."""

from flask import Blueprint, abort, make_response, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from tracker.items import parties
from tracker.items.models import Item
from tracker.meetings.models import Visibility
from tracker.updates import changes, queries
from tracker.updates.models import Update
from tracker.web import context
from tracker.web.forms.item_update import UpdateForm
from tracker.web.item_changes import Answer, to_page
from tracker.web.items import the_item
from tracker.web.saving import SAVED, acting, renew, save

blueprint = Blueprint("item_updates", __name__)


@blueprint.route("/items/<int:number>/update", methods=["GET", "POST"])
def write(number: int) -> Answer:
    """Write an update."""
    item = the_item(number)
    form = UpdateForm(data={"version": item.version})
    form.offer(item.progress, parties.of_form(context.session(), context.body_id()))
    status = save(form, lambda: _record(item, form)) if request.method == "POST" else 200
    if status == SAVED:
        return to_page(item, gettext("Thank you: your update is kept."))
    if status == 409:
        renew(form.version, item.version)  # an update is added to what is there: nothing is gone over
    latest = queries.updates_of(context.session(), [item.id or 0], context.sight())[:1] if status == 409 else []
    return render_template("items/update.html", item=item, form=form, latest=latest, is_stale=status == 409), status


def _record(item: Item, form: UpdateForm) -> None:
    changes.record(
        context.session(),
        item,
        context.person(),
        form.note.data or "",
        progress=form.step(),
        evidence=list(form.evidence()),
        visibility=Visibility(form.visibility.data),
        seen_version=form.version.data or 0,
        **acting(),
    )


def _update_of(item: Item, update_id: int) -> Update:
    update = context.session().get(Update, update_id)
    return update if update is not None and update.item_id == item.id else abort(404)


@blueprint.post("/items/<int:number>/updates/<int:update_id>/take-back")
def take_back(number: int, update_id: int) -> Response:
    """Undo one's own update of the last day."""
    item = the_item(number)
    update = _update_of(item, update_id)
    changes.take_back(context.session(), update, context.person(), **acting())
    context.session().commit()
    return to_page(item, gettext("Your update is taken back; the history keeps it."))


@blueprint.post("/items/<int:number>/updates/<int:update_id>/show")
def show(number: int, update_id: int) -> Response:
    """Let anyone read a note, or the register's own people only."""
    item = the_item(number)
    update, wanted = _update_of(item, update_id), request.form.get("visibility", "")
    if wanted not in set(Visibility):
        abort(400)
    changes.show(context.session(), update, Visibility(wanted), **acting())
    context.session().commit()
    return to_page(item, gettext("Saved."))


@blueprint.get("/evidence/<int:evidence_id>")
def evidence(evidence_id: int) -> Response:
    """Hand out a file as it came: to be kept, never to be opened in the page's name."""
    found = None
    if evidence_id < 2**31:
        found = queries.evidence_file(context.session(), evidence_id, context.sight())
    if found is None or found.content is None:
        abort(404)
    answer = make_response(found.content)
    # What the sender says it is could make a browser run it, so it is only ever bytes.
    answer.headers["Content-Type"] = "application/octet-stream"
    answer.headers.set("Content-Disposition", "attachment", filename=found.filename or "file")
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
