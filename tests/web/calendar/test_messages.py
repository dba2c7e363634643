"""What the pages of the calendar say once something is done, and what to do where it was not."""

import pytest
from sqlmodel import Session

from tests.factories import make_milestone
from tests.web.browsing import Browser
from tests.web.calendar.test_series import call
from tests.web.items.test_pages import plain
from tests.web.shelf import Shelf


def said(browser: Browser, path: str, form: dict[str, object] | None = None) -> str:
    """Send the form, follow where it leads, and return what the page says."""
    return plain(browser.follow(browser.post(path, form or {})).text)


def spring(session: Session, shelf: Shelf) -> str:
    return make_milestone(session, shelf.board(session), slug="spring", title="Spring meeting").slug


@pytest.fixture
def milestone(shelf: Shelf) -> str:
    """The address of the spring meeting, at which nothing is due."""
    with shelf.writing() as session:
        return f"/milestones/{spring(session, shelf)}"


DAYS = {"starts_on": "2013-06-01", "ends_on": "2013-06-02"}


@pytest.mark.parametrize(
    ("path", "form", "message"),
    [
        ("/milestones/new", {"title": "Open day", **DAYS}, "The milestone is in the calendar."),
        (
            "/meetings/new",
            {"title": "Hearing", **DAYS, "milestone_id": "0", "place": "", "recording_url": "", "version": "1"},
            "The meeting is added. Only the people of this body see it until you publish it.",
        ),
        (
            "/milestones/series/new",
            call(times="2"),
            "The series is started. Its meetings of the next twelve months are in the calendar.",
        ),
    ],
)
def test_what_is_new_says_where_it_is_and_who_sees_it(
    secretariat: Browser, path: str, form: dict[str, object], message: str
) -> None:
    assert message in said(secretariat, path, form)


def test_cancelling_and_reinstating_say_what_became_of_due_dates(secretariat: Browser, milestone: str) -> None:
    cancelling = {"to": "", "reason": "Flood.", "version": "1"}
    assert "Cancelled. No due date has moved." in said(secretariat, f"{milestone}/cancel", cancelling)
    page = said(secretariat, f"{milestone}/reinstate", {"version": "2"})
    assert "The milestone is reinstated. Due dates that were moved stay where they are." in page


@pytest.mark.parametrize("path", ["/meetings/new", "/milestones/new"])
def test_an_empty_last_day_is_the_first(secretariat: Browser, path: str) -> None:
    form = {"title": "Open day", "starts_on": "2013-06-01", "ends_on": "", "milestone_id": "0", "version": "1"}
    page = secretariat.follow(secretariat.post(path, form)).text
    assert "Sat 1 Jun 2013" in plain(page)
    assert "2 Jun" not in page
    assert 'data-follows="starts_on"' in secretariat.get(path).text


@pytest.mark.parametrize(
    ("path", "field", "message"),
    [
        ("/milestones/new", "title", "Give it a title."),
        ("/milestones/new", "starts_on", "Give a day, as in 2013-02-28."),
        ("/meetings/new", "starts_on", "Give a day, as in 2013-02-28."),
        ("/milestones/series/new", "every", "Give a number."),
    ],
)
def test_what_is_missing_is_said_beside_its_field(secretariat: Browser, path: str, field: str, message: str) -> None:
    form = {"title": "Open day", **DAYS, "first_day": "2013-06-01", "every": "1", "repeats": "weeks", "version": "1"}
    answer = secretariat.post(path, {**form, "milestone_id": "0", field: ""})
    assert answer.status_code == 422
    assert message in answer.text.partition(f'id="{field}-error"')[2][:200]


def test_an_agenda_says_what_was_added_and_what_was_there(shelf: Shelf, secretariat: Browser, milestone: str) -> None:
    number = shelf.put(title="Buy lamps")
    choosing = {"items": [str(number)]}
    agenda = f"{milestone}/agenda"
    assert "1 item is on the agenda." in said(secretariat, f"{agenda}/choose", choosing)
    assert "What was ticked is on the agenda already." in said(secretariat, f"{agenda}/choose", choosing)
    place = secretariat.post(f"{agenda}/{number}/place", {"to": "first", "version": "2"})
    assert (place.status_code, "Give the place as a number." in place.text) == (422, True)
    page = said(secretariat, f"{agenda}/{number}/remove")
    assert f"Item {number} is off the agenda. It is still followed up." in page


def test_a_published_agenda_is_made_internal_by_a_button_that_says_so(
    shelf: Shelf, secretariat: Browser, visitor: Browser, milestone: str
) -> None:
    secretariat.post(f"{milestone}/agenda/choose", {"items": [str(shelf.put(title="Buy lamps"))]})
    assert "1 item is internal, and does not appear." in secretariat.get(f"{milestone}/agenda/publish").text
    assert "Make the agenda internal" in said(secretariat, f"{milestone}/agenda/visibility/published")
    assert "Publish the agenda" in said(secretariat, f"{milestone}/agenda/visibility/internal")
    assert visitor.get(f"{milestone}/agenda").status_code == 404
