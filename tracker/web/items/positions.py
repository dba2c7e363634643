"""Positions on an item: added, corrected, removed."""

from flask import Blueprint, render_template
from flask_babel import gettext
from sqlmodel import col, select

from tracker.items import positions
from tracker.items.models import Item, ItemPassage
from tracker.items.party_models import Position
from tracker.transcripts.quotes import Quote, quotes
from tracker.web.app import context
from tracker.web.app.form_saving import Meanwhile, acting, overtaken, renew, seen_version, submit
from tracker.web.items.changes import Answer, to_page
from tracker.web.items.forms.people import PositionForm, RemovePositionForm
from tracker.web.items.pages import part_of, the_item

blueprint = Blueprint("item_positions", __name__, url_prefix="/items/<int:number>/positions")

#: of a quote in a select
LONGEST_LABEL = 80


def _form(item: Item, position: Position | None, *, is_sent: bool = True) -> PositionForm:
    """Return the form with what was sent, or else with the position; it offers the passages cited on the item."""
    data = None
    if position is not None:
        values = {name: getattr(position, name) for name in ("condition", "capacity_of", "reported_by", "version")}
        chosen = {name: getattr(position, name).value for name in ("stance", "capacity", "channel")}
        data = {**values, **chosen, "party": position.party_id, "passage": position.passage_id}
    if is_sent:
        form = PositionForm(data=data)
    else:
        form = PositionForm(formdata=None, data=data)
    return form.offer(_passages(item))


def _passages(item: Item) -> list[tuple[str, str]]:
    """Return the passages that the item and its positions cite, as options: number and quoted words."""
    session = context.session()
    cited = {*session.exec(select(ItemPassage.passage_id).where(col(ItemPassage.item_id) == item.id))}
    of_positions = select(Position.passage_id).where(col(Position.item_id) == item.id)
    # A position may cite words that the item itself does not.
    cited |= {passage_id for passage_id in session.exec(of_positions) if passage_id is not None}
    cited_quotes = quotes(session, cited, context.sight())
    return [(str(passage_id), _label(quote)) for passage_id, quote in sorted(cited_quotes.items())]


def _label(quote: Quote) -> str:
    if quote.words is None:
        return str(gettext("characters %(start)d to %(end)d", start=quote.place.start, end=quote.place.end))
    words = quote.words.quote
    if len(words) > LONGEST_LABEL:
        words = f"{words[: LONGEST_LABEL - 1]}…"
    if quote.speaker:
        return f"{quote.speaker}: {words}"
    return words


@blueprint.route("/new", methods=["GET", "POST"])
def add(number: int) -> Answer:
    """Add the position of a party."""
    item = the_item(number)
    form = _form(item, None)
    submission = submit(form, lambda: positions.add_position(context.session(), item, form.stand(), **acting()))
    if submission.is_saved:
        return to_page(item, gettext("The position is added."))
    page = render_template("items/position.html", item=item, form=form, position=None, removal=None)
    return page, submission.status


def _show(
    item: Item,
    position: Position,
    form: PositionForm,
    removal: RemovePositionForm,
    status: int,
    meanwhile: Meanwhile | None = None,
) -> Answer:
    page = render_template(
        "items/position.html", item=item, form=form, position=position, removal=removal, meanwhile=meanwhile
    )
    return page, status


@blueprint.route("/<int:position_id>", methods=["GET", "POST"])
def edit(number: int, position_id: int) -> Answer:
    """Correct a position."""
    item = the_item(number)
    position = part_of(item, Position, position_id)
    form = _form(item, position)
    submission = submit(form, lambda: _edit(position, form))
    if submission.is_saved:
        return to_page(item, gettext("The position is corrected."))
    removal = RemovePositionForm(formdata=None, version=position.version)
    meanwhile = None
    if submission.is_stale:
        meanwhile = overtaken(form, _form(item, position, is_sent=False), position)
    return _show(item, position, form, removal, submission.status, meanwhile)


def _edit(position: Position, form: PositionForm) -> None:
    session = context.session()
    positions.edit_position(session, position, form.stand(), seen_version=seen_version(form), **acting())


@blueprint.post("/<int:position_id>/remove")
def remove(number: int, position_id: int) -> Answer:
    """Remove a position, with a reason."""
    item = the_item(number)
    form = RemovePositionForm()
    position = part_of(item, Position, position_id)
    submission = submit(form, lambda: _remove(position, form))
    if submission.is_saved:
        return to_page(item, gettext("The position is removed. The history keeps it."))
    # The version that was sent is stale: with it the next try would be refused as well.
    renew(form.version, position.version)
    return _show(item, position, _form(item, position, is_sent=False), form, submission.status)


def _remove(position: Position, form: RemovePositionForm) -> None:
    reason = form.reason.data or ""
    session = context.session()
    positions.remove_position(session, position, reason=reason, seen_version=seen_version(form), **acting())
