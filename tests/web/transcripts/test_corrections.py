"""The pages of a corrected transcript: what it changed, what was lost, and what the secretariat says of it."""

import pytest
from flask import Flask
from sqlmodel import Session, select

from tests.factories import NOW, SYSTEM, make_item, make_transcript
from tests.web.browsing import Browser
from tests.web.room import ARCHIVE, SUNDAYS, TEXT, Room, found, make_room
from tests.web.world import World
from tracker.items.models import ItemPassage
from tracker.meetings.models import Meeting
from tracker.people.models import Body
from tracker.proposals.models import Proposal
from tracker.transcripts.models import Anchor, AnchorState, Transcript
from tracker.transcripts.versions.reanchor_passages import aligned, reanchor
from tracker.triage.cited_passages import recognise

CALL = "I call on the board to open on Sundays and in the evening."
CORRECTED = TEXT.replace(f" {ARCHIVE}", "").replace(SUNDAYS, CALL)


@pytest.fixture
def room(app: Flask, world: World) -> Room:
    """A session whose archive is item 1."""
    room = make_room(app, world)
    with app.extensions["sessions"].writing() as session:
        item = make_item(session, session.get_one(Body, world.register))
        passage = session.get_one(Proposal, room.archive).passage_id
        session.add(ItemPassage(item_id=item.id, passage_id=passage))
    return room


def correct(app: Flask, room: Room, text: str = CORRECTED) -> int:
    """Let a corrected version come in; return its number."""
    with app.extensions["sessions"].writing() as session:
        transcript = make_transcript(session, session.get_one(Meeting, room.meeting), text)
        if CALL in text:
            found(session, transcript, CALL, title="Open in the evening")
        reanchor(session, transcript, aligned(session, transcript), by=SYSTEM, now=NOW)
        recognise(session, transcript, by=SYSTEM, now=NOW)
        return transcript.id


@pytest.fixture
def second(app: Flask, room: Room) -> int:
    return correct(app, room)


def lost(session: Session) -> Anchor:
    return next(one for one in session.exec(select(Anchor).order_by(Anchor.id)) if one.start is None)


def number_of_lost(browser: Browser) -> int:
    with browser.session() as session:
        return lost(session).id


def state_of_lost(browser: Browser, anchor: int) -> AnchorState:
    with browser.session() as session:
        return session.get_one(Anchor, anchor).state


def settle(browser: Browser, second: int, anchor: int, what: str, version: int = 1, **values: object) -> str:
    path = f"/transcripts/{second}/corrections/{anchor}/{what}"
    answer = browser.post(path, {"version": version, **values})
    return browser.follow(answer).text if answer.status_code == 302 else answer.text


def test_what_was_lost_is_listed_with_its_item(secretariat: Browser, second: int) -> None:
    page = secretariat.get(f"/transcripts/{second}/corrections").text
    assert "Lost or doubtful: 1" in page
    assert page.index('href="/items/1"') < page.index(ARCHIVE) < page.index("Not found in this version.")


def test_the_desk_leads_there(secretariat: Browser, second: int) -> None:
    assert "passage lost or doubtful in a corrected transcript" in secretariat.get("/").text
    assert f'href="/transcripts/{second}/corrections"' in secretariat.get("/corrections").text
    assert f'href="/transcripts/{second}/corrections"' in secretariat.get(f"/transcripts/{second}").text


def test_what_is_gone_is_settled_and_can_be_taken_back(secretariat: Browser, second: int) -> None:
    anchor = number_of_lost(secretariat)
    assert "Marked as gone. It keeps the words of the earlier version." in settle(secretariat, second, anchor, "gone")
    assert state_of_lost(secretariat, anchor) is AnchorState.GONE
    assert "Undone" in settle(secretariat, second, anchor, "back", version=2)
    assert state_of_lost(secretariat, anchor) is AnchorState.LOST


def test_a_place_is_chosen_by_its_sentences(secretariat: Browser, second: int) -> None:
    anchor = number_of_lost(secretariat)
    assert "Somebody could buy a piano." in secretariat.get(f"/transcripts/{second}/corrections/{anchor}?turn=3").text
    page = settle(secretariat, second, anchor, "place?turn=3", sentences=[1])
    assert "The passage has its new place." in page
    quoted = secretariat.get("/items/1").text
    assert "Somebody could buy a piano." in quoted
    assert "As it stood in version 1" in quoted


def test_no_sentence_ticked_is_said_beside_the_sentences(secretariat: Browser, second: int) -> None:
    page = settle(secretariat, second, number_of_lost(secretariat), "place?turn=3")
    assert "Tick the first and the last sentence" in page


def test_the_second_to_settle_it_is_told(secretariat: Browser, second: int) -> None:
    anchor = number_of_lost(secretariat)
    settle(secretariat, second, anchor, "gone")
    assert "Somebody else settled this passage" in settle(secretariat, second, anchor, "gone")


def test_where_no_place_was_found_none_can_be_accepted(secretariat: Browser, second: int) -> None:
    assert "No place was found" in settle(secretariat, second, number_of_lost(secretariat), "accept")


def test_the_first_version_says_what_will_be_shown_here(secretariat: Browser, room: Room) -> None:
    assert "Nothing to compare" in secretariat.get(f"/transcripts/{room.transcript}/corrections").text
    assert "No corrected transcripts" in secretariat.get("/corrections").text


def test_a_correction_that_loses_nothing_says_so(app: Flask, secretariat: Browser, room: Room) -> None:
    second = correct(app, room, TEXT.replace("Welcome", "Good day"))
    page = secretariat.get(f"/transcripts/{second}/corrections").text
    assert "Every passage that an item cites was found." in page
    assert "lost or doubtful in a corrected" not in secretariat.get("/").text


def test_what_was_cited_since_is_looked_for(app: Flask, secretariat: Browser, room: Room, second: int) -> None:
    with app.extensions["sessions"].writing() as session:
        found(session, session.get_one(Transcript, room.transcript), "Somebody could buy a piano.")
    answer = secretariat.post(f"/transcripts/{second}/corrections/again", {})
    assert "Searched for 1 more passage." in secretariat.follow(answer).text


def test_what_no_longer_is_found_is_listed(app: Flask, secretariat: Browser, room: Room) -> None:
    second = correct(app, room, TEXT.replace(f" {SUNDAYS}", ""))
    page = secretariat.get(f"/transcripts/{second}/corrections").text
    assert "Waiting for triage in an earlier version, not found in this one" in page
    assert "Open on Sundays" in page


def test_the_queue_shows_what_changed_with_old_and_new_words(secretariat: Browser, second: int) -> None:
    assert "Changed by the correction: 1" in secretariat.get("/triage").text
    page = secretariat.get("/triage?changed=1").text
    assert "changed since version 1" in page
    assert '<ins><span class="unseen">added: </span>and in the evening.</ins>' in page


def test_the_page_of_what_changed_says_what_it_was(secretariat: Browser, second: int) -> None:
    with secretariat.session() as session:
        new = session.exec(select(Proposal).where(Proposal.transcript_id == second)).one()
    page = secretariat.get(f"/triage/{new.id}?changed=1").text
    assert "as it was: waiting" in page
    assert "changed=1" in page


def test_only_the_secretariat_sees_corrections(
    member: Browser, rapporteur: Browser, stranger_member: Browser, second: int
) -> None:
    for browser in (member, rapporteur, stranger_member):
        assert browser.get(f"/transcripts/{second}/corrections").status_code == 404


@pytest.mark.parametrize("path", ["/transcripts/999/corrections", "/transcripts/1/corrections/999"])
def test_what_is_not_there_is_not_found(secretariat: Browser, second: int, path: str) -> None:
    assert secretariat.get(path).status_code == 404


def test_search_finds_the_corrected_words_only(secretariat: Browser, second: int) -> None:
    page = secretariat.get("/search?q=sundays").text
    assert page.count(f"/transcripts/{second}") == page.count("/transcripts/")
