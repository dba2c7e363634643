"""Who is who: people, bodies and classes of the register, and the page of each."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker import clock
from tracker.handovers.models import Duty
from tracker.handovers.open_duties import open_duties_of
from tracker.items.list_filter import ItemFilter
from tracker.items.models import Item, Position
from tracker.items.party_involvement import is_known, outsiders, positions_of
from tracker.items.queries import ItemLine, everything, person_names
from tracker.people.invitations import InvitationState, invitation_state, invitation_states
from tracker.people.merged_records import keeper_of, merged_into
from tracker.people.models import Body, Party, Person
from tracker.people.people_search import PeopleQuery, find_people
from tracker.people.queries import party_by_slug, party_names, register_of
from tracker.people.register import bodies_of, labels_of, people_of, services
from tracker.transcripts.queries import passages_of
from tracker.web.app import context
from tracker.web.app.change_history import trail
from tracker.web.app.value_words import group_names
from tracker.web.people.filter_form import PeopleFilter
from tracker.web.people.record_keepers import may_change, may_change_party

blueprint = Blueprint("people", __name__, url_prefix="/people")
#: on the page of a person
MOST_PASSAGES = 20


@blueprint.get("")
def listing() -> str:
    """Show the register's people, its bodies, and the parties beside it."""
    session = context.session()
    register = context.body_id()
    form = PeopleFilter(request.args).offer(group_names(session), every := bodies_of(session, register))
    sought = form.sought(keeps=context.is_secretariat())
    found = find_people(session, register, sought, today=context.today(), page=form.page.data or 1)
    words = sought.text.casefold().split()
    whole = found.page == 1 and sought == PeopleQuery(text=sought.text)
    beside = outsiders(session, register, context.sight()) if whole else []
    outside = [one for one in beside if _matches(words, one.name)]
    stewards = {one.party.steward_id for one in outside if one.party.steward_id}
    return render_template(
        "people/list.html",
        form=form,
        found=found,
        is_filtered=sought != PeopleQuery(),
        services=services(session, register, found.people),
        bodies=[body for body in every if _matches(words, body.name)] if whole else [],
        outside=outside,
        stewards=person_names(session, stewards),
        groups=group_names(session),
        today=context.today(),
        ways=_ways(found.people) if context.is_secretariat() else {},
        leaf=lambda number: url_for("people.listing", **{**request.args.to_dict(), "page": number}),
    )


def _ways(people: list[Person]) -> dict[int, InvitationState]:
    """Return how far these people have come on the way in."""
    numbers = [person.id for person in people]
    return invitation_states(context.session(), context.body_id(), now=clock.real_now(), only=numbers)


def _matches(words: list[str], *texts: str | None) -> bool:
    told = " ".join(text for text in texts if text).casefold()
    return all(word in told for word in words)


@blueprint.get("/<slug>")
def page(slug: str) -> str | Response:
    """Show a person, a body or a class: what it is, and what it has to do with the items."""
    party = the_party(slug)
    if party.person_id is not None:
        return _person_page(context.session().get_one(Person, party.person_id))
    return _body_page(party)


def the_party(slug: str) -> Party:
    """Return that party; 404 for those that the register does not know."""
    party = party_by_slug(context.session(), slug)
    if party is not None and _is_known(party):
        return party
    return abort(404)


def _is_known(party: Party) -> bool:
    session = context.session()
    register = context.body_id()
    if register in context.sight().register_ids and is_known(session, register, context.sight(), party):
        return True  # whoever a form of the register offers has a page there
    if party.person_id is not None:
        return _is_known_person(session.get_one(Person, party.person_id), party)
    body = session.get(Body, party.body_id) if party.body_id else None
    if body is not None and register_of(body) == register:
        return True
    return any(one.party.id == party.id for one in outsiders(session, register, context.sight()))


def _is_known_person(person: Person, party: Party) -> bool:
    """Tell whether the person, or the one they were merged into, serves here, is named here or is named by an item."""
    keeper = keeper_of(context.session(), person)
    if keeper in people_of(context.session(), context.body_id()):
        return True
    return any(_lines(party).values()) or bool(_positions([party]))


def _person_page(person: Person) -> str | Response:
    session = context.session()
    register = context.body_id()
    if person.merged_into_id is not None and not context.is_secretariat():
        return redirect(url_for("people.page", slug=keeper_of(session, person).slug))
    records = [person, *merged_into(session, person)]
    parties = [found for record in records if (found := party_by_slug(session, record.slug))]
    duties = [
        one for one in open_duties_of(session, register, [person.id], context.sight()) if one.duty is not Duty.OWNS
    ]
    return render_template(
        "people/person.html",
        person=person,
        keeper=keeper_of(session, person) if person.merged_into_id else None,
        merged=records[1:],
        group=group_names(session).get(person.stakeholder_group, person.stakeholder_group),
        services=services(session, register, [person]).get(person.id, []),
        labels=labels_of(session, register, person),
        items=_lines(*parties),
        positions=_positions(parties),
        duties=duties,
        answers_for=party_names(session, {one.party.id for one in duties if one.party and one.party.id}),
        said=passages_of(session, register, person, context.sight(), most=MOST_PASSAGES),
        may_change=may_change(person),
        way=invitation_state(session, register, person, now=clock.real_now()) if context.is_secretariat() else None,
        today=context.today(),
        trail=trail(person.history_key()) if context.is_secretariat() else [],
    )


def _body_page(party: Party) -> str:
    session = context.session()
    body = session.get(Body, party.body_id) if party.body_id else None
    stewards = {number for number in (party.steward_id, party.second_id) if number}
    return render_template(
        "people/body.html",
        party=party,
        body=body,
        name=body.name if body else party.class_name,
        parent=session.get(Body, body.parent_id) if body and body.parent_id else None,
        group=group_names(session).get(body.stakeholder_group) if body else None,
        stewards=person_names(session, stewards),
        people=_serving(body),
        items=_lines(party),
        positions=_positions([party]),
        may_change=may_change_party(party),
        today=context.today(),
        trail=trail(body.history_key() if body else party.history_key()) if context.is_secretariat() else [],
    )


def _serving(body: Body | None) -> list[tuple[Person, Any]]:
    """Return who serves in the body today, with the term."""
    people = people_of(context.session(), context.body_id())
    told = services(context.session(), context.body_id(), people)
    return [
        (person, service.term)
        for person in people
        for service in told.get(person.id, [])
        if body is not None and service.body.id == body.id and service.is_current(context.today())
    ]


def _lines(*parties: Party) -> dict[str, list[ItemLine]]:
    """Return the items that these parties put forward, own, or are asked in."""
    return {
        "put_forward_by": [line for party in parties for line in _wanted(ItemFilter(put_forward_by=party.slug))],
        "owner": [line for party in parties for line in _wanted(ItemFilter(owner=party.slug))],
        "addressee": [line for party in parties for line in _wanted(ItemFilter(addressee=party.slug))],
    }


def _wanted(wanted: ItemFilter) -> list[ItemLine]:
    return everything(context.session(), context.body_id(), context.sight(), wanted, today=context.today())


def _positions(parties: list[Party]) -> list[tuple[Position, Item]]:
    numbers = [party.id for party in parties if party.id]
    return positions_of(context.session(), context.body_id(), context.sight(), numbers)
