"""Before a word goes out the page says where, how much and at what price; afterwards what it came to."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlmodel import select

from tests.assistant.language_model import Server, fails, finds, held_back, language_model, passage, writes
from tests.web.browsing import Browser
from tests.web.room import ARCHIVE, PIANO, Room, make_room
from tests.web.world import World
from tracker import create_app
from tracker.assistant.models import AssistantReading, AssistantState
from tracker.assistant.read_parts import read_due
from tracker.meetings.models import Meeting, Visibility
from tracker.proposals.models import Proposal, ProposalSource
from tracker.transcripts.models import Turn


@pytest.fixture
def server() -> Iterator[Server]:
    with language_model(finds(passage(ARCHIVE), passage(PIANO))) as started:
        yield started


@pytest.fixture
def settings(settings: dict[str, str], server: Server) -> dict[str, str]:
    """An application that knows this server."""
    of_server = {"ASSISTANT_URL": server.url, "ASSISTANT_MODEL": "small", "ASSISTANT_KEY": "sk-secret"}
    return {**settings, **of_server, "ASSISTANT_PRICES": "0.50 1.50 USD"}


@pytest.fixture
def room(app: Flask, world: World) -> Room:
    return make_room(app, world)


def path(room: Room) -> str:
    return f"/transcripts/{room.transcript}/assistant"


def start(browser: Browser, room: Room, **data: Any) -> Any:
    server = re.findall(r'name="server" value="([^"]+)"', browser.get(path(room)).text)
    return browser.post(path(room), {"server": server[0] if server else "", **data})


def reading(browser: Browser) -> AssistantReading:
    with browser.session() as session:
        return session.exec(select(AssistantReading)).one()


def read(app: Flask) -> None:
    read_due(app.extensions["sessions"], app.extensions["config"].assistant)


def test_the_page_says_where_the_words_go_how_many_and_at_what_price(
    secretariat: Browser, room: Room, server: Server
) -> None:
    page = secretariat.get(path(room)).text
    assert f"<strong>127.0.0.1:{server.url.split(':')[2].removesuffix('/v1')}</strong>" in page
    assert re.search(
        r"<dd>small</dd>.*\d+ words\s+in 1 part\b.*about \d+ sent and \d+ answered.*less than 0.01 USD", page, re.S
    )
    assert "sk-secret" not in page
    assert server.requests == []


def test_looking_at_the_page_sends_nothing_and_pressing_its_button_only_queues(
    app: Flask, secretariat: Browser, room: Room, server: Server
) -> None:
    answer = start(secretariat, room)
    assert (answer.status_code, server.requests) == (302, [])
    assert "data-live" in secretariat.get(path(room)).text
    read(app)
    page = secretariat.get(path(room)).text
    assert "data-live" not in page
    assert re.search(
        r"1 new passage,\s+1 that was there already.*1200 sent and 80 answered.*less than 0.01 USD", page, re.S
    )


def test_what_it_finds_is_marked_in_the_queue_and_at_the_passage(app: Flask, secretariat: Browser, room: Room) -> None:
    start(secretariat, room)
    read(app)
    queue = secretariat.get("/triage").text
    assert ("found by the assistant" in queue, "found by the detector and the assistant" in queue) == (True, True)
    with secretariat.session() as session:
        alone = session.exec(select(Proposal).where(Proposal.source == ProposalSource.ASSISTANT)).one()
        turn = session.get_one(Turn, alone.turn_id)
    assert (turn.label, alone.state) == ("MR BERG", "waiting")
    assert "found by the assistant" in secretariat.get(f"/triage/{alone.id}").text


def test_while_it_is_off_nothing_can_be_started(
    settings: dict[str, str], app: Flask, secretariat: Browser, room: Room
) -> None:
    plain = {name: value for name, value in settings.items() if not name.startswith("ASSISTANT")}
    other = Browser(create_app(plain), secretariat.person_id)
    assert "No words leave this installation" in other.get(path(room)).text
    assert f"{room.transcript}/assistant" not in other.get(f"/transcripts/{room.transcript}").text
    assert other.post(path(room), {"server": "any"}).status_code == 409


def test_a_server_that_changed_since_the_page_was_read_gets_nothing(
    secretariat: Browser, room: Room, server: Server
) -> None:
    answer = start(secretariat, room, server="https://elsewhere.example.org/v1 small")
    assert (answer.status_code, "has changed meanwhile" in answer.text) == (409, True)
    with secretariat.session() as session:
        assert session.exec(select(AssistantReading)).all() == []


def test_a_second_press_starts_no_second_reading(secretariat: Browser, room: Room, server: Server) -> None:
    start(secretariat, room)
    again = secretariat.post(path(room), {"server": f"{server.url} small"})
    assert (again.status_code, "not finished" in again.text) == (409, True)
    assert reading(secretariat).state is AssistantState.WAITING


def test_a_reading_is_cancelled(app: Flask, secretariat: Browser, room: Room, server: Server) -> None:
    start(secretariat, room)
    cancel = f"{path(room)}/{reading(secretariat).id}/cancel"
    assert secretariat.post(cancel).status_code == 302
    read(app)
    assert (reading(secretariat).state, server.requests) == (AssistantState.CANCELLED, [])
    assert secretariat.post(cancel).status_code == 409


@pytest.mark.parametrize(("skip", "state"), [({}, AssistantState.WAITING), ({"skip": "1"}, AssistantState.DONE)])
def test_a_stopped_reading_says_why_and_goes_on_when_told(
    app: Flask, secretariat: Browser, room: Room, server: Server, skip: dict[str, str], state: AssistantState
) -> None:
    server.answers = [fails(401)]
    start(secretariat, room)
    read(app)
    page = secretariat.get(path(room)).text
    assert "does not accept the key" in page
    assert "sk-secret" not in page
    assert secretariat.post(f"{path(room)}/{reading(secretariat).id}/again", skip).status_code == 302
    assert reading(secretariat).state is state


def test_what_a_model_writes_beside_passages_is_on_no_page(
    app: Flask, secretariat: Browser, room: Room, server: Server
) -> None:
    evil = "<script>alert(1)</script>"
    server.answers = [finds(passage(evil), passage(ARCHIVE, addressee=evil, speaker=evil, due=evil, title=evil))]
    start(secretariat, room)
    read(app)
    pages = [path(room), "/triage", f"/triage/{room.archive}", f"/transcripts/{room.transcript}"]
    assert all("alert(1)" not in secretariat.get(each).text for each in pages)


def test_internal_words_that_would_leave_the_machine_are_named(
    settings: dict[str, str], app: Flask, secretariat: Browser, room: Room
) -> None:
    other = Browser(create_app({**settings, "ASSISTANT_URL": "https://models.example.org/v1"}), secretariat.person_id)
    assert "internal words would leave this installation for models.example.org" in other.get(path(room)).text
    with secretariat.app.extensions["sessions"].writing() as session:
        session.exec(Meeting.__table__.update().values(visibility=Visibility.PUBLISHED))  # type: ignore[attr-defined]
    assert "internal words" not in other.get(path(room)).text
    assert "internal words" not in secretariat.get(path(room)).text


def test_another_transcript_has_no_such_reading(secretariat: Browser, room: Room) -> None:
    start(secretariat, room)
    number = reading(secretariat).id
    assert secretariat.post(f"/transcripts/{room.transcript + 1}/assistant/{number}/cancel").status_code == 404
    assert secretariat.post(f"{path(room)}/{number + 1}/again").status_code == 404


def test_a_reading_that_waits_for_the_server_says_so(
    app: Flask, secretariat: Browser, room: Room, server: Server
) -> None:
    server.answers = [writes("Sorry.")]
    start(secretariat, room)
    read(app)
    page = secretariat.get(path(room)).text
    assert re.search(r"Trying part 1 again in \d+ seconds?\.", page)
    assert "cannot be read" in page
    assert held_back(server)
