"""Whoever put something forward and has no role here answers by the link of a mail, and stops such mails by another."""

import pytest
from flask import Flask
from sqlmodel import Session, select

from tests.factories import NOW, made, make_item, make_person, party_id_of
from tests.web.answers.mailbox import MailBox, links_in
from tests.web.browsing import Browser, faults_of_page
from tests.web.shelf import Shelf
from tracker.clock import real_now
from tracker.digests.unsubscribe import token_for
from tracker.items.models import Progress, ProposerView
from tracker.meetings.models import Visibility
from tracker.people.models import Body, Frequency, Person, Subscription


class Outsider(MailBox):
    """Rosa, who put an item forward."""

    def __init__(self, app: Flask, shelf: Shelf) -> None:
        super().__init__(app, shelf)
        with shelf.writing() as session:
            self.number = make_person(session, "Rosa Diaz").id

    def _person(self) -> int:
        return self.number

    def proposal(self, **values: object) -> int:
        """Add an item that she put forward, which is called done, and return its number."""
        with self.shelf.writing() as session:
            board = session.exec(select(Body).order_by(Body.id)).first()  # type: ignore[arg-type]
            assert board
            party = party_id_of(session, session.get_one(Person, self.number))
            defaults = {"title": "Open on Mondays", "progress": Progress.DONE, "put_forward_by": party}
            return make_item(session, board, **{**defaults, **values}).number

    def stop_link(self) -> str:
        """Return the path that ends such mails."""
        with self.shelf.writing() as session:
            person = session.get_one(Person, self.number)
            return f"/digests/stop/{token_for(self.secret, person, now=real_now())}"


@pytest.fixture
def outsider(app: Flask, shelf: Shelf) -> Outsider:
    return Outsider(app, shelf)


def view(outsider: Outsider, number: int) -> ProposerView | None:
    return outsider.item(number).proposer_view


@pytest.mark.parametrize("visibility", Visibility)
def test_a_proposer_says_by_the_link_whether_it_is_done_and_may_undo_it(
    outsider: Outsider, visibility: Visibility
) -> None:
    number = outsider.proposal(visibility=visibility)
    link = outsider.link(number, "disputes")
    page = outsider.browser.get(link)
    assert faults_of_page(page.text) == []
    assert outsider.press(page, note="The door is shut").status_code == 200
    assert view(outsider, number) is ProposerView.DISPUTES
    [mail] = outsider.mails()
    assert mail.to_addr == "rosa@example.org"
    outsider.press(outsider.browser.get(links_in(mail)[0]))
    assert view(outsider, number) is None


def test_the_link_gives_no_way_in(outsider: Outsider) -> None:
    number = outsider.proposal()
    assert outsider.browser.get(outsider.link(number, "satisfied")).status_code == 200
    assert outsider.browser.get(f"/items/{number}").status_code in (302, 404)


def test_an_item_that_is_open_again_asks_nothing(outsider: Outsider) -> None:
    number = outsider.proposal(progress=Progress.IN_PROGRESS)
    page = outsider.browser.get(outsider.link(number, "satisfied"))
    assert page.status_code == 200
    assert 'name="answer"' not in page.text


def test_an_item_of_somebody_else_answers_nothing(outsider: Outsider) -> None:
    number = outsider.proposal(put_forward_by=None)
    assert outsider.browser.get(outsider.link(number, "satisfied")).status_code == 410


def frequency(session: Session, person_id: int) -> Frequency | None:
    subscription = session.get(Subscription, person_id)
    return subscription and subscription.frequency


def test_the_way_out_works_without_a_role_and_back(outsider: Outsider, shelf: Shelf) -> None:
    link = outsider.stop_link()
    page = outsider.browser.get(link)
    assert "Stop these mails for Rosa Diaz?" in page.text
    assert faults_of_page(page.text) == []
    with shelf.writing() as session:
        assert frequency(session, outsider.number) is None
    assert "These mails have stopped" in outsider.browser.client.post(link, data={"choice": "stop"}).text
    with shelf.writing() as session:
        assert frequency(session, outsider.number) is Frequency.NEVER
    assert "These mails come again" in outsider.browser.client.post(link, data={"choice": "resume"}).text
    with shelf.writing() as session:
        assert frequency(session, outsider.number) is Frequency.WEEKLY


def test_the_page_of_who_has_no_role_promises_no_digest(outsider: Outsider, shelf: Shelf, app: Flask) -> None:
    with shelf.writing() as session:
        made(session, Subscription(person_id=outsider.number, subscribed_at=NOW))
    visitor = Browser(app, outsider.number)
    assert "so no digest comes" in visitor.get("/account").text
    page = visitor.get("/").text
    assert "no requests and no digest reach you" in page
    assert "A mail tells you when somebody answers, closes or reopens" in page
