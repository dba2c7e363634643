"""Handing over: what somebody owes on one page, their notes for the successor, and to whom it is offered."""

from collections.abc import Iterable, Sequence

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from tracker.errors import Refused
from tracker.handovers import changes
from tracker.handovers.models import Duty
from tracker.handovers.open_duties import OpenDuty, duties_to_offer, last_offers, open_duties_of, requested_elsewhere
from tracker.items.models import Item
from tracker.items.queries import person_names
from tracker.people.departures import Successor, last_day_of, successors
from tracker.people.merged_records import keeper_of
from tracker.people.models import Person
from tracker.people.queries import party_names, records_of
from tracker.web.app import context
from tracker.web.app.form_saving import acting, submit
from tracker.web.items.stories import about
from tracker.web.people import handover_mail
from tracker.web.people.directory import the_party
from tracker.web.people.handover_forms import LONGEST_NOTE, NOBODY, OfferForm

blueprint = Blueprint("handing_over", __name__, url_prefix="/handovers/from/<slug>")

Answer = tuple[str, int] | Response


def the_leaver(slug: str) -> Person:
    """Return the person whose duties the reader may look at: their own, or anybody's for the secretariat."""
    party = the_party(slug)
    person = context.session().get(Person, party.person_id) if party.person_id else None
    if person is None or person.erased_on is not None:
        abort(404)
    keeper = keeper_of(context.session(), person)
    if context.is_secretariat() or _is_me(keeper):
        return keeper
    return abort(404)


def _is_me(person: Person) -> bool:
    return person.id in set(context.session().exec(records_of(context.person().id)))


def after(person: Person) -> list[Successor]:
    """Return who may come after: whoever has a role after this person's last day, and is somebody else."""
    session = context.session()
    register = context.body_id()
    last = last_day_of(session, register, person.id) or context.today()
    return [one for one in successors(session, register, max(last, context.today())) if one.id != person.id]


@blueprint.get("")
def page(slug: str) -> Answer:
    """Show what the person owes, item by item."""
    person = the_leaver(slug)
    return _show(person, OfferForm(formdata=None).offer(after(person)))


def _show(
    person: Person, form: OfferForm, status: int = 200, typed: dict[int, str] | None = None, fault: str | None = None
) -> Answer:
    session = context.session()
    register = context.body_id()
    duties = open_duties_of(session, register, [person.id], context.sight())
    offers = {key: one for (_, key), one in last_offers(session, register, [person.id]).items()}
    requested = requested_elsewhere(session, duties)
    return render_template(
        "people/handover_from.html",
        person=person,
        leaver=person,
        is_me=_is_me(person),
        last_day=last_day_of(session, register, person.id),
        duties=duties,
        told=about([_told(one) for one in duties], person.id),
        offers=offers,
        requested=requested,
        is_open=bool(duties_to_offer(session, register, duties)),
        names=party_names(session, set(requested.values())),
        people=person_names(session, {one.handover.to_id for one in offers.values()}),
        form=form,
        typed=typed or {},
        fault=fault,
        today=context.today(),
    ), status


def _told(one: OpenDuty) -> tuple[str, Duty, int | None, int | None]:
    return one.key, one.duty, one.item.id if one.item else None, one.party.id if one.party else None


@blueprint.post("/notes")
def write_notes(slug: str) -> Answer:
    """Save the person's notes for the successor; only they themselves may."""
    person = the_leaver(slug)
    if not _is_me(person):
        abort(404)
    duties = open_duties_of(context.session(), context.body_id(), [person.id], context.sight())
    items = [duty.item for duty in duties if duty.item]
    typed = {item.id: request.form.get(f"note-{item.id}", "") for item in items}
    try:
        kept = sum(_write(item, person, typed[item.id]) for item in {item.id: item for item in items}.values())
    except Refused as refused:
        context.session().rollback()
        form = OfferForm(formdata=None).offer(after(person))
        return _show(person, form, 409, typed, gettext(refused.message, **refused.values))
    context.session().commit()
    flash(ngettext("%(num)d note is saved.", "%(num)d notes are saved.", kept))
    return redirect(url_for("handing_over.page", slug=slug))


def _write(item: Item, person: Person, text: str) -> bool:
    seen = request.form.get(f"seen-{item.id}", "")
    return changes.write_parting_note(
        context.session(),
        item,
        person,
        text[:LONGEST_NOTE],
        seen_version=int(seen) if seen.isascii() and seen.isdecimal() else 0,
        **acting(),
    )


@blueprint.post("/offer")
def offer(slug: str) -> Answer:
    """Offer all of it to one person, or each to whom it is chosen for."""
    person = the_leaver(slug)
    form = OfferForm().offer(after(person))

    def change() -> list[int]:
        duties = open_duties_of(context.session(), context.body_id(), [person.id], context.sight())
        chosen = _chosen(duties, form, {one.id for one in after(person)})
        if not chosen:
            raise Refused("Choose a successor, for all or for some.", "successor")
        return make_offers(chosen, form.note.data or "")

    outcome = submit(form, change)
    if outcome.result is None:
        return _show(person, form, outcome.status)
    flash(ngettext("Offered, with one mail.", "Offered to %(num)d people, with one mail each.", len(outcome.result)))
    return redirect(url_for("handing_over.page", slug=slug))


def _chosen(duties: Sequence[OpenDuty], form: OfferForm, known: Iterable[int]) -> dict[int, list[OpenDuty]]:
    """Return the duties to offer, by successor's id; a choice for one duty goes before the choice for all."""
    duties_by_successor: dict[int, list[OpenDuty]] = {}
    for one in duties:
        to = request.form.get(f"to-{one.key}") or form.successor.data
        if to and to != NOBODY and to.isdecimal() and int(to) in known:
            duties_by_successor.setdefault(int(to), []).append(one)
    return duties_by_successor


def make_offers(chosen: dict[int, list[OpenDuty]], note: str) -> list[int]:
    """Offer to each successor what is chosen for them, in one mail; return the ids of the handovers."""
    session = context.session()
    numbers = list[int]()
    for number, duties in chosen.items():
        successor = session.get_one(Person, number)
        handover = changes.offer_handover(session, context.body_id(), successor, duties, note=note, **acting())
        handover_mail.tell(handover)
        numbers.append(handover.id)
    return numbers
