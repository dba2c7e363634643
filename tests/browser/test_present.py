"""An agenda on the projector: a clicker's keys turn the page, and Escape leaves."""

import re
from contextlib import suppress

import pytest

from tests.browser.looking import follow_key
from tests.town import Town

with suppress(ImportError):
    from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def test_keys_turn_the_page_and_leave(town: Town, windows: dict[str | None, "Page"]) -> None:
    page = windows["secretariat"]
    page.goto("/milestones/spring/agenda/present/1")
    follow_key(page, "ArrowRight")
    expect(page).to_have_url(re.compile("/present/2$"))
    follow_key(page, "Escape")
    expect(page).to_have_url(re.compile("/agenda#item-3$"))
