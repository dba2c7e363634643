"""What needs a second person: a complaint of the secretariat, and what is marked sensitive."""

import pytest
from flask import Flask
from sqlmodel import Session

from tests.factories import NOW, SYSTEM
from tests.web.browsing import Browser
from tests.web.room import ARCHIVE, Room, found, make_room
from tests.web.triage.triaging import accept, decide, make_deputy, state
from tests.web.world import World
from tracker.history import leave
from tracker.people.models import Person
from tracker.proposals.models import TriageState
from tracker.transcripts.models import Transcript

COMPLAINT = "The secretariat never answered, so we should write to the board."


@pytest.fixture
def room(app: Flask, world: World) -> Room:
    return make_room(app, world)


@pytest.fixture
def marked(secretariat: Browser, room: Room) -> int:
    """A passage that Sara has marked sensitive and would set aside."""
    decide(secretariat, room.archive, "sensitive")
    decide(secretariat, room.archive, "set-aside", version=2, reason="too-general", note="A rumour")
    return room.archive


def settle(browser: Browser, number: int, what: str, version: int = 3) -> int:
    return browser.post(f"/triage/second/{number}/{what}", {"version": version}).status_code


def test_what_is_marked_sensitive_waits_for_a_second_person(secretariat: Browser, marked: int) -> None:
    assert state(secretariat, marked) is TriageState.WAITING
    assert "Keep an archive" not in secretariat.get("/triage").text.partition('<ol class="queue">')[2]
    assert "Keep an archive" not in secretariat.get("/triage?state=set-aside").text
    page = secretariat.get("/triage?state=second").text
    assert "waits for a second person, to be set aside: too general" in page
    assert "waits for a second person: 1" in page


def test_the_chair_confirms_it(secretariat: Browser, chair: Browser, marked: int) -> None:
    page = chair.get("/triage/second").text
    assert "Sara Secretary proposes to set it aside: too general" in page
    assert "A rumour" in page
    assert settle(chair, marked, "confirm") == 302
    assert state(chair, marked) is TriageState.SET_ASIDE
    assert "set aside by two people: too general" in secretariat.get("/triage?state=set-aside").text


def test_the_second_sends_it_back(app: Flask, world: World, secretariat: Browser, marked: int) -> None:
    assert settle(make_deputy(app, world), marked, "back") == 302
    assert state(secretariat, marked) is TriageState.WAITING
    assert "Keep an archive" in secretariat.get("/triage").text


@pytest.mark.parametrize("what", ["confirm", "back"])
def test_it_is_never_the_same_person(secretariat: Browser, marked: int, what: str) -> None:
    assert settle(secretariat, marked, what) == 422
    assert state(secretariat, marked) is TriageState.WAITING


def test_what_changed_meanwhile_is_not_confirmed(secretariat: Browser, chair: Browser, marked: int) -> None:
    decide(secretariat, marked, "undo", version=3)
    assert settle(chair, marked, "confirm") == 409
    assert settle(chair, marked, "confirm", version=4) == 422


def test_the_first_takes_it_back(secretariat: Browser, marked: int) -> None:
    decide(secretariat, marked, "undo", version=3)
    assert "Keep an archive" in secretariat.get("/triage").text


def test_nothing_else_is_decided_while_it_waits(secretariat: Browser, marked: int) -> None:
    answer = accept(secretariat, marked, version=3)
    assert (answer.status_code, "waits for a second person" in answer.text) == (422, True)


def test_a_complaint_of_the_secretariat_is_guessed_and_said_to_be_a_guess(app: Flask, world: World) -> None:
    room = make_room(app, world, f"CHAIR: {ARCHIVE} {COMPLAINT}\n\nMS SILVA: I call on the board to open on Sundays.")
    with app.extensions["sessions"].writing() as session:
        from_here = complaint(session, room)
    sara = Browser(app, world.secretariat)
    assert "It seems to complain about the secretariat (a guess" in sara.get(f"/triage/{from_here}").text
    decide(sara, from_here, "set-aside", reason="other")
    assert state(sara, from_here) is TriageState.WAITING
    assert accept(sara, room.archive).status_code == 302


def complaint(session: Session, room: Room) -> int:
    return found(session, session.get_one(Transcript, room.transcript), COMPLAINT, title="Write to the board").id


def test_who_is_alone_is_told_whom_to_name(app: Flask, world: World, secretariat: Browser, marked: int) -> None:
    assert "It can be confirmed by: Chen Chair." in secretariat.get(f"/triage/{marked}").text
    with app.extensions["sessions"].writing() as session:
        session.get_one(Person, world.chair).email = None
        leave(session, f"person:{world.chair}", "changed", by=SYSTEM, now=NOW)
    for path in (f"/triage/{marked}", "/triage/second"):
        assert "Nobody can confirm this yet" in secretariat.get(path).text


def test_only_who_marked_it_takes_the_mark_back(app: Flask, world: World, secretariat: Browser, room: Room) -> None:
    decide(secretariat, room.archive, "sensitive")
    deputy = make_deputy(app, world)
    assert decide(deputy, room.archive, "sensitive", version=2).status_code == 422
    decide(secretariat, room.archive, "sensitive", version=2)
    decide(deputy, room.archive, "set-aside", version=3, reason="other")
    assert state(deputy, room.archive) is TriageState.SET_ASIDE


def test_several_at_once_do_not_go_round_it(secretariat: Browser, room: Room) -> None:
    decide(secretariat, room.archive, "sensitive")
    picked = {"pick": [f"{room.archive}:2", f"{room.sundays}:1"], "reason": "other"}
    page = secretariat.follow(secretariat.post("/triage/batches", picked)).text
    assert "1 of them waits for a second person." in page
    assert state(secretariat, room.archive) is TriageState.WAITING
    assert state(secretariat, room.sundays) is TriageState.SET_ASIDE
