"""Triage in the browser: every decision, and what is said to bad input."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlmodel import Session, col, select

from tests.factories import NOW, SYSTEM, make_milestone
from tests.web.browsing import Browser
from tests.web.room import ARCHIVE, SUNDAYS, Room, make_board_item, make_room
from tests.web.triage.triaging import accept, attach, decide, state
from tests.web.world import World
from tracker.history import leave
from tracker.items.models import Capacity, Item, ItemPassage, Origin, Relation
from tracker.items.party_models import Addressee, Position, Stance
from tracker.people.models import Body, Party, Person
from tracker.proposals.models import Proposal, TriageState
from tracker.transcripts.models import Transcript
from tracker.transcripts.passages import cite
from tracker.transcripts.speakers.attribution import assign_label
from tracker.triage.changes import snooze


@pytest.fixture
def room(app: Flask, world: World) -> Room:
    return make_room(app, world)


def party_of(session: Session, person: int) -> int | None:
    return session.exec(select(Party.id).where(col(Party.person_id) == person)).one()


def let_speak(app: Flask, room: Room, label: str, person: int) -> None:
    with app.extensions["sessions"].writing() as session:
        transcript, who = session.get_one(Transcript, room.transcript), session.get_one(Person, person)
        assign_label(session, transcript, label, who, instead_of=None, by=SYSTEM, now=NOW)


def test_a_passage_is_shown_with_all_that_was_guessed(app: Flask, world: World, secretariat: Browser) -> None:
    room = make_room(app, world)
    with app.extensions["sessions"].writing() as session:
        milestone = make_milestone(session, session.get_one(Body, world.register))
        proposal = session.get_one(Proposal, room.archive)
        proposal.addressee, proposal.milestone_id = "the library board", milestone.id
        leave(session, proposal, "read", by=SYSTEM, now=NOW)
        board = session.exec(select(Party.id).where(col(Party.body_id) == world.register)).one()
    page = secretariat.get(f"/triage/{room.archive}?decide=item").text
    assert f'name="addressee" value="{board}">' in page
    assert '<option selected value="1">February consultations</option>' in page
    assert '<mark class="fate-here">We should keep an archive of every session.</mark>' in page


def test_the_result_of_a_motion_is_quoted_with_its_meeting_and_day(
    app: Flask, world: World, secretariat: Browser
) -> None:
    room = make_room(app, world)
    with app.extensions["sessions"].writing() as session:
        transcript = session.get_one(Transcript, room.transcript)
        start = transcript.text.index("I call on")
        result = cite(session, transcript.sha256, start, start + 9)
        proposal = session.get_one(Proposal, room.archive)
        proposal.result_id = result.id
        leave(session, proposal, "read", by=SYSTEM, now=NOW)
    quoted = "I call on"
    assert f'“{quoted}” <span class="quiet">' in secretariat.get(f"/triage/{room.archive}").text
    accept(secretariat, room.archive)
    page = secretariat.get("/items/1").text
    assert "Result of the motion, as recorded" in page
    assert f"<blockquote>{quoted}</blockquote>" in page


def test_an_accepted_passage_is_an_item_that_cites_it(app: Flask, world: World, secretariat: Browser) -> None:
    room = make_room(app, world)
    let_speak(app, room, "CHAIR", world.chair)
    answer = accept(secretariat, room.archive, title="Keep all sessions")
    assert answer.location == f"/triage/{room.sundays}"
    with app.extensions["sessions"].reader() as session:
        item = session.exec(select(Item)).one()
        assert (item.title, item.put_forward_by) == ("Keep all sessions", party_of(session, world.chair))
        assert session.exec(select(ItemPassage.relation)).one() is Relation.NEW


@pytest.mark.parametrize(
    ("words", "due_from"), [("at the consultations", "last-day"), ("before the consultations", "first-day")]
)
def test_at_a_milestone_is_offered_as_its_last_day(
    app: Flask, world: World, secretariat: Browser, words: str, due_from: str
) -> None:
    room = make_room(app, world)
    with app.extensions["sessions"].writing() as session:
        board = session.get_one(Body, world.register)
        milestone = make_milestone(session, board, starts_on=date(2013, 2, 28), ends_on=date(2013, 3, 1))
        proposal = session.get_one(Proposal, room.archive)
        proposal.due_hint, proposal.milestone_id = words, milestone.id
        milestone_id = milestone.id
        leave(session, proposal, "read", by=SYSTEM, now=NOW)
    page = secretariat.get(f"/triage/{room.archive}?decide=item").text
    assert f'<option selected value="{due_from}">' in page
    accept(secretariat, room.archive, milestone=milestone_id, due_from=due_from)
    with secretariat.session() as session:
        assert session.exec(select(Item)).one().due_from == due_from


def test_what_was_guessed_is_nobodys_before_it_is_sent(secretariat: Browser, world: World, room: Room) -> None:
    addressee = world.member
    secretariat.get(f"/triage/{room.archive}")
    with secretariat.session() as session:
        assert session.exec(select(Addressee)).all() == []
        party = party_of(session, addressee)
    accept(secretariat, room.archive, addressee=party, second_addressee=party)
    with secretariat.session() as session:
        assert session.exec(select(Addressee.party_id)).all() == [party]


def test_what_another_had_put_forward_is_reported_by_who_speaks(app: Flask, world: World, secretariat: Browser) -> None:
    room = make_room(app, world)
    let_speak(app, room, "CHAIR", world.chair)
    with app.extensions["sessions"].reader() as session:
        member = party_of(session, world.member)
    accept(secretariat, room.archive, put_forward_by=member)
    with app.extensions["sessions"].reader() as session:
        item = session.exec(select(Item)).one()
        assert (item.put_forward_by, item.reported_by) == (member, world.chair)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"title": ""}, "Give the item a title."),
        ({"title": "T" * 301}, "Field cannot be longer than 300 characters."),
        ({"kind": "support"}, "Not a valid choice."),
        ({"addressee": "x"}, "Choose one from the list."),
        ({"offset_days": "soon"}, "Not a valid integer value."),
        ({"offset_days": 99999}, "Up to ten years either way."),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_is_kept(
    secretariat: Browser, room: Room, values: dict[str, Any], said: str
) -> None:
    answer = accept(secretariat, room.archive, **{"text": "A text <b>typed</b>", **values})
    assert (answer.status_code, said in answer.text) == (422, True)
    assert "A text &lt;b&gt;typed&lt;/b&gt;" in answer.text
    assert state(secretariat, room.archive) is TriageState.WAITING


def test_a_passage_is_attached_to_an_item_by_its_number(
    app: Flask, world: World, secretariat: Browser, room: Room
) -> None:
    number = make_board_item(app, world, number=14)
    attach(secretariat, room.archive, number=number)
    assert state(secretariat, room.archive) is TriageState.ATTACHED
    page = secretariat.get("/triage?state=attached").text
    assert 'repeats:\n    <a href="/items/14">item 14</a>' in page


def test_an_item_that_may_be_meant_is_one_button(app: Flask, world: World, secretariat: Browser, room: Room) -> None:
    number = make_board_item(app, world, number=7, title="Keep an archive of every session")
    page = secretariat.get(f"/triage/{room.archive}").text
    assert f'name="likely" value="{number}"' in page
    assert "it says something similar" in page
    attach(secretariat, room.archive, likely=number)
    assert state(secretariat, room.archive) is TriageState.ATTACHED


def test_an_item_is_found_by_its_words(app: Flask, world: World, secretariat: Browser, room: Room) -> None:
    make_board_item(app, world, number=7, title="Buy a piano")
    page = secretariat.get(f"/triage/{room.archive}?find=PIANO").text
    assert 'name="likely" value="7"' in page
    assert "No item has the words" in secretariat.get(f"/triage/{room.archive}?find=organ").text


def test_what_is_found_gets_the_numbers_after_the_guesses(
    app: Flask, secretariat: Browser, world: World, room: Room
) -> None:
    guess = make_board_item(app, world, title="Keep an archive of every session")
    others = [make_board_item(app, world, title=f"Sing in session {number}") for number in range(12)]
    page = secretariat.get(f"/triage/{room.archive}?find=session").text
    keys = dict(re.findall(r'value="(\d+)" data-key="(\d)"', page))
    assert keys[str(guess)] == "1"
    assert sorted(keys.values()) == [str(key) for key in range(1, 8)]
    assert set(keys) <= {str(guess), *map(str, others)}


def test_support_is_a_position_of_who_speaks(app: Flask, world: World, secretariat: Browser) -> None:
    room = make_room(app, world)
    let_speak(app, room, "MS SILVA", world.member)
    number = make_board_item(app, world)
    attach(secretariat, room.sundays, number=number, relation="supports", stance="supports-if", capacity="own")
    with app.extensions["sessions"].reader() as session:
        position = session.exec(select(Position)).one()
        assert (position.stance, position.capacity) == (Stance.SUPPORTS_IF, "own")
        assert position.party_id == party_of(session, world.member)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "Give the number of an item."),
        ({"number": 99}, "There is no item 99 here."),
        ({"number": 0}, "Number must be between"),
        ({"number": "x"}, "Not a valid integer value."),
        ({"number": 14, "relation": "covered"}, "Not a valid choice."),
        ({"number": 14, "relation": "supports"}, "Name the speaker first"),
    ],
)
def test_an_attachment_that_cannot_be_is_said(
    app: Flask, world: World, secretariat: Browser, room: Room, values: dict[str, Any], said: str
) -> None:
    make_board_item(app, world, number=14)
    answer = attach(secretariat, room.archive, **values)
    assert (answer.status_code, said in answer.text) == (422, True)
    assert state(secretariat, room.archive) is TriageState.WAITING


def test_an_item_of_another_register_is_not_there(app: Flask, world: World, secretariat: Browser, room: Room) -> None:
    make_board_item(app, world, number=14, body_id=world.other_register)
    assert "There is no item 14 here." in attach(secretariat, room.archive, number=14).text


def test_what_is_set_aside_is_listed_with_its_reason_and_who_did_it(secretariat: Browser, room: Room) -> None:
    decide(secretariat, room.archive, "set-aside", reason="exchange-in-the-room", note="Settled <there>")
    page = secretariat.get("/triage?state=set-aside").text
    assert "set aside: exchange in the room" in page
    assert "Settled &lt;there&gt;" in page
    assert "Sara Secretary, " in page


def test_an_unknown_reason_is_refused(secretariat: Browser, room: Room) -> None:
    answer = decide(secretariat, room.archive, "set-aside", reason="boring", note="My note")
    assert (answer.status_code, 'value="My note"' in answer.text) == (422, True)


def test_the_number_beside_attach_is_not_called_optional(secretariat: Browser, room: Room) -> None:
    page = secretariat.get(f"/triage/{room.archive}?decide=attach").text
    assert page.partition('<label for="number">')[2].partition("</label>")[0] == "Item number"


def test_what_is_put_off_comes_back(secretariat: Browser, room: Room) -> None:
    decide(secretariat, room.archive, "snooze", days=7)
    assert state(secretariat, room.archive) is TriageState.SNOOZED
    assert "Keep an archive" in secretariat.get("/triage?state=snoozed").text
    assert "snoozed until" in secretariat.get(f"/triage/{room.archive}").text


@pytest.mark.parametrize("days", ["", "0", "400", "x"])
def test_nothing_is_put_off_for_no_time(secretariat: Browser, room: Room, days: str) -> None:
    assert decide(secretariat, room.archive, "snooze", days=days).status_code == 422


def test_a_decision_is_taken_back_from_the_next_page(secretariat: Browser, room: Room) -> None:
    following = secretariat.follow(accept(secretariat, room.archive)).text
    assert "Your last decision:" in following
    answer = decide(secretariat, room.archive, "undo", version=2)
    assert answer.location == f"/triage/{room.archive}"
    assert state(secretariat, room.archive) is TriageState.WAITING
    with secretariat.session() as session:
        assert session.exec(select(Item)).all() == session.exec(select(Origin)).all() == []


def test_what_cannot_be_taken_back_says_why(app: Flask, world: World, secretariat: Browser, room: Room) -> None:
    accept(secretariat, room.archive)
    attach(secretariat, room.sundays, number=1)
    answer = decide(secretariat, room.archive, "undo", version=2)
    assert (answer.status_code, "Somebody has worked on item 1 since." in answer.text) == (422, True)


def test_nothing_decided_is_nothing_to_take_back(secretariat: Browser, room: Room) -> None:
    answer = decide(secretariat, room.archive, "undo")
    assert (answer.status_code, "nothing to undo" in answer.text) == (422, True)


def test_a_snoozed_one_can_be_decided_from_its_page(app: Flask, secretariat: Browser, room: Room) -> None:
    with app.extensions["sessions"].writing() as session:
        snooze(session, session.get_one(Proposal, room.archive), NOW + timedelta(3650 * 5), by=SYSTEM, now=NOW)
    assert "Create the item" in secretariat.get(f"/triage/{room.archive}?decide=item").text
    accept(secretariat, room.archive, version=2)
    assert state(secretariat, room.archive) is TriageState.ITEM


def test_for_whom_it_was_spoken_stands_ready_and_goes_into_the_item(app: Flask, world: World) -> None:
    room = make_room(app, world, f"CHAIR: {ARCHIVE} I speak on behalf of the Mill Group.\n\nMS SILVA: {SUNDAYS}")
    browser = Browser(app, world.secretariat)
    page = browser.get(f"/triage/{room.archive}?decide=item").text
    assert "coalition or group: the Mill Group" in " ".join(page.split())
    assert '<option selected value="coalition-or-group">' in page
    accept(browser, room.archive, capacity="coalition-or-group")
    with browser.session() as session:
        item = session.exec(select(Item)).one()
        assert (item.capacity, item.capacity_of) == (Capacity.COALITION_OR_GROUP, "the Mill Group")
