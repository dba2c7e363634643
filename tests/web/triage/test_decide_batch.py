"""Triage by several people: whose passage is whose, clear ones first, several at once."""

import re

import pytest
from flask import Flask

from tests.web.browsing import Browser
from tests.web.room import PIANO, Room, found, make_room
from tests.web.triage.triaging import decide, make_deputy, state
from tests.web.world import World
from tracker.proposals.models import Proposal, TriageState
from tracker.transcripts.models import Transcript


@pytest.fixture
def room(app: Flask, world: World) -> Room:
    return make_room(app, world)


@pytest.fixture
def deputy(app: Flask, world: World) -> Browser:
    return make_deputy(app, world)


def third(app: Flask, room: Room, score: float = 1.0, title: str = "Perhaps paint the door") -> int:
    with app.extensions["sessions"].writing() as session:
        transcript = session.get_one(Transcript, room.transcript)
        return found(session, transcript, PIANO, title=title, score=score).id


def together(browser: Browser, *picked: str, query: str = "", **values: str) -> str:
    answer = browser.post(f"/triage/batches{query}", {"pick": list(picked), "reason": "too-general", **values})
    return browser.follow(answer).text if answer.location else answer.text


def test_two_are_led_to_different_passages(secretariat: Browser, deputy: Browser, room: Room) -> None:
    assert secretariat.post("/triage/go").location == f"/triage/{room.archive}"
    assert deputy.post("/triage/go").location == f"/triage/{room.sundays}"
    assert secretariat.post("/triage/go").location == f"/triage/{room.archive}"
    page = deputy.get(f"/triage/{room.archive}").text
    assert "Sara Secretary has this passage open, for up to 10 more minutes." in page
    assert "New item" in page


def test_after_a_decision_one_is_led_past_what_somebody_holds(
    app: Flask, secretariat: Browser, deputy: Browser, room: Room
) -> None:
    last = third(app, room)
    deputy.post("/triage/go")
    deputy.post(f"/triage/{room.archive}/skip")
    answer = decide(secretariat, room.archive, "set-aside", reason="other")
    assert answer.location == f"/triage/{last}"
    assert "Sara Secretary has it open." in deputy.get("/triage").text


def test_what_others_hold_is_no_end_of_the_queue(secretariat: Browser, deputy: Browser, room: Room) -> None:
    deputy.post("/triage/go")
    answer = decide(secretariat, room.sundays, "set-aside", reason="other")
    assert "Others have every passage open" in secretariat.follow(answer).text


def test_loading_a_page_takes_nothing(secretariat: Browser, deputy: Browser, room: Room) -> None:
    secretariat.get(f"/triage/{room.archive}")
    assert deputy.post("/triage/go").location == f"/triage/{room.archive}"


def test_the_less_clear_are_parked_until_the_clear_ones_are_done(app: Flask, secretariat: Browser, room: Room) -> None:
    parked = third(app, room, score=0.3)
    page = secretariat.get("/triage").text
    assert ("Perhaps paint" in page, "Go on with 1 in doubt" in page) == (False, True)
    assert "0 of 3 decided, about 2 minutes left for the clear passages" in " ".join(page.split())
    decide(secretariat, room.archive, "set-aside", reason="other")
    answer = decide(secretariat, room.sundays, "set-aside", reason="other")
    page = secretariat.follow(answer).text
    assert "The clear passages are done. 1 passage in doubt is left." in page
    assert 'href="/triage?rest=1"' in page
    assert secretariat.post("/triage/go?rest=1").location == f"/triage/{parked}?rest=1"


def test_several_are_set_aside_with_one_reason_and_taken_back_with_one_undo(secretariat: Browser, room: Room) -> None:
    page = together(secretariat, f"{room.archive}:1", f"{room.sundays}:1", note="Wishes")
    assert "2 passages decided." in page
    assert "2 set aside: too general" in page
    assert "Wishes" in secretariat.get("/triage?state=set-aside").text
    answer = secretariat.post("/triage/batches/1/undo")
    assert "Undone: 2 wait again." in secretariat.follow(answer).text
    assert {state(secretariat, one) for one in (room.archive, room.sundays)} == {TriageState.WAITING}
    assert "undone" in secretariat.get("/triage/batches").text


def test_what_is_put_off_is_not_called_decided(secretariat: Browser, room: Room) -> None:
    page = together(secretariat, f"{room.archive}:1", f"{room.sundays}:1", days="7")
    assert "2 passages snoozed." in page
    assert "2 are snoozed and come back later." in page
    assert "Everything is decided" not in page


def keyed(browser: Browser, path: str) -> str | None:
    """Return where the key u of that page leads."""
    form = re.compile(r'action="([^"]+)"[^>]*>(?:(?!</form>).)*data-key="u"', re.DOTALL)
    match = form.search(browser.get(path).text)
    return match and match[1]


def test_the_undo_key_takes_back_what_was_decided_last_be_it_one_or_several(
    app: Flask, secretariat: Browser, room: Room
) -> None:
    last = third(app, room)
    together(secretariat, f"{room.archive}:1", f"{room.sundays}:1")
    assert keyed(secretariat, f"/triage/{last}") == f"/triage/batches/1/undo?at={last}"
    assert keyed(secretariat, f"/triage/{room.sundays}") == f"/triage/batches/1/undo?at={room.sundays}"
    assert keyed(secretariat, "/triage") == "/triage/batches/1/undo"
    decide(secretariat, last, "set-aside", reason="other")
    assert {keyed(secretariat, path) for path in ("/triage", f"/triage/{room.sundays}")} == {f"/triage/{last}/undo"}


def test_what_others_decide_together_leaves_my_last_decision_mine(
    secretariat: Browser, deputy: Browser, room: Room
) -> None:
    together(secretariat, f"{room.archive}:1")
    together(deputy, f"{room.sundays}:1")
    assert keyed(secretariat, f"/triage/{room.sundays}") == f"/triage/batches/1/undo?at={room.sundays}"


def test_several_are_put_off(secretariat: Browser, room: Room) -> None:
    together(secretariat, f"{room.archive}:1", f"{room.sundays}:1", days="7")
    assert {state(secretariat, one) for one in (room.archive, room.sundays)} == {TriageState.SNOOZED}


def test_what_somebody_decided_meanwhile_is_left_out_and_said(
    secretariat: Browser, deputy: Browser, room: Room
) -> None:
    decide(deputy, room.archive, "snooze", days=7)
    page = together(secretariat, f"{room.archive}:1", f"{room.sundays}:1")
    assert "1 was left out: it has changed." in page
    assert state(secretariat, room.archive) is TriageState.SNOOZED
    decide(deputy, room.sundays, "undo", version=2)
    decide(deputy, room.sundays, "snooze", version=3, days=7)
    page = secretariat.follow(secretariat.post("/triage/batches/1/undo")).text
    assert ("0 wait again" in page, "1 was left: somebody went on with it." in page) == (True, True)


@pytest.mark.parametrize("picked", [(), ("x:1",), ("1",), ("99999999999999999999:1",), ("",)])
def test_nothing_ticked_is_said(secretariat: Browser, room: Room, picked: tuple[str, ...]) -> None:
    assert "Tick the passages first." in together(secretariat, *picked)


def test_a_wrong_reason_keeps_what_was_typed(secretariat: Browser, room: Room) -> None:
    page = together(secretariat, f"{room.archive}:1", reason="boring", note="My <note>")
    assert "My &lt;note&gt;" in page
    assert state(secretariat, room.archive) is TriageState.WAITING


def test_taking_back_twice_is_said(secretariat: Browser, room: Room) -> None:
    together(secretariat, f"{room.archive}:1")
    secretariat.post("/triage/batches/1/undo")
    answer = secretariat.post("/triage/batches/1/undo")
    assert "These decisions were undone already." in secretariat.follow(answer).text
    assert secretariat.post("/triage/batches/99/undo").status_code == 404


def test_all_that_are_shown_are_ticked_without_script(secretariat: Browser, room: Room) -> None:
    assert secretariat.get("/triage").text.count(" checked") == 0
    assert secretariat.get("/triage?ticked=1").text.count(" checked") == 2


def test_what_was_set_aside_is_listed_by_reason_and_by_who(secretariat: Browser, deputy: Browser, room: Room) -> None:
    decide(secretariat, room.archive, "set-aside", reason="other")
    decide(deputy, room.sundays, "set-aside", reason="too-general")
    page = secretariat.get("/triage?state=set-aside&reason=other").text
    assert ("Keep an archive" in page, "Open on Sundays" in page) == (True, False)
    page = secretariat.get(f"/triage?state=set-aside&by={deputy.person_id}").text
    assert ("Keep an archive" in page, "Open on Sundays" in page) == (False, True)


def test_taking_back_in_a_list_leads_back_to_that_list(secretariat: Browser, room: Room) -> None:
    decide(secretariat, room.archive, "set-aside", reason="other")
    path = f"/triage/{room.archive}/undo?state=set-aside&reason=other"
    assert secretariat.post(path, {"version": 2}).location == "/triage?state=set-aside&reason=other"
    with secretariat.session() as session:
        assert session.get_one(Proposal, room.archive).reason is None
