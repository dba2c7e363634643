"""What may be reported is filed only once a person has said whose words it gives; the server asks for it too."""

import pytest
from flask import Flask
from sqlmodel import select

from tests.factories import NOW, SYSTEM
from tests.web.browsing import Browser
from tests.web.items.test_pages import plain
from tests.web.room import Room, make_room
from tests.web.triage.test_pages import let_speak, party_of
from tests.web.triage.triaging import accept, attach, decide, name_rapporteur, state
from tests.web.world import World
from tracker.history import leave
from tracker.items.models import Item
from tracker.items.party_models import Position
from tracker.proposals.models import Meaning, Proposal, TriageState

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
    page = secretariat.get(f"/triage/{room.archive}").text
    assert "Reported by Chen Chair, as it reads" in page
    assert '<option selected value="">choose</option>' in page
    assert "Whose words are these? (optional)" not in plain(page)
    assert "Whose words are these?" not in secretariat.get(f"/triage/{room.sundays}").text


def test_the_key_of_an_item_does_not_file_it(secretariat: Browser, room: Room) -> None:
    answer = accept(secretariat, room.archive)
    assert (answer.status_code, ASKED in answer.text) == (422, True)
    assert state(secretariat, room.archive) is TriageState.WAITING


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
