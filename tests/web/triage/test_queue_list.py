"""The queue of triage, and two people at one passage of it."""

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from sqlmodel import select

from tests.factories import NOW, SYSTEM, make_meeting, make_person, make_proposal
from tests.statements import statements
from tests.web.browsing import Browser
from tests.web.items.test_pages import plain
from tests.web.room import ARCHIVE, Room, make_room
from tests.web.triage.triaging import accept, decide, make_deputy, state
from tests.web.world import World, make_world
from tracker.detector.measured_shares import ENOUGH
from tracker.history import leave
from tracker.items.models import Item
from tracker.people.models import Body
from tracker.proposals.models import AsideReason, Proposal, SecondLookDone, TrainedDetector, TriageState
from tracker.transcripts.models import Passage


@pytest.fixture
def room(app: Flask, world: World) -> Room:
    return make_room(app, world)


def test_the_queue_shows_what_waits_and_how_far_one_is(secretariat: Browser, room: Room) -> None:
    page = secretariat.get("/triage").text
    assert page.index("Keep an archive") < page.index("Open on Sundays")
    assert "0 of 2 decided" in page
    assert ARCHIVE in page


def test_no_underlined_space_stands_before_the_hint_of_a_key(secretariat: Browser, room: Room) -> None:
    accept(secretariat, room.archive)
    for address in ("/triage", f"/triage/{room.sundays}", "/transcripts/1"):
        underlined = re.findall(r"<(a|button)([^>]*)>([^<]*)<kbd>", secretariat.get(address).text)
        texts = [text for tag, attributes, text in underlined if tag == "a" or "button-link" in attributes]
        assert [text for text in texts if text != text.rstrip()] == [], address


def test_words_that_stand_for_a_title_are_printed_once(app: Flask, secretariat: Browser, room: Room) -> None:
    with app.extensions["sessions"].writing() as session:
        proposal = session.get_one(Proposal, room.archive)
        proposal.title = "We should keep an archive of …"
        leave(session, proposal, "read", by=SYSTEM, now=NOW)
    page = secretariat.get("/triage").text
    assert plain(page).count("keep an archive of") == 1
    assert re.search(rf'<h2[^>]*><a href="/triage/{room.archive}[^"]*">{ARCHIVE}</a></h2>', page)


def test_the_queue_says_whether_the_second_look_is_done(app: Flask, secretariat: Browser, room: Room) -> None:
    assert "Second look under way: 1 transcript to go." in secretariat.get("/triage").text
    with app.extensions["sessions"].writing() as session:
        session.add(SecondLookDone(transcript_id=session.get_one(Proposal, room.archive).transcript_id, done_at=NOW))
    assert "Second look done" in secretariat.get("/triage").text
    assert "Second look" not in secretariat.get("/triage?state=item").text


def test_the_queue_asks_for_speakers_first_while_most_passages_have_none(
    app: Flask, secretariat: Browser, room: Room
) -> None:
    first = '<a href="/transcripts/1/speakers">Identify the speakers</a>'
    assert first in secretariat.get("/triage").text
    with app.extensions["sessions"].writing() as session:
        archive = session.get_one(Proposal, room.archive)
        session.get_one(Passage, archive.passage_id).speaker_id = make_person(session, "Tove Holm").id
    assert first not in secretariat.get("/triage").text


def test_an_empty_queue_says_where_passages_come_from(secretariat: Browser) -> None:
    assert "Import the transcript of a meeting" in secretariat.get("/triage").text


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
    app: Flask, world: World, secretariat: Browser, room: Room, what: str, values: dict[str, Any]
) -> None:
    deputy = make_deputy(app, world)
    deputy.get(f"/triage/{room.archive}")
    decide(secretariat, room.archive, "set-aside", reason="too-general", note="First here")
    answer = decide(deputy, room.archive, what, **values)
    assert (answer.status_code, "while you looked at it" in answer.text) == (409, True)
    assert "set aside: too general" in answer.text
    assert "Sara Secretary, " in answer.text
    assert all(f'value="{text}"' in answer.text for text in values.values() if str(text).startswith("My"))
    assert state(secretariat, room.archive) is TriageState.SET_ASIDE


def test_of_two_at_once_one_decides(any_app: Flask) -> None:
    world = make_world(any_app.extensions["sessions"])
    room = make_room(any_app, world)
    people = [Browser(any_app, world.secretariat), make_deputy(any_app, world)]
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
        meeting = make_meeting(session, session.get_one(Body, world.register), slug="second")
        for number in range(20):
            make_proposal(session, meeting, make_person(session, f"P{number}"), state=TriageState.SET_ASIDE)
        make_proposal(session, meeting, state=TriageState.ATTACHED)
    counted = []
    for path in ("/triage?state=attached", "/triage?state=set-aside"):
        secretariat.get(path)
        with statements(app) as seen:
            secretariat.get(path)
        counted.append(len(seen))
    assert counted[0] == counted[1]


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


def test_another_registers_triage_knows_nothing_of_it(app: Flask, world: World, room: Room) -> None:
    pia = Browser(app, world.stranger_member)
    assert pia.get(f"/b/park-board/triage/{room.archive}").status_code == 404
    assert Browser(app, world.member).get("/triage").status_code == 404


def test_the_queue_says_what_each_part_costs_and_what_the_clear_one_holds(
    app: Flask, secretariat: Browser, room: Room
) -> None:
    with app.extensions["sessions"].writing() as session:
        doubtful = session.get_one(Proposal, room.sundays)
        doubtful.score = 0.3
        leave(session, doubtful, "read", by=SYSTEM, now=NOW)
    page = " ".join(re.sub(r"<[^>]+>", " ", secretariat.get("/triage").text).split())
    assert "1 clear passage, about one minute." in page
    assert "of 10 proposals are among the clear ones" in page
    assert "1 more is in doubt, about one minute." in page


def test_the_share_goes_by_what_was_decided_here_once_that_is_enough(
    app: Flask, secretariat: Browser, world: World, room: Room
) -> None:
    with app.extensions["sessions"].writing() as session:
        doubtful = session.get_one(Proposal, room.sundays)
        doubtful.score = 0.3
        leave(session, doubtful, "read", by=SYSTEM, now=NOW)
        sitting = make_meeting(session, session.get_one(Body, world.register), slug="earlier")
        score = session.get_one(Proposal, room.archive).score
        for _ in range(ENOUGH):
            values = {"state": TriageState.SET_ASIDE, "reason": AsideReason.OTHER, "decided_by": world.secretariat}
            make_proposal(session, sitting, score=score, **values)
    page = plain(secretariat.get("/triage").text)
    assert f"going by {ENOUGH} decisions made here and, where these are too few, by other meetings" in page
    assert f"by {ENOUGH} decisions made here" in plain(secretariat.get("/triage/record").text)


def test_a_share_that_nobody_measured_is_not_told(app: Flask, secretariat: Browser, world: World, room: Room) -> None:
    with app.extensions["sessions"].writing() as session:
        doubtful = session.get_one(Proposal, room.sundays)
        doubtful.score = 0.3
        trained = TrainedDetector(body_id=world.register, trained_at=NOW, decisions=40, model="{}")
        session.add(trained)
        session.flush()
        for row in (doubtful, trained):
            leave(session, row, "read", by=SYSTEM, now=NOW)
    page = secretariat.get("/triage").text
    assert "1 more is in doubt" in page
    assert "of 10 proposals" not in page


@pytest.mark.parametrize(
    ("query", "leads_to"),
    [
        ("meeting=&meeting-name=taking+STOCK&state=snoozed", "/triage?meeting=taking-stock&state=snoozed"),
        ("meeting=taking-stock&meeting-name=&rest=1", "/triage?rest=1"),
    ],
)
def test_a_meeting_is_chosen_by_its_title(secretariat: Browser, room: Room, query: str, leads_to: str) -> None:
    assert secretariat.get(f"/triage?{query}").location == leads_to


def test_a_title_that_is_not_clear_is_asked_about(
    secretariat: Browser, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.web.app.pick_field.MOST_IN_SELECT", 1)
    page = secretariat.get("/triage?meeting=&meeting-name=taking").text
    assert "Which one do you mean by “taking”?" in page
    assert '<details class="showing" open>' in page
