"""Meetings in the browser: seen as far as they are published, made and changed by the secretariat."""

import re

import pytest
from sqlmodel import Session, select

from tests.factories import (
    NOW,
    SYSTEM,
    make_item,
    make_meeting,
    make_milestone,
    make_passage,
    make_proposal,
    make_transcript,
)
from tests.web.browsing import Browser
from tests.web.items.test_pages import plain
from tests.web.world import World
from tracker.history import leave
from tracker.items.models import ItemPassage
from tracker.meetings.models import Meeting, Visibility
from tracker.people.models import Body
from tracker.proposals.models import Proposal, TriageState
from tracker.transcripts.models import Turn

STOCK = {"title": "Taking stock", "starts_on": "2012-11-09", "ends_on": "2012-11-09", "place": "Baku", "version": "1"}


def board(session: Session, world: World) -> Body:
    return session.get_one(Body, world.register)


@pytest.fixture
def meeting(secretariat: Browser, world: World) -> str:
    """The slug of an internal meeting."""
    with secretariat.app.extensions["sessions"].writing() as session:
        return make_meeting(session, board(session, world), place="Baku").slug


def stored(browser: Browser) -> Meeting:
    with browser.session() as session:
        return session.exec(select(Meeting)).one()


def form(**changes: str) -> dict[str, str]:
    return {**STOCK, "milestone_id": "0", **changes}


def test_an_empty_list_leads_the_secretariat_to_a_new_meeting(secretariat: Browser, member: Browser) -> None:
    assert 'href="/meetings/new"' in secretariat.get("/meetings").text
    assert 'href="/meetings/new"' not in member.get("/meetings").text


def test_a_new_meeting_is_shown_and_belongs_to_its_milestone(secretariat: Browser, world: World) -> None:
    with secretariat.app.extensions["sessions"].writing() as session:
        milestone = make_milestone(session, board(session, world), title="Winter milestone").id
    page = secretariat.follow(secretariat.post("/meetings/new", form(milestone_id=str(milestone)))).text
    assert "Taking stock" in page
    assert "Winter milestone" in page
    assert stored(secretariat).visibility is Visibility.INTERNAL


def main_actions(browser: Browser, slug: str) -> list[str]:
    page = browser.get(f"/meetings/{slug}").text.partition("<main")[2]
    return re.findall(r'<(?:a|button)[^>]* class="button"[^>]*>\s*([^<]+?)\s*<', page)


def test_the_transcript_is_the_main_action_once_it_is_imported(
    secretariat: Browser, world: World, meeting: str
) -> None:
    assert main_actions(secretariat, meeting) == ["Import a transcript"]
    with secretariat.app.extensions["sessions"].writing() as session:
        sitting = session.exec(select(Meeting)).one()
        make_proposal(session, sitting)
    assert main_actions(secretariat, meeting) == ["Read the transcript"]
    assert "Triage 1 passage<" in secretariat.get(f"/meetings/{meeting}").text
    with secretariat.app.extensions["sessions"].writing() as session:
        proposal = session.exec(select(Proposal)).one()
        proposal.state = TriageState.SET_ASIDE
        leave(session, proposal, "set aside", by=SYSTEM, now=NOW)
    assert main_actions(secretariat, meeting) == ["Read the transcript"]
    assert "Triage 1 passage<" not in secretariat.get(f"/meetings/{meeting}").text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "x" * 201),
        ("title", "\u200b"),
        ("starts_on", "tomorrow"),
        ("starts_on", ""),
        ("ends_on", "2012-11-08"),
        ("starts_on", "0001-01-01"),
        ("milestone_id", "77"),
        ("milestone_id", "x"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_nothing_typed_is_lost(
    secretariat: Browser, field: str, value: str
) -> None:
    answer = secretariat.post("/meetings/new", form(**{"place": "Hall & <b>yard</b>", field: value}))
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert "Hall &amp; &lt;b&gt;yard&lt;/b&gt;" in answer.text


def test_a_milestone_of_another_register_cannot_be_chosen(secretariat: Browser, world: World) -> None:
    with secretariat.app.extensions["sessions"].writing() as session:
        other = make_milestone(session, session.get_one(Body, world.other_register)).id
    assert secretariat.post("/meetings/new", form(milestone_id=str(other))).status_code == 422


def test_a_meeting_is_changed(secretariat: Browser, meeting: str) -> None:
    assert 'value="Baku"' in secretariat.get(f"/meetings/{meeting}/edit").text
    secretariat.post(f"/meetings/{meeting}/edit", form(place="Bali"))
    assert (stored(secretariat).place, stored(secretariat).version) == ("Bali", 2)


def test_whoever_saves_second_sees_what_the_first_did_and_decides(secretariat: Browser, meeting: str) -> None:
    address = f"/meetings/{meeting}/edit"
    secretariat.post(address, form(place="Bali"))
    answer = secretariat.post(address, form(place="Paris"))
    assert answer.status_code == 409
    assert ">Bali</p>" in answer.text
    assert 'value="Paris"' in answer.text
    assert secretariat.post(address, form(place="Paris", version="2")).status_code == 302
    assert stored(secretariat).place == "Paris"


def test_a_stranger_reads_a_meeting_once_it_is_published(secretariat: Browser, visitor: Browser, meeting: str) -> None:
    assert visitor.get(f"/meetings/{meeting}").status_code == 404
    assert meeting not in visitor.get("/meetings").text
    secretariat.post(f"/meetings/{meeting}/visibility/published")
    assert visitor.get(f"/meetings/{meeting}").status_code == 200


def test_publishing_a_meeting_is_asked_first_and_undone_at_once(
    secretariat: Browser, visitor: Browser, meeting: str
) -> None:
    assert f'href="/meetings/{meeting}/publish"' in secretariat.get(f"/meetings/{meeting}").text
    assert "What anyone can read then" in secretariat.get(f"/meetings/{meeting}/publish").text
    assert visitor.get(f"/meetings/{meeting}").status_code == 404
    done = secretariat.follow(secretariat.post(f"/meetings/{meeting}/visibility/published"))
    assert "Make the meeting internal" in done.text
    undo = f"/meetings/{meeting}/visibility/internal"
    assert f'<form class="flash" method="post" action="{undo}">' in done.text
    secretariat.post(undo)
    assert visitor.get(f"/meetings/{meeting}").status_code == 404


def test_a_label_that_nobody_has_identified_is_not_counted_among_the_people(
    secretariat: Browser, world: World, meeting: str
) -> None:
    with secretariat.app.extensions["sessions"].writing() as session:
        make_transcript(session, session.exec(select(Meeting)).one(), "ANA: Mark the ford.\n\nCHAIR: We note it.")
        session.exec(select(Turn).where(Turn.label == "ANA")).one().speaker = "Ana Berg"
    question = plain(secretariat.get(f"/meetings/{meeting}/publish").text)
    assert "1 person is named: Ana Berg." in question
    assert "1 speaker is not identified and appears under the label CHAIR." in question


def test_a_published_meeting_can_be_taken_back(secretariat: Browser, visitor: Browser, meeting: str) -> None:
    for value in ("published", "internal"):
        secretariat.post(f"/meetings/{meeting}/visibility/{value}")
    assert visitor.get(f"/meetings/{meeting}").status_code == 404


def test_there_is_no_third_visibility(secretariat: Browser, meeting: str) -> None:
    assert secretariat.post(f"/meetings/{meeting}/visibility/secret").status_code == 404


def test_a_meeting_shows_the_versions_of_its_transcript(member: Browser, world: World) -> None:
    with member.app.extensions["sessions"].writing() as session:
        made = make_meeting(session, board(session, world))
        number = make_transcript(session, made, "ANA: Hello.").id
    page = member.get("/meetings/taking-stock").text
    assert f'href="/transcripts/{number}"' in page
    assert "session.txt" in page


def test_another_register_has_no_such_meeting(secretariat: Browser, meeting: str) -> None:
    assert secretariat.get(f"/b/park-board/meetings/{meeting}").status_code == 404


def test_no_meeting_takes_the_address_of_the_form(secretariat: Browser) -> None:
    secretariat.post("/meetings/new", form(title="New"))
    assert stored(secretariat).slug == "new-2"


def test_the_secretariat_is_led_to_speakers_before_triage(
    secretariat: Browser, member: Browser, world: World, meeting: str
) -> None:
    with secretariat.app.extensions["sessions"].writing() as session:
        make_transcript(session, session.exec(select(Meeting)).one(), "MS SILVA: Good morning.\n\nMR BERG: Yes.")
    page = secretariat.get(f"/meetings/{meeting}").text
    assert "2 turns have no speaker yet." in page
    assert 'href="/transcripts/1/speakers">Identify the speakers before triage' in page
    assert "no speaker yet" not in member.get(f"/meetings/{meeting}").text


def test_a_meeting_says_what_came_of_it_and_strangers_read_what_is_published(
    secretariat: Browser, visitor: Browser, world: World, meeting: str
) -> None:
    with secretariat.app.extensions["sessions"].writing() as session:
        sitting = session.exec(select(Meeting)).one()
        transcript = make_transcript(session, sitting, "ANA: Mark the ford.\n\nBERG: Paint the posts.")
        for words, theme, visibility in (
            ("Mark", "fords", Visibility.PUBLISHED),
            ("Paint", "posts", Visibility.INTERNAL),
        ):
            item = make_item(session, board(session, world), theme=theme, visibility=visibility)
            cited = make_passage(session, transcript, words).id
            session.add(ItemPassage(item_id=item.id, passage_id=cited))
            leave(session, item, "linked", by=SYSTEM, now=NOW)
    secretariat.post(f"/meetings/{meeting}/visibility/published")
    inside = secretariat.get(f"/meetings/{meeting}").text
    outside = visitor.get(f"/meetings/{meeting}").text
    assert [theme in inside for theme in ("theme=fords", "theme=posts")] == [True, True]
    assert [theme in outside for theme in ("theme=fords", "theme=posts")] == [True, False]
    assert "Import" not in outside
    assert f'href="/items?meeting={meeting}">1</a>' in visitor.get("/meetings").text
