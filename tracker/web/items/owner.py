"""Who owns an item: asked, answered, handed over; a person asked says I take it, not mine, or pass to."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_wtf import FlaskForm
from markupsafe import Markup
from werkzeug.wrappers import Response

from tracker.errors import refuse_stale
from tracker.items import ownership
from tracker.items.details import accepted_ownership, item_details, open_request
from tracker.items.models import Item, Ownership
from tracker.people.queries import party_names
from tracker.web.app import context
from tracker.web.app.form_saving import SAVED, acting, overtaken, renew, save
from tracker.web.items import ownership_mail, permissions
from tracker.web.items.changes import Answer, to_page
from tracker.web.items.forms.people import (
    AcceptOwnershipForm,
    AnswererForm,
    DeclineForm,
    EndForm,
    HelperForm,
    PassForm,
    RequestForm,
)
from tracker.web.items.pages import the_item
from tracker.web.items.permissions import parties_offered

blueprint = Blueprint("item_owner", __name__, url_prefix="/items/<int:number>/owner")


def _steered(number: int) -> Item:
    """Return the item if the reader may say who helps and who answers for it."""
    item = the_item(number)
    if permissions.may_steer(item):
        return item
    return abort(404)


def _owned(item: Item) -> Ownership:
    return accepted_ownership(context.session(), item) or abort(404)


def _addressees(item: Item) -> Ownership:
    """Return the open request if it is the reader's to answer."""
    request = open_request(context.session(), item)
    if request is not None and permissions.may_answer(request):
        return request
    return abort(404)


def _manage(item: Item, status: int = 200, **given: Any) -> Answer:
    """Show the page, with the form that was refused as it was typed."""
    session = context.session()
    choices = parties_offered()
    whole = item_details(session, item, context.sight(), context.today())
    owner = whole.owner.ownership if whole.owner else None
    forms = {
        "ask": RequestForm(formdata=None).offer(choices),
        "answerer": _answerer_form(owner).offer(choices),
        "end": EndForm(formdata=None, ownership=owner and owner.id),
        "helper": HelperForm(formdata=None).offer(choices),
    }
    return render_template("items/owner.html", item=item, parts=whole, **(forms | given)), status


def _answerer_form(owner: Ownership | None) -> AnswererForm:
    """Return the form as the ownership stands."""
    if owner is None:
        return AnswererForm(formdata=None)
    kept = {"answers_for": owner.answers_for_id, "second": owner.second_id, "version": owner.version}
    return AnswererForm(formdata=None, data=kept)


def _save(item: Item, form: FlaskForm, name: str, change: Callable[[], object], text: str) -> Answer:
    status = save(form, change)
    if status == SAVED:
        return to_page(item, text)
    return _manage(item, status, **{name: form})


def _tell(item: Item, new_request: Ownership) -> None:
    """Let who is asked know by mail, or say that no mail can."""
    if not ownership_mail.tell(item, new_request):
        ownership_mail.warn(party_names(context.session(), {new_request.party_id})[new_request.party_id])


@blueprint.get("")
def manage(number: int) -> Answer:
    """Show who owns it, who is asked, who helps, and the forms to change that."""
    return _manage(_steered(number))


def _request_sent() -> Markup:
    said = gettext("Asked. Nobody is owner before accepting.")
    following = gettext("See what the next digests say")
    return Markup('{} <a href="{}">{}</a>').format(said, url_for("letters.upcoming"), following)


@blueprint.post("/request")
def request_owner(number: int) -> Answer:
    """Ask a party to own it."""
    item = the_item(number)
    form = RequestForm().offer(parties_offered())

    def change() -> None:
        request = ownership.request_to_own(
            context.session(),
            item,
            form.party.data,
            answers_for_id=form.answers_for.data,
            message=form.message.data or "",
            **acting(),
        )
        _tell(item, request)

    return _save(item, form, "ask", change, _request_sent())


@blueprint.post("/withdraw")
def withdraw(number: int) -> Response:
    """Take the request back."""
    item = the_item(number)
    new_request = open_request(context.session(), item) or abort(404)
    refuse_stale(new_request.id, request.form.get("request", type=int))
    ownership.withdraw_request(context.session(), new_request, **acting())
    context.session().commit()
    return to_page(item, gettext("The request is taken back."))


@blueprint.post("/end")
def end(number: int) -> Answer:
    """Let the owner go."""
    item = _steered(number)
    form = EndForm()
    owned = _owned(item)

    def change() -> None:
        refuse_stale(owned.id, form.ownership.data)
        ownership.end_ownership(context.session(), owned, reason=form.reason.data or "", **acting())

    status = save(form, change)
    if status == SAVED:
        return to_page(item, gettext("The item has no owner now."))
    renew(form.ownership, owned.id)  # the page says who owns it now
    return _manage(item, status, end=form)


@blueprint.post("/answerers")
def answerers(number: int) -> Answer:
    """Say who answers for a body that owns it."""
    item = _steered(number)
    owned = _owned(item)
    form = AnswererForm().offer(parties_offered())

    def change() -> None:
        first = form.answers_for.data
        second = form.second.data
        seen = form.version.data or 0
        ownership.name_answerers(context.session(), owned, first, second, seen_version=seen, **acting())

    status = save(form, change)
    if status == SAVED:
        return to_page(item, gettext("Saved."))
    stored = _answerer_form(owned).offer(parties_offered())
    meanwhile = overtaken(form, stored, item) if status == 409 else None
    return _manage(item, status, answerer=form, meanwhile=meanwhile)


@blueprint.post("/helpers")
def add_helper(number: int) -> Answer:
    """Add a person who helps."""
    item = _steered(number)
    form = HelperForm().offer(parties_offered())

    def change() -> None:
        ownership.add_helper(context.session(), item, form.person.data, **acting())

    return _save(item, form, "helper", change, gettext("Saved."))


@blueprint.post("/helpers/<int:person_id>/remove")
def remove_helper(number: int, person_id: int) -> Response:
    """Note that somebody no longer helps."""
    item = _steered(number)
    ownership.remove_helper(context.session(), item, person_id, **acting())
    context.session().commit()
    return to_page(item, gettext("Saved."))


def _answer_page(item: Item, status: int = 200, **given: FlaskForm) -> Answer:
    forms = {
        "accepting": AcceptOwnershipForm(formdata=None),
        "declining": DeclineForm(formdata=None),
        "passing": PassForm(formdata=None).offer(parties_offered()),
    }
    whole = item_details(context.session(), item, context.sight(), context.today())
    if whole.request is None:  # answered or taken back in the very moment
        return to_page(item, gettext("This request was answered or taken back meanwhile."))
    return render_template("items/answer.html", item=item, parts=whole, **(forms | given)), status


@blueprint.get("/answer")
def answer(number: int) -> Answer:
    """Show the three answers to a request to own."""
    item = the_item(number)
    new_request = open_request(context.session(), item)
    if new_request is not None and permissions.may_answer(new_request):
        return _answer_page(item)
    if permissions.was_asked(item):
        return to_page(item, gettext("Nobody asks you to own this item any more: see below how it stands."))
    abort(404)


def _answered(item: Item, text: str) -> Response:
    """Lead back to the page on which it was answered: one's own, with the next request, or the item's."""
    if request.form.get("back") != "mine":
        return to_page(item, text)
    flash(text)
    return redirect(url_for("front.index"))


@blueprint.post("/accept")
def accept(number: int) -> Answer:
    """I take it."""
    item = the_item(number)
    form = AcceptOwnershipForm()
    request = _addressees(item)

    def change() -> None:
        message = form.message.data or ""
        ownership.accept_ownership(context.session(), request, message=message, **acting())

    status = save(form, change)
    if status != SAVED:
        return _answer_page(item, status, accepting=form)
    return _answered(item, gettext("Thank you: item %(number)d has its owner.", number=item.number))


@blueprint.post("/decline")
def decline(number: int) -> Answer:
    """Not mine."""
    item = the_item(number)
    form = DeclineForm()
    request = _addressees(item)

    def change() -> None:
        message = form.message.data or ""
        ownership.decline_request(context.session(), request, message=message, **acting())

    status = save(form, change)
    if status != SAVED:
        return _answer_page(item, status, declining=form)
    return _answered(item, gettext("Thank you for saying so."))


@blueprint.post("/pass")
def pass_on(number: int) -> Answer:
    """Pass to somebody else."""
    item = the_item(number)
    form = PassForm().offer(parties_offered())
    request = _addressees(item)

    def change() -> None:
        message = form.message.data or ""
        to = form.party.data
        further = ownership.pass_request_on(context.session(), request, to, message=message, **acting())
        _tell(item, further)

    status = save(form, change)
    if status != SAVED:
        return _answer_page(item, status, passing=form)
    return to_page(item, gettext("Passed on: they are asked now."))
