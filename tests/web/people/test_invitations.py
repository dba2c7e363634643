"""Invitations in the browser: one mail each, a link that works once, taken back, and never twice by a double press."""

import re
from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from tests.factories import NOW, made, make_person, make_term
from tests.mail.expected import assert_mail_as_expected
from tests.web.browsing import Browser
from tests.web.post_room import PostRoom
from tests.web.shelf import Shelf
from tracker.clock import real_now
from tracker.history import Actor, ChangeWay
from tracker.mail.models import MailState, Outgoing
from tracker.people.invitations import InvitationProgress, invitation_states, invite
from tracker.people.models import FirstSignIn, Frequency, Invitation, Subscription

LINK = re.compile(r"http://localhost:8000(/sign-in/\S+)")


@pytest.fixture
def new(shelf: Shelf) -> int:
    """Nia, who has an address and a role, and has never been here."""
    with shelf.writing() as session:
        nia = make_person(session, "Nia New")
        make_term(session, nia, shelf.board(session))
        made(session, Subscription(person_id=nia.id, subscribed_at=NOW))
        return nia.id


def invited(browser: Browser, number: int, seen: int = 0) -> str:
    return browser.follow(browser.post("/people/invitations", {"who": f"{number}.{seen}"})).text


def mails(shelf: Shelf) -> list[tuple[str, MailState]]:
    with shelf.writing() as session:
        rows = session.exec(select(Outgoing).order_by(col(Outgoing.id)))
        return [(f"{row.subject}\n\n{row.text}", row.state) for row in rows]


def link(shelf: Shelf) -> str:
    found = LINK.search(mails(shelf)[-1][0])
    assert found
    return found[1]


def state(shelf: Shelf, number: int) -> InvitationProgress:
    with shelf.writing() as session:
        return invitation_states(session, shelf.world.register, now=real_now())[number].state


def test_the_page_shows_the_mail_before_it_is_sent(shelf: Shelf, secretariat: Browser, new: int) -> None:
    page = secretariat.get(f"/people/invitations?person={new}").text
    assert f'value="{new}.0" checked' in page
    assert "Dear Nia New," in page
    assert "/sign-in/…" in page


@pytest.mark.parametrize(("query", "ticked"), [("", False), ("?new=1", True)])
def test_nobody_is_ticked_unasked(secretariat: Browser, new: int, query: str, ticked: bool) -> None:
    assert (f'value="{new}.0" checked' in secretariat.get(f"/people/invitations{query}").text) is ticked


def test_with_nobody_ticked_nothing_is_sent_and_the_page_says_so(shelf: Shelf, secretariat: Browser, new: int) -> None:
    page = secretariat.follow(secretariat.post("/people/invitations", {})).text
    assert "Nobody was invited" in page
    assert "on their way" not in page
    assert mails(shelf) == []


@pytest.mark.parametrize(
    ("frequency", "rhythm"),
    [(Frequency.MONTHLY, "writes to you once a month, and"), (Frequency.NEVER, "only when somebody")],
)
def test_the_mail_says_how_often_mails_come(
    shelf: Shelf, secretariat: Browser, new: int, frequency: Frequency, rhythm: str
) -> None:
    with shelf.writing() as session:
        made(session, session.get_one(Subscription, new)).frequency = frequency
    assert rhythm in " ".join(secretariat.get(f"/people/invitations?person={new}").text.split())


def test_the_mail_reads_as_expected(shelf: Shelf, secretariat: Browser, new: int) -> None:
    invited(secretariat, new)
    with shelf.writing() as session:
        mail = session.exec(select(Outgoing)).one()
        assert_mail_as_expected("invitation", mail.subject, mail.text, mail.html)


def test_the_link_signs_in_once_and_looking_does_not_use_it_up(
    shelf: Shelf, secretariat: Browser, visitor: Browser, new: int
) -> None:
    assert "1 invitation is on its way." in invited(secretariat, new)
    address = link(shelf)
    for _ in range(3):  # a mail program that opens links
        assert visitor.get(address).status_code == 200
    assert state(shelf, new) is InvitationProgress.INVITED
    assert visitor.post(address).status_code == 302
    assert state(shelf, new) is InvitationProgress.SIGNED_IN
    assert Browser(shelf.app).get(address).status_code == 404


def test_a_second_press_sends_no_second_mail(shelf: Shelf, secretariat: Browser, new: int) -> None:
    invited(secretariat, new)
    assert "has been invited in the meantime" in invited(secretariat, new)
    assert "less than an hour ago" in invited(secretariat, new, seen=1)
    assert len(mails(shelf)) == 1


def test_inviting_again_ends_the_link_before(shelf: Shelf, secretariat: Browser, new: int) -> None:
    invited(secretariat, new)
    first = link(shelf)
    with shelf.writing() as session:
        by = Actor(shelf.world.secretariat, ChangeWay.BROWSER)
        later = real_now() + timedelta(hours=2)
        person = invitation_states(session, shelf.world.register, now=later)[new].person
        invite(
            session, person, shelf.world.register, seen=1, today=date(2012, 11, 12), real_now=later, by=by, now=later
        )
    assert Browser(shelf.app).get(first).status_code == 404


def test_an_invitation_is_taken_back_with_its_mail(shelf: Shelf, secretariat: Browser, new: int) -> None:
    invited(secretariat, new)
    with shelf.writing() as session:
        slug = invitation_states(session, shelf.world.register, now=real_now())[new].person.slug
    page = secretariat.follow(secretariat.post(f"/people/{slug}/invitation/withdraw"))
    assert "no longer works" in page.text
    assert mails(shelf)[0][1] is MailState.CANCELLED
    assert Browser(shelf.app).get(link(shelf)).status_code == 404
    assert "no invitation" in secretariat.follow(secretariat.post(f"/people/{slug}/invitation/withdraw")).text


def test_whoever_has_no_role_is_not_invited(shelf: Shelf, secretariat: Browser, new: int) -> None:
    with shelf.writing() as session:
        old = make_person(session, "Olo Old")
        make_term(session, old, shelf.board(session), last_day=date(2012, 2, 1))
        number = old.id
    assert "Olo Old" not in secretariat.get("/people/invitations").text
    assert "Olo Old cannot be invited" in secretariat.get(f"/people/invitations?person={number}").text
    page = invited(secretariat, number)
    assert "Add one first" in page
    assert "on their way" not in page
    assert mails(shelf) == []


@pytest.mark.parametrize("who", ["x", "1", "1.x", "999999.0"])
def test_who_is_nobody_is_not_invited(shelf: Shelf, secretariat: Browser, who: str) -> None:
    assert secretariat.post("/people/invitations", {"who": who}).status_code in (400, 404)


def test_the_secretariat_does_not_read_the_letter_with_the_link(
    shelf: Shelf, secretariat: Browser, operator: Browser, new: int
) -> None:
    invited(secretariat, new)
    room = PostRoom(shelf.app, shelf)
    room.deliver()
    name = next(path.stem for path in room.folder.glob("*.eml"))
    assert secretariat.get(f"/mail/kept/{name}").status_code == 404
    assert operator.get(f"/mail/kept/{name}").status_code == 200


def test_signing_in_is_noted_once(shelf: Shelf, secretariat: Browser) -> None:
    Browser(shelf.app, shelf.world.secretariat)
    with shelf.writing() as session:
        assert session.exec(select(FirstSignIn.id)).all() == [shelf.world.secretariat]
        assert session.exec(select(Invitation)).all() == []


@pytest.mark.parametrize("who", ["1", "1.x", "1" * 5000 + ".0"])
def test_what_names_nobody_is_not_understood(secretariat: Browser, who: str) -> None:
    assert secretariat.post("/people/invitations", {"who": who}).status_code == 400
