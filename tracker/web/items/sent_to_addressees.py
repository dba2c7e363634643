"""Recording that an item was sent to its addressees: to several at once or to one; corrected or undone."""

from typing import Any

from flask import Blueprint, flash, render_template, request
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from tracker.items import sent_to_addressees
from tracker.items.details import AddresseeAnswer as Answered
from tracker.items.details import answers_of
from tracker.items.models import Item
from tracker.items.party_models import Addressee, ResponseState
from tracker.items.party_names import unreachable
from tracker.web.app import context
from tracker.web.app.form_saving import acting, overtaken, seen_version, submit
from tracker.web.items import addressee_words
from tracker.web.items.changes import Answer, to_page
from tracker.web.items.forms.addressees import SendForm, SendToSeveralForm
from tracker.web.items.pages import part_of, the_item

blueprint = Blueprint("item_sending", __name__, url_prefix="/items/<int:number>")


@blueprint.route("/send", methods=["GET", "POST"])
def several(number: int) -> Answer:
    """Record that the item was sent to all or some of the addressees to whom it had not been sent."""
    item = the_item(number)
    waiting, others = _by_sending(item)
    form = SendToSeveralForm(data=_default_values()).offer(waiting)
    submission = submit(form, lambda: _send_to_all(item, form))
    if submission.is_saved:
        count = len(form.addressees.data or ())
        _warn([answer.addressee.party_id for answer in waiting if form.ticks(answer.addressee)])
        return to_page(item, ngettext("Sent to %(num)d addressee.", "Sent to %(num)d addressees.", count))
    waiting, others = _by_sending(item)  # somebody else may have sent it meanwhile
    form.offer(waiting)
    sent = [addressee_words.sending_in_words(answer) for answer in others]
    page = render_template("items/sent_to_addressees.html", item=item, form=form, waiting=waiting, sent=sent)
    return page, submission.status


def _by_sending(item: Item) -> tuple[list[Answered], list[Answered]]:
    """Return the addressees to whom the item has not been sent, and the others."""
    every = answers_of(context.session(), item)
    waiting = [answer for answer in every if answer.addressee.response is ResponseState.NOT_YET_SENT]
    return waiting, [answer for answer in every if answer not in waiting]


def _default_values() -> dict[str, Any]:
    return {"on": context.today(), "by": context.person().id}


def _send_to_all(item: Item, form: SendToSeveralForm) -> None:
    sending = form.sending()
    # Each with its own version: one that somebody else has recorded meanwhile refuses them all.
    for addressee_id, version in form.chosen():
        sent_to_addressees.send_to_addressee(
            context.session(), part_of(item, Addressee, addressee_id), sending, seen_version=version, **acting()
        )


def _warn(party_ids: list[int]) -> None:
    """Tell the reader which of the parties nobody informs: no one who can be reached answers for them."""
    for name in unreachable(context.session(), party_ids):
        flash(
            gettext(
                "No one reachable answers for %(name)s. Name somebody who does, or write to them yourself.", name=name
            )
        )


@blueprint.route("/addressees/<int:addressee_id>/send", methods=["GET", "POST"])
def one(number: int, addressee_id: int) -> Answer:
    """Record or correct how the item was sent to one addressee."""
    item = the_item(number)
    addressee = part_of(item, Addressee, addressee_id)
    form = _form(addressee)
    submission = submit(form, lambda: _send(addressee, form))
    if submission.is_saved:
        # Recording is no mail: whoever is recorded as sent to may never hear of it.
        _warn([addressee.party_id])
        return to_page(item, gettext("Saved."))
    meanwhile = None
    if submission.is_stale:
        meanwhile = overtaken(form, _form(addressee, formdata=None), addressee)
    [answer] = [answer for answer in answers_of(context.session(), item) if answer.addressee.id == addressee.id]
    page = render_template("items/sent_to_addressee.html", item=item, form=form, answer=answer, meanwhile=meanwhile)
    return page, submission.status


def _form(addressee: Addressee, **options: Any) -> SendForm:
    # Most sendings are recorded by who sent them, on the day itself.
    values = _default_values()
    if addressee.sent_on is not None:
        values = {"on": addressee.sent_on, "by": addressee.sent_by, "words": addressee.sent_words}
    if addressee.sent_on is not None and addressee.sent_way is not None:
        values["way"] = addressee.sent_way.value
    values["version"] = addressee.version
    return SendForm(data=values, **options).offer_ways()


def _send(addressee: Addressee, form: SendForm) -> None:
    sent_to_addressees.send_to_addressee(
        context.session(), addressee, form.sending(), seen_version=seen_version(form), **acting()
    )


@blueprint.post("/addressees/<int:addressee_id>/send/undo")
def undo(number: int, addressee_id: int) -> Response:
    """Undo: the item was not sent to them."""
    item = the_item(number)
    seen = request.form.get("version", 0, type=int)
    sent_to_addressees.undo_sending(
        context.session(), part_of(item, Addressee, addressee_id), seen_version=seen, **acting()
    )
    context.session().commit()
    return to_page(item, gettext("The sending is undone. The item counts as not yet sent."))
