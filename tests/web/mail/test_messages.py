"""What the pages of mail say once something is done."""

import pytest
from flask import Flask

from tests.web.browsing import Browser
from tests.web.items.test_pages import plain
from tests.web.post_room import PostRoom
from tests.web.shelf import Shelf
from tracker.mail.models import MailState
from tracker.web.app.shown_address import address_key


@pytest.fixture
def post(app: Flask, shelf: Shelf) -> PostRoom:
    return PostRoom(app, shelf)


def said(browser: Browser, path: str, form: dict[str, str] | None = None) -> str:
    """Send the form, follow where it leads, and return what the page says."""
    return plain(browser.follow(browser.post(path, form or {})).text)


def test_holding_and_releasing_say_what_leaves(operator: Browser) -> None:
    assert "Mail is held. Sign-in links and test mails still leave." in said(operator, "/mail/hold")
    assert "Mail is released." in said(operator, "/mail/release")


def test_one_mail_sent_again_or_cancelled_is_told_of(post: PostRoom, secretariat: Browser) -> None:
    number = post.put(state=MailState.DEAD)
    assert "The mail is queued again." in said(secretariat, f"/mail/{number}/again")
    assert "The mail is cancelled." in said(secretariat, f"/mail/{number}/cancel")
    answer = secretariat.post(f"/mail/{number}/cancel")
    assert (answer.status_code, "This mail has already left or been cancelled." in answer.text) == (422, True)


def test_an_address_that_is_opened_again_is_named(post: PostRoom, secretariat: Browser) -> None:
    post.put(state=MailState.DEAD)
    post.refuse()
    page = said(secretariat, "/mail/addresses", {"address": address_key("mira@example.org")})
    assert "Mail goes to mira@example.org again." in page


def test_whoever_wants_the_digest_again_is_told_so(member: Browser) -> None:
    assert "You get the digest again." in said(member, "/digests/again")
