"""What happened since: written, taken back, shown, and the evidence behind it."""

from flask import Blueprint, abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from tracker.history import of_subject
from tracker.items import party_choices
from tracker.items.models import Item
from tracker.meetings.models import Visibility
from tracker.text import clean_line
from tracker.updates import changes, queries
from tracker.updates.models import Update
from tracker.web.app import context
from tracker.web.app.form_saving import SAVED, acting, renew, save
from tracker.web.app.page_cache import kept
from tracker.web.items import permissions, waiting_notice
from tracker.web.items.changes import Answer, to_page, way_back
from tracker.web.items.forms.update import UpdateForm
from tracker.web.items.pages import the_item
from tracker.web.items.permissions import parties_offered

blueprint = Blueprint("item_updates", __name__)


@blueprint.route("/items/<int:number>/update", methods=["GET", "POST"])
def write(number: int) -> Answer:
    """Write an update."""
    item = the_item(number)
    form = _form(item)
    made = list[tuple[int, str | None]]()
    status = save(form, lambda: made.append(_record(item, form))) if request.method == "POST" else 200
    if status == SAVED:
        [(update_id, waits)] = made
        flash(gettext("Thank you: your update is kept."))
        if waits:
            flash(waits)
        return redirect(way_back(url_for("items.page", number=number, kept=update_id, _anchor="write")))
    form.offer(item.progress, kept("parties", parties_offered))
    if status == 409:
        renew(form.version, item.version)  # an update is added to what is there: nothing is gone over
    latest = _latest(item) if status == 409 else []
    return render_template("items/update.html", item=item, form=form, latest=latest, is_stale=status == 409), status


def _latest(item: Item) -> list[queries.RecordedUpdate]:
    return queries.updates_of(context.session(), [item.id], context.sight(), standing_only=True)[:1]


def _form(item: Item) -> UpdateForm:
    """Return the form with whom it says is waited for, if he may be: the others are offered where it is shown."""
    form = UpdateForm(data={"version": item.version, "progress": request.args.get("progress")})
    awaited = form.waiting_for.data or 0
    chosen = (
        party_choices.form_choice(context.session(), context.body_id(), context.sight(), awaited)
        if 0 < awaited < 2**31
        else []
    )
    form.offer_near(item.progress, {choice.id: choice.name for choice in chosen})
    if not permissions.may_steer(item):
        del form.new_day
    return form


def _record(item: Item, form: UpdateForm) -> tuple[int, str | None]:
    """Write the update, with a new due day if one is given; return its number, and a word on who waits."""
    update = changes.record(
        context.session(),
        item,
        context.person(),
        form.note.data or "",
        progress=form.step(),
        evidence=list(form.evidence()),
        visibility=Visibility(form.visibility.data),
        new_day=form.new_day.data if form.new_day else None,
        seen_version=form.version.data or 0,
        **acting(),
    )
    return update.id, waiting_notice.word_on(item)


def _update_of(item: Item, update_id: int) -> Update:
    update = context.session().get(Update, update_id)
    if update is not None and update.item_id == item.id:
        return update
    return abort(404)


@blueprint.post("/items/<int:number>/updates/<int:update_id>/undo")
def undo(number: int, update_id: int) -> Response:
    """Undo one's own update of the last day."""
    item = the_item(number)
    update = _update_of(item, update_id)
    undoing = changes.undo_update(context.session(), update, context.person(), **acting())
    context.session().commit()
    if undoing.id in queries.new_days(of_subject(context.session(), item.history_key())):
        return to_page(
            item, gettext("Your update is taken back, and with it the new due date; the history keeps both.")
        )
    return to_page(item, gettext("Your update is taken back; the history keeps it."))


@blueprint.post("/items/<int:number>/updates/<int:update_id>/show")
def show(number: int, update_id: int) -> Response:
    """Let anyone read a note, or the register's own people only."""
    item = the_item(number)
    update = _update_of(item, update_id)
    wanted = request.form.get("visibility", "")
    if wanted not in set(Visibility):
        abort(400)
    changes.set_note_visibility(context.session(), update, Visibility(wanted), **acting())
    context.session().commit()
    if wanted == Visibility.PUBLISHED:
        flash(gettext("Anyone can read this note now, once the item is published."))
    else:
        flash(gettext("Only the register's own people can read this note now."))
    return redirect(url_for("items.page", number=item.number, _anchor=f"update-{update_id}"))


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
    answer.headers.set("Content-Disposition", "attachment", filename=clean_line(found.filename or "") or "file")
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
