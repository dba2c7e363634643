"""What was answered: by each asked party, and by the asker of a closed item."""

from typing import Any

from flask import Blueprint, abort, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from tracker.items import responses
from tracker.items.models import Asked, Item
from tracker.items.status import ANSWERED
from tracker.people.queries import party_names
from tracker.web import context, item_reader
from tracker.web.forms.item_people import AskerForm, PartyForm, RespondForm
from tracker.web.item_changes import Answer, to_page
from tracker.web.item_reader import parties_offered
from tracker.web.items import the_item
from tracker.web.saving import SAVED, acting, overtaken, save

blueprint = Blueprint("item_responses", __name__, url_prefix="/items/<int:number>")


@blueprint.route("/asked", methods=["GET", "POST"])
def name(number: int) -> Answer:
    """Name a further party as asked to act."""
    item = the_item(number)
    form = PartyForm().offer(parties_offered())
    status = save(form, lambda: _name(item, form)) if request.method == "POST" else 200
    if status == SAVED:
        return to_page(item, gettext("Saved."))
    return render_template("items/asked.html", item=item, form=form), status


def _name(item: Item, form: PartyForm) -> None:
    responses.name_asked(context.session(), item, form.party.data, **acting())


def _asked_of(item: Item, asked_id: int) -> Asked:
    asked = context.session().get(Asked, asked_id)
    return asked if asked is not None and asked.item_id == item.id else abort(404)


@blueprint.route("/asked/<int:asked_id>", methods=["GET", "POST"])
def respond(number: int, asked_id: int) -> Answer:
    """Record what an asked party answered."""
    item = the_item(number)
    asked = _asked_of(item, asked_id)
    if asked.party_id not in item_reader.responds_for(item):
        abort(404)
    form = _respond_form(asked)
    status = save(form, lambda: _respond(asked, form)) if request.method == "POST" else 200
    if status == SAVED:
        return to_page(item, gettext("The response is recorded."))
    party = party_names(context.session(), {asked.party_id})[asked.party_id]
    meanwhile = overtaken(form, _respond_form(asked, formdata=None), asked) if status == 409 else None
    shown = {"item": item, "asked": asked, "party": party, "form": form, "meanwhile": meanwhile}
    return render_template("items/respond.html", **shown), status


def _respond_form(asked: Asked, **options: Any) -> RespondForm:
    kept = {name: getattr(asked, name) for name in ("answered_by", "reason", "version")}
    said_on = asked.responded_on if asked.response in ANSWERED else None
    state = asked.response.value
    return RespondForm(data={**kept, "state": state, "responded_on": said_on or context.today()}, **options).offer(
        asked
    )


def _respond(asked: Asked, form: RespondForm) -> None:
    seen = form.version.data or 0
    responses.record_response(context.session(), asked, form.response(asked), seen_version=seen, **acting())


@blueprint.post("/asked/<int:asked_id>/drop")
def drop(number: int, asked_id: int) -> Response:
    """Take back that a party was named."""
    item = the_item(number)
    responses.drop_asked(context.session(), _asked_of(item, asked_id), **acting())
    context.session().commit()
    return to_page(item, gettext("Saved."))


@blueprint.route("/asker", methods=["GET", "POST"])
def asker(number: int) -> Answer:
    """Record what the asker says of a closed item."""
    item = the_item(number)
    if item.put_forward_by not in item_reader.responds_for(item):
        abort(404)
    form = _asker_form(item)
    status = save(form, lambda: _hear(item, form)) if request.method == "POST" else 200
    if status == SAVED:
        return to_page(item, gettext("Saved."))
    meanwhile = overtaken(form, _asker_form(item, formdata=None), item) if status == 409 else None
    return render_template("items/asker.html", item=item, form=form, meanwhile=meanwhile), status


def _asker_form(item: Item, **options: Any) -> AskerForm:
    kept = {"view": item.asker_view.value if item.asker_view else "", "message": item.asker_note}
    return AskerForm(data={**kept, "version": item.version}, **options).offer()


def _hear(item: Item, form: AskerForm) -> None:
    message, seen = form.message.data or "", form.version.data or 0
    responses.say_as_asker(context.session(), item, form.chosen(), message=message, seen_version=seen, **acting())
