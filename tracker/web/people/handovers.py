"""Handovers: the secretariat's list, and the page on which a successor takes or declines what is offered."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from sqlmodel import col, select
from werkzeug.wrappers import Response

from tracker.db import find_row
from tracker.errors import Refused
from tracker.handovers import changes
from tracker.handovers.models import Handover, HandoverPart
from tracker.handovers.open_duties import key_of
from tracker.handovers.queries import HandoverStanding, departures, handover_standings, unanswered_handovers
from tracker.items.party_models import OwnerState
from tracker.people.departures import last_day_of, successors
from tracker.people.models import Person
from tracker.people.queries import records_of
from tracker.people.register import services
from tracker.web.app import context
from tracker.web.app.form_saving import acting
from tracker.web.items.stories import about
from tracker.web.people.handover_forms import AnswerForm

blueprint = Blueprint("handovers", __name__, url_prefix="/handovers")

Answer = tuple[str, int] | Response


@blueprint.get("")
def listing() -> str:
    """Show who leaves and what is left behind, and which offers nobody has answered yet."""
    session = context.session()
    register = context.body_id()
    left = departures(session, register, context.sight(), context.today())
    offered = unanswered_handovers(session, register)
    handovers = [standing.handover for standing in offered]
    ids = {number for handover in handovers for number in (handover.from_id, handover.to_id)}
    people = session.exec(select(Person).where(col(Person.id).in_(ids)))
    return render_template(
        "people/handovers.html",
        left=left,
        services=services(session, register, [departure.leaving.person for departure in left]),
        offered=offered,
        people={person.id: person for person in people},
        today=context.today(),
    )


def the_handover(number: int) -> Handover:
    """Return the handover if the reader may answer it or is secretariat; 404 for others."""
    handover = context.session().get(Handover, number)
    # Numbers run on through all registers; the page of another one must not open here.
    if handover is None or handover.body_id != context.body_id():
        abort(404)
    if context.is_secretariat() or is_mine(handover):
        return handover
    return abort(404)


def is_mine(handover: Handover) -> bool:
    """Tell whether the handover is offered to the reader."""
    # An offer to a record that was merged since is for the person who keeps it.
    return handover.to_id in set(context.session().exec(records_of(context.person().id)))


@blueprint.get("/<int:number>")
def page(number: int) -> Answer:
    """Show what is offered, with the story of each item; to whoever does not serve yet, from when on."""
    handover = the_handover(number)
    if context.roles():
        return _show(handover)
    return _show_later(handover)


def _show_later(handover: Handover) -> Answer:
    """Tell a successor without a role yet from when on they may read what is offered: it may be internal."""
    coming = successors(context.session(), handover.body_id, context.today())
    begins = next((successor.since for successor in coming if successor.id == handover.to_id), None)
    if begins:
        return render_template("people/handover_later.html", begins=begins), 200
    return abort(404)


def _show(handover: Handover, status: int = 200, form: AnswerForm | None = None) -> Answer:
    session = context.session()
    standing = handover_standings(session, [handover])[0]
    duties = [(key_of(part), part.duty, part.item_id, part.party_id) for part, _ in standing.parts]
    return render_template(
        "people/handover.html",
        handover=handover,
        standing=standing,
        leaver=session.get_one(Person, handover.from_id),
        successor=session.get_one(Person, handover.to_id),
        secretary=find_row(session, Person, handover.offered_by),
        last_day=last_day_of(session, handover.body_id, handover.from_id),
        told=about(duties, handover.from_id),
        key_of=key_of,
        today=context.today(),
        answers=is_mine(handover),
        form=form or AnswerForm(formdata=None),
    ), status


@blueprint.post("/<int:number>/take")
def take(number: int) -> Answer:
    """Take one duty over, or all that are open."""
    return _answer(number, OwnerState.ACCEPTED)


@blueprint.post("/<int:number>/decline")
def decline(number: int) -> Answer:
    """Say of one duty, or of all, that somebody else must be found."""
    return _answer(number, OwnerState.DECLINED)


def _answer(number: int, state: OwnerState) -> Answer:
    handover = the_handover(number)
    form = AnswerForm()
    if not is_mine(handover):
        abort(404)
    if not form.validate():
        return _show(handover, 422, form)
    verb = changes.decline_duty
    if state is OwnerState.ACCEPTED:
        verb = changes.take_duty
    answered = 0
    refused = []
    # A duty that meanwhile went elsewhere is refused alone: the successor keeps the others that they took.
    for part in _chosen(handover_standings(context.session(), [handover])[0]):
        try:
            verb(context.session(), part, message=form.message.data or "", **acting())
            answered += 1
        except Refused as fault:
            refused.append(gettext(fault.message, **fault.values))
    context.session().commit()
    # Twenty duties may be refused for one reason, which is said once.
    for text in dict.fromkeys(refused):
        flash(text, "error")
    if answered:
        flash(_said(state, answered))
    return redirect(url_for("handovers.page", number=number))


def _said(state: OwnerState, count: int) -> str:
    if state is OwnerState.ACCEPTED:
        return str(ngettext("Thank you. It is yours now.", "Thank you. %(num)d are yours now.", count))
    return str(
        ngettext(
            "Thank you. The secretariat will ask somebody else.",
            "Thank you. The secretariat will ask somebody else for these.",
            count,
        )
    )


def _chosen(standing: HandoverStanding) -> list[HandoverPart]:
    """Return the part that the form names, or all that are open."""
    part_id = request.form.get("part")
    if part_id:
        return [part for part, _ in standing.parts if str(part.id) == part_id] or abort(404)
    return [part for part, state in standing.parts if state is OwnerState.REQUESTED]


@blueprint.post("/<int:number>/withdraw")
def withdraw(number: int) -> Response:
    """Withdraw the offers that nobody has answered."""
    handover = the_handover(number)
    try:
        count = changes.withdraw_handover(context.session(), handover, **acting())
        context.session().commit()
        flash(ngettext("%(num)d offer is withdrawn.", "%(num)d offers are withdrawn.", count))
    except Refused as refused:
        flash(gettext(refused.message), "error")
    return redirect(url_for("handovers.listing"))
