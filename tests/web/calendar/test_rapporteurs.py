"""A mere rapporteur reads, of what is internal, what comes from their meeting and what they own."""

import pytest
from flask import Flask
from sqlmodel import select

from tests.factories import NOW, SYSTEM, make_item, make_milestone, make_ownership, party_of
from tests.web.browsing import Browser
from tests.web.items.test_lists import titles
from tests.web.room import TEXT, Room, make_room
from tests.web.triage.triaging import name_rapporteur
from tests.web.world import World
from tracker.agendas import changes
from tracker.items.models import Item, ItemPassage
from tracker.items.party_models import OwnerState, Position, Stance
from tracker.meetings.models import Visibility
from tracker.people.models import Body, Person
from tracker.proposals.models import Proposal


@pytest.fixture
def room(app: Flask, world: World) -> Room:
    """The session of which Rafa is rapporteur, and another; four items that Rafa may read and two that Rafa may not."""
    made = make_room(app, world)
    other = make_room(app, world, TEXT.replace("Welcome", "Hello"), slug="nairobi")
    name_rapporteur(app, world.rapporteur, made.meeting)
    with app.extensions["sessions"].writing() as session:
        board, rafa = session.get_one(Body, world.register), session.get_one(Person, world.rapporteur)
        cites, stands, elsewhere, owned, requested, plain, _open = (
            make_item(session, board, title=title, visibility=visibility)
            for title, visibility in [
                *((title, Visibility.INTERNAL) for title in ("Cites", "Stands", "Elsewhere", "Mine", "Asked", "Plain")),
                ("Open", Visibility.PUBLISHED),
            ]
        )
        here, there = (session.get_one(Proposal, one.archive).passage_id for one in (made, other))
        session.add(ItemPassage(item_id=cites.id, passage_id=here))
        session.add(ItemPassage(item_id=elsewhere.id, passage_id=there))
        party = party_of(session, board).id
        session.add(Position(item_id=stands.id, party_id=party, stance=Stance.SUPPORTS, passage_id=here))
        make_ownership(session, plain, party_of(session, session.get_one(Person, world.member)))
        make_ownership(session, owned, party_of(session, rafa))
        make_ownership(session, requested, party_of(session, rafa), state=OwnerState.REQUESTED)
    return made


def test_of_internal_items_they_list_those_of_their_meeting_and_their_own(
    rapporteur: Browser, member: Browser, room: Room
) -> None:
    assert titles(rapporteur.get("/items").text) == ["Cites", "Stands", "Mine", "Asked", "Open"]
    assert len(titles(member.get("/items").text)) == 7


def test_others_they_neither_open_nor_find(rapporteur: Browser, room: Room) -> None:
    numbers = {title: number for number, title in enumerate(("Cites", "Stands", "Elsewhere"), 1)}
    answers = [rapporteur.get(f"/items/{numbers[title]}").status_code for title in ("Cites", "Elsewhere")]
    assert answers == [200, 404]
    assert 'href="/items/3"' not in rapporteur.get("/search?q=Elsewhere").text
    assert "Plain" not in rapporteur.get("/items.csv").text


def test_drafts_of_reports_are_not_for_them(
    app: Flask, world: World, rapporteur: Browser, member: Browser, room: Room
) -> None:
    with app.extensions["sessions"].writing() as session:
        slug = make_milestone(session, session.get_one(Body, world.register)).slug
    for path in (f"/reports/{slug}", f"/reports/{slug}/draft.csv"):
        assert [one.get(path).status_code for one in (member, rapporteur)] == [200, 404]


def test_what_is_worked_out_for_members_is_not_shown_to_them(rapporteur: Browser, member: Browser, room: Room) -> None:
    assert "Mira Member</option>" in member.get("/items?filter=open").text
    assert "Mira Member</option>" not in rapporteur.get("/items?filter=open").text


def test_the_history_of_a_milestone_tells_them_of_no_item_that_is_hidden_from_them(
    app: Flask, world: World, rapporteur: Browser, member: Browser, room: Room
) -> None:
    with app.extensions["sessions"].writing() as session:
        milestone = make_milestone(session, session.get_one(Body, world.register))
        for item in session.exec(select(Item)).all():
            changes.put_on_agenda(session, milestone, item, note=f"Note on {item.title}", by=SYSTEM, now=NOW)
        path = f"/milestones/{milestone.slug}"
    assert "Note on Elsewhere" in member.get(path).text
    told = rapporteur.get(path).text
    assert "Note on Cites" in told
    assert "Note on Elsewhere" not in told
