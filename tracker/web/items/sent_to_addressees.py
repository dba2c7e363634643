"""How an item was put to those whom it asks: to several at once, or to one; corrected, or taken back."""

from typing import Any

from flask import Blueprint, abort, flash, render_template, request
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from tracker.items import party_choices, sent_to_addressees
from tracker.items.details import AddresseeAnswer as Answered
from tracker.items.details import answers
from tracker.items.models import Asked, Item, ResponseState
from tracker.items.unreachable_parties import unheard
from tracker.web.app import context
from tracker.web.app.form_saving import SAVED, acting, overtaken, save
from tracker.web.items import addressee_words
from tracker.web.items.changes import Answer, to_page
from tracker.web.items.forms.addressees import PutForm, PutSeveralForm
from tracker.web.items.pages import the_item
from tracker.web.items.permissions import parties_offered

blueprint = Blueprint("item_putting", __name__, url_prefix="/items/<int:number>")


@blueprint.route("/put", methods=["GET", "POST"])
def several(number: int) -> Answer:
    """Note that the item was put to all or some of those to whom it has not been yet."""
    item = the_item(number)
    waiting, others = _by_putting(item)
    form = PutSeveralForm(data=_begun()).offer(_people(), waiting)
    status = save(form, lambda: _put_all(item, form)) if request.method == "POST" else 200
    if status == SAVED:
        count = len(form.asked.data or ())
        page = to_page(item, ngettext("Put to %(num)d party.", "Put to %(num)d parties.", count))
        _warn([one.asked.party_id for one in waiting if form.ticks(one.asked)])
        return page
    waiting, others = _by_putting(item)
    form.offer(_people(), waiting)
    told = [addressee_words.put(one) for one in others]
    return render_template("items/sent_to_addressees.html", item=item, form=form, waiting=waiting, told=told), status


def _by_putting(item: Item) -> tuple[list[Answered], list[Answered]]:
    """Return the asked parties to whom the item has not been put, and the others."""
    found = answers(context.session(), item)
    waiting = [one for one in found if one.asked.response is ResponseState.NOT_YET_PUT]
    return waiting, [one for one in found if one not in waiting]


def _begun() -> dict[str, Any]:
    return {"on": context.today(), "by": context.person().id}


def _people() -> list[party_choices.Choice]:
    return parties_offered()


def _put_all(item: Item, form: PutSeveralForm) -> None:
    how = form.putting()
    for asked_id, version in form.chosen():
        sent_to_addressees.put(context.session(), _asked_of(item, asked_id), how, seen_version=version, **acting())


def _asked_of(item: Item, asked_id: int) -> Asked:
    asked = context.session().get(Asked, asked_id) if asked_id < 2**31 else None
    return asked if asked is not None and asked.item_id == item.id else abort(404)


def _warn(party_ids: list[int]) -> None:
    """Say of whom nobody will hear that something was put to them."""
    for name in unheard(context.session(), party_ids):
        flash(
            gettext("Nobody who can be reached answers for %(name)s: say who does, or tell them yourself.", name=name)
        )


@blueprint.route("/asked/<int:asked_id>/put", methods=["GET", "POST"])
def one(number: int, asked_id: int) -> Answer:
    """Note or correct how the item was put to one party."""
    item = the_item(number)
    asked = _asked_of(item, asked_id)
    form = _form(asked)
    status = save(form, lambda: _put(asked, form)) if request.method == "POST" else 200
    if status == SAVED:
        page = to_page(item, gettext("Noted how it was put to them."))
        _warn([asked.party_id])
        return page
    meanwhile = overtaken(form, _form(asked, formdata=None), asked) if status == 409 else None
    [answered] = [one for one in answers(context.session(), item) if one.asked.id == asked.id]
    shown = {"item": item, "form": form, "answered": answered, "meanwhile": meanwhile}
    return render_template("items/sent_to_addressee.html", **shown), status


def _form(asked: Asked, **options: Any) -> PutForm:
    kept = _begun()
    if asked.put_on is not None:
        kept = {"on": asked.put_on, "by": asked.put_by, "words": asked.put_words}
        kept |= {"way": asked.put_by_way.value} if asked.put_by_way else {}
    return PutForm(data={**kept, "version": asked.version}, **options).offer_people(_people())


def _put(asked: Asked, form: PutForm) -> None:
    sent_to_addressees.put(context.session(), asked, form.putting(), seen_version=form.version.data or 0, **acting())


@blueprint.post("/asked/<int:asked_id>/put/take-back")
def take_back(number: int, asked_id: int) -> Response:
    """Say that it was not put to them after all."""
    item, seen = the_item(number), request.form.get("version", 0, type=int)
    sent_to_addressees.take_back(context.session(), _asked_of(item, asked_id), seen_version=seen, **acting())
    context.session().commit()
    return to_page(item, gettext("It counts as not yet put to them."))
