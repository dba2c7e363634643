"""Triage in a real browser: a key decides, except while one types; nothing is in anybody's way."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from flask import Flask

from tests.browser.looking import follow_key, press
from tests.browser.test_frame import shown
from tests.web.room import TEXT, Room, make_board_item, make_room
from tests.web.triage.triaging import make_deputy
from tests.web.world import World
from tracker.proposals.models import Proposal, TriageState

with suppress(ImportError):
    from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
Open = Callable[..., "Page"]
PAGES = [
    "/triage",
    "/triage/1",
    "/triage/1?decide=item",
    "/triage/1?decide=attach",
    "/triage/second",
    "/triage/batches",
    "/meetings/taking-stock",
    "/transcripts/1",
    "/transcripts/1/speakers?turn=1",
    "/transcripts/1/turns/1",
]
#: a form that a key sends is counted before the key returns, while the decision itself may come after a look for it
COUNT_SENT = "window.sent = 0; addEventListener('submit', () => { window.sent += 1; });"


@pytest.fixture
def room(app: Flask, world: World) -> Room:
    return make_room(app, world)


def state(app: Flask, number: int) -> TriageState:
    with app.extensions["sessions"].reader() as session:
        return TriageState(session.get_one(Proposal, number).state)


def test_one_key_decides_and_leads_to_the_next(app: Flask, world: World, room: Room, open_as: Open) -> None:
    page = open_as(world.secretariat, f"/triage/{room.archive}")
    page.keyboard.press("r")
    page.wait_for_url(f"**/triage/{room.sundays}")
    follow_key(page, "i")
    page.keyboard.press("i")
    page.wait_for_url("**/triage")
    assert state(app, room.archive) is TriageState.SET_ASIDE
    assert state(app, room.sundays) is TriageState.ITEM


def test_a_key_takes_the_last_decision_back(app: Flask, world: World, room: Room, open_as: Open) -> None:
    page = open_as(world.secretariat, f"/triage/{room.archive}")
    page.keyboard.press("x")
    page.wait_for_url(f"**/triage/{room.sundays}")
    page.keyboard.press("u")
    page.wait_for_url(f"**/triage/{room.archive}")
    assert state(app, room.archive) is TriageState.WAITING


def test_a_digit_attaches_to_the_item_beside_it(app: Flask, world: World, room: Room, open_as: Open) -> None:
    make_board_item(app, world, number=7, title="Keep an archive of every session")
    page = open_as(world.secretariat, f"/triage/{room.archive}")
    page.keyboard.press("1")
    page.wait_for_url(f"**/triage/{room.sundays}")
    assert state(app, room.archive) is TriageState.ATTACHED


def test_keys_are_letters_while_one_types(app: Flask, world: World, room: Room, open_as: Open) -> None:
    page = open_as(world.secretariat, f"/triage/{room.archive}?decide=item")
    page.get_by_label("Title").fill("")
    page.get_by_label("Title").press_sequentially("fix roux")
    expect(page.get_by_label("Title")).to_have_value("fix roux")
    page.get_by_label("Kind").first.focus()
    page.evaluate(COUNT_SENT)
    page.keyboard.press("x")
    assert page.evaluate("sent") == 0
    assert state(app, room.archive) is TriageState.WAITING


@pytest.mark.parametrize("key", ["Control+x", "Alt+r", "Meta+i"])
def test_a_shortcut_of_the_browser_is_left_to_it(app: Flask, world: World, room: Room, open_as: Open, key: str) -> None:
    page = open_as(world.secretariat, f"/triage/{room.archive}")
    page.evaluate(COUNT_SENT)
    page.keyboard.press(key)
    assert page.evaluate("sent") == 0
    assert state(app, room.archive) is TriageState.WAITING


def test_keys_can_be_turned_off_for_good(app: Flask, world: World, room: Room, open_as: Open) -> None:
    page = open_as(world.secretariat, f"/triage/{room.archive}")
    expect(page.get_by_text("New itemi")).to_be_visible()
    page.get_by_text("Keys", exact=True).click()
    page.get_by_label("Use single-key shortcuts").uncheck()
    page.reload()
    page.evaluate(COUNT_SENT)
    page.keyboard.press("x")
    assert page.evaluate("sent") == 0
    expect(page.locator("kbd").first).to_be_hidden()
    assert state(app, room.archive) is TriageState.WAITING


def test_without_script_every_decision_is_a_button(app: Flask, world: World, room: Room, open_as: Open) -> None:
    page = open_as(world.secretariat, f"/triage/{room.archive}", script=False)
    expect(page.locator("kbd").first).to_be_hidden()
    page.locator("summary", has_text="Set aside").click()
    press(page.get_by_role("button", name="exchange in the room"))
    page.wait_for_url(f"**/triage/{room.sundays}")
    press(page.get_by_role("link", name="New item"))
    press(page.get_by_role("button", name="Create the item"))
    assert state(app, room.sundays) is TriageState.ITEM


def test_selected_words_are_marked_by_a_key(world: World, room: Room, open_as: Open) -> None:
    page = open_as(world.secretariat, f"/transcripts/{room.transcript}")
    page.locator("#turn-3 .words p").select_text()
    page.keyboard.press("m")
    page.wait_for_url("**/turns/3?words=*")
    expect(page.get_by_label("Somebody could buy a piano.")).to_be_checked()


def test_the_key_that_marks_is_on_the_page_and_one_comes_back_to_the_place(
    world: World, room: Room, open_as: Open
) -> None:
    page = open_as(world.secretariat, f"/transcripts/{room.transcript}")
    expect(page.get_by_text("Select words to mark them m")).to_be_visible()
    page.locator("#turn-3 .words p").select_text()
    page.keyboard.press("m")
    page.wait_for_url("**/turns/3?words=*")
    press(page.get_by_role("button", name="Add it to triage"))
    page.wait_for_url(f"**/transcripts/{room.transcript}?at=*#at")
    expect(page.get_by_text("Marked. The passage waits for triage.")).to_be_visible()
    expect(page.locator("mark.at")).to_be_in_viewport()


def test_keys_lead_from_passage_to_passage_and_from_word_to_word(world: World, room: Room, open_as: Open) -> None:
    page = open_as(world.secretariat, f"/transcripts/{room.transcript}")
    follow_key(page, "n")
    expect(page.locator("mark.at")).to_have_text("We should keep an archive of every session.")
    follow_key(page, "n")
    expect(page.locator("mark.at")).to_have_text("I call on the board to open on Sundays.")
    follow_key(page, "p")
    expect(page.locator("mark.at")).to_have_text("We should keep an archive of every session.")
    page.keyboard.press("/")
    page.keyboard.type("thank")
    follow_key(page, "Enter")
    follow_key(page, ".")
    expect(page.locator("mark.at")).to_have_text("Thank")


def test_two_browsers_are_led_to_different_passages(app: Flask, world: World, room: Room, open_as: Open) -> None:
    dana = make_deputy(app, world).person_id
    pages = [open_as(person, "/triage") for person in (world.secretariat, dana)]
    for page, passage in zip(pages, (room.archive, room.sundays), strict=True):
        page.keyboard.press("n")
        page.wait_for_url(f"**/triage/{passage}")


def test_all_are_ticked_in_place_and_set_aside(app: Flask, world: World, room: Room, open_as: Open) -> None:
    page = open_as(world.secretariat, "/triage")
    page.get_by_role("link", name="Tick all", exact=True).click()
    expect(page.get_by_text("Ticked: 2")).to_be_visible()
    press(page.get_by_role("button", name="Set them aside"))
    expect(page.get_by_text("2 passages decided.")).to_be_visible()
    assert state(app, room.sundays) is TriageState.SET_ASIDE


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 360)])
def test_nothing_is_in_the_way_of_anybody(
    world: World, room: Room, open_as: Open, path: str, theme: str, width: int
) -> None:
    page = open_as(world.secretariat, path, theme=theme, width=width)
    for summary in page.locator("main summary").all():
        summary.click()
    assert shown(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


#: the decisions whose end lies beyond the screen, or that something covers
OUT_OF_REACH = """() => [...document.querySelectorAll(".decisions :is(a, button, summary)")].filter((one) => {
  const box = one.getBoundingClientRect();
  const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return one.checkVisibility() && (box.bottom > innerHeight || box.height < 44 || !one.contains(hit));
}).map((one) => one.textContent.trim())"""
#: what has the focus, where a bar lies over it
UNDER_A_BAR = """() => {
  const one = document.activeElement;
  if (one === document.body || one.closest(".decisions, .places, .bar")) return "";
  const box = one.getClientRects()[0];
  const bars = [...document.querySelectorAll(".decisions, .places")].filter((bar) => {
    const over = bar.getBoundingClientRect();
    return box.bottom > over.top + 1 && box.top < over.bottom - 1 && getComputedStyle(bar).position !== "static";
  });
  return bars.length ? one.outerHTML.slice(0, 80) : "";
}"""


@pytest.mark.parametrize("query", ["", "?decide=item", "?decide=attach", "?decide=aside"])
@pytest.mark.parametrize("width", [360, 1280])
def test_every_decision_is_within_reach_and_no_focus_is_hidden(
    app: Flask, world: World, room: Room, open_as: Open, query: str, width: int
) -> None:
    make_board_item(app, world, number=7, title="Keep an archive of every session")
    page = open_as(world.secretariat, f"/triage/{room.archive}{query}", width=width)
    assert page.evaluate(OUT_OF_REACH) == []
    hidden = []
    for _stop in range(70):
        page.keyboard.press("Tab")
        hidden.append(page.evaluate(UNDER_A_BAR))
    assert [one for one in hidden if one] == []


def test_on_a_telephone_the_first_passage_is_on_the_first_screen(world: World, room: Room, open_as: Open) -> None:
    page = open_as(world.secretariat, "/triage", width=360)
    row = page.locator(".queue > li").first.bounding_box()
    bar = page.locator(".places").bounding_box()
    assert row
    assert bar
    assert row["y"] + row["height"] <= bar["y"]
    expect(page.get_by_role("button", name="Begin")).to_be_in_viewport()


def test_on_a_telephone_the_passage_is_on_the_first_screen_whatever_was_said_before(
    app: Flask, world: World, open_as: Open
) -> None:
    before = " ".join(f"Thank you for point {number} of the long list before us." for number in range(1, 20))
    room = make_room(app, world, TEXT.replace("Welcome.", f"Welcome. {before}"))
    page = open_as(world.secretariat, f"/triage/{room.archive}", width=360)
    page.set_viewport_size({"width": 360, "height": 740})
    mark = page.locator(".hero mark").bounding_box()
    bar = page.locator(".decisions").bounding_box()
    assert mark
    assert bar
    assert mark["y"] + mark["height"] <= bar["y"]
    expect(page.get_by_text("point 14 of the long list")).to_be_hidden()
    page.get_by_text("Said just before").click()
    expect(page.get_by_text("point 14 of the long list")).to_be_visible()
