"""The page that a mail leads to, on a telephone: the button is in sight, and one request brings it all."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from flask import Flask

from tests.browser.looking import faults, give_axe, layout_faults, press
from tests.factories import NOW
from tests.web.answers.mailbox import MailBox
from tests.web.shelf import Shelf
from tests.web.world import World
from tracker.items.models import Progress

with suppress(ImportError):
    from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
Open = Callable[..., "Page"]
TITLE = "Publish a calendar of every workshop two months before the meeting, in the six official languages"
#: what stands lower on the page than the button
BELOW = "button => innerHeight - button.getBoundingClientRect().bottom"
ANSWERS = ("in-progress", "done-in-part", "done", "waiting", "more-time", "not-mine")


@pytest.fixture
def mailbox(app: Flask, world: World) -> MailBox:
    return MailBox(app, Shelf(app, world))


@pytest.fixture
def telephone(open_page: Open) -> Callable[[str], tuple["Page", list[str]]]:
    """Open a path on a small telephone; return the page and what it has asked for."""

    def opened(path: str, **options: object) -> tuple["Page", list[str]]:
        page = open_page("/health", width=360, **options)
        page.set_viewport_size({"width": 360, "height": 640})
        requests: list[str] = []
        page.on("request", lambda request: requests.append(request.url))
        page.goto(path)
        return page, requests

    return opened


def test_the_button_is_in_sight_whatever_was_answered(
    mailbox: MailBox, telephone: Callable[..., tuple["Page", list[str]]]
) -> None:
    number = mailbox.owned(title=TITLE, own_due_on=NOW.date())
    for answer in ANSWERS:
        page, requests = telephone(mailbox.link(number, answer), script=False)
        button = page.get_by_role("button", name="Save my answer")
        assert button.evaluate(BELOW) >= 0
        assert len(requests) == 1


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_is_in_anybodys_way(
    mailbox: MailBox, telephone: Callable[..., tuple["Page", list[str]]], theme: str
) -> None:
    page, _ = telephone(mailbox.link(mailbox.owned(title=TITLE), "waiting"), theme=theme)
    give_axe(page)
    assert faults(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert layout_faults(page) == []


def test_an_answer_is_given_and_undone_by_the_keyboard_without_a_script(
    mailbox: MailBox, telephone: Callable[..., tuple["Page", list[str]]]
) -> None:
    number = mailbox.owned(title=TITLE)
    page, requests = telephone(mailbox.link(number, "done-in-part"), script=False)
    page.get_by_label("Done in part").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.type("All of it")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading")).to_have_text("Saved: done")
    assert mailbox.item(number).progress is Progress.DONE
    press(page.get_by_role("button", name="Undo my answer"))
    expect(page.get_by_role("heading")).to_have_text("Your answer is undone")
    assert len(requests) == 3
