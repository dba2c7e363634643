"""What somebody without access told the secretariat is recorded as such: by whom, for whom, on whose word."""

import re

import pytest
from sqlmodel import select

from tests.factories import NOW, SYSTEM, make_ownership, make_person, party_of
from tests.web.browsing import Browser
from tests.web.items.test_pages import plain
from tests.web.shelf import Shelf
from tracker.items.models import Item, Progress
from tracker.items.ownership import add_helper
from tracker.items.party_models import Ownership, OwnerState
from tracker.meetings.models import Visibility
from tracker.updates.models import Update

WORD = "by telephone, 3 March"


def of_faye(shelf: Shelf, state: OwnerState | None = OwnerState.ACCEPTED, email: str | None = None) -> int:
    """Return the number of an item that Faye, who has no address, owns, is requested to own, or else helps with."""
    number = shelf.put(own_due_on=NOW.date(), visibility=Visibility.PUBLISHED)
    with shelf.item(number) as (session, item):
        faye = make_person(session, "Faye Far", email=email)
        if state is None:
            add_helper(session, item, faye.id, by=SYSTEM, now=NOW)
        else:
            make_ownership(session, item, party_of(session, faye), state=state)
    return number


def path_on(page: str) -> str:
    """Return where the item's page leads to record an answer."""
    return re.findall(r'"(/items/\d+/record-answer/\d+)"', page)[0]


def recorded(browser: Browser, number: int, answer: str, **typed: str) -> str:
    """Record the answer as its page asks, and return what the item's page then says."""
    path = path_on(browser.get(f"/items/{number}").text)
    page = browser.get(path).text
    version = re.findall(r'name="version"[^>]* value="(\d+)"', page)[0]
    sent = browser.post(path, {"answer": answer, "on_word": WORD, "version": version, "key": "k", **typed})
    return plain(browser.follow(sent).text)


@pytest.mark.parametrize(
    ("state", "answer", "typed", "words"),
    [
        (OwnerState.REQUESTED, "take-it", {}, "Sara Secretary recorded for Faye Far that they will see it through"),
        (OwnerState.REQUESTED, "not-mine", {}, "Sara Secretary recorded for Faye Far that it is not theirs"),
        (OwnerState.REQUESTED, "pass-on", {"pass_to": "Chen Chair"}, "recorded for Faye Far that they pass it to Chen"),
        (OwnerState.ACCEPTED, "not-mine", {}, "recorded for Faye Far that it is no longer theirs"),
        (OwnerState.ACCEPTED, "done", {"note": "All hang"}, "Sara Secretary recorded for Faye Far an update"),
        (OwnerState.ACCEPTED, "more-time", {"note": "Ill", "due_on": "2012-12-20"}, "for Faye Far a new due date"),
        (None, "in-progress", {}, "Sara Secretary recorded for Faye Far an update"),
    ],
)
def test_history_says_who_recorded_it_for_whom_and_on_whose_word(
    shelf: Shelf, secretariat: Browser, state: OwnerState | None, answer: str, typed: dict[str, str], words: str
) -> None:
    number = of_faye(shelf, state)
    recorded(secretariat, number, answer, **typed)
    page = plain(secretariat.get(f"/items/{number}/history").text)
    assert words in page
    assert f"({WORD})" in page
    assert "accepted to own" not in page


def test_strangers_read_that_it_was_recorded_and_no_more(shelf: Shelf, secretariat: Browser, visitor: Browser) -> None:
    number = of_faye(shelf, OwnerState.REQUESTED)
    recorded(secretariat, number, "take-it")
    page = visitor.get(f"/items/{number}/history").text
    assert "The answer to the request to own it was recorded" in page
    assert "accepted" not in page
    assert WORD not in page
    assert "Faye" not in page


def test_an_update_is_theirs_whose_word_it_is(shelf: Shelf, secretariat: Browser) -> None:
    page = recorded(secretariat, of_faye(shelf), "done", note="All hang")
    assert "Faye Far, recorded by Sara Secretary" in page
    with shelf.writing() as session:
        update = session.exec(select(Update)).one()
        assert update.author_id is not None
        assert party_of(session, shelf.person(session, "secretariat")).person_id != update.author_id


@pytest.mark.parametrize("word", ["", "   "])
def test_without_a_word_nothing_is_recorded(shelf: Shelf, secretariat: Browser, word: str) -> None:
    number = of_faye(shelf)
    path = path_on(secretariat.get(f"/items/{number}").text)
    answer = secretariat.post(path, {"answer": "in-progress", "on_word": word, "version": "1", "key": "k"})
    assert answer.status_code == 422
    assert "Say on whose word" in answer.text
    with shelf.item(number) as (_session, item):
        assert item.progress is Progress.NOT_STARTED


def test_a_recorded_answer_is_undone(shelf: Shelf, secretariat: Browser) -> None:
    number = of_faye(shelf, OwnerState.REQUESTED)
    recorded(secretariat, number, "take-it")
    page = secretariat.follow(secretariat.post(f"/items/{number}/record-answer/undo/1"))
    assert "The recorded answer is undone." in page.text
    with shelf.writing() as session:
        assert session.exec(select(Ownership.state)).all() == [OwnerState.REQUESTED]


def test_nothing_is_recorded_for_who_can_answer(shelf: Shelf, secretariat: Browser) -> None:
    number = of_faye(shelf, email="faye@example.org")
    assert "record-answer" not in secretariat.get(f"/items/{number}").text
    with shelf.item(number) as (session, item):
        party = session.exec(select(Ownership.party_id)).one()
        assert isinstance(item, Item)
    assert secretariat.get(f"/items/{number}/record-answer/{party}").status_code == 404


def test_only_the_secretariat_records(shelf: Shelf, secretariat: Browser, chair: Browser, member: Browser) -> None:
    number = of_faye(shelf)
    path = path_on(secretariat.get(f"/items/{number}").text)
    for browser in (chair, member):
        assert "record-answer" not in browser.get(f"/items/{number}").text
        assert browser.get(path).status_code == 404


def test_two_who_record_at_once_do_not_overwrite_each_other(shelf: Shelf, secretariat: Browser) -> None:
    number = of_faye(shelf)
    path = path_on(secretariat.get(f"/items/{number}").text)
    for key, status in (("a", 302), ("b", 409)):
        form = {"answer": "in-progress", "on_word": WORD, "version": "1", "key": key}
        assert secretariat.post(path, form).status_code == status
