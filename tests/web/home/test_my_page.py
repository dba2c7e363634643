"""One's own page: what is asked, late, next, waited for; what the secretariat has before it."""

from datetime import timedelta
from typing import Any

import pytest

from tests.factories import (
    NOW,
    SYSTEM,
    TODAY,
    make_addressee,
    make_item,
    make_meeting,
    make_milestone,
    make_passage,
    make_proposal,
    make_term,
    make_transcript,
)
from tests.statements import statements
from tests.web.browsing import Browser
from tests.web.items.test_pages import plain
from tests.web.shelf import Shelf
from tracker.history import Actor, ChangeWay
from tracker.items import changes
from tracker.items.details import accepted_ownership
from tracker.items.models import Progress
from tracker.items.party_models import OwnerState
from tracker.people.models import Body, Role
from tracker.seed.start_empty import begin_example
from tracker.updates.changes import record


def section(page: str, heading: str) -> str:
    """The words from that heading of second rank to the next."""
    parts = page.split("<h2")
    return next((plain(f"<h2{part}") for part in parts[1:] if heading in part.split("</h2>")[0]), "")


@pytest.mark.parametrize(
    ("values", "heading"),
    [
        ({"state": OwnerState.REQUESTED}, "Requests to own"),
        ({"own_due_on": TODAY - timedelta(days=1)}, "Overdue"),
        ({"own_due_on": TODAY + timedelta(days=9)}, "Due before February consultations"),
        ({"progress": Progress.WAITING, "progress_reason": "paper"}, "Waiting"),
        ({"condition": "if asked", "own_due_on": TODAY - timedelta(days=1)}, "Waiting"),
        ({"own_due_on": TODAY + timedelta(days=900)}, "What else you own"),
        ({}, "What else you own"),
    ],
)
def test_an_item_stands_where_it_presses(shelf: Shelf, member: Browser, values: dict[str, Any], heading: str) -> None:
    with shelf.writing() as session:
        make_milestone(session, shelf.board(session))
    shelf.owned(title="Buy lamps", **values)
    page = member.get("/").text
    assert "Buy lamps" in section(page, heading)
    assert page.count("Buy lamps</a>") == 1


def test_a_closed_item_presses_no_more(shelf: Shelf, member: Browser) -> None:
    shelf.owned(title="Buy lamps", progress=Progress.DONE)
    page = member.get("/").text
    assert "Buy lamps" not in page
    assert "Nothing waits for you" in page


def test_what_others_did_to_what_one_follows_is_told(shelf: Shelf, member: Browser) -> None:
    with shelf.item(shelf.put(title="Buy lamps")) as (session, item):
        chair, mira = shelf.person(session, "chair"), shelf.person(session, "member")
        changes.follow(session, item, mira.id, by=Actor(mira.id, ChangeWay.BROWSER), now=NOW)
        begun = Actor(chair.id, ChangeWay.BROWSER)
        record(session, item, chair, "Ordered", progress=Progress.IN_PROGRESS, by=begun, now=NOW - timedelta(hours=1))
    assert "Chen Chair: not started → in progress" in section(member.get("/").text, "Changed")


def test_what_comes_leaves_out_what_is_past(shelf: Shelf, member: Browser) -> None:
    with shelf.writing() as session:
        board = shelf.board(session)
        make_milestone(session, board, title="Long past", slug="past", starts_on=TODAY - timedelta(days=9))
        make_milestone(session, board)
    comes = section(member.get("/").text, "Coming up")
    assert "February consultations Thursday 28 February 2013 in 15 weeks" in comes
    assert "Long past" not in comes


def test_the_secretariat_sees_what_waits_for_it_and_members_do_not(
    shelf: Shelf, secretariat: Browser, member: Browser
) -> None:
    shelf.put()
    with shelf.writing() as session:
        make_proposal(session, make_meeting(session, shelf.board(session)))
    desk = section(secretariat.get("/").text, "For the secretariat")
    figures = "1 proposal to triage 1 open item without owner 0 items overdue 0 items without news for 30 days"
    assert figures in desk
    assert "For the secretariat" not in member.get("/").text


def test_what_is_past_its_date_but_accepted_by_nobody_is_counted_apart(shelf: Shelf, secretariat: Browser) -> None:
    assert "accepted by nobody" not in section(secretariat.get("/").text, "For the secretariat")
    for title in ("Buy lamps", "Buy paint"):
        shelf.put(title=title, own_due_on=TODAY - timedelta(days=2))
    page = secretariat.get("/").text
    assert "0 items overdue" in section(page, "For the secretariat")
    assert "2 past their date, accepted by nobody" in section(page, "For the secretariat")
    assert 'href="/items?past=1"' in page
    assert "Buy paint" in secretariat.get("/items?past=1").text


def test_a_request_is_answered_right_there(shelf: Shelf, member: Browser) -> None:
    numbers = [shelf.owned(title=title, state=OwnerState.REQUESTED) for title in ("Buy lamps", "Buy paint")]
    requests = section(member.get("/").text, "Requests to own")
    assert "I'll take it : 1 Buy lamps Not mine : 1 Buy lamps Pass to … 1 Buy lamps" in requests
    answer = member.post(f"/items/{numbers[0]}/owner/accept", {"back": "mine"})
    assert answer.location == "/"
    assert "Buy lamps" in section(member.follow(answer).text, "What else you own")
    assert member.post(f"/items/{numbers[1]}/owner/decline", {"back": "mine"}).location == "/"
    assert "Buy paint" not in member.get("/").text


def test_what_waits_for_oneself_is_listed_with_who_waits(shelf: Shelf, member: Browser) -> None:
    with shelf.writing() as session:
        mira = shelf.party(session, "member").id
    shelf.owned("chair", title="Paint the hall", progress=Progress.WAITING, waiting_for=mira)
    waits = section(member.get("/").text, "Waits for you")
    assert "Paint the hall" in waits
    assert "Chen Chair waits for you." in waits


def test_of_very_many_a_few_are_shown_and_all_are_a_link_away(shelf: Shelf, member: Browser) -> None:
    for _ in range(14):
        shelf.owned(title="Buy lamps")
    page = member.get("/").text
    assert page.count("Buy lamps</a>") == 12
    assert 'href="/?all=later#section-later">And 2 more.' in page
    assert member.get("/?all=later").text.count("Buy lamps</a>") == 14


def test_the_page_takes_as_many_statements_for_thirty_items_as_for_two(shelf: Shelf, member: Browser) -> None:
    counted = []
    for more in (2, 28):
        for _ in range(more):
            shelf.owned(title="Buy lamps")
            shelf.owned(title="Buy paint", state=OwnerState.REQUESTED)
        member.get("/")
        with statements(shelf.app) as seen:
            member.get("/?all=later")
        counted.append(len(seen))
    assert counted[0] == counted[1]


def test_each_item_one_owns_is_updated_from_there(shelf: Shelf, member: Browser) -> None:
    number = shelf.owned(title="Buy lamps", own_due_on=TODAY - timedelta(days=1))
    assert f'href="/items/{number}/update' in member.get("/").text


def test_another_registers_items_stay_on_its_own_page(shelf: Shelf, member: Browser, stranger_member: Browser) -> None:
    shelf.owned(title="Buy lamps")
    assert stranger_member.get("/").location == "/b/park-board/"
    assert "Nothing waits for you" in stranger_member.get("/b/park-board/").text
    assert "Buy lamps" not in member.get("/b/park-board/").text


def test_a_member_with_nothing_of_their_own_is_offered_what_their_body_is_asked(shelf: Shelf, member: Browser) -> None:
    shelf.put(title="Addressed to nobody")
    with shelf.writing() as session:
        board = shelf.board(session)
        for number in range(7):
            make_addressee(session, make_item(session, board, title=f"Ask {number}"), shelf.party(session))
    free = section(member.get("/").text, "Library Board is asked: 7 items without owner")
    assert [f"Ask {number}" in free for number in (0, 4, 5)] == [True, True, False]
    assert "Addressed to nobody" not in free


def test_what_is_taken_on_has_its_owner_and_is_offered_no_more(shelf: Shelf, member: Browser) -> None:
    number = shelf.put(title="Buy lamps")
    assert "1 item has no owner" in member.get("/").text
    page = member.follow(member.post(f"/items/{number}/owner/take", {"back": "mine"})).text
    assert "has its owner" in page
    assert "Buy lamps" in section(page, "What else you own")


def test_what_somebody_owns_by_now_cannot_be_taken_on(shelf: Shelf, member: Browser, chair: Browser) -> None:
    number = shelf.put()
    chair.post(f"/items/{number}/owner/take")
    answer = member.post(f"/items/{number}/owner/take")
    assert "Somebody owns this item by now" in (answer.text or member.follow(answer).text)
    with shelf.item(number) as (session, item):
        owner = accepted_ownership(session, item)
        assert owner
        assert owner.party_id == shelf.party(session, "chair").id


def test_who_owns_something_is_offered_no_more(shelf: Shelf, member: Browser) -> None:
    shelf.put(title="Free")
    shelf.owned(title="Buy lamps")
    assert "Take it on" not in member.get("/").text


def test_whoever_spoke_reads_what_they_said(shelf: Shelf, member: Browser) -> None:
    with shelf.writing() as session:
        transcript = make_transcript(session, make_meeting(session, shelf.board(session)), "MIRA: Let us buy lamps.")
        make_passage(session, transcript, "Let us buy lamps.", speaker_id=shelf.world.member)
    assert "Let us buy lamps." in section(member.get("/").text, "What you said")


def test_the_chair_sees_the_next_meeting_and_what_is_overdue_by_body(shelf: Shelf, chair: Browser) -> None:
    with shelf.writing() as session:
        make_milestone(session, shelf.board(session))
    shelf.owned(own_due_on=TODAY - timedelta(days=3))
    desk = section(chair.get("/").text, "For the chair")
    assert "February consultations" in desk
    assert "Choose what to raise" in desk
    assert "Read the draft report" in desk
    assert "1 item Library Board 1" in desk
    assert "Mira" not in desk


def test_an_example_without_a_transcript_offers_the_samples_passages(shelf: Shelf, secretariat: Browser) -> None:
    with shelf.writing() as session:
        sample = session.get_one(Body, shelf.world.other_register)
        sample.is_sample = True
        begin_example(session, sample, by=SYSTEM, now=NOW)
        make_term(session, shelf.person(session, "secretariat"), sample, Role.SECRETARIAT)
        make_proposal(session, make_meeting(session, sample))
    assert 'href="/b/park-board/triage"' in secretariat.get("/").text
    assert "1 passage of the sample to triage" in plain(secretariat.get("/").text)
    with shelf.writing() as session:
        make_transcript(session, make_meeting(session, shelf.board(session), slug="own"), "MS ONE: Good morning.")
    assert "of the sample" not in secretariat.get("/").text
