"""Many files come in at once, each confirmed for its meeting; what is not understood is looked at first."""

import re
import time
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from sqlmodel import col, select
from werkzeug.test import TestResponse

from tests.factories import make_meeting
from tests.web.browsing import Browser
from tests.web.world import World
from tracker.intake import prepare_file
from tracker.intake.models import Upload, UploadState
from tracker.meetings.models import Meeting
from tracker.people.models import Body
from tracker.transcripts.models import Transcript
from tracker.transcripts.reading import meeting_guess

TALK = "\n\nMS SILVA: The secretariat should publish a map.\n\nMR ELM: We will print the posters in February.\n"
NAMES = [f"{first} {last}" for first in ("ANA", "BEN", "EVA", "IDA") for last in ("ALDER", "BIRCH", "CEDAR", "ELM")]
ODD = "\n\n".join(f"{name}: We should {'keep it open to all of the town, ' * 4}too." for name in NAMES)


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Children are for test_sandbox.py; here they only take time."""
    monkeypatch.setattr(prepare_file, "run", lambda _module, header, data, **_: prepare_file.work(header, data))
    monkeypatch.setattr(meeting_guess, "run", lambda _module, header, data, **_: meeting_guess.work(header, data))


@pytest.fixture
def board(app: Flask, world: World) -> Body:
    """The Library Board, with a meeting on 9 November 2012."""
    with app.extensions["sessions"].writing() as session:
        found = session.get_one(Body, world.register)
        make_meeting(session, found)
        return found


def upload(browser: Browser, *files: str, path: str = "/uploads", **data: Any) -> TestResponse:
    sent = [(BytesIO(text.encode()), f"file{number}.txt") for number, text in enumerate(files)]
    return browser.post(path, {"file": sent, **data}, content_type="multipart/form-data")


def uploads(browser: Browser) -> list[Upload]:
    with browser.session() as session:
        return list(session.exec(select(Upload).order_by(col(Upload.id))))


def fields(page: str) -> dict[str, str]:
    """Return what is filled in for the files of a batch."""
    typed = re.findall(r'<input[^>]* name="(file-[^"]+)"[^>]* value="([^"]*)"', page)
    chosen = re.findall(r'<select[^>]* name="(file-[^"]+)">.*?<option selected value="([^"]*)"', page, re.DOTALL)
    return dict(typed) | dict(chosen)


@pytest.mark.usefixtures("board")
def test_each_file_is_placed_by_its_head_and_imported_after_one_confirmation(secretariat: Browser) -> None:
    answer = upload(secretariat, "Taking stock\n9 November 2012" + TALK, "Opening hours\n10 November 2012" + TALK)
    page = secretariat.follow(answer).text
    filled = fields(page)
    assert (filled["file-1-meeting"], filled["file-2-meeting"]) == ("1", "new")
    assert (filled["file-2-title"], filled["file-2-held_on"]) == ("Opening hours", "2012-11-10")
    with secretariat.session() as session:
        assert session.exec(select(Transcript.id)).all() == []
    page = secretariat.follow(secretariat.post(answer.location, filled)).text
    assert "2 files imported" in page
    with secretariat.session() as session:
        assert session.exec(select(Meeting.title).order_by(col(Meeting.id))).all() == ["Taking stock", "Opening hours"]


@pytest.mark.usefixtures("board")
def test_a_batch_ends_in_a_summary_of_good_and_bad(secretariat: Browser) -> None:
    upload(secretariat, TALK, path="/meetings/taking-stock/import")
    answer = upload(secretariat, "Opening hours\n10 November 2012" + TALK, TALK, "a\x00b" * 50)
    filled = fields(secretariat.follow(answer).text)
    page = secretariat.follow(secretariat.post(answer.location, filled)).text
    assert re.search(r"1 file imported</strong>,\s+1 there already,\s+1 could not be read", page)
    assert "null bytes" in page


@pytest.mark.usefixtures("board")
def test_a_new_meeting_needs_its_day(secretariat: Browser) -> None:
    answer = upload(secretariat, "Opening hours" + TALK)
    page = secretariat.follow(answer).text
    assert "<h1>Import a session</h1>" in page
    filled = fields(page)
    refused = secretariat.post(answer.location, {**filled, "file-1-held_on": ""})
    assert (refused.status_code, "give the day of the new meeting" in refused.text) == (422, True)
    assert uploads(secretariat)[0].state is UploadState.TO_PLACE


@pytest.mark.usefixtures("board")
def test_a_file_may_be_left_out(secretariat: Browser) -> None:
    answer = upload(secretariat, "One\n\n" + TALK, "Two\n\n" + TALK)
    filled = fields(secretariat.follow(answer).text)
    secretariat.post(answer.location, {**filled, "file-1-meeting": "leave", "file-2-meeting": "1"})
    assert [one.state.value for one in uploads(secretariat)] == ["imported"]


@pytest.mark.usefixtures("board")
def test_what_is_not_understood_is_shown_first_and_put_right(secretariat: Browser) -> None:
    answer = upload(secretariat, ODD, path="/meetings/taking-stock/import")
    assert "It reads as 16 turns" in secretariat.follow(answer).text
    answer = secretariat.post("/uploads/1/labels", {"labels": ["ANA ALDER", "BEN ELM"]})
    assert "It reads as 2 turns" in secretariat.follow(answer).text
    page = secretariat.follow(secretariat.post("/uploads/1/approve")).text
    assert "Imported: 2 turns." in page


@pytest.mark.usefixtures("board")
def test_an_imported_file_leads_to_its_speakers(secretariat: Browser) -> None:
    upload(secretariat, TALK, path="/meetings/taking-stock/import")
    page = secretariat.get("/uploads/1").text
    assert '<a class="button" href="/transcripts/1/speakers">Identify the speakers</a>' in page
    assert '<a href="/transcripts/1">Read the transcript</a>' in page


@pytest.mark.usefixtures("board")
def test_a_refused_file_can_be_tried_again_or_deleted(secretariat: Browser) -> None:
    page = secretariat.follow(upload(secretariat, "a\x00b" * 50, path="/meetings/taking-stock/import")).text
    assert ("Try again" in page, "Delete the file" in page) == (True, True)
    secretariat.post("/uploads/1/again")
    assert uploads(secretariat)[0].state is UploadState.REFUSED
    secretariat.post("/uploads/1/delete")
    assert (uploads(secretariat), secretariat.get("/uploads/1").status_code) == ([], 404)


@pytest.mark.usefixtures("board")
@pytest.mark.parametrize(
    ("text", "acts"), [("a\x00b" * 50, ["again", "delete"]), (ODD, ["labels", "approve", "delete"])]
)
def test_a_page_of_another_file_does_nothing(secretariat: Browser, text: str, acts: list[str]) -> None:
    page = secretariat.follow(upload(secretariat, text, path="/meetings/taking-stock/import")).text
    [before] = uploads(secretariat)
    assert page.count(f'name="file" value="{before.sha256}"') == len(acts)
    answers = [secretariat.post(f"/uploads/1/{act}", {"file": "0" * 64}) for act in acts]
    assert {answer.status_code for answer in answers} == {409}
    assert [one.state for one in uploads(secretariat)] == [before.state]


@pytest.mark.usefixtures("board")
def test_a_contribution_says_whose_document_it_is(secretariat: Browser) -> None:
    author = {"person": "0", "name": "River Watch", "group": "", "for_organisation": "y"}
    answer = upload(secretariat, TALK, path="/meetings/taking-stock/import/written", **author)
    page = secretariat.follow(answer).text
    assert "the document of River Watch." in page
    assert ("in writing" in page, "These are captions" in page) == (True, False)
    assert "River Watch" in secretariat.get("/meetings/taking-stock").text


@pytest.mark.usefixtures("board")
def test_a_contribution_needs_an_author(secretariat: Browser) -> None:
    answer = upload(secretariat, TALK, path="/meetings/taking-stock/import/written", person="0", group="")
    assert (answer.status_code, "Choose the author, or give a name." in answer.text) == (422, True)


@pytest.mark.usefixtures("board")
def test_nobody_waits_while_a_bomb_is_read(
    app: Flask, secretariat: Browser, member: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    app.extensions["reading_room"].patience = 0.1
    monkeypatch.setattr(prepare_file, "run", lambda *_args, **_options: time.sleep(1))
    answer = upload(secretariat, TALK, path="/meetings/taking-stock/import")
    page = secretariat.follow(answer).text
    begun = time.monotonic()
    assert member.get("/meetings").status_code == 200
    assert time.monotonic() - begun < 1
    assert ("data-live" in page, "Check the progress" in page) == (True, True)


def test_an_arrival_of_another_register_is_not_there(secretariat: Browser, board: Body, operator: Browser) -> None:
    upload(secretariat, "Opening hours" + TALK)
    [row] = uploads(secretariat)
    for path in ("/uploads/1", f"/uploads/batches/{row.batch}"):
        assert secretariat.get(f"/b/park-board{path}").status_code == 404
        assert operator.get(path).status_code == 404


@pytest.mark.usefixtures("board")
def test_files_on_their_way_are_seen_from_desk_meetings_and_meeting(secretariat: Browser) -> None:
    upload(secretariat, ODD, path="/meetings/taking-stock/import")
    for path in ("/", "/meetings", "/meetings/taking-stock", "/uploads"):
        assert re.search("needs? you|needs a look", secretariat.get(path).text), path


@pytest.mark.usefixtures("board")
def test_a_turn_links_to_its_second_of_the_recording(secretariat: Browser) -> None:
    captions = "WEBVTT\n\n00:01:15.000 --> 00:01:19.000\n<v Ana Silva>We should keep an archive of it all.\n"
    form = {"title": "Taking stock", "starts_on": "2012-11-09", "ends_on": "2012-11-09", "milestone_id": "0"}
    address = {"recording_url": "https://media.example.org/talk.mp4", "version": "1"}
    secretariat.post("/meetings/taking-stock/edit", form | address)
    upload(secretariat, captions, path="/meetings/taking-stock/import")
    page = secretariat.get("/transcripts/1").text
    assert 'href="https://media.example.org/talk.mp4#t=75"' in page
    assert ">1:15</a>" in page
