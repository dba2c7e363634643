"""What may be reported is filed only once a person has said whose words it gives; the server asks for it too."""

import re

import pytest
from flask import Flask
from sqlmodel import col, select

from tests.factories import NOW, SYSTEM
from tests.web.browsing import Browser
from tests.web.items.test_pages import plain
from tests.web.room import ARCHIVE, SUNDAYS, Room, found, make_board_item, make_room
from tests.web.triage.test_pages import let_speak, party_of
from tests.web.triage.triaging import accept, attach, decide, name_rapporteur, state
from tests.web.world import World
from tracker.history import leave
from tracker.items.models import Item
from tracker.items.party_models import Position
from tracker.items.reported_words import is_own
from tracker.people.models import Party
from tracker.proposals.models import Meaning, Proposal, TriageState
from tracker.transcripts.models import Transcript, Turn

ASKED = "Choose whose words they are"


@pytest.fixture
def room(app: Flask, world: World) -> Room:
    """The passage about the archive reads as reported by the chair, who is known; both passages stand together."""
    made = make_room(app, world)
    let_speak(app, made, "CHAIR", world.chair)
    with app.extensions["sessions"].writing() as session:
        proposal = session.get_one(Proposal, made.archive)
        proposal.reported = True
        leave(session, proposal, "read", by=SYSTEM, now=NOW)
        for number in (made.archive, made.sundays):
            session.add(Meaning(proposal_id=number, leader_id=made.archive, vector=b""))
            session.flush()
    return made


def only_item(browser: Browser) -> Item:
    with browser.session() as session:
        return session.exec(select(Item)).one()


def test_the_form_opens_with_who_reports_and_without_a_choice(secretariat: Browser, room: Room) -> None:
    page = secretariat.get(f"/triage/{room.archive}?decide=item").text
    assert "Reported by Chen Chair, as it reads" in page
    assert '<option selected value="">choose</option>' in page
    assert "Whose words are these? (optional)" not in plain(page)
    assert "Whose words are these?" not in secretariat.get(f"/triage/{room.sundays}?decide=item").text


def test_the_key_of_an_item_does_not_file_it(secretariat: Browser, room: Room) -> None:
    answer = accept(secretariat, room.archive)
    assert (answer.status_code, ASKED in answer.text) == (422, True)
    assert state(secretariat, room.archive) is TriageState.WAITING


def test_a_missing_title_and_a_missing_choice_are_said_together(secretariat: Browser, room: Room) -> None:
    page = accept(secretariat, room.archive, title="").text
    errors = dict(re.findall(r'<p class="error" id="([^"]+)-error">([^<]+)', page))
    assert (errors["title"], ASKED in errors["whose"]) == ("Give the item a title.", True)


def test_a_missing_number_and_a_missing_choice_are_said_together(secretariat: Browser, room: Room) -> None:
    page = attach(secretariat, room.archive).text
    errors = dict(re.findall(r'<p class="error" id="([^"]+)-error">([^<]+)', page))
    assert (errors["number"], ASKED in errors["attach-whose"]) == ("Give the number of an item.", True)


def test_what_is_chosen_as_reported_has_a_reporter_and_no_proposer(
    secretariat: Browser, world: World, room: Room
) -> None:
    accept(secretariat, room.archive, whose="reported")
    item = only_item(secretariat)
    assert (item.put_forward_by, item.reported_by) == (None, world.chair)


def test_what_is_chosen_as_own_is_the_speakers(secretariat: Browser, world: World, room: Room) -> None:
    with secretariat.session() as session:
        speaker = party_of(session, world.chair)
        guessed = party_of(session, world.member)
    accept(secretariat, room.archive, whose="own", put_forward_by=guessed)
    item = only_item(secretariat)
    assert (item.put_forward_by, item.reported_by) == (speaker, None)


def test_an_attached_one_waits_for_the_choice_too(secretariat: Browser, room: Room) -> None:
    accept(secretariat, room.sundays)
    assert ASKED in attach(secretariat, room.archive, number=1, relation="supports").text
    attach(secretariat, room.archive, number=1, relation="supports", whose="reported")
    with secretariat.session() as session:
        assert session.exec(select(Position)).all() == []
    assert state(secretariat, room.archive) is TriageState.ATTACHED


def test_a_reported_position_has_its_party_and_its_reporter(secretariat: Browser, world: World, room: Room) -> None:
    accept(secretariat, room.sundays)
    with secretariat.session() as session:
        party = party_of(session, world.member)
    attach(secretariat, room.archive, number=1, relation="supports", whose="reported", reported_of=party)
    with secretariat.session() as session:
        position = session.exec(select(Position)).one()
    assert (position.party_id, position.reported_by) == (party, world.chair)


WORKSHOP = "I report from the workshop on night opening. The group said that we should lend tools."
GROUP = "the workshop on night opening"


@pytest.fixture
def reported(app: Flask, world: World) -> int:
    """A passage in which the chair reports from a workshop that the register does not know."""
    room = make_room(app, world, f"CHAIR: Welcome. {ARCHIVE} {SUNDAYS}\n\nMS SILVA: {WORKSHOP}")
    with app.extensions["sessions"].writing() as session:
        number = found(session, session.get_one(Transcript, room.transcript), WORKSHOP, reported=True).id
    let_speak(app, room, "MS SILVA", world.chair)
    return number


def groups(browser: Browser) -> list[str | None]:
    with browser.session() as session:
        return list(session.exec(select(Party.class_name).where(col(Party.class_name).is_not(None))))


def test_a_session_that_the_register_does_not_know_is_offered(secretariat: Browser, reported: int) -> None:
    page = secretariat.get(f"/triage/{reported}?decide=item").text
    assert f'name="reported_name" type="text" value="{GROUP}"' in page
    assert '<option value="Taking stock">' in page


def test_a_session_named_in_words_becomes_a_group_once(secretariat: Browser, world: World, reported: int) -> None:
    accept(secretariat, reported, whose="reported", reported_name=GROUP)
    item = only_item(secretariat)
    with secretariat.session() as session:
        assert session.get_one(Party, item.put_forward_by).class_name == GROUP
    assert (item.reported_by, groups(secretariat)) == (world.chair, [GROUP])
    decide(secretariat, reported, "undo", version=2)
    accept(secretariat, reported, version=3, whose="reported", reported_name=GROUP.upper())
    assert groups(secretariat) == [GROUP]


def test_a_reported_position_may_be_of_a_session_named_in_words(
    secretariat: Browser, reported: int, app: Flask, world: World
) -> None:
    number = make_board_item(app, world)
    attach(secretariat, reported, number=number, relation="supports", whose="reported", reported_name=GROUP)
    with secretariat.session() as session:
        position = session.exec(select(Position)).one()
        assert session.get_one(Party, position.party_id).class_name == GROUP


@pytest.mark.parametrize(("name", "status", "count"), [(GROUP, 302, 0), ("the evening round", 422, 0), ("", 302, 0)])
def test_who_is_chosen_goes_before_the_words_that_stood_there(
    secretariat: Browser, world: World, reported: int, name: str, status: int, count: int
) -> None:
    with secretariat.session() as session:
        party = party_of(session, world.member)
    answer = accept(secretariat, reported, whose="reported", put_forward_by=party, reported_name=name)
    assert (answer.status_code, len(groups(secretariat))) == (status, count)


def test_the_words_of_the_speaker_name_no_group(secretariat: Browser, reported: int) -> None:
    accept(secretariat, reported, whose="own", reported_name=GROUP)
    assert groups(secretariat) == []


TURN = "/transcripts/1/turns/1"


def report(browser: Browser) -> str:
    """Say of the first turn, from which something was filed, that it reports others; return the page that follows."""
    with browser.session() as session:
        version = session.exec(select(Turn.version).where(col(Turn.seq) == 1)).one()
    form = {"version": version, "capacity": "", "capacity_of": "", "channel": "", "is_reporting": "y"}
    return browser.follow(browser.post(f"{TURN}/capacity", form)).text


@pytest.fixture
def plain_room(app: Flask, world: World) -> Room:
    """A room whose chair is known, and of which nothing reads as reported."""
    made = make_room(app, world)
    let_speak(app, made, "CHAIR", world.chair)
    return made


def test_an_item_filed_before_its_turn_reports_is_listed_and_filed_anew(
    secretariat: Browser, world: World, plain_room: Room
) -> None:
    accept(secretariat, plain_room.archive)
    page = report(secretariat)
    assert "Filed as the speaker’s own words" in page
    assert "1 item or position counts as a speaker’s own words" in plain(secretariat.get("/triage").text)
    answer = secretariat.post(f"{TURN}/filed/{plain_room.archive}/reported")
    assert "Filed as the speaker" not in secretariat.follow(answer).text
    item = only_item(secretariat)
    assert (item.put_forward_by, item.reported_by, is_own(item)) == (None, world.chair, False)
    assert "counts as a speaker’s own" not in secretariat.get("/triage").text


def test_words_confirmed_as_own_are_not_asked_of_again(secretariat: Browser, plain_room: Room) -> None:
    accept(secretariat, plain_room.archive)
    report(secretariat)
    secretariat.post(f"{TURN}/filed/{plain_room.archive}/own")
    assert "counts as a speaker’s own" not in secretariat.get("/triage").text
    assert secretariat.post(f"{TURN}/filed/{plain_room.archive}/own").status_code == 404
    assert is_own(only_item(secretariat))
    assert "own words" in secretariat.get("/items/1/history").text


def test_a_position_filed_before_goes_back_to_triage(
    app: Flask, secretariat: Browser, world: World, plain_room: Room
) -> None:
    attach(secretariat, plain_room.archive, number=make_board_item(app, world), relation="supports")
    assert "A position on item 1" in plain(report(secretariat))
    secretariat.post(f"{TURN}/filed/{plain_room.archive}/reported")
    with secretariat.session() as session:
        assert session.exec(select(Position)).all() == []
    assert state(secretariat, plain_room.archive) is TriageState.WAITING


def test_what_a_person_has_chosen_as_own_is_not_asked_again(secretariat: Browser, room: Room) -> None:
    accept(secretariat, room.archive, whose="own")
    assert "Filed as the speaker" not in report(secretariat)


def test_deciding_the_like_leaves_it_and_says_why(secretariat: Browser, room: Room) -> None:
    accept(secretariat, room.sundays)
    answer = decide(secretariat, room.sundays, "likewise", version=2)
    assert "may give the words of others" in secretariat.get(answer.location).text
    assert state(secretariat, room.archive) is TriageState.WAITING


def test_setting_aside_needs_no_choice(secretariat: Browser, room: Room) -> None:
    decide(secretariat, room.archive, "set-aside", reason="too-general")
    assert state(secretariat, room.archive) is TriageState.SET_ASIDE


def test_advice_without_the_choice_decides_nothing_in_a_batch(
    app: Flask, secretariat: Browser, rapporteur: Browser, world: World, room: Room
) -> None:
    name_rapporteur(app, world.rapporteur, room.meeting)
    accept(rapporteur, room.archive)
    secretariat.post("/triage/batches/advised?meeting=taking-stock", {"pick": [f"{room.archive}:1:1"]})
    assert state(secretariat, room.archive) is TriageState.WAITING
