"""What was answered: by each asked party, and by the asker of a closed item."""

from flask import Blueprint, abort, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from tracker.items import parties, responses
from tracker.items.models import Asked, Item
from tracker.people.queries import party_names
from tracker.web import context, item_page
from tracker.web.forms.item_people import AskerForm, PartyForm, RespondForm
from tracker.web.item_changes import Answer, to_page
from tracker.web.items import the_item
from tracker.web.saving import SAVED, acting, save

blueprint = Blueprint("item_responses", __name__, url_prefix="/items/<int:number>")


@blueprint.route("/asked", methods=["GET", "POST"])
def name(number: int) -> Answer:
    """Name a further party as asked to act."""
    item = the_item(number)
    form = PartyForm().offer(parties.of_form(context.session(), context.body_id()))
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
    if asked.party_id not in item_page.responds_for(item):
        abort(404)
    kept = {"state": asked.response.value, "answered_by": asked.answered_by, "reason": asked.reason}
    form = RespondForm(data={**kept, "responded_on": asked.responded_on or context.today()}).offer()
    status = save(form, lambda: _respond(asked, form)) if request.method == "POST" else 200
    if status == SAVED:
        return to_page(item, gettext("The response is recorded."))
    party = party_names(context.session(), {asked.party_id})[asked.party_id]
    return render_template("items/respond.html", item=item, asked=asked, party=party, form=form), status


def _respond(asked: Asked, form: RespondForm) -> None:
    responses.record_response(context.session(), asked, form.response(), **acting())


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
    if item.put_forward_by not in item_page.responds_for(item):
        abort(404)
    form = AskerForm(data={"view": item.asker_view and item.asker_view.value, "message": item.asker_note}).offer()
    status = save(form, lambda: _hear(item, form)) if request.method == "POST" else 200
    if status == SAVED:
        return to_page(item, gettext("Saved."))
    return render_template("items/asker.html", item=item, form=form), status


def _hear(item: Item, form: AskerForm) -> None:
    message = form.message.data or ""
    responses.say_as_asker(context.session(), item, form.chosen(), message=message, **acting())
