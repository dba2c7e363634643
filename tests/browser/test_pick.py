"""An input with suggestions in a real browser: names while one types, by key and by finger."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from flask import Flask

from tests.web.shelf import Shelf
from tests.web.world import World

with suppress(ImportError):
    from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
Open = Callable[..., "Page"]


@pytest.mark.parametrize("width", [360, 1280])
def test_a_name_is_chosen_by_keys_alone(app: Flask, world: World, open_as: Open, width: int) -> None:
    number = Shelf(app, world).put()
    page = open_as(world.secretariat, f"/items/{number}/owner", width=width)
    field = page.get_by_role("combobox", name="Whom")
    field.press_sequentially("che")
    expect(page.get_by_role("option")).to_have_count(1)
    field.press("Escape")
    expect(page.get_by_role("option")).to_have_count(0)
    field.press("ArrowDown")
    expect(page.get_by_role("option", name="Chen Chair")).to_be_visible()
    field.press("ArrowDown")
    expect(field).to_have_attribute("aria-activedescendant", "party-suggestions-0")
    field.press("Enter")
    expect(field).to_have_value("Chen Chair")
    assert page.locator("input[name=party]").input_value() != ""
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_name_in_part_sends_nothing_and_a_chosen_one_is_typed_over(app: Flask, world: World, open_as: Open) -> None:
    number = Shelf(app, world).put()
    page = open_as(world.secretariat, f"/items/{number}/owner")
    field = page.get_by_role("combobox", name="Whom")
    field.press_sequentially("che")
    expect(page.get_by_role("option")).to_have_count(1)
    field.press("Enter")
    expect(page.get_by_role("option")).to_have_count(1)
    expect(field).to_have_value("che")
    page.get_by_role("option", name="Chen Chair").click()
    field.blur()
    field.focus()
    field.press_sequentially("mir")
    expect(field).to_have_value("mir")


def test_several_are_added_one_after_the_other(world: World, open_as: Open) -> None:
    page = open_as(world.secretariat, "/items/new")
    field = page.get_by_role("combobox", name="Addressees")
    for name in ("Chen Chair", "Mira Member"):
        field.press_sequentially(name[:4])
        page.get_by_role("option", name=name).click()
        expect(page.get_by_role("checkbox", name=name)).to_be_checked()
        expect(field).to_have_value("")
