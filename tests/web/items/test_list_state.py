"""The state of a list lives in its address: what is usual is left out, and every other state has an address."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask

from tests.web.shelf import Shelf
from tracker.items.list_filter import Order
from tracker.items.models import Progress
from tracker.web.items.list_state import LAYOUTS, SORTINGS, ListLayout, ListState, layout_in_words
from tracker.web.items.pages import list_state_of_address


@contextmanager
def state_of(shelf: Shelf, query: str = "") -> Iterator[ListState]:
    app: Flask = shelf.app
    with app.test_request_context(f"/items?{query}"):
        yield list_state_of_address()


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("", ""),
        ("view=table&sort=number", ""),
        ("view=board&sort=due", "view=board"),
        ("sort=-due", "sort=-due"),
        ("progress=waiting&page=7&nonsense=1", "progress=waiting"),
        ("late=y&view=timeline", "late=1&view=timeline"),
    ],
)
def test_an_address_keeps_only_what_is_not_usual(shelf: Shelf, query: str, kept: str) -> None:
    with state_of(shelf, query) as state:
        assert state.kept == kept


def test_a_layout_that_nobody_knows_is_a_table(shelf: Shelf) -> None:
    with state_of(shelf, "view=carousel") as state:
        assert state.view is ListLayout.TABLE


@pytest.mark.parametrize(
    ("query", "order", "descending"),
    [("", Order.NUMBER, False), ("view=board", Order.DUE, False), ("sort=-title", Order.TITLE, True)],
)
def test_each_layout_has_a_usual_order(shelf: Shelf, query: str, order: Order, descending: bool) -> None:
    with state_of(shelf, query) as state:
        assert state.sorting == (order, descending)


@pytest.mark.parametrize(
    ("query", "column", "address", "aria"),
    [
        ("", "due", "/items?sort=due", "none"),
        ("sort=due", "due", "/items?sort=-due", "ascending"),
        ("sort=-due", "due", "/items?sort=due", "descending"),
        ("sort=due", "number", "/items", "none"),
    ],
)
def test_a_heading_sorts_and_then_turns_the_order(
    shelf: Shelf, query: str, column: str, address: str, aria: str
) -> None:
    with state_of(shelf, query) as state:
        assert state.resorted(column) == address
        assert state.aria_sort(column) == aria


def test_the_tabs_keep_the_filters(shelf: Shelf) -> None:
    with state_of(shelf, "progress=waiting&view=board") as state:
        assert state.tabs() == [
            ("Table", "/items?progress=waiting", False),
            ("Board", "/items?progress=waiting&view=board", True),
            ("Timeline", "/items?progress=waiting&view=timeline", False),
        ]


def test_a_chip_leads_to_the_list_without_its_filter(shelf: Shelf) -> None:
    with state_of(shelf, "progress=waiting&late=1") as state:
        assert [(chip.words, chip.without) for chip in state.chips()] == [
            ("Progress: waiting", "/items?late=1"),
            ("Overdue", "/items?progress=waiting"),
        ]


def test_the_words_of_the_search_box_are_not_counted_as_filters(shelf: Shelf) -> None:
    with state_of(shelf, "q=lamps&progress=waiting&late=1&view=board") as state:
        assert state.filters == 2


@pytest.mark.parametrize(
    ("query", "hidden"),
    [
        ("q=lamps&late=1&view=board&sort=-due", ["late", "view", "sort"]),
        ("q=lamps&late=1&view=board&sort=-due&filter=open", ["view"]),
    ],
)
def test_the_search_box_keeps_what_no_field_shows(shelf: Shelf, query: str, hidden: list[str]) -> None:
    with state_of(shelf, query) as state:
        assert [name for name, _value in state.unshown()] == hidden


def test_the_filter_reaches_the_domain(shelf: Shelf) -> None:
    with state_of(shelf, "progress=closed&late=1&mine=1") as state:
        assert state.item_filter.progress == {Progress.DONE, Progress.NO_LONGER_PURSUED}
        assert state.item_filter.is_overdue
        assert state.item_filter.mine_of is None  # a stranger owns nothing


def test_every_layout_and_order_is_said_in_words(app: Flask) -> None:
    with app.test_request_context("/items"):
        assert layout_in_words(None, None) == []
        assert layout_in_words("board", "-due") == ["as a board", "sorted by due date, latest first"]
        assert all(layout_in_words(layout, None) for layout in LAYOUTS)
        assert all(layout_in_words(None, order) for order in SORTINGS)
