"""Changing many items: ticking all or none in a browser, and nothing in anybody's way on the pages of it."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from flask import Flask

from tests.browser.looking import press
from tests.browser.test_frame import shown
from tests.factories import make_item
from tests.web.world import World
from tracker.people.models import Body

with suppress(ImportError):
    from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
Open = Callable[..., "Page"]


@pytest.fixture
def three(app: Flask, world: World) -> list[int]:
    """Three items of the Library Board."""
    with app.extensions["sessions"].writing() as session:
        board = session.get_one(Body, world.register)
        return [make_item(session, board, title=title).number for title in ("Lamps", "Paint", "Nails")]


def test_all_or_none_are_ticked_at_once_and_counted(open_as: Open, world: World, three: list[int]) -> None:
    page = open_as(world.secretariat, "/items/bulk")
    page.get_by_text("Add a helper").click()
    page.get_by_role("link", name="Untick all").click()
    expect(page.get_by_text("0 ticked")).to_be_visible()
    page.get_by_label("Paint").check()
    expect(page.get_by_text("1 ticked")).to_be_visible()
    expect(page.get_by_role("combobox", name="Person")).to_be_visible()  # the page was not loaded anew


def test_it_is_done_and_put_back_without_script(open_as: Open, world: World, three: list[int]) -> None:
    page = open_as(world.secretariat, "/items/bulk", script=False)
    page.locator("summary", has_text="Kind").click()
    page.locator("#kind").select_option("offer")
    press(page.get_by_role("button", name="Preview"))
    press(page.get_by_role("button", name="Change 3 items"))
    press(page.get_by_role("button", name="Undo this bulk edit"))
    assert "3 items are restored." in page.content()


@pytest.mark.parametrize(("theme", "width"), [("light", 360), ("dark", 1280)])
def test_nothing_is_in_the_way_of_anybody(
    open_as: Open, world: World, three: list[int], theme: str, width: int
) -> None:
    page = open_as(world.secretariat, "/items/bulk", theme=theme, width=width)
    for summary in page.locator("main summary").all():
        summary.click()
    found = shown(page)
    page.locator("#kind").select_option("offer")
    press(page.get_by_role("button", name="Preview"))
    found += shown(page)
    press(page.get_by_role("button", name="Change 3 items"))
    found += shown(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto("/items/bulk/done")
    assert found + shown(page) == []
