"""The yearly change of a body: who leaves with a day, who comes after each, shown first and then done at once."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import sqlalchemy as sa
from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from werkzeug.wrappers import Response

from tracker.errors import Stale
from tracker.handovers.open_duties import OpenDuty, duties_to_offer, open_duties_of
from tracker.people.departures import AHEAD, Successor, successors
from tracker.people.models import Body, Person, Role, Term
from tracker.people.register import bodies_of
from tracker.people.terms import end_term
from tracker.web.app import context
from tracker.web.app.form_saving import acting, submit
from tracker.web.people.handover_forms import ChangeForm, SuccessorFields
from tracker.web.people.handover_offers import make_offers

blueprint = Blueprint("changeover", __name__, url_prefix="/handovers/year")

Answer = tuple[str, int] | Response
#: the secretariat changes one by one, so that somebody always has the keys
CHANGING = (Role.CHAIR, Role.MEMBER, Role.RAPPORTEUR)


@dataclass(frozen=True)
class ChangeoverSeat:
    """Somebody who serves in the body: what they owe, whether they leave, and who succeeds them."""

    person: Person
    terms: list[Term]
    duties: list[OpenDuty]
    leaves: bool
    successor: Successor | None

    @property
    def number(self) -> int:
        """Return the person's number."""
        return self.person.id


@dataclass(frozen=True)
class YearlyChangeover:
    """The whole change: whose seat, with which last day, and who there is to come after."""

    body: Body
    last_day: date
    seats: list[ChangeoverSeat]
    coming: list[Successor]
    #: who comes after each, as it was chosen
    choices: SuccessorFields

    @property
    def leaving(self) -> list[ChangeoverSeat]:
        """Return those who leave."""
        return [seat for seat in self.seats if seat.leaves]

    @property
    def fingerprint(self) -> str:
        """Return what changes as soon as anything of it does: another role, another duty."""
        facts = [
            f"{seat.number}:{[(term.id, term.last_day) for term in seat.terms]}:{[duty.key for duty in seat.duties]}"
            for seat in self.leaving
        ]
        return hashlib.sha256("|".join(facts).encode()).hexdigest()[:16]


@blueprint.get("")
def page() -> Answer:
    """Ask who leaves and who comes after each."""
    form = _form(request.args)
    if request.args and not form.validate():
        return render_template("people/yearly_changeover.html", form=form, change=None), 422
    return render_template("people/yearly_changeover.html", form=form, change=_read(form)), 200


def _form(values: object = None) -> ChangeForm:
    bodies = bodies_of(context.session(), context.body_id())
    # Most bodies change with the calendar year.
    default = {"last_day": date(context.today().year, 12, 31), "body": bodies[0].slug}
    # The first page is a GET, which carries no token and changes nothing.
    form = ChangeForm(values or None, data=default, meta={"csrf": values is None or values is request.form})
    return form.offer([(body.slug, body.name) for body in bodies])


def _read(form: ChangeForm, *, chosen: bool = False) -> YearlyChangeover:
    """Return the change that the form speaks of; who leaves is what is ticked, else whose role ends by that day."""
    session = context.session()
    register = context.body_id()
    day = form.last_day.data
    body = next(body for body in bodies_of(session, register) if body.slug == form.body.data)
    coming = successors(session, register, day)
    terms = _terms(body, day)
    duties: dict[int, list[OpenDuty]] = {}
    for duty in duties_to_offer(session, register, open_duties_of(session, register, list(terms), context.sight())):
        duties.setdefault(duty.person_id, []).append(duty)
    ticked = set(request.form.getlist("leaves"))
    sent = request.form if chosen else None
    keys = [str(number) for number in duties]
    choices = SuccessorFields(keys, sent, [("", gettext("nobody yet"))]).offer(coming)
    people = session.exec(select(Person).where(col(Person.id).in_(terms)).order_by(col(Person.name))).all()
    seats = []
    for person in people:
        held = terms[person.id]
        number = str(person.id)
        leaves = all(term.last_day and term.last_day <= day for term in held)
        successor = None
        if chosen:
            leaves = number in ticked
        if chosen and leaves:
            successor = _chosen(coming, choices.number_of(number))
        seats.append(ChangeoverSeat(person, held, duties.get(person.id, []), leaves, successor))
    return YearlyChangeover(body, day, seats, coming, choices)


def _terms(body: Body, day: date) -> dict[int, list[Term]]:
    """Return the roles in the body, but those of the secretariat, that end about that day or later, by person."""
    # A role that ended lately is offered too: what its holder owes may still be with nobody.
    ends_before = col(Term.last_day) < day - AHEAD
    record = aliased(Person)
    # A role stays with the record it was given to; after a merge it is the keeper who leaves and hands over.
    keeper_id = sa.func.coalesce(col(record.merged_into_id), col(record.id))
    rows = context.session().exec(
        select(Term, Person)
        .join(record, col(record.id) == col(Term.person_id))
        .join(Person, keeper_id == col(Person.id))
        .where(
            col(Term.body_id) == body.id,
            col(Term.role).in_(CHANGING),
            col(Term.first_day) <= day,
            col(Term.last_day).is_(None) | ~ends_before,
            col(Person.erased_on).is_(None),
        )
        .order_by(col(Term.id))
    )
    terms_by_person: dict[int, list[Term]] = {}
    for term, keeper in rows:
        terms_by_person.setdefault(keeper.id, []).append(term)
    return terms_by_person


def _chosen(coming: Sequence[Successor], number: str | None) -> Successor | None:
    return next((successor for successor in coming if str(successor.id) == number), None)


def suggested(change: YearlyChangeover, today: date) -> YearlyChangeover:
    """Propose a successor to each who leaves without one: new people of the same group first, nobody twice."""
    chosen = [seat.successor for seat in change.seats]
    new = [coming for coming in change.coming if coming.since > min(today, change.last_day) - AHEAD]
    new = [coming for coming in new if coming not in chosen]
    seats = []
    for seat in change.seats:
        successor = seat.successor
        if seat.leaves and seat.duties and successor is None and new:
            # Whoever speaks for the same group takes up the same concerns.
            successor = next((coming for coming in new if coming.group == seat.person.stakeholder_group), new[0])
            new.remove(successor)
            change.choices[str(seat.person.id)].data = str(successor.id)
        seats.append(replace(seat, successor=successor))
    return replace(change, seats=seats)


@blueprint.post("/preview")
def preview() -> Answer:
    """Show what would be done, or propose who comes after; nothing is done."""
    form = _form(request.form)
    if not form.validate():
        return render_template("people/yearly_changeover.html", form=form, change=None), 422
    # The form has two buttons; this one only fills in what is still empty.
    if "suggest" in request.form:
        proposed = suggested(_read(form, chosen=True), context.today())
        return render_template("people/yearly_changeover.html", form=form, change=proposed), 200
    return _show(form, 200)


def _show(form: ChangeForm, status: int) -> Answer:
    change = _read(form, chosen=True)
    faults = change.choices.unclear()
    if not change.leaving:
        faults.append(gettext("Tick the people whose role ends."))
    if faults:
        form.form_errors.extend(faults)
        return render_template("people/yearly_changeover.html", form=form, change=change), 422
    return render_template("people/yearly_changeover_preview.html", form=form, change=change), status


@blueprint.post("")
def carry_out() -> Answer:
    """End these roles with that day, and offer what is owed to whoever comes after."""
    form = _form(request.form)
    if not form.validate():
        return render_template("people/yearly_changeover.html", form=form, change=None), 422

    def make() -> tuple[int, int]:
        change = _read(form, chosen=True)
        # What the preview showed is what happens, or nothing does.
        if form.seen.data != change.fingerprint:
            raise Stale("Somebody has changed a role or an item meanwhile. Look at it again.")
        ended = sum([_end(term, change.last_day) for seat in change.leaving for term in seat.terms])
        offered = 0
        # All roles end first: a successor may be somebody whose own role ends.
        for seat in change.leaving:
            if seat.successor and seat.duties:
                offered += len(make_offers({seat.successor.id: seat.duties}, form.note.data or ""))
        return ended, offered

    outcome = submit(form, make)
    if outcome.result is None:
        return _show(form, outcome.status)
    ended, offered = outcome.result
    says = "%(ended)d roles end on that day, and %(offered)d handovers are offered."
    flash(gettext(says, ended=ended, offered=offered))
    return redirect(url_for("handovers.listing"))


def _end(term: Term, last_day: date) -> bool:
    """Let a role end with that day unless it ends before."""
    if term.last_day is not None and term.last_day <= last_day:
        return False
    end_term(context.session(), term, last_day, **acting())
    return True
