"""Responses: of each addressee to an item, and of proposers and supporters to its closing."""

from typing import Any

from flask import Blueprint, abort, render_template
from flask_babel import gettext
from werkzeug.wrappers import Response

from tracker.items import closing_views, responses
from tracker.items.models import Item
from tracker.items.party_models import Addressee
from tracker.items.status import ANSWERED
from tracker.people.queries import party_names
from tracker.web.app import context
from tracker.web.app.address_numbers import named_number
from tracker.web.app.form_saving import acting, overtaken, seen_version, submit
from tracker.web.items import what_reader_may_do
from tracker.web.items.changes import Answer, to_page
from tracker.web.items.forms.people import PartyForm, ProposerViewForm, RespondForm
from tracker.web.items.pages import part_of, the_item

blueprint = Blueprint("item_responses", __name__, url_prefix="/items/<int:number>")


@blueprint.route("/addressees", methods=["GET", "POST"])
def name(number: int) -> Answer:
    """Add an addressee."""
    item = the_item(number)
    form = PartyForm()
    submission = submit(form, lambda: responses.name_addressee(context.session(), item, form.party.data, **acting()))
    if submission.is_saved:
        return to_page(item, gettext("The addressee is added."))
    return render_template("items/addressee.html", item=item, form=form), submission.status


@blueprint.route("/addressees/<int:addressee_id>", methods=["GET", "POST"])
def respond(number: int, addressee_id: int) -> Answer:
    """Record what an addressee answered."""
    item = the_item(number)
    addressee = part_of(item, Addressee, addressee_id)
    # Whoever may not answer for the party is not told that there is such a page.
    if addressee.party_id not in what_reader_may_do.responds_for(item):
        abort(404)
    form = _respond_form(addressee)
    submission = submit(form, lambda: _respond(addressee, form))
    if submission.is_saved:
        return to_page(item, gettext("The response is recorded."))
    party = party_names(context.session(), {addressee.party_id})[addressee.party_id]
    meanwhile = None
    if submission.is_stale:
        meanwhile = overtaken(form, _respond_form(addressee, formdata=None), addressee)
    page = render_template(
        "items/respond.html", item=item, addressee=addressee, party=party, form=form, meanwhile=meanwhile
    )
    return page, submission.status


def _respond_form(addressee: Addressee, **options: Any) -> RespondForm:
    values = {name: getattr(addressee, name) for name in ("answered_by", "reason", "version")}
    values["state"] = addressee.response.value
    # Most answers are recorded on the day they arrive.
    values["responded_on"] = context.today()
    if addressee.response in ANSWERED and addressee.responded_on is not None:
        values["responded_on"] = addressee.responded_on
    return RespondForm(data=values, **options).offer(addressee)


def _respond(addressee: Addressee, form: RespondForm) -> None:
    response = form.response(addressee)
    responses.record_response(context.session(), addressee, response, seen_version=seen_version(form), **acting())


@blueprint.post("/addressees/<int:addressee_id>/drop")
def drop(number: int, addressee_id: int) -> Response:
    """Remove an addressee."""
    item = the_item(number)
    responses.drop_addressee(context.session(), part_of(item, Addressee, addressee_id), **acting())
    context.session().commit()
    return to_page(item, gettext("The addressee is removed."))


@blueprint.route("/proposer", methods=["GET", "POST"])
def proposer(number: int) -> Answer:
    """Record what a proposer or supporter says of a closed item."""
    item = the_item(number)
    party_id = _party_to_speak_for(item)
    form = _closing_form(item, party_id)
    submission = submit(form, lambda: _record_view(item, party_id, form))
    if submission.is_saved:
        return to_page(item, gettext("Saved."))
    meanwhile = None
    if submission.is_stale:
        meanwhile = overtaken(form, _closing_form(item, party_id, formdata=None), item)
    name = party_names(context.session(), {party_id})[party_id]
    page = render_template("items/proposer_view.html", item=item, form=form, name=name, meanwhile=meanwhile)
    return page, submission.status


def _party_to_speak_for(item: Item) -> int:
    """Return the party that the address names, or the first, for which the reader may speak."""
    parties = what_reader_may_do.says_of_closing(item)
    named = named_number("party")
    if not parties or (named is not None and named not in parties):
        abort(404)
    if named is None:
        return parties[0]
    return named


def _closing_form(item: Item, party_id: int, **options: Any) -> ProposerViewForm:
    views = closing_views.closing_views_of(context.session(), item)
    values: dict[str, Any] = {"version": item.version}
    for row in views:
        if row.party_id == party_id:
            values |= {"view": row.view.value, "message": row.note}
    return ProposerViewForm(data=values, **options).offer()


def _record_view(item: Item, party_id: int, form: ProposerViewForm) -> None:
    closing_views.record_closing_view(
        context.session(),
        item,
        form.chosen(),
        party_id=party_id,
        message=form.message.data or "",
        seen_version=seen_version(form),
        **acting(),
    )
