"""A link that no longer answers says why, whom to write to, and sends a new one where that is safe."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlmodel import Session, col, select

from tests.factories import made
from tests.web.answers.mailbox import MailBox, links_in
from tests.web.app.test_route_access import fingerprint
from tests.web.browsing import Browser, faults_of_page
from tests.web.shelf import Shelf
from tracker.answers.choices import OFFERED, AnswerRole, MailAnswer
from tracker.people.models import Person, Term

MONTH = timedelta(days=31)
TITLE = "Buy lamps for the hall"


def change_address(session: Session, mira: Person) -> None:
    mira.email = "mira@elsewhere.example"
    mira.token_epoch += 1


def end_term(session: Session, mira: Person) -> None:
    session.exec(select(Term).where(col(Term.person_id) == mira.id)).one().last_day = date(2012, 11, 11)


def sign_out_everywhere(session: Session, mira: Person) -> None:
    mira.token_epoch += 1


def let(shelf: Shelf, happens: Callable[[Session, Person], None]) -> None:
    with shelf.writing() as session:
        mira = session.get_one(Person, shelf.world.member)
        happens(session, mira)
        made(session, mira)


@pytest.mark.parametrize(
    ("happens", "words"),
    [
        (change_address, "The address of its reader has changed since"),
        (end_term, "has no role here today"),
    ],
)
def test_a_dead_link_says_why_and_whom_to_write_to(
    mailbox: MailBox, shelf: Shelf, happens: Callable[[Session, Person], None], words: str
) -> None:
    number = mailbox.owned(title=TITLE)
    link = mailbox.link(number)
    page = mailbox.browser.get(link)
    let(shelf, happens)
    for answer in (mailbox.browser.get(link), mailbox.press(page, note="Too late")):
        assert answer.status_code == 410
        assert words in answer.text
        assert "Sara Secretary" in answer.text
        assert "mailto:sara@example.org" in answer.text
        assert TITLE not in answer.text
        assert "Mira" not in answer.text
    assert mailbox.browser.client.post(f"{link.removesuffix('/done')}/new-link").status_code == 410
    assert (mailbox.receipts(), mailbox.mails()) == ([], [])


def expire(_session: Session, _mira: Person) -> None:
    """Nothing happens but that time passes."""


@pytest.mark.parametrize(("happens", "age"), [(expire, MONTH), (sign_out_everywhere, timedelta(0))])
def test_new_links_go_to_the_same_address_and_answer(
    mailbox: MailBox, shelf: Shelf, happens: Callable[[Session, Person], None], age: timedelta
) -> None:
    number = mailbox.owned(title=TITLE)
    link = mailbox.link(number, age=age)
    let(shelf, happens)
    page = mailbox.browser.get(link)
    assert page.status_code == 410
    assert TITLE not in page.text
    assert "New links are on their way" in mailbox.press(page).text
    [mail] = mailbox.mails()
    assert mail.to_addr == "mira@example.org"
    assert TITLE in (mail.text or "")
    [page_of_all] = links_in(mail)
    offered = [answer for answer in MailAnswer if f"{page_of_all}/{answer.value}" in (mail.html or "")]
    assert offered == list(OFFERED[AnswerRole.OWNER])
    assert "Saved: done" in mailbox.answer(f"{page_of_all}/done", note="All of it").text


def test_an_expired_link_answers_nothing(mailbox: MailBox, app: Flask) -> None:
    number = mailbox.owned()
    page = mailbox.browser.get(mailbox.link(number))
    expired = mailbox.link(number, age=MONTH).removesuffix("/done")
    before = fingerprint(app)
    data = {"answer": "done", "note": "Too late", "key": "k", "version": "1"}
    assert page.status_code == 200
    assert mailbox.browser.client.post(expired, data=data).status_code == 410
    assert fingerprint(app) == before


def test_new_links_are_not_sent_without_end(mailbox: MailBox) -> None:
    page = mailbox.browser.get(mailbox.link(mailbox.owned(), age=MONTH))
    answers = [mailbox.press(page) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert int(answers[-1].headers["Retry-After"]) <= 60
    assert len(mailbox.mails()) == 3


def test_a_good_link_is_not_renewed(mailbox: MailBox) -> None:
    link = mailbox.link(mailbox.owned()).removesuffix("/done")
    assert mailbox.browser.client.post(f"{link}/new-link").status_code == 200
    assert mailbox.mails() == []


@pytest.mark.parametrize("path", ["/a/x", "/a/x/done", "/a/undo/x", "/a/%00", "/a/" + "A" * 28])
def test_a_forged_link_is_none_of_ours(mailbox: MailBox, path: str, app: Flask) -> None:
    before = fingerprint(app)
    page = Browser(app).client.get(path)
    assert page.status_code == 404
    assert faults_of_page(page.text) == []
    assert fingerprint(app) == before


def test_a_receipt_undoes_for_72_hours(mailbox: MailBox) -> None:
    mailbox.answer(mailbox.link(mailbox.owned(), "in-progress"))
    receipt = mailbox.receipts()[0].id
    page = mailbox.browser.get(mailbox.undo_link(receipt, timedelta(hours=73)))
    assert page.status_code == 410
    assert "<form" not in page.text
    assert mailbox.browser.get(mailbox.undo_link(receipt, timedelta(hours=71))).status_code == 200
    assert mailbox.browser.get(mailbox.undo_link(receipt + 1)).status_code == 404
