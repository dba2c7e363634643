"""Who is who: people, bodies and classes of the register, and the page of each."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker import clock
from tracker.db import find_row
from tracker.handovers.models import Duty
from tracker.handovers.open_duties import open_duties_of
from tracker.history import Recorded
from tracker.items.lines import ItemLine, person_names
from tracker.items.list_filter import ItemFilter
from tracker.items.models import Item
from tracker.items.party_involvement import Outsider, is_known, outsiders, positions_of
from tracker.items.party_models import Position
from tracker.items.queries import everything
from tracker.people.invitations import InvitationState, invitation_states
from tracker.people.merged_records import keeper_of, merged_into
from tracker.people.models import Body, Party, Person, Term
from tracker.people.people_search import PeopleQuery, find_people
from tracker.people.queries import party_by_slug, party_names, register_of
from tracker.people.register import bodies_of, labels_of, people_of, services
from tracker.transcripts.queries import passages_of
from tracker.web.app import context
from tracker.web.app.change_history import TrailLine, trail
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
    bodies = bodies_of(session, register)
    form = PeopleFilter(request.args).offer(group_names(session), bodies)
    query = form.query(keeps=context.is_secretariat())
    people_page = find_people(session, register, query, today=context.today(), page=form.page.data or 1)
    outside = list[Outsider]()
    # Bodies have no role, group or account, so a filter by these leaves only people; later pages do not repeat them.
    if people_page.page > 1 or query != PeopleQuery(text=query.text):
        bodies = []
    else:
        outside = outsiders(session, register, context.sight())
    words = query.text.casefold().split()
    outside = [outsider for outsider in outside if _matches(words, outsider.name)]
    stewards = {outsider.party.steward_id for outsider in outside if outsider.party.steward_id}
    return render_template(
        "people/list.html",
        form=form,
        found=people_page,
        is_filtered=query != PeopleQuery(),
        services=services(session, register, people_page.people),
        bodies=[body for body in bodies if _matches(words, body.name)],
        outside=outside,
        stewards=person_names(session, stewards),
        groups=group_names(session),
        today=context.today(),
        ways=_ways(people_page.people),
        # The links to other pages keep the filter.
        leaf=lambda number: url_for("people.listing", **{**request.args.to_dict(), "page": number}),
    )


def _ways(people: list[Person]) -> dict[int, InvitationState]:
    """Return for the secretariat how far each of these people is on the way to an account; nothing for others."""
    if not context.is_secretariat():
        return {}
    numbers = [person.id for person in people]
    # Invitations expire by the real clock, also where the installation's own clock stands in another year.
    return invitation_states(context.session(), context.body_id(), now=clock.real_now(), only=numbers)


def _matches(words: list[str], name: str) -> bool:
    text = name.casefold()
    return all(word in text for word in words)


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
        # Whoever a form of the register offers has a page there.
        return True
    if party.person_id is not None:
        return _is_known_person(session.get_one(Person, party.person_id), party)
    body = find_row(session, Body, party.body_id)
    if body is not None and register_of(body) == register:
        return True
    return any(outsider.party.id == party.id for outsider in outsiders(session, register, context.sight()))


def _is_known_person(person: Person, party: Party) -> bool:
    """Tell whether the person, or the one they were merged into, serves here, is named here or is named by an item."""
    keeper = keeper_of(context.session(), person)
    if keeper in people_of(context.session(), context.body_id()):
        return True
    # An item may name somebody who never served and was never heard here.
    return any(_lines(party).values()) or bool(_positions([party]))


def _person_page(person: Person) -> str | Response:
    session = context.session()
    register = context.body_id()
    keeper = None
    if person.merged_into_id is not None:
        keeper = keeper_of(session, person)
        # Only the secretariat can undo a merge; an old link leads everybody else to the person as they are known now.
        if not context.is_secretariat():
            return redirect(url_for("people.page", slug=keeper.slug))
    records = [person, *merged_into(session, person)]
    parties = [party for record in records if (party := party_by_slug(session, record.slug))]
    duties = open_duties_of(session, register, [person.id], context.sight())
    # What they own stands among the items.
    duties = [duty for duty in duties if duty.duty is not Duty.OWNS]
    return render_template(
        "people/person.html",
        person=person,
        keeper=keeper,
        merged=records[1:],
        group=group_names(session).get(person.stakeholder_group, person.stakeholder_group),
        services=services(session, register, [person]).get(person.id, []),
        labels=labels_of(session, register, person),
        items=_lines(*parties),
        positions=_positions(parties),
        duties=duties,
        answers_for=party_names(session, {duty.party.id for duty in duties if duty.party and duty.party.id}),
        said=passages_of(session, register, person, context.sight(), most=MOST_PASSAGES),
        may_change=may_change(person),
        way=_ways([person]).get(person.id),
        today=context.today(),
        trail=_trail_for_secretariat(person),
    )


def _trail_for_secretariat(record: Recorded) -> list[TrailLine]:
    if context.is_secretariat():
        return trail(record.history_key())
    return []


def _body_page(party: Party) -> str:
    """Show a body or a class; a class is a party alone, with no body, group or people."""
    session = context.session()
    stewards = {number for number in (party.steward_id, party.second_id) if number}
    values: dict[str, Any] = {"body": None, "name": party.class_name, "trail": _trail_for_secretariat(party)}
    body = find_row(session, Body, party.body_id)
    if body is not None:
        values = {
            "body": body,
            "name": body.name,
            "parent": find_row(session, Body, body.parent_id),
            "group": group_names(session).get(body.stakeholder_group),
            "people": _serving(body),
            "trail": _trail_for_secretariat(body),
        }
    return render_template(
        "people/body.html",
        party=party,
        stewards=person_names(session, stewards),
        items=_lines(party),
        positions=_positions([party]),
        may_change=may_change_party(party),
        today=context.today(),
        **values,
    )


def _serving(body: Body) -> list[tuple[Person, Term]]:
    """Return who serves in the body today, with the term."""
    people = people_of(context.session(), context.body_id())
    services_by_person = services(context.session(), context.body_id(), people)
    return [
        (person, service.term)
        for person in people
        for service in services_by_person.get(person.id, [])
        if service.body.id == body.id and service.is_current(context.today())
    ]


def _lines(*parties: Party) -> dict[str, list[ItemLine]]:
    """Return the items that these parties put forward or own, or that are addressed to them."""
    slugs = [party.slug for party in parties]
    return {
        "put_forward_by": [line for slug in slugs for line in _items(ItemFilter(put_forward_by=slug))],
        "reported": [line for slug in slugs for line in _items(ItemFilter(reported_of=slug))],
        "owner": [line for slug in slugs for line in _items(ItemFilter(owner=slug))],
        "addressee": [line for slug in slugs for line in _items(ItemFilter(addressee=slug))],
    }


def _items(item_filter: ItemFilter) -> list[ItemLine]:
    return everything(context.session(), context.body_id(), context.sight(), item_filter, today=context.today())


def _positions(parties: list[Party]) -> list[tuple[Position, Item]]:
    numbers = [party.id for party in parties if party.id]
    return positions_of(context.session(), context.body_id(), context.sight(), numbers)
