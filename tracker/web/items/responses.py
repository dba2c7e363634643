"""What was answered: by each asked party, and by proposers and supporters of a closed item."""

from typing import Any

from flask import Blueprint, abort, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from tracker.items import closing_views, responses
from tracker.items.models import Addressee, Item
from tracker.items.status import ANSWERED
from tracker.people.queries import party_names
from tracker.web.app import context
from tracker.web.app.form_saving import SAVED, acting, overtaken, save
from tracker.web.items import permissions
from tracker.web.items.changes import Answer, to_page
from tracker.web.items.forms.people import PartyForm, ProposerViewForm, RespondForm
from tracker.web.items.pages import the_item
from tracker.web.items.permissions import parties_offered

blueprint = Blueprint("item_responses", __name__, url_prefix="/items/<int:number>")


@blueprint.route("/addressees", methods=["GET", "POST"])
def name(number: int) -> Answer:
    """Name a further party as asked to act."""
    item = the_item(number)
    form = PartyForm().offer(parties_offered())
    status = save(form, lambda: _name(item, form)) if request.method == "POST" else 200
    if status == SAVED:
        return to_page(item, gettext("Saved."))
    return render_template("items/addressee.html", item=item, form=form), status


def _name(item: Item, form: PartyForm) -> None:
    responses.name_addressee(context.session(), item, form.party.data, **acting())


def _addressee_of(item: Item, addressee_id: int) -> Addressee:
    addressee = context.session().get(Addressee, addressee_id)
    if addressee is not None and addressee.item_id == item.id:
        return addressee
    return abort(404)


@blueprint.route("/addressees/<int:addressee_id>", methods=["GET", "POST"])
def respond(number: int, addressee_id: int) -> Answer:
    """Record what an asked party answered."""
    item = the_item(number)
    addressee = _addressee_of(item, addressee_id)
    if addressee.party_id not in permissions.responds_for(item):
        abort(404)
    form = _respond_form(addressee)
    status = save(form, lambda: _respond(addressee, form)) if request.method == "POST" else 200
    if status == SAVED:
        return to_page(item, gettext("The response is recorded."))
    party = party_names(context.session(), {addressee.party_id})[addressee.party_id]
    meanwhile = overtaken(form, _respond_form(addressee, formdata=None), addressee) if status == 409 else None
    shown = {"item": item, "addressee": addressee, "party": party, "form": form, "meanwhile": meanwhile}
    return render_template("items/respond.html", **shown), status


def _respond_form(addressee: Addressee, **options: Any) -> RespondForm:
    kept = {name: getattr(addressee, name) for name in ("answered_by", "reason", "version")}
    said_on = addressee.responded_on if addressee.response in ANSWERED else None
    state = addressee.response.value
    return RespondForm(data={**kept, "state": state, "responded_on": said_on or context.today()}, **options).offer(
        addressee
    )


def _respond(addressee: Addressee, form: RespondForm) -> None:
    seen = form.version.data or 0
    responses.record_response(context.session(), addressee, form.response(addressee), seen_version=seen, **acting())


@blueprint.post("/addressees/<int:addressee_id>/drop")
def drop(number: int, addressee_id: int) -> Response:
    """Take back that a party was named."""
    item = the_item(number)
    responses.drop_addressee(context.session(), _addressee_of(item, addressee_id), **acting())
    context.session().commit()
    return to_page(item, gettext("Saved."))


@blueprint.route("/proposer", methods=["GET", "POST"])
def proposer(number: int) -> Answer:
    """Record what a proposer or supporter says of a closed item."""
    item = the_item(number)
    party = _speaking(item)
    form = _closing_form(item, party)
    status = save(form, lambda: _hear(item, party, form)) if request.method == "POST" else 200
    if status == SAVED:
        return to_page(item, gettext("Saved."))
    meanwhile = overtaken(form, _closing_form(item, party, formdata=None), item) if status == 409 else None
    name = party_names(context.session(), {party})[party]
    return render_template("items/proposer_view.html", item=item, form=form, name=name, meanwhile=meanwhile), status


def _speaking(item: Item) -> int:
    """Return the party that the address names, or the first, for which the reader may speak."""
    parties = permissions.says_of_closing(item)
    named = request.args.get("party", type=int)
    if not parties or (named is not None and named not in parties):
        abort(404)
    if named is None:
        return parties[0]
    return named


def _closing_form(item: Item, party: int, **options: Any) -> ProposerViewForm:
    views = closing_views.closing_views_of(context.session(), item)
    row = next((row for row in views if row.party_id == party), None)
    kept = {"view": row.view.value, "message": row.note} if row else {}
    return ProposerViewForm(data={**kept, "version": item.version}, **options).offer()


def _hear(item: Item, party: int, form: ProposerViewForm) -> None:
    closing_views.record_closing_view(
        context.session(),
        item,
        form.chosen(),
        party_id=party,
        message=form.message.data or "",
        seen_version=form.version.data or 0,
        **acting(),
    )
