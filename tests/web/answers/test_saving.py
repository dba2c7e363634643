"""Pressing the button: what is saved, what is refused, what changed meanwhile, and the receipt that undoes it."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlmodel import select

from tests.factories import NOW, make_milestone
from tests.mail.expected import assert_mail_as_expected
from tests.web.answers.mailbox import MailBox, links_in
from tests.web.app.test_route_access import fingerprint
from tests.web.browsing import Browser, faults_of_page
from tests.web.shelf import Shelf
from tracker import clock
from tracker.calendar.move_milestone import NewDays, move_milestone
from tracker.digests.notices import queue_notices
from tracker.history import Actor, ChangeWay
from tracker.history_queries import of_subject
from tracker.items.models import Progress
from tracker.items.ownership import withdraw_request
from tracker.items.party_models import Ownership
from tracker.mail.models import MailKind, Outgoing
from tracker.meetings.models import Milestone
from tracker.people.models import Person
from tracker.people.sign_in_throttle import Pace
from tracker.updates.changes import record
from tracker.updates.models import Update
from tracker.web.answers import pages


def interfere(shelf: Shelf, number: int) -> None:
    """Let Sara say that it is in progress."""
    with shelf.item(number) as (session, item):
        sara = session.get_one(Person, shelf.world.secretariat)
        by = Actor(sara.id, ChangeWay.BROWSER)
        record(session, item, sara, "We began", progress=Progress.IN_PROGRESS, by=by, now=NOW + timedelta(days=1))


def test_an_answer_is_saved_and_undone_from_its_receipt(mailbox: MailBox) -> None:
    number = mailbox.owned(title="Buy lamps")
    page = mailbox.answer(mailbox.link(number), note="All twelve hang")
    assert page.status_code == 200
    assert "Saved: done" in page.text
    assert faults_of_page(page.text) == []
    assert mailbox.item(number).progress is Progress.DONE
    [mail] = mailbox.mails()
    assert (mail.to_addr, mail.subject) == (
        "mira@example.org",
        f"Item {number}: your answer is saved (done) – Library Board",
    )
    assert "All twelve hang" in (mail.text or "")
    [link] = links_in(mail)
    undone = mailbox.answer(link)
    assert "Your answer is undone" in undone.text
    assert mailbox.item(number).progress is Progress.NOT_STARTED


def test_the_mails_read_as_expected(mailbox: MailBox, shelf: Shelf) -> None:
    number = mailbox.owned(title="Buy lamps")
    mailbox.answer(mailbox.link(number), note="All twelve hang")
    mailbox.press(mailbox.browser.get(mailbox.link(mailbox.requested(title="Air the hall"), age=timedelta(days=31))))
    for name, mail in zip(("receipt", "answer_link"), mailbox.mails(), strict=True):
        assert_mail_as_expected(name, mail.subject, mail.text, mail.html)


def test_history_says_that_it_came_by_mail(mailbox: MailBox, shelf: Shelf) -> None:
    number = mailbox.owned()
    mailbox.answer(mailbox.link(number, "in-progress"))
    with shelf.item(number) as (session, item):
        last = of_subject(session, item.history_key())[-1]
        assert (last.actor, last.way) == (f"person:{shelf.world.member}", ChangeWay.MAIL)


@pytest.mark.parametrize(
    ("answer", "typed", "words"),
    [
        ("done", {}, "Say in a note what was done."),
        ("waiting", {}, "Say for whom or what it waits."),
        ("more-time", {"note": "Ill"}, "Give the day until which you need."),
        ("more-time", {"note": "Ill", "due_on": "31 February"}, "Not a valid date value."),
        ("more-time", {"note": "Ill", "due_on": "3013-02-01"}, "The year 3013 is out of range. Correct it."),
        ("done", {"note": "x" * 2001}, "Field cannot be longer than 2000 characters."),
        ("done", {"answer": "take-it"}, "Not a valid choice."),
        ("done-in-part", {"done": "6", "total": "3"}, "Give a first number from 1 to below the second."),
        ("done-in-part", {"done": "3"}, "Give both numbers, as in 2 of 5, or neither."),
        ("done-in-part", {"done": "three", "total": "6"}, "Not a valid integer value."),
    ],
)
def test_what_is_missing_is_said_beside_its_field(
    app: Flask, mailbox: MailBox, answer: str, typed: dict[str, str], words: str
) -> None:
    number = mailbox.owned(own_due_on=NOW.date())
    path = mailbox.link(number, answer)
    page = mailbox.browser.get(path)
    before = fingerprint(app)
    refused = mailbox.press(page, **typed)
    assert refused.status_code == 422
    assert words in refused.text
    assert 'class="error"' in refused.text
    assert faults_of_page(refused.text) == []
    assert fingerprint(app) == before
    assert mailbox.press(refused, answer="done", note="All of it").status_code == 200


@pytest.mark.parametrize(("done", "total"), [("3", "6"), ("", "")])
def test_what_is_done_in_part_has_its_two_numbers_or_none(mailbox: MailBox, done: str, total: str) -> None:
    number = mailbox.owned()
    page = mailbox.answer(mailbox.link(number, "done-in-part"), done=done, total=total)
    assert "Saved: done in part" in page.text
    item = mailbox.item(number)
    assert (item.progress, item.done_count) == (Progress.DONE_IN_PART, int(done) if done else None)
    assert ("3 of 6 parts are done" in (mailbox.mails()[-1].text or "")) == bool(done)


def test_who_waits_names_a_party_or_a_thing(mailbox: MailBox) -> None:
    number = mailbox.owned()
    mailbox.answer(mailbox.link(number, "waiting"), waits_for="Chen Chair")
    item = mailbox.item(number)
    assert (item.progress_reason, item.waiting_kind) == (None, "party")
    assert item.waiting_for
    mailbox.answer(mailbox.link(number, "waiting"), waits_for="the money", waiting_kind="funding")
    item = mailbox.item(number)
    assert (item.progress_reason, item.waiting_kind, item.waiting_for) == ("the money", "funding", None)


@pytest.mark.parametrize("name", ["Chen Chair", "chen", "CHEN@example.org"])
def test_a_request_is_passed_on_by_name_or_address(mailbox: MailBox, shelf: Shelf, name: str) -> None:
    number = mailbox.requested()
    page = mailbox.answer(mailbox.link(number, "pass-on"), pass_to=name)
    assert "Saved: " in page.text
    with shelf.writing() as session:
        states = session.exec(select(Ownership.party_id, Ownership.state)).all()
        assert states[-1] == (shelf.party(session, "chair").id, "requested")
        assert queue_notices(session, now=clock.now(session)) == 1
        [notice] = session.exec(select(Outgoing.to_addr).where(Outgoing.kind != MailKind.RECEIPT)).all()
        assert notice == "chen@example.org"


@pytest.mark.parametrize("name", ["", "Nobody Known", "nobody@example.org"])
def test_nobody_is_guessed(mailbox: MailBox, name: str) -> None:
    number = mailbox.requested()
    page = mailbox.answer(mailbox.link(number, "pass-on"), pass_to=name)
    assert page.status_code == 422
    assert mailbox.receipts() == []


def test_a_form_sent_twice_is_one_answer_and_one_receipt(mailbox: MailBox, app: Flask, shelf: Shelf) -> None:
    number = mailbox.requested()
    page = mailbox.browser.get(mailbox.link(number, "take-it"))
    first = mailbox.press(page)
    before = fingerprint(app)
    second = mailbox.press(page)
    assert (first.status_code, second.status_code) == (200, 200)
    assert "Saved: " in second.text
    assert fingerprint(app) == before
    assert len(mailbox.mails()) == 1


def test_one_is_not_told_of_oneself_by_name(mailbox: MailBox) -> None:
    number = mailbox.owned()
    link = mailbox.link(number, "in-progress")
    mailbox.answer(link)
    stale = {"answer": "done", "note": "All", "version": "1", "seen": "1", "key": "another"}
    page = mailbox.browser.post(link.rpartition("/")[0], stale).text
    assert "Last by you on" in page
    assert "Last by Mira" not in page


def test_what_changed_since_the_mail_is_shown(mailbox: MailBox, shelf: Shelf) -> None:
    number = mailbox.owned()
    link = mailbox.link(number)
    interfere(shelf, number)
    page = " ".join(mailbox.browser.get(link).text.split())
    assert "The item has changed since the mail was written. Last by Sara Secretary" in page
    assert "Before: not started. Now: in progress." in page


def test_a_change_while_the_page_is_open_is_shown_beside_the_answer(mailbox: MailBox, shelf: Shelf) -> None:
    number = mailbox.owned()
    page = mailbox.browser.get(mailbox.link(number))
    interfere(shelf, number)
    stale = mailbox.press(page, note="All of it")
    assert stale.status_code == 409
    assert "Not saved yet" in stale.text
    assert "Before: not started. Now: in progress." in stale.text
    assert "All of it" in stale.text
    assert mailbox.item(number).progress is Progress.IN_PROGRESS
    assert mailbox.press(stale).status_code == 200
    assert mailbox.item(number).progress is Progress.DONE


def test_a_title_that_changed_meanwhile_is_shown_too(mailbox: MailBox, shelf: Shelf) -> None:
    number = mailbox.owned(title="Buy lamps")
    page = mailbox.browser.get(mailbox.link(number, "in-progress"))
    with shelf.item(number) as (_session, item):
        item.title = "Buy candles"
        item.version += 1
    stale = mailbox.press(page)
    assert stale.status_code == 409
    assert "Not saved yet" in stale.text
    assert "Buy candles" in stale.text


def test_a_due_date_that_moved_with_its_milestone_is_shown(mailbox: MailBox, shelf: Shelf) -> None:
    number = mailbox.owned()
    with shelf.item(number) as (session, item):
        milestone = make_milestone(session, shelf.board(session))
        item.milestone_id = milestone.id
    link = mailbox.link(number)
    with shelf.writing() as session:
        february = session.exec(select(Milestone)).one()
        days = NewDays(date(2013, 3, 7), date(2013, 3, 7))
        by = Actor(shelf.world.secretariat, ChangeWay.BROWSER)
        later = NOW + timedelta(days=1)
        move_milestone(session, february, days, seen_version=1, reason="The hall", by=by, now=later)
    page = mailbox.browser.get(link).text
    assert "Due before: Thu 28 Feb 2013. Now: Thu 7 Mar 2013." in page


def test_a_request_that_was_withdrawn_leaves_nothing_to_answer(mailbox: MailBox, shelf: Shelf) -> None:
    number = mailbox.requested()
    page = mailbox.browser.get(mailbox.link(number, "take-it"))
    with shelf.item(number) as (session, _item):
        request = session.exec(select(Ownership)).one()
        withdraw_request(session, request, by=Actor(shelf.world.secretariat, ChangeWay.BROWSER), now=NOW)
    late = mailbox.press(page)
    assert late.status_code == 422
    assert "There is nothing for you to answer now" in late.text
    assert mailbox.receipts() == []


def test_an_undo_that_comes_too_late_says_who_was_there(mailbox: MailBox, shelf: Shelf) -> None:
    number = mailbox.owned()
    mailbox.answer(mailbox.link(number), note="All of it")
    [link] = links_in(mailbox.mails()[0])
    opened = mailbox.browser.get(link)
    interfere(shelf, number)
    page = mailbox.press(opened)
    assert page.status_code == 422
    assert "Sara Secretary changed this on Tue 13 Nov 2012, after the answer." in page.text
    assert mailbox.item(number).progress is Progress.IN_PROGRESS


def test_an_old_receipt_says_why_its_answer_stays_and_offers_no_button(mailbox: MailBox, shelf: Shelf) -> None:
    number = mailbox.owned()
    mailbox.answer(mailbox.link(number), note="All of it")
    [link] = links_in(mailbox.mails()[0])
    assert "Undo my answer" in mailbox.browser.get(link).text
    interfere(shelf, number)
    page = mailbox.browser.get(link).text
    assert "Sara Secretary changed this on Tue 13 Nov 2012, after the answer." in page
    assert "Undo my answer" not in page


def test_undoing_twice_is_as_good_as_once(mailbox: MailBox, app: Flask) -> None:
    mailbox.answer(mailbox.link(mailbox.owned(), "in-progress"))
    [link] = links_in(mailbox.mails()[0])
    page = mailbox.browser.get(link)
    mailbox.press(page)
    before = fingerprint(app)
    assert "Your answer is undone" in mailbox.press(page).text
    assert fingerprint(app) == before


def test_another_site_cannot_press_the_button_without_the_link(mailbox: MailBox, app: Flask) -> None:
    number = mailbox.owned()
    cut = mailbox.link(number).removesuffix("/done")[:-2]
    before = fingerprint(app)
    for path in ("/a/x", f"/a/{number}", cut):
        answer = Browser(app).client.post(path, data={"answer": "done", "note": "Forged", "key": "k"})
        assert answer.status_code == 404
    assert fingerprint(app) == before


def test_a_note_is_internal(mailbox: MailBox, shelf: Shelf) -> None:
    mailbox.answer(mailbox.link(mailbox.owned()), note="For us")
    with shelf.writing() as session:
        assert session.exec(select(Update.visibility)).all() == ["internal"]


def test_a_form_s_key_counts_for_its_item_alone(mailbox: MailBox) -> None:
    """Programs and people with two windows send one key for two items; neither answer is lost."""
    first, second = mailbox.owned(), mailbox.owned()
    for number in (first, second):
        page = mailbox.answer(mailbox.link(number, "in-progress"), key="")
        assert page.status_code == 200
    assert {mailbox.item(number).progress for number in (first, second)} == {Progress.IN_PROGRESS}


def test_no_sign_that_databases_refuse_gets_into_a_key(mailbox: MailBox) -> None:
    mailbox.answer(mailbox.link(mailbox.owned(), "in-progress"), key="a\0b")
    [receipt] = mailbox.receipts()
    assert "\0" not in receipt.form_key


@pytest.mark.parametrize("typed", [{"answer": "done", "note": "All"}, {"note": "Another word"}])
def test_a_form_that_is_sent_again_with_other_words_is_not_taken_for_the_first(
    mailbox: MailBox, typed: dict[str, str]
) -> None:
    """Whoever goes back in the browser finds the form as it was sent, with its key."""
    number = mailbox.owned()
    page = mailbox.browser.get(mailbox.link(number, "in-progress"))
    assert "Saved: in progress" in mailbox.press(page, note="Word").text
    again = mailbox.press(page, **typed)
    assert again.status_code == 409
    assert "Not saved yet" in again.text
    assert "Saved: " in mailbox.press(again).text
    assert len(mailbox.receipts()) == 2


def test_answers_without_end_are_slowed_down(mailbox: MailBox, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each brings its person a mail, and a link may have come into other hands."""
    monkeypatch.setattr(pages, "ANSWERS", Pace(2, timedelta(seconds=10)))
    path = mailbox.link(mailbox.owned(), "in-progress")
    answers = [mailbox.answer(path, note=f"Note {number}") for number in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 422, 422]
    assert "Too many tries. Wait 10 seconds" in answers[-1].text
    assert (len(mailbox.receipts()), len(mailbox.mails())) == (2, 2)
