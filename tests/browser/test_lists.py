"""Lists of items in a real browser: every layout for everybody, on every screen, and a card that is dragged."""

import itertools
from collections.abc import Callable
from contextlib import suppress

import pytest
from flask import Flask

from tests.browser.fonts import FONTS
from tests.browser.looking import too_wide
from tests.browser.test_frame import shown
from tests.factories import NOW, SYSTEM, TODAY, make_addressee, make_item, make_milestone, make_ownership, party_of
from tests.web.world import World
from tracker import clock
from tracker.items.models import Progress, ProposerView
from tracker.items.saved_lists import save_view
from tracker.people.models import Body

with suppress(ImportError):
    from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
Open = Callable[..., "Page"]
PAGES = (
    "/items?late=&owner=library-board&progress=open&theme=lamps",
    "/items?filter=open&theme=lamps",
    "/items?view=board",
    "/items?view=timeline",
    "/items?print=1",
    "/items/views",
    "/items/views/new?late=1",
)


@pytest.fixture
def items(app: Flask, world: World) -> None:
    """Items of every progress, due in every way, with long names; and a view of the secretariat's."""
    with app.extensions["sessions"].writing() as session:
        board = session.get_one(Body, world.register)
        party = party_of(session, board)
        february = make_milestone(session, board)
        rules = [{"milestone_id": february.id}, {"own_due_on": TODAY}, {"condition": "if it rains"}, {}]
        told = {"theme": "lamps", "proposer_view": ProposerView.DISPUTES, "waiting_for": party.id}
        for progress, rule in itertools.product(Progress, rules):
            title = "Donaudampfschifffahrtsgesellschaft " * 2
            item = make_item(session, board, title=title, progress=progress, **told, **rule)
            make_addressee(session, item, party)
            make_ownership(session, item, party)
        by = {"by": SYSTEM, "now": NOW}
        save_view(session, board.id, world.secretariat, "Late ones", "late=1", is_shared=True, **by)


@pytest.mark.parametrize(("theme", "width"), [("light", 320), ("dark", 1280)])
def test_no_layout_is_in_anybodys_way(items: None, open_as: Open, world: World, theme: str, width: int) -> None:
    page = open_as(world.secretariat, PAGES[0], theme=theme, width=width)
    faults = []
    for path in PAGES:
        page.goto(path)
        too_wide = page.evaluate("document.documentElement.scrollWidth") > width
        faults += [f"{path}: {fault}" for fault in shown(page) + ["wider than the screen"] * too_wide]
    assert faults == []


def test_a_dragged_card_opens_its_update_with_that_progress(items: None, open_as: Open, world: World) -> None:
    page = open_as(world.secretariat, "/items?view=board")
    card = page.locator("[data-progress=not-started] .card").first
    card.drag_to(page.locator("[data-progress=waiting]"))
    expect(page.get_by_role("heading", name="Write an update")).to_be_visible()
    expect(page.get_by_label("Progress")).to_have_value("waiting")


#: every 40 px from the telephone to the projector, and closely where a tablet is upright
WIDTHS = sorted({*range(320, 2561, 40), *range(768, 831, 8), 959, 1087, 1088})


@pytest.mark.usefixtures("items")
@pytest.mark.parametrize("font", FONTS)
@pytest.mark.parametrize("path", ["/items", "/items?view=board", "/items?view=timeline"])
def test_a_list_never_scrolls_sideways(open_as: Open, world: World, font: str, path: str) -> None:
    page = open_as(world.secretariat, path, font=font)
    wide = list[str]()
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        wide += too_wide(page)
    assert wide == []


TITLES = ("Translate the captions of each session", "Pay for the travel of young people", "Publish the accounts")
#: as a register of real work has them
WORK = {"theme": "participation", "created_at": NOW}


@pytest.fixture
def work(app: Flask, world: World) -> None:
    """Items with titles of an ordinary length, due at a milestone, owned and addressed to somebody."""
    with app.extensions["sessions"].writing() as session:
        clock.start_at(session, NOW)
        board = session.get_one(Body, world.register)
        party = party_of(session, board)
        february = make_milestone(session, board)
        for number in range(12):
            due = {"milestone_id": february.id} if number % 2 else {}
            item = make_item(session, board, title=TITLES[number % 3], put_forward_by=party.id, **WORK, **due)
            make_addressee(session, item, party)
            make_ownership(session, item, party)


ROWS = "[...document.querySelectorAll('.items tbody tr')].map(row => row.getBoundingClientRect())"


@pytest.mark.usefixtures("work")
@pytest.mark.parametrize("font", FONTS)
def test_rows_are_two_lines_and_nine_of_them_are_on_the_first_screen(open_as: Open, world: World, font: str) -> None:
    page = open_as(world.secretariat, "/items", font=font)
    page.set_viewport_size({"width": 1280, "height": 900})
    boxes = page.evaluate(f"{ROWS}.map(box => [box.height, box.bottom])")
    assert {height for height, _bottom in boxes} == {64}
    assert sum(bottom <= 900 for _height, bottom in boxes) >= 9


@pytest.mark.usefixtures("work")
@pytest.mark.parametrize("font", FONTS)
def test_on_a_telephone_the_first_item_begins_on_the_upper_half_of_the_screen(
    open_as: Open, world: World, font: str
) -> None:
    page = open_as(world.secretariat, "/items?progress=open&theme=participation", font=font)
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate(f"{ROWS}[0].top") < 330
    expect(page.get_by_role("link", name="Filter · 2")).to_be_in_viewport()
