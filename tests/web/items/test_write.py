"""An update in place: written on the item's page, seen there, undone; and whoever it waits for is told."""

import re
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlmodel import select

from tests.factories import NOW, made
from tests.web.browsing import Browser
from tests.web.items.test_pages import plain
from tests.web.items.test_updates import sent
from tests.web.shelf import Shelf
from tracker.digests.make_digests import Press
from tracker.digests.runs.queue_digests import queue_due
from tracker.items.models import Progress
from tracker.mail.models import Outgoing
from tracker.people.models import Frequency, Party, Person, Role, Subscription, Term


def write(browser: Browser, number: int, **values: Any) -> str:
    """Save an update from the item's page; the page that follows."""
    return browser.follow(browser.post(f"/items/{number}/update", sent(**values))).text


def test_it_is_seen_on_the_page_and_undone_there(shelf: Shelf, member: Browser) -> None:
    number = shelf.owned()
    assert f'href="/items/{number}/update"' in member.get(f"/items/{number}").text
    page = write(member, number, progress="in-progress")
    assert "Thank you. Your update is saved. Undo" in plain(page)
    assert "in progress Wrote to the hall Undo" in plain(page)
    member.post(f"/items/{number}/updates/1/undo")
    with shelf.item(number) as (_session, item):
        assert item.progress is Progress.NOT_STARTED


def test_no_form_is_drawn_before_it_is_opened(shelf: Shelf, member: Browser) -> None:
    assert not re.findall("<(select|textarea)", member.get(f"/items/{shelf.owned()}").text)


def test_a_visitor_has_no_form(shelf: Shelf, visitor: Browser) -> None:
    assert "Write an update" not in visitor.get(f"/items/{shelf.put(visibility='published')}").text


def test_the_owner_gives_a_new_day_and_the_note_says_why(shelf: Shelf, member: Browser) -> None:
    number = shelf.owned()
    write(member, number, new_day="2012-12-24", progress="in-progress")
    with shelf.item(number) as (_session, item):
        assert (str(item.own_due_on), item.progress) == ("2012-12-24", Progress.IN_PROGRESS)
    answer = member.post(
        f"/items/{number}/update", sent(note="", link="https://a.example", new_day="2013-01-07", version="3")
    )
    assert answer.status_code == 422
    assert 'id="note-error">Say why the due date changes' in answer.text


@pytest.mark.parametrize(
    ("before", "after"), [(date(2013, 1, 7), "Due on Monday 7 January 2013."), (None, "The due date is removed.")]
)
def test_a_new_day_is_told_with_what_was_kept_and_with_what_was_taken_back(
    shelf: Shelf, member: Browser, before: date | None, after: str
) -> None:
    number = shelf.owned(own_due_on=before)
    assert "Wrote to the hall Due on Monday 24 December 2012. Undo" in plain(
        write(member, number, new_day="2012-12-24")
    )
    page = plain(member.follow(member.post(f"/items/{number}/updates/1/undo")).text)
    assert "Your update and its new due date are undone. The history keeps both." in page
    assert f"An update was undone. {after}" in page


def test_who_does_not_steer_it_sets_no_day(shelf: Shelf, chair: Browser) -> None:
    number = shelf.owned()
    write(chair, number, new_day="2012-12-24")
    with shelf.item(number) as (_session, item):
        assert item.own_due_on is None


def test_whoever_it_waits_for_is_named_and_no_page_draws_all_names(shelf: Shelf, member: Browser) -> None:
    number = shelf.owned()
    assert "Chen Chair" not in member.get(f"/items/{number}").text
    answer = member.post(f"/items/{number}/update", sent(progress="waiting", **{"waiting_for-name": "chen"}))
    assert answer.status_code == 422
    assert "Which one do you mean by “chen”?" in answer.text
    assert "Chen Chair" in answer.text
    assert "Wrote to the hall" in answer.text


@pytest.mark.parametrize("party", ["999", "-1", "9" * 30])
def test_whom_the_register_does_not_know_is_not_waited_for(shelf: Shelf, member: Browser, party: str) -> None:
    answer = member.post(f"/items/{shelf.owned()}/update", sent(progress="waiting", waiting_for=party))
    assert answer.status_code == 422
    assert "Choose one from the list" in answer.text


def waits_for(shelf: Shelf, browser: Browser, name: str) -> tuple[int, str]:
    """An item of the secretary's that now waits for somebody, and the page after it was said."""
    number = shelf.owned("secretariat")
    with shelf.writing() as session:
        party = shelf.party(session, name).id
    said = {"progress": "waiting", "waiting_for": party, "reason": "the figures of October"}
    return number, write(browser, number, **said)


@pytest.fixture
def reads_digests(shelf: Shelf) -> None:
    """Mira has subscribed to the weekly digest."""
    with shelf.writing() as session:
        made(session, Subscription(person_id=shelf.world.member, subscribed_at=NOW.replace(month=10)))


def test_a_person_waited_for_reads_it_in_the_next_digest(
    app: Flask, shelf: Shelf, secretariat: Browser, reads_digests: None
) -> None:
    _number, page = waits_for(shelf, secretariat, "member")
    assert "A mail tells Mira Member within a quarter of an hour that this waits for them." in page
    with app.app_context(), shelf.writing() as session:
        queue_due(session, now=NOW.replace(day=19), secret="a test's own")
        row = session.exec(select(Outgoing).where(Outgoing.person_id == shelf.world.member)).one()
        message = Press("a test's own", "http://localhost").write(session, row).email  # type: ignore[union-attr]
    assert "Waits for you" in message.text
    assert "Sara Secretary waits for you: “the figures of October”" in message.text


def test_a_person_waited_for_sees_it_on_their_page_and_the_item(
    shelf: Shelf, secretariat: Browser, member: Browser, chair: Browser
) -> None:
    number, _page = waits_for(shelf, secretariat, "member")
    assert "Sara Secretary waits for you: “the figures of October”" in plain(member.get("/").text)
    assert "This item waits for you: “the figures of October”" in plain(member.get(f"/items/{number}").text)
    assert "This waits for you" not in chair.get(f"/items/{number}").text


def no_digest(shelf: Shelf) -> None:
    with shelf.writing() as session:
        kept = session.get_one(Subscription, shelf.world.member)
        made(session, kept).frequency = Frequency.NEVER


def no_address(shelf: Shelf) -> None:
    with shelf.writing() as session:
        made(session, session.get_one(Person, shelf.world.member)).email = None


def mere_rapporteur(shelf: Shelf) -> None:
    with shelf.writing() as session:
        his = session.exec(select(Term).where(Term.person_id == shelf.world.member)).one()
        made(session, his).role = Role.RAPPORTEUR


@pytest.mark.parametrize("silence", [no_digest, no_address, mere_rapporteur])
def test_where_no_digest_tells_them_the_writer_is_told(
    shelf: Shelf, secretariat: Browser, reads_digests: None, silence: Any
) -> None:
    silence(shelf)
    _number, page = waits_for(shelf, secretariat, "member")
    assert "No digest tells Mira Member that this waits for them" in page


def test_of_a_body_its_steward_is_told(shelf: Shelf, secretariat: Browser, reads_digests: None) -> None:
    assert "No digest tells Library Board" in waits_for(shelf, secretariat, "register")[1]
    with shelf.writing() as session:
        party: Party = made(session, shelf.party(session))
        party.steward_id = shelf.world.member
    assert "A mail tells Library Board within" in waits_for(shelf, secretariat, "register")[1]
