"""Triage in the browser: the queue, every decision, bad input, and two people at one passage."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlmodel import Session, col, select
from werkzeug.test import TestResponse

from tests.factories import NOW, SYSTEM, make_meeting, make_milestone, make_person, make_proposal
from tests.web.browsing import Browser
from tests.web.room import ARCHIVE, Room, make_board_item, make_room
from tests.web.world import World, make_world
from tracker.history import leave
from tracker.items.models import Asked, Item, ItemPassage, Origin, Position, Relation, Stance
from tracker.meetings.models import Meeting
from tracker.people.models import Body, Party, Person
from tracker.proposals.changes import snooze
from tracker.proposals.models import Proposal, TriageState
from tracker.transcripts.attribution import assign_label
from tracker.transcripts.models import Transcript


@pytest.fixture
def room(app: Flask, world: World) -> Room:
    return make_room(app, world)


def decide(browser: Browser, proposal: int, what: str, *, version: int = 1, **values: Any) -> TestResponse:
    return browser.post(f"/triage/{proposal}/{what}", {"version": version, **values})


def accept(browser: Browser, proposal: int, **values: Any) -> TestResponse:
    data = {"title": "Keep an archive", "kind": "recommendation", "capacity": "not-stated", **values}
    return decide(browser, proposal, "accept", **data)


def attach(browser: Browser, proposal: int, **values: Any) -> TestResponse:
    return decide(browser, proposal, "attach", **{"relation": "repeats", "capacity": "not-stated", **values})


def state(browser: Browser, proposal: int) -> TriageState:
    with browser.session() as session:
        return session.get_one(Proposal, proposal).state


def party_of(session: Session, person: int) -> int | None:
    return session.exec(select(Party.id).where(col(Party.person_id) == person)).one()


def let_speak(app: Flask, room: Room, label: str, person: int) -> None:
    with app.extensions["sessions"].writing() as session:
        transcript, who = session.get_one(Transcript, room.transcript), session.get_one(Person, person)
        assign_label(session, transcript, label, who, instead_of=None, by=SYSTEM, now=NOW)


def test_the_queue_shows_what_waits_and_how_far_one_is(secretariat: Browser, room: Room) -> None:
    page = secretariat.get("/triage").text
    assert page.index("Keep an archive") < page.index("Open on Sundays")
    assert "0 of 2 decided" in page
    assert ARCHIVE in page


def test_an_empty_queue_says_where_passages_come_from(secretariat: Browser) -> None:
    assert "Import the transcript of a meeting" in secretariat.get("/triage").text


def test_a_passage_is_shown_with_all_that_was_guessed(app: Flask, world: World, secretariat: Browser) -> None:
    room = make_room(app, world)
    with app.extensions["sessions"].writing() as session:
        milestone = make_milestone(session, session.get_one(Body, world.register))
        proposal = session.get_one(Proposal, room.archive)
        proposal.addressee, proposal.milestone_id = "the library board", milestone.id
        leave(session, proposal, "read", by=SYSTEM, now=NOW)
        board = session.exec(select(Party.id).where(col(Party.body_id) == world.register)).one()
    page = secretariat.get(f"/triage/{room.archive}").text
    assert f'<option selected value="{board}">Library Board</option>' in page
    assert '<option selected value="1">February consultations</option>' in page
    assert '<mark class="fate-here">We should keep an archive of every session.</mark>' in page


def test_an_accepted_passage_is_an_item_that_cites_it(app: Flask, world: World, secretariat: Browser) -> None:
    room = make_room(app, world)
    let_speak(app, room, "CHAIR", world.chair)
    answer = accept(secretariat, room.archive, title="Keep all sessions")
    assert answer.location == f"/triage/{room.sundays}"
    with app.extensions["sessions"].reader() as session:
        item = session.exec(select(Item)).one()
        assert (item.title, item.put_forward_by) == ("Keep all sessions", party_of(session, world.chair))
        assert session.exec(select(ItemPassage.relation)).one() is Relation.NEW


def test_what_was_guessed_is_nobodys_before_it_is_sent(secretariat: Browser, world: World, room: Room) -> None:
    asked = world.member
    secretariat.get(f"/triage/{room.archive}")
    with secretariat.session() as session:
        assert session.exec(select(Asked)).all() == []
        party = party_of(session, asked)
    accept(secretariat, room.archive, asked=party, asked_too=party)
    with secretariat.session() as session:
        assert session.exec(select(Asked.party_id)).all() == [party]


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
        ({"asked": "x"}, "Invalid Choice: could not coerce."),
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
    assert 'repeats\n    <a href="/items/14">item 14</a>' in page


def test_an_item_that_may_be_meant_is_one_button(app: Flask, world: World, secretariat: Browser, room: Room) -> None:
    number = make_board_item(app, world, number=7, title="Keep an archive of every session")
    page = secretariat.get(f"/triage/{room.archive}").text
    assert f'name="likely" value="{number}"' in page
    assert "it says the like" in page
    attach(secretariat, room.archive, likely=number)
    assert state(secretariat, room.archive) is TriageState.ATTACHED


def test_an_item_is_found_by_its_words(app: Flask, world: World, secretariat: Browser, room: Room) -> None:
    make_board_item(app, world, number=7, title="Buy a piano")
    page = secretariat.get(f"/triage/{room.archive}?find=PIANO").text
    assert 'name="likely" value="7"' in page
    assert "No item has the words" in secretariat.get(f"/triage/{room.archive}?find=organ").text


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
        ({"number": 14, "relation": "supports"}, "Say first who is speaking here"),
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


def test_what_is_put_off_comes_back(secretariat: Browser, room: Room) -> None:
    decide(secretariat, room.archive, "snooze", days=7)
    assert state(secretariat, room.archive) is TriageState.SNOOZED
    assert "Keep an archive" in secretariat.get("/triage?state=snoozed").text
    assert "put off until" in secretariat.get(f"/triage/{room.archive}").text


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


def test_after_the_last_one_the_queue_says_so(secretariat: Browser, room: Room) -> None:
    decide(secretariat, room.archive, "set-aside", reason="other")
    answer = decide(secretariat, room.sundays, "set-aside", reason="other")
    assert "Nothing waits any more." in secretariat.follow(answer).text


@pytest.mark.parametrize(
    ("what", "values"),
    [
        ("accept", {"title": "My title", "kind": "call", "capacity": "own"}),
        ("attach", {"relation": "refines", "capacity": "own", "number": 1}),
        ("set-aside", {"reason": "other", "note": "My note"}),
        ("snooze", {"days": 1}),
        ("undo", {}),
    ],
)
def test_the_second_at_a_passage_sees_what_the_first_did(
    secretariat: Browser, rapporteur: Browser, room: Room, what: str, values: dict[str, Any]
) -> None:
    rapporteur.get(f"/triage/{room.archive}")
    decide(secretariat, room.archive, "set-aside", reason="too-general", note="First here")
    answer = decide(rapporteur, room.archive, what, **values)
    assert (answer.status_code, "while you looked at it" in answer.text) == (409, True)
    assert "set aside: too general" in answer.text
    assert "Sara Secretary, " in answer.text
    assert all(f'value="{text}"' in answer.text for text in values.values() if str(text).startswith("My"))
    assert state(secretariat, room.archive) is TriageState.SET_ASIDE


def test_of_two_at_once_one_decides(any_app: Flask) -> None:
    world = make_world(any_app.extensions["sessions"])
    room = make_room(any_app, world)
    people = [Browser(any_app, world.secretariat), Browser(any_app, world.rapporteur)]
    for browser in people:
        browser.get(f"/triage/{room.archive}")
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda browser: accept(browser, room.archive).status_code, people))
    assert sorted(answers) == [302, 409]
    with any_app.extensions["sessions"].reader() as session:
        assert len(session.exec(select(Item)).all()) == 1


def test_the_statements_of_the_queue_do_not_grow_with_its_rows(
    app: Flask, world: World, secretariat: Browser, room: Room
) -> None:
    with app.extensions["sessions"].writing() as session:
        meeting = session.get_one(Meeting, room.meeting)
        for number in range(20):
            make_proposal(session, meeting, make_person(session, f"P{number}"), state=TriageState.SET_ASIDE)
    counted = []
    for path in ("/triage", "/triage?state=set-aside"):
        secretariat.get(path)
        with statements(app) as seen:
            secretariat.get(path)
        counted.append(len(seen))
    assert counted[0] == counted[1]


@contextmanager
def statements(app: Flask) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    engine = app.extensions["sessions"].engine
    sa.event.listen(engine, "before_cursor_execute", note)
    yield seen
    sa.event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize("version", ["", "x"])
def test_a_form_that_names_no_version_decides_nothing(secretariat: Browser, room: Room, version: str) -> None:
    answer = secretariat.post(f"/triage/{room.archive}/set-aside", {"version": version, "reason": "other"})
    assert (answer.status_code, state(secretariat, room.archive)) == (422, TriageState.WAITING)


def test_one_meeting_is_worked_through_by_itself(app: Flask, world: World, secretariat: Browser, room: Room) -> None:
    with app.extensions["sessions"].writing() as session:
        other = make_meeting(session, session.get_one(Body, world.register), slug="other", title="Other sitting")
        make_proposal(session, other, title="Paint the door")
    page = secretariat.get("/triage?meeting=taking-stock").text
    assert ("Paint the door" in page, "0 of 2 decided" in page) == (False, True)
    secretariat.get(f"/triage/{room.sundays}?meeting=taking-stock")
    answer = decide(secretariat, room.sundays, "set-aside", reason="other")
    assert answer.location != f"/triage/{room.archive}?meeting=taking-stock"
    path = f"/triage/{room.archive}/set-aside?meeting=taking-stock"
    assert secretariat.post(path, {"version": 1, "reason": "other"}).location == "/triage?meeting=taking-stock"


@pytest.mark.parametrize("query", ["state=nonsense", "page=-3", "page=99999", "meeting=nowhere", "page=x"])
def test_an_address_that_makes_no_sense_is_forgiven(secretariat: Browser, room: Room, query: str) -> None:
    assert secretariat.get(f"/triage?{query}").status_code == 200


def test_a_snoozed_one_can_be_decided_from_its_page(app: Flask, secretariat: Browser, room: Room) -> None:
    with app.extensions["sessions"].writing() as session:
        snooze(session, session.get_one(Proposal, room.archive), NOW + timedelta(3650 * 5), by=SYSTEM, now=NOW)
    assert "Make it an item" in secretariat.get(f"/triage/{room.archive}").text
    accept(secretariat, room.archive, version=2)
    assert state(secretariat, room.archive) is TriageState.ITEM


def test_another_registers_triage_knows_nothing_of_it(app: Flask, world: World, room: Room) -> None:
    pia = Browser(app, world.stranger_member)
    assert pia.get(f"/b/park-board/triage/{room.archive}").status_code == 404
    assert Browser(app, world.member).get("/triage").status_code == 404
