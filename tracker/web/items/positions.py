"""Who stands where on an item: noted, corrected, taken out."""

from flask import Blueprint, abort, render_template, request
from flask_babel import gettext
from sqlmodel import col, select

from tracker.items import positions
from tracker.items.models import Item, ItemPassage, Position
from tracker.transcripts.quotes import Quote, quotes
from tracker.web.app import context
from tracker.web.app.form_saving import SAVED, Meanwhile, acting, overtaken, renew, save
from tracker.web.items.changes import Answer, to_page
from tracker.web.items.forms.people import PositionForm, RemovePositionForm
from tracker.web.items.pages import the_item
from tracker.web.items.permissions import parties_offered

blueprint = Blueprint("item_positions", __name__, url_prefix="/items/<int:number>/positions")


def _form(item: Item, position: Position | None, *, is_sent: bool = True) -> PositionForm:
    """Return the form, with what was sent or else the position holds; it may cite what the item and others cite."""
    data = None
    if position is not None:
        values = {name: getattr(position, name) for name in ("condition", "capacity_of", "reported_by", "version")}
        chosen = {name: getattr(position, name).value for name in ("stance", "capacity", "channel")}
        data = {**values, **chosen, "party": position.party_id, "passage": position.passage_id}
    form = PositionForm(data=data) if is_sent else PositionForm(formdata=None, data=data)
    return form.offer(parties_offered(), _passages(item))


def _passages(item: Item) -> list[tuple[str, str]]:
    session = context.session()
    cited = {*session.exec(select(ItemPassage.passage_id).where(col(ItemPassage.item_id) == item.id))}
    cited |= {
        number
        for number in session.exec(select(Position.passage_id).where(col(Position.item_id) == item.id))
        if number is not None
    }
    found = quotes(session, cited, context.sight())
    return [(str(number), _label(quote)) for number, quote in sorted(found.items())]


def _label(quote: Quote) -> str:
    if quote.words is None:
        return str(gettext("characters %(start)d to %(end)d", start=quote.place.start, end=quote.place.end))
    words = quote.words.quote
    short = words if len(words) <= 80 else f"{words[:79]}…"
    if quote.speaker:
        return f"{quote.speaker}: {short}"
    return short


@blueprint.route("/new", methods=["GET", "POST"])
def add(number: int) -> Answer:
    """Note where a party stands."""
    item = the_item(number)
    form = _form(item, None)
    status = save(form, lambda: _add(item, form)) if request.method == "POST" else 200
    if status == SAVED:
        return to_page(item, gettext("The position is noted."))
    return render_template("items/position.html", item=item, form=form, position=None, removal=None), status


def _add(item: Item, form: PositionForm) -> None:
    positions.add_position(context.session(), item, form.stand(), **acting())


def _position_of(item: Item, position_id: int) -> Position:
    position = context.session().get(Position, position_id)
    if position is not None and position.item_id == item.id:
        return position
    return abort(404)


def _show(
    item: Item,
    position: Position,
    form: PositionForm,
    removal: RemovePositionForm,
    status: int,
    meanwhile: Meanwhile | None = None,
) -> Answer:
    shown = {"item": item, "form": form, "position": position, "removal": removal, "meanwhile": meanwhile}
    return render_template("items/position.html", **shown), status


@blueprint.route("/<int:position_id>", methods=["GET", "POST"])
def edit(number: int, position_id: int) -> Answer:
    """Correct a position."""
    item = the_item(number)
    position = _position_of(item, position_id)
    form = _form(item, position)
    status = save(form, lambda: _edit(position, form)) if request.method == "POST" else 200
    if status == SAVED:
        return to_page(item, gettext("The position is corrected."))
    removal = RemovePositionForm(formdata=None, version=position.version)
    stored = _form(item, position, is_sent=False)
    return _show(item, position, form, removal, status, overtaken(form, stored, position) if status == 409 else None)


def _edit(position: Position, form: PositionForm) -> None:
    seen = form.version.data or 0
    positions.edit_position(context.session(), position, form.stand(), seen_version=seen, **acting())


@blueprint.post("/<int:position_id>/remove")
def remove(number: int, position_id: int) -> Answer:
    """Take a position out, with a reason."""
    item = the_item(number)
    form = RemovePositionForm()
    position = _position_of(item, position_id)
    status = save(form, lambda: _remove(position, form))
    if status == SAVED:
        return to_page(item, gettext("The position is taken out; the history keeps it."))
    renew(form.version, position.version)
    return _show(item, position, _form(item, position, is_sent=False), form, status)


def _remove(position: Position, form: RemovePositionForm) -> None:
    reason = form.reason.data or ""
    seen = form.version.data or 0
    positions.remove_position(context.session(), position, reason=reason, seen_version=seen, **acting())
