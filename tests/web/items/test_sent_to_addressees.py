"""Putting an item to those whom it asks, in the browser, and the story told on its page."""

from typing import Any

import pytest
from sqlmodel import col, select

from tests.factories import made, make_addressee
from tests.web.browsing import Browser
from tests.web.items.test_pages import plain
from tests.web.shelf import Shelf
from tracker.items.party_models import Addressee, ResponseState
from tracker.meetings.models import Visibility
from tracker.people.models import Party

LETTER = {"on": "2012-11-12", "way": "letter", "words": "", "by": ""}


@pytest.fixture
def two_addressees(shelf: Shelf) -> int:
    """An item that asks the Library Board and the schools."""
    number = shelf.put(visibility=Visibility.PUBLISHED)
    with shelf.item(number) as (session, item):
        make_addressee(session, item, shelf.party(session))
        make_addressee(session, item, made(session, Party(slug="schools", class_name="Schools")))
    return number


def standing(shelf: Shelf) -> list[ResponseState]:
    with shelf.writing() as session:
        return list(session.exec(select(Addressee.response).order_by(col(Addressee.id))))


def put_one(browser: Browser, number: int, **values: Any) -> Any:
    return browser.post(f"/items/{number}/addressees/1/send", {**LETTER, "version": "1", **values})


def test_it_is_put_to_all_at_once(shelf: Shelf, secretariat: Browser, two_addressees: int) -> None:
    path = f"/items/{two_addressees}/send"
    assert secretariat.get(path).text.count(" checked") == 3, "both parties, and a letter"
    page = secretariat.follow(secretariat.post(path, {**LETTER, "addressees": ["1.1", "2.1"]})).text
    assert standing(shelf) == [ResponseState.SENT] * 2
    assert "Sent to Schools on Monday 12 November 2012, by letter." in plain(page)
    assert "No one reachable answers for Schools" in page


def test_what_is_not_ticked_is_not_put(shelf: Shelf, secretariat: Browser, two_addressees: int) -> None:
    secretariat.post(f"/items/{two_addressees}/send", {**LETTER, "addressees": ["2.1"]})
    assert standing(shelf) == [ResponseState.NOT_YET_SENT, ResponseState.SENT]
    page = secretariat.get(f"/items/{two_addressees}/send").text
    assert "Sent to Schools on Monday" in page
    assert page.count('type="checkbox"') == 1


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"addressees": []}, "Tick at least one."),
        ({"on": ""}, "Give the day."),
        ({"on": "2099-01-01"}, "still to come"),
    ],
)
def test_what_is_refused_keeps_what_was_typed(
    shelf: Shelf, secretariat: Browser, two_addressees: int, values: dict[str, Any], message: str
) -> None:
    sent = {**LETTER, "addressees": ["1.1"], "words": "Letter of today", **values}
    answer = secretariat.post(f"/items/{two_addressees}/send", sent)
    assert (answer.status_code, message in answer.text, "Letter of today" in answer.text) == (422, True, True)
    assert set(standing(shelf)) == {ResponseState.NOT_YET_SENT}


def test_what_somebody_put_meanwhile_is_shown(shelf: Shelf, secretariat: Browser, two_addressees: int) -> None:
    put_one(secretariat, two_addressees)
    answer = secretariat.post(f"/items/{two_addressees}/send", {**LETTER, "way": "call", "addressees": ["1.1", "2.1"]})
    assert answer.status_code in (409, 422)
    assert "Sent to Library Board on Monday 12 November 2012, by letter." in plain(answer.text)
    assert standing(shelf) == [ResponseState.SENT, ResponseState.NOT_YET_SENT]


def test_the_story_of_an_asked_party_is_told_in_sentences(
    shelf: Shelf, secretariat: Browser, two_addressees: int
) -> None:
    put_one(secretariat, two_addressees, words="of 9 November", by=secretariat.person_id)
    said = {"answered_by": "Ana B.", "responded_on": "2012-11-12", "reason": "The first part", "version": "2"}
    sent = {"state": "taken-up-in-part", **said}
    page = secretariat.follow(secretariat.post(f"/items/{two_addressees}/addressees/1", sent)).text
    story = (
        "Sent to Library Board on Monday 12 November 2012, by letter (of 9 November). "
        "Taken up in part, said Ana B. on Monday 12 November 2012. The first part "
        "Sent by Sara Secretary. Answer recorded by Sara Secretary."
    )
    assert story in plain(page)


def test_the_public_reads_the_story_and_no_name_of_the_house(
    shelf: Shelf, secretariat: Browser, visitor: Browser, two_addressees: int
) -> None:
    put_one(secretariat, two_addressees, by=secretariat.person_id)
    page = plain(visitor.get(f"/items/{two_addressees}").text)
    assert "Sent to Library Board on Monday 12 November 2012, by letter." in page
    assert "Sara" not in page


def test_the_way_is_corrected_and_taken_back(shelf: Shelf, secretariat: Browser, two_addressees: int) -> None:
    put_one(secretariat, two_addressees)
    page = secretariat.get(f"/items/{two_addressees}/addressees/1/send").text
    assert 'value="letter" checked' in page or 'checked id="way-0"' in page
    assert secretariat.post(f"/items/{two_addressees}/addressees/1/send/undo", {"version": "1"}).status_code == 409
    secretariat.post(f"/items/{two_addressees}/addressees/1/send/undo", {"version": "2"})
    assert set(standing(shelf)) == {ResponseState.NOT_YET_SENT}


def test_an_answer_noted_in_error_is_taken_away(shelf: Shelf, secretariat: Browser, two_addressees: int) -> None:
    put_one(secretariat, two_addressees)
    path = f"/items/{two_addressees}/addressees/1"
    secretariat.post(path, {"state": "taken-up", "answered_by": "A", "responded_on": "2012-11-12", "version": "2"})
    secretariat.post(path, {"state": "sent", "answered_by": "A", "responded_on": "", "version": "3"})
    assert standing(shelf)[0] is ResponseState.SENT
    assert "no answer yet" in secretariat.get(path).text
