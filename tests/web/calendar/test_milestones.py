"""Milestones in the browser: the calendar, and a move that is first shown and then made."""

import re
from datetime import date
from typing import Any

import pytest
from sqlmodel import Session, select

from tests.factories import (
    NOW,
    SYSTEM,
    make_item,
    make_meeting,
    make_milestone,
    make_ownership,
    make_person,
    make_term,
    party_of,
)
from tests.web.browsing import Browser
from tests.web.world import World
from tracker.history_queries import of_subject
from tracker.items.models import DueFrom, Item, Progress
from tracker.meetings.models import Milestone, Visibility
from tracker.people.models import Body, Frequency
from tracker.people.terms import subscribe
from tracker.web.calendar import milestones

SLUG = "feb-2013-consultations"
MOVE = f"/milestones/{SLUG}/move"
MARCH = {"starts_on": "2013-03-14", "ends_on": "2013-03-15"}


@pytest.fixture
def february(secretariat: Browser, world: World) -> int:
    """The February consultations with two items due at it; one is owned by Olive."""
    with secretariat.app.extensions["sessions"].writing() as session:
        board = session.get_one(Body, world.register)
        milestone = make_milestone(session, board)
        due: dict[str, Any] = {"milestone_id": milestone.id, "promised_on": date(2013, 2, 14), "offset_days": -14}
        owned = make_item(session, board, number=7, title="Publish the gauges", **due)
        make_item(session, board, number=8, progress=Progress.DONE, visibility=Visibility.PUBLISHED, **due)
        make_ownership(session, owned, party_of(session, make_person(session, "Olive Owner")))
        return milestone.id


def milestone(session: Session) -> Milestone:
    return session.exec(select(Milestone)).one()


def move(browser: Browser, **changes: str) -> Any:
    return browser.post(MOVE, {**MARCH, "reason": "The host asked.", "version": "1", **changes})


def test_the_calendar_counts_what_is_due_by_progress(member: Browser, february: int) -> None:
    page = member.get("/milestones").text
    assert "2 items due, 1 open" in page
    assert '<rect class="share-begun" width="50%" height="8"/><rect width="50%" height="8"/>' in page
    assert "Thu 28 Feb 2013" in page


def test_an_empty_calendar_leads_the_secretariat_to_a_first_milestone(secretariat: Browser, member: Browser) -> None:
    assert 'href="/milestones/new"' in secretariat.get("/milestones").text
    assert 'href="/milestones/new"' not in member.get("/milestones").text


def test_a_stranger_counts_only_what_is_published(visitor: Browser, february: int) -> None:
    assert "1 item due" in visitor.get("/milestones").text
    assert "Publish the gauges" not in visitor.get(f"/milestones/{SLUG}").text


def test_a_stranger_finds_no_milestone_at_which_nothing_is_published(visitor: Browser, world: World) -> None:
    with visitor.app.extensions["sessions"].writing() as session:
        make_milestone(session, session.get_one(Body, world.register))
    assert visitor.get(f"/milestones/{SLUG}").status_code == 404


def test_a_milestone_shows_its_items_and_its_meetings(member: Browser, february: int, world: World) -> None:
    with member.app.extensions["sessions"].writing() as session:
        make_meeting(session, session.get_one(Body, world.register), milestone_id=february, title="Winter sitting")
    page = member.get(f"/milestones/{SLUG}").text
    assert "Publish the gauges" in page
    assert "Olive Owner" in page
    assert "Winter sitting" in page


def test_a_milestone_shows_the_first_items_open_ones_first_and_leads_to_all(
    member: Browser, february: int, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(milestones, "MOST_DUE", 1)
    page = member.get(f"/milestones/{SLUG}").text
    assert "2 items due" in page
    assert re.findall(r'<a href="/items/(\d+)">', page) == ["7"]
    assert f'href="/items?milestone={SLUG}">See all 2 items</a>' in page
    assert f'href="/items?milestone={SLUG}&amp;progress=done"' in page


def test_the_agenda_is_the_main_action_of_a_milestone(secretariat: Browser, member: Browser, february: int) -> None:
    actions = [
        re.findall(r'class="button" href="([^"]*)"', browser.get(f"/milestones/{SLUG}").text)
        for browser in (secretariat, member)
    ]
    assert actions == [[f"/milestones/{SLUG}/agenda/choose"], [f"/milestones/{SLUG}/agenda"]]


def test_a_new_milestone_is_in_the_calendar(secretariat: Browser) -> None:
    form = {"title": "May consultations", "starts_on": "2013-05-21", "ends_on": "2013-05-23", "tentative": "y"}
    page = secretariat.follow(secretariat.post("/milestones/new", form)).text
    assert "May consultations" in page
    assert "tentative" in page


@pytest.mark.parametrize(
    ("field", "value"), [("title", ""), ("starts_on", "soon"), ("ends_on", "2013-05-20"), ("ends_on", "9999-12-31")]
)
def test_what_cannot_be_is_said_beside_its_field(secretariat: Browser, field: str, value: str) -> None:
    form = {"title": "May", "starts_on": "2013-05-21", "ends_on": "2013-05-23", "place": "Geneva", field: value}
    answer = secretariat.post("/milestones/new", form)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert 'value="Geneva"' in answer.text


def test_a_milestone_is_renamed(secretariat: Browser, february: int) -> None:
    secretariat.post(f"/milestones/{SLUG}/edit", {"title": "Paris meeting", "place": "Paris", "version": "1"})
    assert "Paris meeting" in secretariat.get(f"/milestones/{SLUG}").text


def test_whoever_renames_second_sees_what_the_first_did(secretariat: Browser, february: int) -> None:
    address = f"/milestones/{SLUG}/edit"
    secretariat.post(address, {"title": "Paris meeting", "version": "1"})
    answer = secretariat.post(address, {"title": "Geneva meeting", "version": "1"})
    assert answer.status_code == 409
    assert ">Paris meeting</p>" in answer.text
    assert 'value="Geneva meeting"' in answer.text


def test_the_feed_says_what_it_holds_and_where_ones_own_is(secretariat: Browser, visitor: Browser) -> None:
    assert "It holds what is published." in visitor.get("/milestones").text
    assert 'href="/account#calendar"' in secretariat.get("/milestones").text


def test_before_it_moves_everybody_is_shown_what_moves_with_it(secretariat: Browser, february: int) -> None:
    page = secretariat.get(f"{MOVE}?starts_on=2013-03-14&ends_on=2013-03-15").text
    assert "2 due dates move with it" in page
    assert "Thu 14 Feb 2013" in page
    assert "Thu 28 Feb 2013" in page
    assert "Olive Owner" in page


@pytest.mark.parametrize(
    ("days", "is_for_all"),
    [(MARCH, True), ({"starts_on": "2013-02-28", "ends_on": "2013-03-02"}, False)],
)
def test_owners_are_told_at_once_and_the_others_of_a_new_first_day_by_digest(
    secretariat: Browser, february: int, world: World, days: dict[str, str], is_for_all: bool
) -> None:
    with secretariat.app.extensions["sessions"].writing() as session:
        board = session.get_one(Body, world.register)
        for name in ("Ottilie Two", "Bea Reader"):
            person = make_person(session, name)
            make_term(session, person, board)
            subscribe(session, person, by=SYSTEM, now=NOW, frequency=Frequency.WEEKLY, weekday=0, hour=8)
            if name == "Ottilie Two":
                due: dict[str, Any] = {"milestone_id": february, "due_from": DueFrom.LAST_DAY}
                make_ownership(session, make_item(session, board, number=9, **due), party_of(session, person))
    page = secretariat.get(MOVE, query_string=days).text
    told = page.partition("Who is told by mail within a quarter of an hour")[2]
    assert told.index("Ottilie Two") < told.index("owes item 9")
    assert ("Bea Reader" in told) is is_for_all


def test_the_last_day_moves_along_where_only_the_first_was_changed(secretariat: Browser, february: int) -> None:
    answer = secretariat.get(f"{MOVE}?starts_on=2013-03-14&ends_on=2013-02-28")
    assert answer.status_code == 200
    assert 'name="ends_on" value="2013-03-14"' in answer.text


def test_a_preview_that_cannot_be_made_does_not_say_that_nothing_was_saved(secretariat: Browser, february: int) -> None:
    answer = secretariat.get(f"{MOVE}?starts_on=2013-03-14&ends_on=2013-03-13")
    assert (answer.status_code, "This was not saved." in answer.text) == (422, False)
    assert "There is no preview yet. Please correct the marked fields:" in answer.text


def test_looking_moves_nothing(secretariat: Browser, february: int) -> None:
    secretariat.get(f"{MOVE}?starts_on=2013-03-14&ends_on=2013-03-15")
    with secretariat.session() as session:
        assert milestone(session).starts_on == date(2013, 2, 28)


def test_once_confirmed_it_moves_and_says_so(secretariat: Browser, february: int) -> None:
    page = secretariat.follow(move(secretariat)).text
    assert "Moved, and 2 due dates with it." in page
    assert "first promised for Thu 14 Feb 2013" in page
    assert "The host asked." in page


def test_each_item_tells_who_moved_it_and_why(secretariat: Browser, february: int, world: World) -> None:
    move(secretariat)
    with secretariat.session() as session:
        lines = [of_subject(session, item.history_key())[-1] for item in session.exec(select(Item))]
    assert {(line.verb, line.actor) for line in lines} == {("moved", f"person:{world.secretariat}")}


def test_without_a_reason_nothing_moves_and_the_preview_stays(secretariat: Browser, february: int) -> None:
    answer = move(secretariat, reason=" ")
    assert answer.status_code == 422
    assert 'id="reason-error"' in answer.text
    assert "2 due dates move with it" in answer.text
    with secretariat.session() as session:
        assert milestone(session).starts_on == date(2013, 2, 28)


def test_whoever_moves_it_second_is_shown_and_decides(secretariat: Browser, february: int) -> None:
    move(secretariat)
    answer = move(secretariat, starts_on="2013-04-01", ends_on="2013-04-01", reason="Easter.")
    assert answer.status_code == 409
    assert "Thu 14 Mar 2013" in answer.text
    assert "Easter." in answer.text
    assert move(secretariat, starts_on="2013-04-01", ends_on="2013-04-01", version="2").status_code == 302


@pytest.mark.parametrize("query", ["starts_on=x&ends_on=y", "starts_on=2013-03-02&ends_on=2013-03-01", "starts_on="])
def test_days_that_cannot_be_are_not_previewed(secretariat: Browser, february: int, query: str) -> None:
    answer = secretariat.get(f"{MOVE}?{query}")
    assert answer.status_code == 422
    assert 'name="reason"' not in answer.text


def test_days_that_cannot_be_do_not_move_it(secretariat: Browser, february: int) -> None:
    assert move(secretariat, starts_on="9999-12-31", ends_on="9999-12-31").status_code == 422


def test_another_register_has_no_such_milestone(secretariat: Browser, february: int) -> None:
    assert secretariat.get(f"/b/park-board/milestones/{SLUG}").status_code == 404
