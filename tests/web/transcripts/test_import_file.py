"""A transcript comes in through the browser, and what is wrong with a file is said beside it."""

import re
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlmodel import col, func, select
from werkzeug.test import TestResponse

from tests.factories import NOW, make_meeting
from tests.texts import BAKU, SAMPLE, baku_text
from tests.web.browsing import Browser
from tests.web.hostile import PAYLOADS, acting
from tests.web.world import World
from tracker.history import ChangeWay, Event
from tracker.intake import prepare_file
from tracker.items.models import Item
from tracker.people.models import Body, Person
from tracker.proposals.models import Proposal, TriageState
from tracker.seed.load_seed import load
from tracker.transcripts.models import Transcript

ROOT = Path(__file__).parents[3]
WORDS = b"MS SILVA: The secretariat should publish a map.\n\nMR ELM: We will print the posters in February.\n"
PATH = "/meetings/taking-stock/import"


@pytest.fixture
def board(app: Flask, world: World) -> Body:
    """The Library Board, with a meeting to import into."""
    with app.extensions["sessions"].writing() as session:
        found = session.get_one(Body, world.register)
        make_meeting(session, found)
        return found


def send(browser: Browser, data: bytes, name: str = "talk.txt", path: str = PATH) -> TestResponse:
    return browser.post(path, {"file": (BytesIO(data), name)}, content_type="multipart/form-data")


def transcripts(browser: Browser) -> int:
    with browser.session() as session:
        return len(session.exec(select(Transcript.id)).all())


@pytest.mark.usefixtures("board")
def test_a_file_is_taken_in_and_read_at_once(secretariat: Browser) -> None:
    page = secretariat.follow(send(secretariat, WORDS)).text
    assert "Imported: 2 turns." in page
    assert "2 passages wait for triage." in page
    assert ("<h1>Speakers</h1>" in page, "Identify the speakers first" in page) == (True, True)
    assert "publish a map" in secretariat.get("/transcripts/1").text
    assert secretariat.get("/transcripts/1/original").data == WORDS


@pytest.mark.usefixtures("board")
@pytest.mark.parametrize(
    ("data", "name", "what"),
    [
        (WORDS, "setup.exe", "a program"),
        (WORDS, "talk.svg", "a picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><text>CHAIR: We begin.</text></svg>", "talk.txt", "a picture"),
        (b"MZ\x90\0\3\0\0\0" + b"T\0h\0i\0s\0 \0" * 200, "talk.txt", "a program"),
    ],
)
def test_a_file_that_is_no_transcript_is_refused_by_name_and_by_content(
    secretariat: Browser, data: bytes, name: str, what: str
) -> None:
    page = secretariat.follow(send(secretariat, data, name)).text
    assert f"This is {what}, not a transcript: choose the transcript itself" in page
    assert transcripts(secretariat) == 0


@pytest.mark.usefixtures("board")
def test_who_imported_stands_in_the_history(secretariat: Browser, world: World) -> None:
    send(secretariat, WORDS)
    with secretariat.session() as session:
        of_transcript = col(Event.verb) == "imported", col(Event.subject) == "transcript:1"
        line = session.exec(select(Event).where(*of_transcript)).one()
        assert (line.actor, line.way) == (f"person:{world.secretariat}", ChangeWay.BROWSER)


@pytest.mark.usefixtures("board")
@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b" \n ", "The file holds no text. Choose another."),
        (b"PK\x03\x04 word", "The ZIP archive is damaged"),
        (b"a\x00b" * 50, "plain text"),
    ],
)
def test_a_bad_file_says_what_is_wrong_and_nothing_is_imported(secretariat: Browser, data: bytes, said: str) -> None:
    assert said in secretariat.follow(send(secretariat, data)).text
    assert transcripts(secretariat) == 0


@pytest.mark.usefixtures("board")
def test_an_empty_file_is_said_at_once(secretariat: Browser) -> None:
    answer = send(secretariat, b"")
    assert (answer.status_code, "The file is empty. Choose another." in answer.text) == (422, True)


@pytest.mark.usefixtures("board")
def test_no_file_is_said(secretariat: Browser) -> None:
    answer = secretariat.post(PATH, {}, content_type="multipart/form-data")
    assert (answer.status_code, "Choose a file." in answer.text) == (422, True)


@pytest.mark.usefixtures("board")
def test_the_same_file_twice_is_said(secretariat: Browser) -> None:
    send(secretariat, WORDS)
    answer = send(secretariat, WORDS, "another-name.txt")
    assert (answer.status_code, "“Taking stock”, version 1." in answer.text) == (422, True)
    assert '<a href="/transcripts/1">Open the existing version</a>' in answer.text
    assert transcripts(secretariat) == 1


@pytest.mark.usefixtures("board")
def test_a_corrected_file_is_the_next_version_and_the_first_stays(secretariat: Browser) -> None:
    send(secretariat, WORDS)
    send(secretariat, WORDS + b"\nMR ELM: Yes.\n")
    page = secretariat.get("/transcripts/2").text
    assert "version 2, imported" in page
    assert 'href="/transcripts/1"' in page
    assert "newer" in secretariat.get("/transcripts/1").text


@pytest.mark.usefixtures("board")
def test_a_file_that_is_too_large_is_said(secretariat: Browser) -> None:
    body = b"a" * (20 * 1024 * 1024 + 1)
    answer = secretariat.client.post(PATH, data=body, content_type="multipart/form-data; boundary=x")
    assert (answer.status_code, "up to 20 MB" in answer.text) == (413, True)


@pytest.mark.usefixtures("board")
def test_nobody_waits_while_a_file_is_read(app: Flask, secretariat: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(module: str, header: Any, data: bytes) -> Any:
        with app.extensions["sessions"].writing() as session:  # would wait for ten seconds and fail
            session.connection().exec_driver_sql("DELETE FROM attempt")
        return prepare_file.work(header, data)

    monkeypatch.setattr(prepare_file, "run", run)
    assert send(secretariat, WORDS).status_code == 302


@pytest.mark.usefixtures("board")
@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_hostile_file_and_its_name_never_act(secretariat: Browser, payload: str) -> None:
    data = f"{payload}: We should keep it. {payload}\n\nMR ELM: We should open it. {payload}\n".encode()
    name = payload.replace("/", "").replace('"', "%22") + ".txt"  # as browsers write it
    page = secretariat.follow(send(secretariat, data, name)).text
    pages = [page, *(secretariat.get(path).text for path in (PATH, "/transcripts/1/speakers", "/triage", "/triage/1"))]
    assert [fault for text in pages for fault in acting(text)] == []


def test_a_meeting_of_another_register_takes_nothing(secretariat: Browser, board: Body) -> None:
    assert secretariat.get("/b/park-board/meetings/taking-stock/import").status_code == 404
    assert secretariat.get("/meetings/nowhere/import").status_code == 404


@dataclass(frozen=True)
class Seeded:
    """A register with seeded items whose file is to be imported, and the browser of its secretary."""

    browser: Browser
    prefix: str
    meeting: str
    file: Path

    def get(self, path: str) -> str:
        return self.browser.get(f"{self.prefix}{path}").text

    def highest(self) -> int:
        """Return the highest number of an item."""
        with self.browser.session() as session:
            return session.exec(select(func.max(Item.number))).one()

    def send(self) -> TestResponse:
        return send(self.browser, self.file.read_bytes(), path=f"{self.prefix}/meetings/{self.meeting}/import")


@pytest.fixture
def sample(app: Flask, world: World, tmp_path: Path) -> Seeded:
    """The sample's items, without the session that they point into."""
    seed = (SAMPLE.parent / "seed.yaml").read_text(encoding="utf-8")
    (tmp_path / "seed.yaml").write_text(re.sub(r", file: \w+\.txt", "", seed), encoding="utf-8")
    browser = seeded(app, tmp_path / "seed.yaml", "tomas-reyk")
    return Seeded(browser, "/b/tarrow-basin", "autumn-hearing-2012", SAMPLE)


@pytest.fixture
def baku(app: Flask, world: World) -> Seeded:
    """The items of the Baku session; skipped where its transcript is absent."""
    baku_text()
    browser = seeded(app, ROOT / "seed_actions.yaml", "example-secretariat")
    return Seeded(browser, "/b/igf", "igf-2012-taking-stock", BAKU)


def seeded(app: Flask, seed: Path, secretary: str) -> Browser:
    with app.extensions["sessions"].writing() as session:
        load(session, seed, now=NOW)
        person = session.exec(select(Person.id).where(col(Person.slug) == secretary)).one()
    return Browser(app, person)


EITHER = pytest.mark.parametrize("which", ["sample", pytest.param("baku", marks=pytest.mark.transcript)])


@EITHER
def test_seeded_items_show_their_words_as_soon_as_the_file_is_in(which: str, request: pytest.FixtureRequest) -> None:
    room: Seeded = request.getfixturevalue(which)
    assert "is not imported yet" in room.get("/items/1")
    room.send()
    page = room.get("/items/1")
    assert ("is not imported yet" in page, 'class="said"' in page) == (False, True)


@EITHER
def test_what_the_seed_covers_is_shown_as_such_and_does_not_wait(which: str, request: pytest.FixtureRequest) -> None:
    room: Seeded = request.getfixturevalue(which)
    before = room.highest()
    room.send()
    with room.browser.session() as session:
        states = session.exec(select(Proposal.state)).all()
    covered, waiting = states.count(TriageState.ATTACHED), states.count(TriageState.WAITING)
    assert (covered >= 6, waiting >= 10, covered + waiting) == (True, True, len(states))
    assert "covered by" in room.get("/triage?state=attached")
    assert room.highest() == before


@EITHER
def test_the_reader_names_the_items_of_its_passages(which: str, request: pytest.FixtureRequest) -> None:
    room: Seeded = request.getfixturevalue(which)
    first = room.browser.follow(room.send())
    page = room.browser.get(f"{first.request.path.removesuffix('/speakers')}?all=1").text
    assert page.count("waits for triage") >= 10
    assert f'class="fate" href="{room.prefix}/items/1"' in page


@EITHER
def test_what_waits_is_decided_and_its_item_shows_its_words(which: str, request: pytest.FixtureRequest) -> None:
    room: Seeded = request.getfixturevalue(which)
    room.send()
    with room.browser.session() as session:
        waiting = select(Proposal.id).where(col(Proposal.state) == TriageState.WAITING)
        number = session.exec(waiting.order_by(col(Proposal.id))).first()
    assert "fate-here" in room.get(f"/triage/{number}")
    data = {"version": 1, "title": "A further item", "kind": "call", "capacity": "not-stated"}
    room.browser.post(f"{room.prefix}/triage/{number}/accept", data)
    page = room.get(f"/items/{room.highest()}")
    assert ("A further item" in page, 'class="said"' in page) == (True, True)
