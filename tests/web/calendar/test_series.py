"""Series and cancelled milestones in the browser; the month, and what a list of milestones shows."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from tests.factories import make_item, make_milestone
from tests.web.browsing import Browser
from tests.web.world import World
from tracker.clock import day_in, real_now
from tracker.items.models import Item
from tracker.meetings.models import Milestone
from tracker.people.models import Body

SLUG = "spring"


def ahead(days: int) -> str:
    """A day from today on, as it is at the Library Board."""
    return (day_in("Europe/Zurich", real_now()) + timedelta(days=days)).isoformat()


def call(**changes: str) -> dict[str, str]:
    return {"title": "Call", "first_day": ahead(3), "every": "2", "repeats": "weeks", "length_days": "1", **changes}


def milestones(browser: Browser) -> list[Milestone]:
    with browser.session() as session:
        return list(session.exec(select(Milestone).order_by(col(Milestone.starts_on))))


@pytest.fixture
def spring(secretariat: Browser, world: World) -> Milestone:
    """A milestone a month ahead with two items due at it, and one after it."""
    with secretariat.app.extensions["sessions"].writing() as session:
        board = session.get_one(Body, world.register)
        made = make_milestone(session, board, slug=SLUG, title="Spring", starts_on=date.fromisoformat(ahead(30)))
        make_milestone(session, board, slug="summer", title="Summer", starts_on=date.fromisoformat(ahead(90)))
        for number in (7, 8):
            make_item(session, board, number=number, title=f"Ask {number}", milestone_id=made.id)
        session.expunge(made)
        return made


def test_the_days_of_a_series_are_shown_before_any_is_made(secretariat: Browser) -> None:
    page = secretariat.get("/milestones/series/new", query_string=call(times="3")).text
    assert "3 meetings in the next twelve months" in page
    assert "every second" in page
    assert milestones(secretariat) == []


@pytest.mark.parametrize(("end", "go_on"), [({}, True), ({"times": "3"}, False), ({"until": ahead(60)}, False)])
def test_later_meetings_are_promised_where_there_will_be_any(
    secretariat: Browser, end: dict[str, str], go_on: bool
) -> None:
    page = secretariat.get("/milestones/series/new", query_string=call(**end)).text
    assert ("Later ones are added over time." in page) is go_on


@pytest.mark.parametrize(
    ("field", "value"), [("title", ""), ("every", "0"), ("first_day", "soon"), ("until", "2001-01-01"), ("times", "0")]
)
def test_a_rule_that_cannot_be_is_said_beside_its_field(secretariat: Browser, field: str, value: str) -> None:
    answer = secretariat.get("/milestones/series/new", query_string=call(**{field: value}))
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert secretariat.post("/milestones/series/new", call(**{field: value})).status_code == 422


def test_a_series_begins_and_has_its_page(secretariat: Browser, member: Browser) -> None:
    page = secretariat.follow(secretariat.post("/milestones/series/new", call(times="3"))).text
    assert "3 meetings" in page
    assert "End the series" not in member.get("/milestones/series/1").text
    assert member.get("/b/park-board/milestones/series/1").status_code == 404


def test_a_due_date_hangs_from_the_next_of_a_series(secretariat: Browser, spring: Milestone) -> None:
    secretariat.post("/milestones/series/new", call(times="3"))
    page = secretariat.get("/items/7/due").text
    assert "Next Call: " in page
    assert ">Call, " in page


def test_a_series_is_renamed_after_showing_what_and_who_and_offers_the_way_back(secretariat: Browser) -> None:
    secretariat.post("/milestones/series/new", call(times="3"))
    page = secretariat.get("/milestones/series/1/rename").text
    assert "3 meetings to come are renamed" in page
    assert "Nobody else of this body reads a digest." in page
    answer = secretariat.post("/milestones/series/1/rename", {"title": "Talk", "place": "", "version": "1"})
    page = secretariat.follow(answer).text
    assert "Renamed, and 3 meetings to come with it." in page
    assert "Rename it back to “Call”" in page
    assert 'value="Call"' in secretariat.get("/milestones/series/1/rename?title=Call&place=").text
    assert {one.title for one in milestones(secretariat)} == {"Talk"}


def test_ending_a_series_shows_what_that_cancels_and_then_does_it(secretariat: Browser) -> None:
    secretariat.post("/milestones/series/new", call(times="3"))
    page = secretariat.get("/milestones/series/1/end", query_string={"last": ahead(10)}).text
    assert "2 meetings will not be held" in page
    form = {"last": ahead(10), "to": "", "version": "1"}
    assert secretariat.post("/milestones/series/1/end", form).status_code == 422
    answer = secretariat.post("/milestones/series/1/end", {**form, "reason": "No need."})
    assert "The series has ended." in secretariat.follow(answer).text
    assert [one.is_cancelled for one in milestones(secretariat)] == [False, True, True]


def test_whoever_ends_it_second_is_told(secretariat: Browser) -> None:
    secretariat.post("/milestones/series/new", call(times="3"))
    form: dict[str, Any] = {"last": ahead(10), "reason": "So.", "to": "", "version": "0"}
    assert secretariat.post("/milestones/series/1/end", form).status_code == 409


def test_before_it_is_cancelled_its_items_are_shown(secretariat: Browser, spring: Milestone) -> None:
    page = secretariat.get(f"/milestones/{SLUG}/cancel").text
    assert "2 open items are due at it" in page
    assert "Ask 7" in page
    assert not milestones(secretariat)[0].is_cancelled


def test_it_is_cancelled_and_what_was_ticked_moves(secretariat: Browser, member: Browser, spring: Milestone) -> None:
    summer = milestones(secretariat)[1].id
    form = {"items": ["7"], "to": str(summer), "reason": "Flood.", "version": "1"}
    page = secretariat.follow(secretariat.post(f"/milestones/{SLUG}/cancel", form)).text
    assert "Cancelled, and 1 item is due at another milestone." in page
    with secretariat.session() as session:
        assert [item.milestone_id for item in session.exec(select(Item).order_by(col(Item.number)))] == [
            summer,
            spring.id,
        ]
    assert "cancelled" in member.get("/milestones").text
    assert "Reinstate the milestone" in secretariat.get(f"/milestones/{SLUG}").text


def test_without_a_reason_nothing_is_cancelled_and_the_ticks_stay(secretariat: Browser, spring: Milestone) -> None:
    answer = secretariat.post(f"/milestones/{SLUG}/cancel", {"items": ["7"], "to": "", "version": "1"})
    assert answer.status_code == 422
    assert 'value="7" checked' in answer.text
    assert 'value="8" checked' not in answer.text


def test_it_is_held_after_all(secretariat: Browser, spring: Milestone) -> None:
    secretariat.post(f"/milestones/{SLUG}/cancel", {"to": "", "reason": "Flood.", "version": "1"})
    assert secretariat.post(f"/milestones/{SLUG}/reinstate", {"version": "2"}).status_code == 302
    assert not milestones(secretariat)[0].is_cancelled


def test_a_cancel_that_was_not_seen_is_not_undone(secretariat: Browser, spring: Milestone) -> None:
    for path, version in (("cancel", "1"), ("reinstate", "2"), ("cancel", "3")):
        secretariat.post(f"/milestones/{SLUG}/{path}", {"to": "", "reason": "Flood.", "version": version})
    answer = secretariat.post(f"/milestones/{SLUG}/reinstate", {"version": "2"})
    assert answer.status_code == 409
    assert ("Somebody else" in answer.text, 'name="version" value="4"' in answer.text) == (True, True)
    assert milestones(secretariat)[0].is_cancelled


def test_a_move_offers_the_way_back_and_names_who_is_told(secretariat: Browser, spring: Milestone) -> None:
    days = {"starts_on": ahead(40), "ends_on": ahead(40)}
    assert (
        "Nobody else of this body reads a digest."
        in secretariat.get(f"/milestones/{SLUG}/move", query_string=days).text
    )
    secretariat.post(f"/milestones/{SLUG}/move", {**days, "reason": "So.", "version": "1"})
    assert f"starts_on={ahead(30)}" in secretariat.get(f"/milestones/{SLUG}").text


def test_a_month_is_a_table_of_days(member: Browser, spring: Milestone) -> None:
    page = member.get("/milestones", query_string={"view": "month", "month": ahead(30)[:7]}).text
    assert 'title="Monday"' in page
    assert ">Spring</a>" in page
    assert "2 items due" in page


@pytest.mark.parametrize("month", ["", "x", "2013-13", "0001-01", "9999-12"])
def test_a_month_that_cannot_be_is_this_one(member: Browser, month: str) -> None:
    page = member.get("/milestones", query_string={"view": "month", "month": month})
    assert f'datetime="{real_now().year}' in page.text


def test_what_comes_and_what_is_past_are_apart(member: Browser, spring: Milestone, world: World) -> None:
    with member.app.extensions["sessions"].writing() as session:
        make_milestone(session, session.get_one(Body, world.register), title="Long ago")
    coming, past = (member.get(f"/milestones?view={view}").text for view in ("coming", "past"))
    assert ("Spring" in coming, "Long ago" in coming) == (True, False)
    assert ("Spring" in past, "Long ago" in past) == (False, True)
