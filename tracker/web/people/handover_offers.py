"""Handing over: what somebody owes on one page, their notes for the successor, and the offers with their mails."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from sqlmodel import Session, col, select
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from tracker.db import find_row, lookup
from tracker.errors import Refused
from tracker.handovers import changes
from tracker.handovers.models import Handover
from tracker.handovers.open_duties import OpenDuty, duties_to_offer, last_offers, open_duties_of, requested_elsewhere
from tracker.items.lines import person_names
from tracker.items.models import Item
from tracker.mail import outbox
from tracker.mail.compose_email import base_url, compose, one_line
from tracker.mail.models import MailKind
from tracker.people.departures import Successor, last_day_of, successors
from tracker.people.merged_records import keeper_of
from tracker.people.models import Person
from tracker.people.queries import party_names, records_of, sight_of
from tracker.web.app import context
from tracker.web.app.form_saving import acting, submit
from tracker.web.items.stories import about
from tracker.web.people.directory import the_party
from tracker.web.people.handover_forms import LONGEST_NOTE, NOBODY, OfferForm, SuccessorFields

blueprint = Blueprint("handing_over", __name__, url_prefix="/handovers/from/<slug>")

Answer = tuple[str, int] | Response


def the_leaver(slug: str) -> Person:
    """Return the person whose duties the reader may look at: their own, or anybody's for the secretariat."""
    party = the_party(slug)
    person = find_row(context.session(), Person, party.person_id)
    if person is None or person.erased_on is not None:
        abort(404)
    keeper = keeper_of(context.session(), person)
    if context.is_secretariat() or _is_me(keeper):
        return keeper
    return abort(404)


def _is_me(person: Person) -> bool:
    return person.id in set(context.session().exec(records_of(context.person().id)))


def after(person: Person) -> list[Successor]:
    """Return the possible successors: everybody else who has a role after this person's last day."""
    session = context.session()
    register = context.body_id()
    last_day = last_day_of(session, register, person.id) or context.today()
    # After a last day that is long past, those who came then may have left: whoever serves from today on can take over.
    possible = successors(session, register, max(last_day, context.today()))
    return [successor for successor in possible if successor.id != person.id]


@blueprint.get("")
def page(slug: str) -> Answer:
    """Show what the person owes, item by item."""
    person = the_leaver(slug)
    return _show(person, OfferForm(formdata=None).offer(after(person)))


def _show(
    person: Person,
    form: OfferForm,
    status: int = 200,
    typed: dict[int, str] | None = None,
    fault: str | None = None,
    single: SuccessorFields | None = None,
) -> Answer:
    session = context.session()
    register = context.body_id()
    duties = open_duties_of(session, register, [person.id], context.sight())
    offers = {key: offer for (_, key), offer in last_offers(session, register, [person.id]).items()}
    requested = requested_elsewhere(session, duties)
    return render_template(
        "people/handover_from.html",
        person=person,
        leaver=person,
        is_me=_is_me(person),
        last_day=last_day_of(session, register, person.id),
        duties=duties,
        told=about([(duty.key, duty.duty, duty.item_id, duty.party_id) for duty in duties], person.id),
        offers=offers,
        requested=requested,
        is_open=bool(duties_to_offer(session, register, duties)),
        names=party_names(session, set(requested.values())),
        people=person_names(session, {offer.handover.to_id for offer in offers.values()}),
        form=form,
        single=single or _single(duties, after(person)),
        typed=typed or {},
        fault=fault,
        today=context.today(),
    ), status


@blueprint.post("/notes")
def write_notes(slug: str) -> Answer:
    """Save the person's notes for the successor; only they themselves may."""
    person = the_leaver(slug)
    if not _is_me(person):
        abort(404)
    duties = open_duties_of(context.session(), context.body_id(), [person.id], context.sight())
    # Somebody may have two duties for one item, but they write one note on it.
    items = {duty.item.id: duty.item for duty in duties if duty.item}
    typed = {item_id: request.form.get(f"note-{item_id}", "") for item_id in items}
    try:
        changed = [_write(item, person, typed[item_id]) for item_id, item in items.items()]
    except Refused as refused:
        context.session().rollback()
        # The page has two forms. This one was not sent, so it stays empty.
        form = OfferForm(formdata=None).offer(after(person))
        return _show(person, form, 409, typed, gettext(refused.message, **refused.values))
    context.session().commit()
    flash(ngettext("%(num)d note is saved.", "%(num)d notes are saved.", sum(changed)))
    return redirect(url_for("handing_over.page", slug=slug))


def _write(item: Item, person: Person, text: str) -> bool:
    # A version that is no number is one that nobody has seen: like 0, it saves no text over another.
    seen_version = request.form.get(f"seen-{item.id}", 0, type=int)
    return changes.write_parting_note(
        context.session(),
        item,
        person,
        # Only a program sends more than the field takes.
        text[:LONGEST_NOTE],
        seen_version=seen_version,
        **acting(),
    )


@blueprint.post("/offer")
def offer(slug: str) -> Answer:
    """Offer all of it to one person, or each to whom it is chosen for."""
    person = the_leaver(slug)
    possible = after(person)
    form = OfferForm().offer(possible)
    duties = open_duties_of(context.session(), context.body_id(), [person.id], context.sight())
    single = _single(duties, possible, request.form)

    def change() -> list[int]:
        unclear = single.unclear()
        if unclear:
            raise Refused("Choose a successor by a name that is clear, for each item.", "successor")
        chosen = _chosen(duties, form, single)
        # Whoever chooses nobody would otherwise read that nothing was offered, and not why.
        if not chosen:
            raise Refused("Choose a successor, for all or for some.", "successor")
        return make_offers(chosen, form.note.data or "")

    outcome = submit(form, change)
    if outcome.result is None:
        return _show(person, form, outcome.status, single=single)
    flash(ngettext("Offered, with one mail.", "Offered to %(num)d people, with one mail each.", len(outcome.result)))
    return redirect(url_for("handing_over.page", slug=slug))


def _single(
    duties: Sequence[OpenDuty], possible: Sequence[Successor], sent: MultiDict[str, str] | None = None
) -> SuccessorFields:
    """Return the choices for single duties, which go before the one for all."""
    first = [("", gettext("as chosen above")), (NOBODY, gettext("nobody yet"))]
    return SuccessorFields([duty.key for duty in duties], sent, first).offer(possible)


def _chosen(duties: Sequence[OpenDuty], form: OfferForm, single: SuccessorFields) -> dict[int, list[OpenDuty]]:
    """Return the duties to offer, by successor's id; a choice for one duty goes before the choice for all."""
    duties_by_successor: dict[int, list[OpenDuty]] = {}
    for duty in duties:
        successor = single.number_of(duty.key) or form.successor.data
        if successor and successor != NOBODY:
            duties_by_successor.setdefault(int(successor), []).append(duty)
    return duties_by_successor


def make_offers(chosen: dict[int, list[OpenDuty]], note: str) -> list[int]:
    """Offer to each successor what is chosen for them, in one mail; return the ids of the handovers."""
    session = context.session()
    handover_ids = list[int]()
    for successor_id, duties in chosen.items():
        successor = session.get_one(Person, successor_id)
        handover = changes.offer_handover(session, context.body_id(), successor, duties, note=note, **acting())
        _mail_offer(handover, successor)
        handover_ids.append(handover.id)
    return handover_ids


def _mail_offer(handover: Handover, successor: Person) -> None:
    """Put the one mail of the handover into the outbox, if the successor has an address; the caller commits."""
    if not successor.email:
        return
    session = context.session()
    parts = changes.parts_of(session, handover)
    names = person_names(session, {number for number in (handover.from_id, handover.offered_by) if number})
    # Items may be internal: whoever's role has not begun reads how many there are, and from when on they may see them.
    details: dict[str, Any] = {"items": [], "begins": _first_day(session, handover), "note": None}
    if handover.body_id in sight_of(session, successor, context.now()).register_ids:
        titles = _titles(session, [part.item_id for part in parts if part.item_id])
        details = {"items": titles, "begins": None, "note": handover.note}
    email = compose(
        "handover",
        to=successor.email,
        language=successor.language,
        leaver=lookup(names, handover.from_id),
        secretary=lookup(names, handover.offered_by),
        body=context.body().name,
        last_day=last_day_of(session, handover.body_id, handover.from_id),
        count=len(parts),
        link=base_url(context.config()) + url_for("handovers.page", number=handover.id),
        **details,
    )
    outbox.put(
        session, email, person_id=successor.id, kind=MailKind.REQUEST, now=context.now(), body_id=handover.body_id
    )


def _titles(session: Session, item_ids: list[int]) -> list[tuple[int, str]]:
    rows = session.exec(select(Item.number, Item.title).where(col(Item.id).in_(item_ids)).order_by(col(Item.number)))
    return [(number, one_line(title)) for number, title in rows]


def _first_day(session: Session, handover: Handover) -> date | None:
    possible = successors(session, handover.body_id, context.today())
    return next((successor.since for successor in possible if successor.id == handover.to_id), None)
