"""Owning an item: requests to own and their answers (I'll take it, not mine, pass to …), helpers, giving it back."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from tracker.errors import refuse_stale
from tracker.items import ownership
from tracker.items.details import accepted_ownership, item_details, open_request
from tracker.items.models import Item
from tracker.items.party_models import Ownership
from tracker.people.register import party_of_person
from tracker.web.app import context
from tracker.web.app.form_saving import acting, overtaken, renew, seen_version, submit
from tracker.web.items import what_reader_may_do
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
from tracker.web.items.pages import item_to_steer, the_item
from tracker.web.items.who_gets_request import warn_if_nobody_is_mailed

blueprint = Blueprint("item_owner", __name__, url_prefix="/items/<int:number>/owner")


def _ownership(item: Item) -> Ownership:
    """Return the ownership that stands, or answer 404."""
    return accepted_ownership(context.session(), item) or abort(404)


def _request_to_answer(item: Item) -> Ownership:
    """Return the open request if it is the reader's to answer."""
    request = open_request(context.session(), item)
    if request is not None and what_reader_may_do.may_answer(request):
        return request
    return abort(404)


# Every form stands on one page: the one that was refused keeps what was typed, the others begin anew.
def _manage(item: Item, status: int = 200, **refused: Any) -> Answer:
    """Show the page; a refused form is passed by its name and shown as it was typed."""
    session = context.session()
    details = item_details(session, item, context.sight(), context.today())
    ownership = details.owner.ownership if details.owner else None
    forms = {
        "ask": RequestForm(formdata=None),
        "answerer": _answerer_form(ownership),
        "end": EndForm(formdata=None, ownership=ownership and ownership.id),
        "helper": HelperForm(formdata=None),
    }
    return render_template("items/owner.html", item=item, parts=details, **(forms | refused)), status


def _answerer_form(ownership: Ownership | None) -> AnswererForm:
    """Return the form as the ownership stands."""
    if ownership is None:
        return AnswererForm(formdata=None)
    values = {
        "answers_for": ownership.answers_for_id,
        "second": ownership.second_id,
        "version": ownership.version,
    }
    return AnswererForm(formdata=None, data=values)


@blueprint.get("")
def manage(number: int) -> Answer:
    """Show the owner, the open request and the helpers, with the forms to change them."""
    return _manage(item_to_steer(number))


def _request_sent(*, is_mailed: bool) -> str:
    if not is_mailed:
        return str(gettext("The request is recorded. The item has no new owner until somebody accepts."))
    return str(
        gettext(
            "The request is recorded. Requests leave by mail within a quarter of an hour. "
            "The item has no new owner until somebody accepts."
        )
    )


@blueprint.post("/request")
def request_owner(number: int) -> Answer:
    """Ask a party to own it."""
    item = the_item(number)
    form = RequestForm()
    is_mailed = False

    def request_to_own() -> None:
        nonlocal is_mailed
        request = ownership.request_to_own(
            context.session(),
            item,
            form.party.data,
            answers_for_id=form.answers_for.data,
            message=form.message.data or "",
            **acting(),
        )
        is_mailed = warn_if_nobody_is_mailed(request)

    submission = submit(form, request_to_own)
    if submission.is_saved:
        return to_page(item, _request_sent(is_mailed=is_mailed))
    return _manage(item, submission.status, ask=form)


@blueprint.post("/withdraw")
def withdraw(number: int) -> Response:
    """Withdraw the request to own."""
    item = the_item(number)
    new_request = open_request(context.session(), item) or abort(404)
    # The page may be old: withdrawn is only the request that it showed.
    refuse_stale(new_request.id, request.form.get("request", type=int))
    ownership.withdraw_request(context.session(), new_request, **acting())
    context.session().commit()
    return to_page(item, gettext("The request is withdrawn."))


@blueprint.post("/end")
def end(number: int) -> Answer:
    """End the ownership."""
    item = item_to_steer(number)
    form = EndForm()
    current = _ownership(item)

    def end_ownership() -> None:
        # Somebody else may own the item by now, and the reader has not seen them.
        refuse_stale(current.id, form.ownership.data)
        ownership.end_ownership(context.session(), current, reason=form.reason.data or "", **acting())

    submission = submit(form, end_ownership)
    if submission.is_saved:
        return to_page(item, gettext("The item has no owner now."))
    renew(form.ownership, current.id)  # the page says who owns it now
    return _manage(item, submission.status, end=form)


@blueprint.post("/answerers")
def answerers(number: int) -> Answer:
    """Say who answers for a body that owns it."""
    item = item_to_steer(number)
    current = _ownership(item)
    form = AnswererForm()

    def name_answerers() -> None:
        first = form.answers_for.data
        second = form.second.data
        seen = seen_version(form)
        ownership.name_answerers(context.session(), current, first, second, seen_version=seen, **acting())

    submission = submit(form, name_answerers)
    if submission.is_saved:
        return to_page(item, gettext("Saved."))
    meanwhile = None
    if submission.is_stale:
        meanwhile = overtaken(form, _answerer_form(current), item)
    return _manage(item, submission.status, answerer=form, meanwhile=meanwhile)


@blueprint.post("/helpers")
def add_helper(number: int) -> Answer:
    """Add a person who helps."""
    item = item_to_steer(number)
    form = HelperForm()
    submission = submit(form, lambda: ownership.add_helper(context.session(), item, form.person.data, **acting()))
    if submission.is_saved:
        return to_page(item, gettext("The helper is added."))
    return _manage(item, submission.status, helper=form)


@blueprint.post("/helpers/<int:person_id>/remove")
def remove_helper(number: int, person_id: int) -> Response:
    """Remove a helper."""
    item = item_to_steer(number)
    ownership.remove_helper(context.session(), item, person_id, **acting())
    context.session().commit()
    return to_page(item, gettext("The helper is removed."))


def _answer_page(item: Item, status: int = 200, **refused: FlaskForm) -> Answer:
    forms = {
        "accepting": AcceptOwnershipForm(formdata=None),
        "declining": DeclineForm(formdata=None),
        "passing": PassForm(formdata=None),
    }
    details = item_details(context.session(), item, context.sight(), context.today())
    if details.request is None:  # answered or withdrawn while this request was being handled
        return to_page(item, gettext("This request was answered or withdrawn meanwhile."))
    return render_template("items/answer.html", item=item, parts=details, **(forms | refused)), status


@blueprint.get("/answer")
def answer(number: int) -> Answer:
    """Show the three answers to a request to own."""
    item = the_item(number)
    new_request = open_request(context.session(), item)
    if new_request is not None and what_reader_may_do.may_answer(new_request):
        return _answer_page(item)
    # A link in a mail outlives the request: whoever follows it late is told, and not turned away.
    if what_reader_may_do.was_asked(item):
        return to_page(item, gettext("You are no longer asked to own this item. The page below shows who owns it."))
    abort(404)


def _answered(item: Item, text: str) -> Response:
    """Lead back to where the reader answered: to their own page, with the next request, or to the item."""
    # From their own page people answer one request after the other.
    if request.form.get("back") != "mine":
        return to_page(item, text)
    flash(text)
    return redirect(url_for("front.index"))


@blueprint.post("/accept")
def accept(number: int) -> Answer:
    """Accept the request to own it."""
    item = the_item(number)
    form = AcceptOwnershipForm()
    submission = submit(form, _answering(item, form, ownership.accept_ownership))
    if not submission.is_saved:
        return _answer_page(item, submission.status, accepting=form)
    return _answered(item, gettext("Thank you: item %(number)d has its owner.", number=item.number))


@blueprint.post("/take")
def take(number: int) -> Response:
    """Own an item that nobody owns or is requested to own."""
    item = the_item(number)
    session = context.session()
    party = party_of_person(session, context.person())
    ownership.take_free_item(session, item, party.id, **acting())
    session.commit()
    return _answered(item, gettext("Thank you: item %(number)d has its owner.", number=item.number))


@blueprint.post("/decline")
def decline(number: int) -> Answer:
    """Not mine."""
    item = the_item(number)
    form = DeclineForm()
    submission = submit(form, _answering(item, form, ownership.decline_request))
    if not submission.is_saved:
        return _answer_page(item, submission.status, declining=form)
    return _answered(item, gettext("Thank you for saying so."))


def _answering(item: Item, form: FlaskForm, verb: Callable[..., None]) -> Callable[[], None]:
    """Return what answers the open request with the message of the form; answer 404 where it is not the reader's."""
    request_to_own = _request_to_answer(item)
    return lambda: verb(context.session(), request_to_own, message=form["message"].data or "", **acting())


@blueprint.post("/pass")
def pass_on(number: int) -> Answer:
    """Pass to somebody else."""
    item = the_item(number)
    form = PassForm()
    request_to_own = _request_to_answer(item)

    def pass_request_on() -> None:
        message = form.message.data or ""
        new_request = ownership.pass_request_on(
            context.session(), request_to_own, form.party.data, message=message, **acting()
        )
        warn_if_nobody_is_mailed(new_request)

    submission = submit(form, pass_request_on)
    if not submission.is_saved:
        return _answer_page(item, submission.status, passing=form)
    return to_page(item, gettext("The request is passed on."))
