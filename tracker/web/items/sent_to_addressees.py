"""How an item was put to those whom it asks: to several at once, or to one; corrected, or taken back."""

from typing import Any

from flask import Blueprint, abort, flash, render_template, request
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from tracker.items import party_choices, sent_to_addressees
from tracker.items.details import AddresseeAnswer as Answered
from tracker.items.details import answers_of
from tracker.items.models import Addressee, Item, ResponseState
from tracker.items.unreachable_parties import unreachable
from tracker.web.app import context
from tracker.web.app.form_saving import SAVED, acting, overtaken, save
from tracker.web.items import addressee_words
from tracker.web.items.changes import Answer, to_page
from tracker.web.items.forms.addressees import PutSeveralForm, SendForm
from tracker.web.items.pages import the_item
from tracker.web.items.permissions import parties_offered

blueprint = Blueprint("item_sending", __name__, url_prefix="/items/<int:number>")


@blueprint.route("/send", methods=["GET", "POST"])
def several(number: int) -> Answer:
    """Note that the item was put to all or some of those to whom it has not been yet."""
    item = the_item(number)
    waiting, others = _by_sending(item)
    form = PutSeveralForm(data=_begun()).offer(_people(), waiting)
    status = save(form, lambda: _put_all(item, form)) if request.method == "POST" else 200
    if status == SAVED:
        count = len(form.addressee.data or ())
        page = to_page(item, ngettext("Put to %(num)d party.", "Put to %(num)d parties.", count))
        _warn([one.addressee.party_id for one in waiting if form.ticks(one.addressee)])
        return page
    waiting, others = _by_sending(item)
    form.offer(_people(), waiting)
    told = [addressee_words.put(one) for one in others]
    return render_template("items/sent_to_addressees.html", item=item, form=form, waiting=waiting, told=told), status


def _by_sending(item: Item) -> tuple[list[Answered], list[Answered]]:
    """Return the asked parties to whom the item has not been put, and the others."""
    found = answers_of(context.session(), item)
    waiting = [one for one in found if one.addressee.response is ResponseState.NOT_YET_SENT]
    return waiting, [one for one in found if one not in waiting]


def _begun() -> dict[str, Any]:
    return {"on": context.today(), "by": context.person().id}


def _people() -> list[party_choices.Choice]:
    return parties_offered()


def _put_all(item: Item, form: PutSeveralForm) -> None:
    how = form.sending()
    for addressee_id, version in form.chosen():
        sent_to_addressees.send_to_addressee(
            context.session(), _addressee_of(item, addressee_id), how, seen_version=version, **acting()
        )


def _addressee_of(item: Item, addressee_id: int) -> Addressee:
    addressee = context.session().get(Addressee, addressee_id) if addressee_id < 2**31 else None
    if addressee is not None and addressee.item_id == item.id:
        return addressee
    return abort(404)


def _warn(party_ids: list[int]) -> None:
    """Say of whom nobody will hear that something was put to them."""
    for name in unreachable(context.session(), party_ids):
        flash(
            gettext("Nobody who can be reached answers for %(name)s: say who does, or tell them yourself.", name=name)
        )


@blueprint.route("/addressees/<int:addressee_id>/send", methods=["GET", "POST"])
def one(number: int, addressee_id: int) -> Answer:
    """Note or correct how the item was put to one party."""
    item = the_item(number)
    addressee = _addressee_of(item, addressee_id)
    form = _form(addressee)
    status = save(form, lambda: _put(addressee, form)) if request.method == "POST" else 200
    if status == SAVED:
        page = to_page(item, gettext("Noted how it was put to them."))
        _warn([addressee.party_id])
        return page
    meanwhile = overtaken(form, _form(addressee, formdata=None), addressee) if status == 409 else None
    [answered] = [one for one in answers_of(context.session(), item) if one.addressee.id == addressee.id]
    shown = {"item": item, "form": form, "answered": answered, "meanwhile": meanwhile}
    return render_template("items/sent_to_addressee.html", **shown), status


def _form(addressee: Addressee, **options: Any) -> SendForm:
    kept = _begun()
    if addressee.sent_on is not None:
        kept = {"on": addressee.sent_on, "by": addressee.sent_by, "words": addressee.sent_words}
        kept |= {"way": addressee.sent_way.value} if addressee.sent_way else {}
    return SendForm(data={**kept, "version": addressee.version}, **options).offer_people(_people())


def _put(addressee: Addressee, form: SendForm) -> None:
    sent_to_addressees.send_to_addressee(
        context.session(), addressee, form.sending(), seen_version=form.version.data or 0, **acting()
    )


@blueprint.post("/addressees/<int:addressee_id>/send/undo")
def undo(number: int, addressee_id: int) -> Response:
    """Say that it was not put to them after all."""
    item = the_item(number)
    seen = request.form.get("version", 0, type=int)
    sent_to_addressees.undo_sending(context.session(), _addressee_of(item, addressee_id), seen_version=seen, **acting())
    context.session().commit()
    return to_page(item, gettext("It counts as not yet put to them."))
