"""Handovers: the secretariat's list, and the page on which a successor takes or declines what is offered."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from sqlmodel import col, select
from werkzeug.wrappers import Response

from tracker.errors import Refused
from tracker.handovers import changes
from tracker.handovers.models import Handover, HandoverPart
from tracker.handovers.open_duties import key_of
from tracker.handovers.queries import HandoverStanding, departures, handover_standings, unanswered_handovers
from tracker.items.models import OwnerState
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
    ids = {number for one in offered for number in (one.handover.from_id, one.handover.to_id)}
    people = session.exec(select(Person).where(col(Person.id).in_(ids)))
    return render_template(
        "people/handovers.html",
        left=left,
        services=services(session, register, [one.leaving.person for one in left]),
        offered=offered,
        people={person.id: person for person in people},
        today=context.today(),
    )


def the_handover(number: int) -> Handover:
    """Return the handover if the reader may answer it or is secretariat; 404 for others."""
    handover = context.session().get(Handover, number)
    if handover is None or handover.body_id != context.body_id():
        abort(404)
    if context.is_secretariat() or is_mine(handover):
        return handover
    return abort(404)


def is_mine(made: Handover) -> bool:
    """Tell whether the handover is offered to the reader."""
    return made.to_id in set(context.session().exec(records_of(context.person().id)))


@blueprint.get("/<int:number>")
def page(number: int) -> Answer:
    """Show what is offered, with the story of each item; to whoever does not serve yet, from when on."""
    made = the_handover(number)
    if context.roles():
        return _show(made)
    return _show_later(made)


def _show_later(made: Handover) -> Answer:
    coming = successors(context.session(), made.body_id, context.today())
    begins = next((one.since for one in coming if one.id == made.to_id), None)
    if begins:
        return (render_template("people/handover_later.html", begins=begins), 200)
    return abort(404)


def _show(made: Handover, status: int = 200, form: AnswerForm | None = None) -> Answer:
    session = context.session()
    standing = handover_standings(session, [made])[0]
    duties = [(key_of(part), part.duty, part.item_id, part.party_id) for part, _ in standing.parts]
    return render_template(
        "people/handover.html",
        handover=made,
        standing=standing,
        leaver=session.get_one(Person, made.from_id),
        successor=session.get_one(Person, made.to_id),
        secretary=session.get(Person, made.offered_by) if made.offered_by else None,
        last_day=last_day_of(session, made.body_id, made.from_id),
        told=about(duties, made.from_id),
        key_of=key_of,
        today=context.today(),
        answers=is_mine(made),
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
    made = the_handover(number)
    form = AnswerForm()
    if not is_mine(made):
        abort(404)
    if not form.validate():
        return _show(made, 422, form)
    verb = changes.take_duty if state is OwnerState.ACCEPTED else changes.decline_duty
    answered = 0
    refused = []
    for part in _chosen(handover_standings(context.session(), [made])[0]):
        try:
            verb(context.session(), part, message=form.message.data or "", **acting())
            answered += 1
        except Refused as fault:
            refused.append(gettext(fault.message, **fault.values))
    context.session().commit()
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
    wanted = request.form.get("part")
    if wanted:
        return [part for part, _ in standing.parts if str(part.id) == wanted] or abort(404)
    return [part for part, state in standing.parts if state is OwnerState.REQUESTED]


@blueprint.post("/<int:number>/withdraw")
def withdraw(number: int) -> Response:
    """Take back what nobody has answered."""
    made = the_handover(number)
    try:
        count = changes.withdraw_handover(context.session(), made, **acting())
        context.session().commit()
        flash(ngettext("%(num)d offer is withdrawn.", "%(num)d offers are withdrawn.", count))
    except Refused as refused:
        flash(gettext(refused.message), "error")
    return redirect(url_for("handovers.listing"))
