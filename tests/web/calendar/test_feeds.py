"""The calendar as programs read it: parsed back, complete, of one's own only, and dead when it should be."""

from datetime import date, timedelta
from typing import Any

import icalendar
import pytest
from sqlmodel import select
from werkzeug.test import TestResponse

from tests.factories import NOW, SYSTEM, make_item, make_milestone, make_ownership, party_of
from tests.web.browsing import Browser
from tests.web.world import World
from tracker.calendar.move_milestone import NewDays, move_milestone
from tracker.erasure.erase_person import erase_records
from tracker.meetings.models import Milestone, Visibility
from tracker.people.merged_records import merge
from tracker.people.models import Body, Person, Term
from tracker.people.own_account import end_everywhere
from tracker.people.terms import end_term
from tracker.web.calendar.feed_entries import FeedEntry
from tracker.web.calendar.feeds import to_icalendar

HOSTILE = 'Ärger; a, b\\n "x" <b> BEGIN:VEVENT ' + "€" * 90


def events(answer: TestResponse) -> dict[str, Any]:
    """Parse a feed, and return its events by title."""
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    assert all(len(line) <= 75 for line in answer.data.split(b"\r\n"))
    found = icalendar.Calendar.from_ical(answer.data).walk("VEVENT")
    assert all({"UID", "DTSTAMP", "DTSTART", "SEQUENCE"} <= set(event) for event in found)
    return {str(event["SUMMARY"]): event for event in found}


def address(browser: Browser) -> str:
    page = browser.post("/account/calendar").text
    start = page.index("/calendar/")
    return page[start : page.index(".ics", start) + 4]


@pytest.fixture
def february(secretariat: Browser, world: World) -> int:
    """An internal milestone with an item of Mira's, and a published item at another."""
    with secretariat.app.extensions["sessions"].writing() as session:
        board = session.get_one(Body, world.register)
        february = make_milestone(session, board, title="Secret meeting", place="Paris", ends_on=date(2013, 3, 1))
        may = make_milestone(session, board, slug="may", title=HOSTILE, starts_on=date(2013, 5, 21), tentative=True)
        mine = make_item(session, board, number=7, title="My ask", milestone_id=february.id, offset_days=-14)
        make_ownership(session, mine, party_of(session, session.get_one(Person, world.member)))
        make_item(session, board, number=8, milestone_id=may.id, visibility=Visibility.PUBLISHED)
        make_item(session, board, number=9, title="Not mine", milestone_id=may.id)
        return february.id


def test_strangers_read_what_is_published_and_so_do_members(visitor: Browser, member: Browser, february: int) -> None:
    for browser in (visitor, member):
        found = events(browser.get("/milestones.ics"))
        assert list(found) == [HOSTILE]
        assert "1 item due:" in found[HOSTILE]["DESCRIPTION"]
        assert "Secret" not in browser.get("/milestones.ics").text


def test_a_milestone_is_whole_days_and_says_how_it_stands(member: Browser, visitor: Browser, february: int) -> None:
    found = events(visitor.get(address(member)))
    secret = found["Secret meeting"]
    assert (secret["DTSTART"].dt, secret["DTEND"].dt) == (date(2013, 2, 28), date(2013, 3, 2))
    assert (secret["STATUS"], found[HOSTILE]["STATUS"]) == ("CONFIRMED", "TENTATIVE")
    assert secret["URL"].endswith(":5000/milestones/feb-2013-consultations") or "/milestones/feb" in secret["URL"]
    assert secret["LOCATION"] == "Paris"


def test_my_own_holds_the_due_dates_of_what_i_owe(member: Browser, visitor: Browser, february: int) -> None:
    found = events(visitor.get(address(member)))
    assert set(found) == {"Secret meeting", HOSTILE, "Due: 7 My ask"}
    assert found["Due: 7 My ask"]["DTSTART"].dt == date(2013, 2, 14)
    assert "not a Library Board outcome" in found["Due: 7 My ask"]["DESCRIPTION"]


def test_what_moves_moves_in_the_calendar_too(member: Browser, visitor: Browser, february: int) -> None:
    path = address(member)
    before = events(visitor.get(path))
    with member.app.extensions["sessions"].writing() as session:
        milestone, later = session.get_one(Milestone, february), NOW + timedelta(days=1)
        days = NewDays(date(2013, 3, 14), date(2013, 3, 14))
        move_milestone(session, milestone, days, reason="So.", seen_version=1, by=SYSTEM, now=later)
    after = events(visitor.get(path))
    for title in ("Secret meeting", "Due: 7 My ask"):
        assert after[title]["UID"] == before[title]["UID"]
        assert after[title]["SEQUENCE"] > before[title]["SEQUENCE"]
        assert after[title]["LAST-MODIFIED"].dt > before[title]["LAST-MODIFIED"].dt
        assert (after[title]["DTSTART"].dt - before[title]["DTSTART"].dt).days == 14


def test_what_is_cancelled_says_so(secretariat: Browser, visitor: Browser, february: int) -> None:
    form = {"to": "", "reason": "Flood.", "version": "1"}
    secretariat.post("/milestones/feb-2013-consultations/cancel", form)
    assert events(visitor.get(address(secretariat)))["Secret meeting"]["STATUS"] == "CANCELLED"


@pytest.mark.parametrize(("first", "end"), [(date.max, None), (date(9999, 12, 30), date.max)])
def test_nothing_comes_after_the_last_day_there_is(first: date, end: date | None) -> None:
    entry = FeedEntry("u", first, date.max, "End", "", "https://example.org", "CONFIRMED", 1, NOW)
    [event] = icalendar.Calendar.from_ical(to_icalendar("Board", [entry])).walk("VEVENT")
    assert (event["DTSTART"].dt, event["DTEND"].dt if "DTEND" in event else None) == (first, end)


def test_what_has_not_changed_is_not_sent_again(member: Browser, visitor: Browser, february: int) -> None:
    for path in (address(member), "/milestones.ics"):
        tag = visitor.get(path).headers["ETag"]
        again = visitor.get(path, headers={"If-None-Match": tag})
        assert (again.status_code, again.data) == (304, b"")
        assert "no-store" not in again.headers["Cache-Control"]
    member.post("/account/calendar/revoke")
    assert visitor.get("/milestones.ics", headers={"If-None-Match": tag}).status_code == 200


def test_a_renewed_or_ended_address_is_dead(member: Browser, visitor: Browser, february: int) -> None:
    first = address(member)
    second = address(member)
    assert [visitor.get(path).status_code for path in (first, second)] == [404, 200]
    assert "End the address" in member.get("/account").text
    member.post("/account/calendar/revoke")
    assert visitor.get(second).status_code == 404
    assert "End the address" not in member.get("/account").text


@pytest.mark.parametrize("ended_by", ["term", "merged", "erased", "signed out everywhere"])
def test_an_address_is_dead_once_its_reader_is_gone(
    member: Browser, visitor: Browser, world: World, february: int, ended_by: str
) -> None:
    path = address(member)
    with member.app.extensions["sessions"].writing() as session:
        mira = session.get_one(Person, world.member)
        told: dict[str, Any] = {"by": SYSTEM, "now": NOW}
        match ended_by:
            case "term":
                term = session.exec(select(Term).where(Term.person_id == mira.id)).one()
                end_term(session, term, NOW.date() - timedelta(days=1), **told)
            case "merged":
                merge(session, mira, session.get_one(Person, world.chair), **told)
            case "erased":
                erase_records(session, mira, "asked", today=NOW.date(), **told)
            case _:
                end_everywhere(session, mira, **told)
    assert visitor.get(path).status_code == 404


def test_a_secret_that_is_none_finds_nothing(visitor: Browser, february: int) -> None:
    assert visitor.get("/calendar/x.ics").status_code == 404


def test_the_secret_is_kept_nowhere(member: Browser, february: int, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    path = address(member)
    member.get(path)
    token = path.removeprefix("/calendar/").removesuffix(".ics")
    with member.app.extensions["sessions"].engine.connect() as connection:
        dump = "\n".join(connection.connection.iterdump())
    assert token not in dump
    assert token not in caplog.text


def test_the_page_with_the_address_is_kept_by_no_browser(member: Browser) -> None:
    assert member.post("/account/calendar").headers["Cache-Control"] == "no-store"
