"""Bulk edits: the items chosen, the changes previewed, made, listed and undone."""

from collections.abc import Collection
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from sqlmodel import col
from werkzeug.wrappers import Response

from tracker.bulk import changes
from tracker.bulk.changes import BulkOutcome
from tracker.bulk.queries import BulkEditLine, bulk_edits
from tracker.bulk.rules import MOST
from tracker.errors import Refused
from tracker.items import queries
from tracker.items.lines import lines as lines_of
from tracker.items.models import Item
from tracker.meetings.queries import milestones
from tracker.updates.models import BulkEdit
from tracker.web.app import context
from tracker.web.app.form_saving import acting, refuse
from tracker.web.items.bulk import page_content
from tracker.web.items.bulk.form import BulkForm
from tracker.web.items.bulk.publishing import numbers_of, spans
from tracker.web.items.pages import filter_form

blueprint = Blueprint("bulk", __name__, url_prefix="/items/bulk")

Answer = tuple[str, int] | Response


def _form() -> BulkForm:
    session = context.session()
    body_id = context.body_id()
    themes = queries.themes(session, body_id, context.sight())
    form = BulkForm(data={"by": "", "sent_on": context.today()})
    return form.offer_all(milestones(session, body_id), themes)


def _filtered() -> dict[str, Any]:
    """Return the filter that the address holds, as its query."""
    numbers = numbers_of(request.args.get("numbers"))
    query: dict[str, Any] = {**filter_form().chosen()}
    if numbers:
        query["numbers"] = spans(numbers)
    return query


def _list() -> str:
    """Return the address of the list with the same filter."""
    query: dict[str, Any] = {**filter_form().chosen()}
    return url_for("items.listing", **query)


@blueprint.get("")
def choose() -> Answer:
    """Show what the list shows, each item to tick, and what can be done to them."""
    return _choose(_form())


def _choose(form: BulkForm, status: int = 200, problem: str = "") -> Answer:
    session = context.session()
    body_id = context.body_id()
    sight = context.sight()
    today = context.today()
    filtering = filter_form()
    numbers = numbers_of(request.args.get("numbers"))
    item_filter = filtering.item_filter(context.person().id)
    if numbers:
        items = queries.items_by_number(session, body_id, numbers, sight)
        lines = lines_of(session, items[:MOST], today)
        total = len(items)
    else:
        listing_page = queries.listing(session, body_id, sight, item_filter, today=today, size=MOST)
        lines = listing_page.lines
        total = listing_page.total
    return render_template(
        "items/bulk_choose.html",
        form=form,
        lines=lines,
        total=total,
        most=MOST,
        ticked=_ticked({line.item.number for line in lines}),
        filtered=_filtered(),
        back=_list(),
        problem=problem,
    ), status


def _ticked(numbers: set[int]) -> set[int]:
    """Return what is ticked: all of a fresh page, or none of it if that is asked; else what was sent."""
    if request.method == "POST":
        return set(_numbers())
    if "none" in request.args:
        return set()
    return numbers


def _numbers() -> list[int]:
    """Return the items that were ticked, or looked at in a preview."""
    sent = [value.partition(":")[0] for value in request.form.getlist("item")]
    # int() of a very long number takes minutes, and no row has one of ten digits
    return [int(number) for number in sent if number.isdecimal() and len(number) < 10]


@blueprint.post("/preview")
def preview() -> Answer:
    """Show what would happen, item by item; nothing does."""
    form = _form()
    # Back from the preview, with everything still filled in.
    if "again" in request.form:
        return _choose(form)
    items = _items(_numbers())
    if not items:
        return _choose(form, 422, gettext("Tick at least one item."))
    if not form.validate():
        return _choose(form, 422)
    return _preview(form, items)


def _items(numbers: Collection[int]) -> list[Item]:
    items = queries.items_by_number(context.session(), context.body_id(), numbers, context.sight())
    return items[:MOST]


def _preview(form: BulkForm, items: list[Item], status: int = 200, done: BulkEditLine | None = None) -> Answer:
    return render_template(
        "items/bulk_preview.html",
        page=page_content.preview(items, form.wish()),
        carried=[(name, value) for name in form._fields for value in _sent(name)],
        filtered=_filtered(),
        is_late=status == 409,
        done=done,
    ), status


def _sent(name: str) -> list[str]:
    # The next form has a token of its own.
    if name == "csrf_token":
        return []
    return request.form.getlist(name)


@blueprint.post("/do")
def act() -> Answer:
    """Do what the preview showed; what somebody changed since is left out, and shown as it stands now."""
    form = _form()
    seen = page_content.seen_in(request.form.getlist("item"))
    if not seen or not form.validate():
        return _choose(form, 422)
    try:
        acted = _act(form, seen)
    except Refused as refused:
        context.session().rollback()
        refuse(form, refused)
        return _choose(form, 422)
    context.session().commit()
    done = _the_act(acted.edit.id) if acted.edit else None
    # What somebody changed since is previewed anew; the rest is done.
    if acted.meanwhile:
        return _preview(form, _items([item.number for item in acted.meanwhile]), 409, done)
    if done is None:
        flash(gettext("Nothing has changed: all items had these values already."))
        return redirect(_list())
    flash(ngettext("%(num)d item is changed.", "%(num)d items are changed.", done.count))
    return redirect(url_for("bulk.page", number=done.edit.id))


def _act(form: BulkForm, seen: dict[int, int]) -> BulkOutcome:
    session = context.session()
    person = context.person()
    today = context.today()
    return changes.edit_items(session, context.body_id(), seen, form.wish(), person, today=today, **acting())


def _the_act(number: int) -> BulkEditLine:
    edits = bulk_edits(context.session(), context.body_id(), col(BulkEdit.id) == number)
    if not edits:
        abort(404)
    return edits[0]


@blueprint.get("/done")
def listing() -> str:
    """List the bulk edits."""
    edits = bulk_edits(context.session(), context.body_id())
    wishes = page_content.wishes_in_words(edits)
    return render_template("items/bulk_edits.html", acts=list(zip(edits, wishes, strict=True)))


@blueprint.get("/done/<int:number>")
def page(number: int) -> str:
    """Show one bulk edit, and offer to undo it."""
    return render_template("items/bulk.html", page=page_content.shown(_the_act(number)))


@blueprint.post("/done/<int:number>/undo")
def undo(number: int) -> Response:
    """Undo a bulk edit, except on items that somebody has changed since."""
    edit = _the_act(number).edit
    session = context.session()
    reason = gettext("The bulk edit was undone.")
    try:
        back, left = changes.undo_bulk_edit(session, edit, context.person(), reason=reason, **acting())
        session.commit()
    except Refused as refused:
        session.rollback()
        flash(gettext(refused.message), "error")
        return redirect(url_for("bulk.page", number=number))
    flash(ngettext("%(num)d item is restored.", "%(num)d items are restored.", len(back)))
    if left:
        named = ", ".join(str(item.number) for item in left)
        flash(gettext("Not restored, because somebody changed them since: %(numbers)s.", numbers=named), "error")
    return redirect(url_for("bulk.page", number=number))
