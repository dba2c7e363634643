"""The frame in a real browser: signing in, keyboard, both themes, telephone to projector."""

from collections.abc import Callable
from contextlib import suppress

import pytest

from tests.browser.looking import faults, give_axe, press
from tests.web.world import World

with suppress(ImportError):
    from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
Open = Callable[..., "Page"]


def shown(page: "Page") -> list[str]:
    """Return what axe finds wrong with the page as it stands."""
    give_axe(page)
    return faults(page)


def test_a_link_signs_in(open_page: Open, link_for: Callable[[int], str], world: World) -> None:
    page = open_page(link_for(world.member))
    press(page.get_by_role("main").get_by_role("button", name="Sign in"))
    expect(page.get_by_role("heading", name="My page")).to_be_visible()
    expect(page.locator(".menu summary")).to_have_text("Mira Member", use_inner_text=True)


def test_a_link_signs_in_without_script(open_page: Open, link_for: Callable[[int], str], world: World) -> None:
    page = open_page(link_for(world.member), script=False)
    press(page.get_by_role("main").get_by_role("button", name="Sign in"))
    assert "Mira Member" in page.content()


def test_asking_for_a_link(open_page: Open) -> None:
    page = open_page("/sign-in")
    page.get_by_label("Your address").first.fill("mira@example.org")
    press(page.get_by_role("button", name="Send me a link"))
    expect(page.get_by_role("heading", name="Check your mail")).to_be_visible()


def focused(page: "Page") -> str:
    return str(page.evaluate("document.activeElement.textContent.trim()"))


def test_the_keyboard_goes_first_to_the_skip_link_and_then_to_the_bar(open_as: Open, world: World) -> None:
    page = open_as(world.member, "/")
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to the content"
    reached = []
    for _key in range(12):
        page.keyboard.press("Tab")
        reached.append(focused(page))
    assert "My page" in reached
    assert any("Mira Member" in text for text in reached)


def test_the_menu_opens_by_key_and_closes_when_one_goes_on(open_as: Open, world: World) -> None:
    page = open_as(world.member, "/")
    menu = page.locator(".menu")
    menu.locator("summary").press("Enter")
    expect(menu.get_by_role("button", name="Sign out")).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    page.keyboard.press("Enter")
    menu.get_by_role("button", name="Sign out").focus()
    page.keyboard.press("Tab")
    expect(menu).not_to_have_attribute("open", "")


def test_on_a_telephone_the_menu_holds_what_is_not_at_the_bottom(open_as: Open, world: World) -> None:
    page = open_as(world.member, "/", width=360)
    page.locator(".menu summary").click()
    for name in ("Search", "My account"):
        expect(page.locator(".menu").get_by_role("link", name=name)).to_be_visible()
    assert page.locator(".menu-list").bounding_box()["x"] >= 0  # type: ignore[index]


def test_the_skip_link_moves_the_focus_into_the_content(open_page: Open) -> None:
    page = open_page("/sign-in")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "link-email"


def test_what_has_the_focus_is_seen(open_page: Open) -> None:
    page = open_page("/sign-in")
    for _key in range(6):
        page.keyboard.press("Tab")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_on_a_telephone_the_places_are_at_the_bottom(open_as: Open, world: World) -> None:
    page = open_as(world.member, "/", width=360)
    box = page.locator(".places").bounding_box()
    assert box
    assert box["y"] + box["height"] == 800


def test_a_changed_form_is_not_lost_by_a_slip(open_as: Open, world: World) -> None:
    page = open_as(world.member, "/account")
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.type), dialog.accept()))
    page.get_by_label("Digest by mail").select_option("weekly")
    page.get_by_role("link", name="My page").click()
    expect(page.get_by_role("heading", name="My page")).to_be_visible()
    assert dialogs == ["beforeunload"]


def test_the_policy_stops_a_script_that_slipped_in(open_page: Open) -> None:
    page = open_page("/sign-in")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.hit = 1\">')")
    page.wait_for_timeout(200)
    assert page.evaluate("window.hit") is None


def test_on_paper_the_frame_is_left_out(open_as: Open, world: World) -> None:
    page = open_as(world.member, "/account")
    page.emulate_media(media="print")
    expect(page.locator(".places")).to_be_hidden()
    expect(page.get_by_role("heading", name="Mira Member")).to_be_visible()


def test_dark_screens_print_black_on_white(open_as: Open, world: World) -> None:
    page = open_as(world.member, "/account", theme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    names = ("--paper", "--raised", "--tint", "--ink")
    values = page.evaluate("names => names.map(n => getComputedStyle(document.body).getPropertyValue(n))", names)
    assert values == ["#fff", "#fff", "#fff", "#000"]
