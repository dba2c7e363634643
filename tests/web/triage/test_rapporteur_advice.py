"""A rapporteur of one meeting: what they see, what they advise on a passage, and how the secretariat takes it over."""

import pytest
from flask import Flask
from sqlmodel import select

from tests.factories import make_meeting, make_proposal, make_transcript
from tests.web.browsing import Browser
from tests.web.room import ARCHIVE, Room, make_board_item, make_room
from tests.web.triage.triaging import accept, attach, decide, name_rapporteur, state
from tests.web.world import World
from tracker.items.models import Item
from tracker.meetings.models import Meeting, Visibility
from tracker.people.models import Body
from tracker.proposals.models import Advice, TriageState


@pytest.fixture
def room(app: Flask, world: World) -> Room:
    """A room whose rapporteur is Rafa."""
    made = make_room(app, world)
    name_rapporteur(app, world.rapporteur, made.meeting)
    return made


@pytest.fixture
def elsewhere(app: Flask, world: World) -> int:
    """A passage of another meeting."""
    with app.extensions["sessions"].writing() as session:
        other = make_meeting(session, session.get_one(Body, world.register), slug="other", title="Other sitting")
        return make_proposal(session, other, title="Paint the door").id


def test_a_rapporteur_sees_their_meeting_and_no_other(rapporteur: Browser, room: Room, elsewhere: int) -> None:
    page = rapporteur.get("/triage").text
    assert ("Keep an archive" in page, "Paint the door" in page, "Other sitting" in page) == (True, False, False)
    assert rapporteur.get(f"/triage/{elsewhere}").status_code == 404
    assert accept(rapporteur, elsewhere).status_code == 404
    assert rapporteur.post(f"/triage/{elsewhere}/skip").status_code == 404
    assert "Other sitting" not in rapporteur.get("/triage/record").text


@pytest.mark.parametrize(
    "path", ["/meetings/other", "/transcripts/2", "/transcripts/2/turns/1", "/transcripts/2/original"]
)
def test_nothing_of_another_meeting_is_open_to_them(rapporteur: Browser, room: Room, elsewhere: int, path: str) -> None:
    assert rapporteur.get(path).status_code == 404
    assert rapporteur.get("/transcripts/1").status_code == 200


def test_the_search_finds_nothing_of_another_meeting(
    rapporteur: Browser, member: Browser, room: Room, elsewhere: int, app: Flask, world: World
) -> None:
    with app.extensions["sessions"].writing() as session:
        other = session.exec(select(Meeting).where(Meeting.slug == "other")).one()
        make_transcript(session, other, "MS SILVA: We should paint the zebra crossing.")
    assert "zebra" in member.get("/search?q=zebra").text.replace('value="zebra"', "")
    assert "crossing" not in rapporteur.get("/search?q=zebra").text


def test_who_is_rapporteur_of_nothing_is_told_whom_to_ask(rapporteur: Browser, elsewhere: int) -> None:
    page = rapporteur.get("/triage").text
    assert "Ask the secretariat of this body to name you" in page
    assert "Paint the door" not in page


def test_what_they_say_decides_nothing(rapporteur: Browser, room: Room) -> None:
    answer = accept(rapporteur, room.archive, title="Keep all sessions")
    assert answer.location == f"/triage/{room.sundays}"
    assert state(rapporteur, room.archive) is TriageState.WAITING
    with rapporteur.session() as session:
        assert session.exec(select(Item)).all() == []
        assert session.get_one(Advice, room.archive).fields["title"] == "Keep all sessions"


def test_the_secretariat_sees_it_filled_in_and_takes_it_over(
    secretariat: Browser, rapporteur: Browser, room: Room
) -> None:
    accept(rapporteur, room.archive, title="Keep all sessions", kind="call", theme="Memory")
    accept(rapporteur, room.sundays)
    page = secretariat.get(f"/triage/{room.archive}?decide=item").text
    assert "Rafa Rapporteur, rapporteur, advises:" in page
    assert 'value="Keep all sessions"' in page
    answer = decide(secretariat, room.archive, "advice/take-over", advice=1)
    assert answer.location == f"/triage/{room.sundays}"
    with secretariat.session() as session:
        item = session.exec(select(Item)).one()
        assert (item.title, item.kind, item.theme) == ("Keep all sessions", "call", "Memory")


def test_an_advice_that_changed_meanwhile_is_not_taken_over(
    secretariat: Browser, rapporteur: Browser, room: Room
) -> None:
    accept(rapporteur, room.archive)
    decide(rapporteur, room.archive, "set-aside", reason="other")
    answer = decide(secretariat, room.archive, "advice/take-over", advice=1)
    assert (answer.status_code, "The advice has changed" in answer.text) == (409, True)
    assert state(secretariat, room.archive) is TriageState.WAITING


def test_all_of_a_meeting_is_taken_over_with_one_button_and_one_undo(
    app: Flask, world: World, secretariat: Browser, rapporteur: Browser, room: Room
) -> None:
    number = make_board_item(app, world, visibility=Visibility.PUBLISHED)
    attach(rapporteur, room.archive, number=number)
    decide(rapporteur, room.sundays, "set-aside", reason="too-general")
    assert "advises on 2 passages" in secretariat.get("/triage?meeting=taking-stock").text
    picked = {"pick": [f"{room.archive}:1:1", f"{room.sundays}:1:1"]}
    answer = secretariat.post("/triage/batches/advised?meeting=taking-stock", picked)
    assert "2 decided as advised" in secretariat.follow(answer).text
    assert state(secretariat, room.archive) is TriageState.ATTACHED
    secretariat.post("/triage/batches/1/undo")
    assert {state(secretariat, one) for one in (room.archive, room.sundays)} == {TriageState.WAITING}


def test_what_was_advised_anew_since_is_left_out(secretariat: Browser, rapporteur: Browser, room: Room) -> None:
    accept(rapporteur, room.archive)
    accept(rapporteur, room.archive, title="Other")
    picked = {"pick": [f"{room.archive}:1:1"]}
    answer = secretariat.post("/triage/batches/advised?meeting=taking-stock", picked)
    assert "1 was left out" in secretariat.follow(answer).text
    assert state(secretariat, room.archive) is TriageState.WAITING


def test_they_take_their_own_advice_back(secretariat: Browser, rapporteur: Browser, room: Room) -> None:
    accept(rapporteur, room.archive)
    assert "Withdraw my advice" in rapporteur.get(f"/triage/{room.archive}").text
    assert secretariat.post(f"/triage/{room.archive}/advice/back").status_code == 404
    rapporteur.post(f"/triage/{room.archive}/advice/back")
    with rapporteur.session() as session:
        assert session.get(Advice, room.archive) is None


def test_they_are_led_through_what_they_have_not_yet_said_anything_of(rapporteur: Browser, room: Room) -> None:
    accept(rapporteur, room.archive)
    assert rapporteur.post("/triage/go").location == f"/triage/{room.sundays}"
    answer = decide(rapporteur, room.sundays, "set-aside", reason="other")
    assert "Nothing waits any more." in rapporteur.follow(answer).text


def test_a_member_who_is_named_may_advise(app: Flask, world: World, member: Browser, room: Room) -> None:
    assert member.get("/triage").status_code == 404
    name_rapporteur(app, world.member, room.meeting)
    assert ARCHIVE in member.get("/triage").text
    accept(member, room.archive)
    assert state(member, room.archive) is TriageState.WAITING


def test_the_secretariat_names_them_on_the_page_of_the_meeting(
    world: World, secretariat: Browser, member: Browser, room: Room
) -> None:
    assert "Rafa Rapporteur" in secretariat.get("/meetings/taking-stock").text
    secretariat.post("/meetings/taking-stock/rapporteurs", {"person": world.member})
    assert member.get("/triage").status_code == 200
    secretariat.post("/meetings/taking-stock/rapporteurs/drop", {"person": world.member})
    assert member.get("/triage").status_code == 404


@pytest.mark.parametrize("person", ["", "x", "999"])
def test_nobody_is_named_who_does_not_serve(secretariat: Browser, room: Room, person: str) -> None:
    answer = secretariat.post("/meetings/taking-stock/rapporteurs", {"person": person})
    assert answer.status_code == 422
    assert 'id="rapporteur-error"' in answer.text


def test_no_advice_names_an_item_that_is_not_there_or_hidden(
    app: Flask, world: World, rapporteur: Browser, room: Room
) -> None:
    hidden = make_board_item(app, world)
    answers = [attach(rapporteur, room.archive, number=number) for number in (hidden, 77)]
    assert [answer.status_code for answer in answers] == [422, 422]
    assert ["no item" in answer.text for answer in answers] == [True, True]
    with app.extensions["sessions"].reader() as session:
        assert session.exec(select(Advice)).all() == []
