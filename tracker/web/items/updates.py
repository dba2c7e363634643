"""Updates of an item: written, undone, published, and the files of evidence."""

from flask import Blueprint, abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext
from sqlmodel import Session, col, select
from werkzeug.wrappers import Response

from tracker.digests.notices import has_digests
from tracker.history_queries import of_subject
from tracker.items.models import Item, Progress
from tracker.items.queries import item_by_number
from tracker.meetings.models import Visibility
from tracker.people.models import Frequency, Party, Person, Subscription
from tracker.people.queries import party_names, sight_of
from tracker.text import clean_line
from tracker.updates import changes, queries
from tracker.updates.models import Update
from tracker.web.app import context
from tracker.web.app.form_saving import acting, renew, seen_version, submit
from tracker.web.app.publish_question import ask, say_with_undo
from tracker.web.items import what_reader_may_do
from tracker.web.items.bulk.publishing_words import question_about_note
from tracker.web.items.changes import Answer, to_page, way_back
from tracker.web.items.forms.update import UpdateForm
from tracker.web.items.pages import part_of, the_item

blueprint = Blueprint("item_updates", __name__)


@blueprint.route("/items/<int:number>/update", methods=["GET", "POST"])
def write(number: int) -> Answer:
    """Write an update."""
    item = the_item(number)
    form = _form(item)
    submission = submit(form, lambda: _record(item, form))
    if submission.result is not None:
        update_id, notice = submission.result
        flash(gettext("Thank you. Your update is saved."), url_for(".undo", number=number, update_id=update_id))
        if notice:
            flash(notice)
        return redirect(way_back(url_for("items.page", number=number)))
    latest = []
    if submission.is_stale:
        renew(form.version, item.version)  # an update overwrites nothing, so it may be sent again
        latest = _latest(item)
    page = render_template("items/update.html", item=item, form=form, latest=latest, is_stale=submission.is_stale)
    return page, submission.status


def _latest(item: Item) -> list[queries.RecordedUpdate]:
    return queries.updates_of(context.session(), [item.id], context.sight(), standing_only=True)[:1]


def _form(item: Item) -> UpdateForm:
    form = UpdateForm(data={"version": item.version, "progress": request.args.get("progress")})
    form.offer(item.progress)
    if not what_reader_may_do.may_steer(item):
        # Whoever may not move the due date cannot send one either.
        del form.new_day
    return form


def _record(item: Item, form: UpdateForm) -> tuple[int, str | None]:
    """Record the update; return its id, and a notice on whether the party waited for will hear of it."""
    new_day = form.new_day.data if form.new_day else None
    update = changes.record(
        context.session(),
        item,
        context.person(),
        form.note.data or "",
        progress=form.step(),
        evidence=list(form.evidence()),
        visibility=Visibility(form.visibility.data),
        new_day=new_day,
        seen_version=seen_version(form),
        **acting(),
    )
    return update.id, _waiting_notice(item)


def _waiting_notice(item: Item) -> str | None:
    """Return whether the digest tells the party waited for, in words for the writer; None where they are that party."""
    if item.progress is not Progress.WAITING or item.waiting_for is None:
        return None
    session = context.session()
    answerers = _answerers(session, item.waiting_for)
    # Nobody needs to be told that something waits for themselves.
    if context.person().id in {person.id for person in answerers}:
        return None
    name = party_names(session, {item.waiting_for})[item.waiting_for]
    reading = [person for person in answerers if _reads(session, person, item)]
    if any(has_digests(session, person, context.now()) for person in reading):
        return str(gettext("A mail tells %(name)s within a quarter of an hour that this waits for them.", name=name))
    if reading:
        return str(gettext("The next digest tells %(name)s that this waits for them.", name=name))
    return str(gettext("No digest tells %(name)s that this waits for them. Write to them yourself.", name=name))


def _answerers(session: Session, party_id: int) -> list[Person]:
    party = session.get_one(Party, party_id)
    numbers = {party.person_id, party.steward_id, party.second_id} - {None}
    return [person for person in session.exec(select(Person).where(col(Person.id).in_(numbers))) if person.is_active]


def _reads(session: Session, person: Person, item: Item) -> bool:
    digest = session.get(Subscription, person.id)
    if person.email is None or digest is None or digest.frequency is Frequency.NEVER:
        return False
    # Who may not see the item finds nothing of it in their digest.
    sight = sight_of(session, person, context.now())
    return item.body_id in sight.register_ids and item_by_number(session, item.body_id, item.number, sight) is not None


@blueprint.post("/items/<int:number>/updates/<int:update_id>/undo")
def undo(number: int, update_id: int) -> Response:
    """Undo an own update of the last day."""
    item = the_item(number)
    update = part_of(item, Update, update_id)
    undoing = changes.undo_update(context.session(), update, context.person(), **acting())
    context.session().commit()
    # The update brought a due date, and undoing one has undone the other: both are said.
    if undoing.id in queries.new_days(of_subject(context.session(), item.history_key())):
        return to_page(item, gettext("Your update and its new due date are undone. The history keeps both."))
    return to_page(item, gettext("Your update is undone. The history keeps it."))


@blueprint.get("/items/<int:number>/updates/<int:update_id>/publish")
def ask_publish(number: int, update_id: int) -> str:
    """Show the note that anyone can read once it is published, before it is."""
    item = the_item(number)
    update = part_of(item, Update, update_id)
    return ask(question_about_note(item, update))


@blueprint.post("/items/<int:number>/updates/<int:update_id>/show")
def show(number: int, update_id: int) -> Response:
    """Let anyone read a note, or the register's own people only."""
    item = the_item(number)
    update = part_of(item, Update, update_id)
    # In the form, or in the address of the button that asks or undoes.
    visibility = request.values.get("visibility", "")
    if visibility not in set(Visibility):
        abort(400)
    before = update.visibility
    changes.set_note_visibility(context.session(), update, Visibility(visibility), **acting())
    context.session().commit()
    text = gettext("The note is internal now.")
    if visibility == Visibility.PUBLISHED:
        text = gettext("The note is published. Anyone can read it once the item is published.")
    undo = url_for("item_updates.show", number=number, update_id=update_id, visibility=before.value)
    say_with_undo(text, undo, is_changed=before != visibility)
    return redirect(url_for("items.page", number=item.number, _anchor=f"update-{update_id}"))


@blueprint.get("/evidence/<int:evidence_id>")
def evidence(evidence_id: int) -> Response:
    """Send a file of evidence as it came: to be saved, never to be opened as a page of ours."""
    file = queries.evidence_file(context.session(), evidence_id, context.sight())
    if file is None or file.content is None:
        abort(404)
    answer = make_response(file.content)
    # the sender's media type could make a browser run it, so it is only ever bytes
    answer.headers["Content-Type"] = "application/octet-stream"
    answer.headers.set("Content-Disposition", "attachment", filename=clean_line(file.filename or "") or "file")
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
