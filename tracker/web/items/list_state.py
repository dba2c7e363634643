"""The state of a list of items, as its address holds it: filters, layout, order; and the addresses of other states."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import urlencode

from flask import request, url_for
from flask_babel import gettext, lazy_gettext

from tracker.items.list_filter import ItemFilter, Order
from tracker.web.app import context
from tracker.web.app.pick_field import TYPED
from tracker.web.items.forms.filter import FILTERS, FilterForm, order_of


class ListLayout(StrEnum):
    """How a list is laid out."""

    TABLE = "table"
    BOARD = "board"
    TIMELINE = "timeline"


VIEW_NAMES = {
    ListLayout.TABLE: lazy_gettext("Table"),
    ListLayout.BOARD: lazy_gettext("Board"),
    ListLayout.TIMELINE: lazy_gettext("Timeline"),
}
LAYOUTS = {ListLayout.BOARD: lazy_gettext("as a board"), ListLayout.TIMELINE: lazy_gettext("along the calendar")}
#: the order of each layout where the address names none
USUAL = {ListLayout.TABLE: Order.NUMBER, ListLayout.BOARD: Order.DUE, ListLayout.TIMELINE: Order.DUE}
SORTINGS = {
    "number": lazy_gettext("number"),
    "-number": lazy_gettext("number, latest first"),
    "due": lazy_gettext("due date, soonest first"),
    "-due": lazy_gettext("due date, latest first"),
    "progress": lazy_gettext("progress"),
    "-progress": lazy_gettext("progress, closed first"),
    "title": lazy_gettext("title"),
    "-title": lazy_gettext("title, from Z to A"),
    "-changed": lazy_gettext("last changed first"),
    "changed": lazy_gettext("longest unchanged first"),
}


#: the columns of the table, each with the order that its heading asks for
COLUMNS = (
    (Order.NUMBER, lazy_gettext("No.")),
    (Order.TITLE, lazy_gettext("Item")),
    (None, lazy_gettext("Owner")),
    (Order.DUE, lazy_gettext("Due")),
    (Order.PROGRESS, lazy_gettext("Progress")),
    (None, lazy_gettext("News")),
)
#: the fields behind "Filter" that name what to choose, in their order, and those to tick
SELECTS = (
    "progress", "owner", "milestone", "meeting", "waiting", "addressee", "response", "party", "supported", "concern",
    "group", "theme", "kind", "dated", "before", "visibility",
)  # fmt: skip
TICKS = (
    "late", "past", "quiet", "unowned", "unaddressed", "disputed", "declined", "mine", "free", "followed",
)  # fmt: skip


class Chip(NamedTuple):
    """A filter in use, in words, and the address of the list without it."""

    words: str
    without: str


class ListColumn(NamedTuple):
    """The heading of a column: its words, and if the table can be sorted by it, how it is and where it leads."""

    label: str
    is_number: bool
    href: str | None = None
    aria_sort: str | None = None
    arrow: str = ""


def layout_in_words(view: str | None, sort: str | None) -> list[str]:
    """Return how a list is laid out and sorted, in words; nothing where it is as usual."""
    laid_out = [str(name) for value, name in LAYOUTS.items() if value == view]
    ordered = [str(gettext("sorted by %(order)s", order=words)) for value, words in SORTINGS.items() if value == sort]
    return laid_out + ordered


@dataclass(frozen=True)
class ListState:
    """The state of a list."""

    make_form: Callable[[], FilterForm]
    view: ListLayout

    @cached_property
    def form(self) -> FilterForm:
        """Return the filter with all that it offers: hundreds of names, so only where somebody filters."""
        return self.make_form()

    @cached_property
    def chosen(self) -> dict[str, str]:
        """Return the filters in use, as the query of its address."""
        if FILTERS.isdisjoint(request.args):
            return {}
        return self.form.chosen()

    @property
    def filters(self) -> int:
        """Return how many filters are in use besides the words of the search box."""
        return len(self.chosen.keys() - {"q"})

    @property
    def is_open(self) -> bool:
        """Tell whether the address asks for the fields of the filter, or a name typed into one is not clear."""
        if request.args.get("filter") == "open":
            return True
        has_typed = any(name.endswith(TYPED) for name in request.args)
        return has_typed and bool(self.form.errors)

    @cached_property
    def item_filter(self) -> ItemFilter:
        """Return the filter as the domain takes it; "mine" is the reader's."""
        if not self.chosen:
            return ItemFilter()
        return self.form.item_filter(getattr(context.person_or_none(), "id", None))

    def unshown(self) -> Iterator[tuple[str, str]]:
        """Yield what the search box keeps of the list although no field shows it: name and value."""
        for name, value in self.query.items():
            # The fields of an open filter hold their values themselves.
            if name == "view" or (name != "q" and not self.is_open):
                yield name, value

    def selects(self) -> list[Any]:
        """Return the fields that this reader may choose from."""
        unoffered = set() if self.form.offered.is_inside else {"owner", "party", "visibility"}
        return [self.form[name] for name in SELECTS if name not in unoffered]

    def ticks(self) -> list[Any]:
        """Return the fields that this reader may tick."""
        unoffered = set() if self.form.offered.is_inside else {"declined"}
        if not self.form.offered.is_signed_in:
            unoffered |= {"mine", "free", "followed"}
        return [self.form[name] for name in TICKS if name not in unoffered]

    @cached_property
    def sorting(self) -> tuple[Order, bool]:
        """Return by what it is sorted, and whether downwards."""
        return order_of(request.args.get("sort"), USUAL[self.view])

    @property
    def sort(self) -> str:
        """Return the order as an address says it."""
        order, descending = self.sorting
        if descending:
            return f"-{order}"
        return order.value

    @property
    def query(self) -> dict[str, str]:
        """Return the query of its address."""
        query = dict(self.chosen)
        # What is usual is left out, so that one list has one address: caches and saved lists compare them.
        if self.view is not ListLayout.TABLE:
            query["view"] = self.view.value
        if self.sorting != (USUAL[self.view], False):
            query["sort"] = self.sort
        return query

    @property
    def kept(self) -> str:
        """Return the address after its question mark, as a saved list keeps it."""
        return urlencode(self.query)

    def address(self, endpoint: str = "items.listing", /, **changes: Any) -> str:
        """Return the address of this list with changes: None takes something out of it."""
        return url_for(endpoint, **(self.query | changes))

    def chips(self) -> list[Chip]:
        """Return the filters in use, each with the address of the list without it."""
        if not self.chosen:
            return []
        return [Chip(words, self.address(**{name: None})) for name, words in self.form.in_words()]

    def tabs(self) -> list[tuple[str, str, bool]]:
        """Return the name and address of each layout of the same items, and whether it is this one."""
        tabs = []
        for layout, name in VIEW_NAMES.items():
            value = None if layout is ListLayout.TABLE else layout.value
            tabs.append((str(name), self.address(view=value), layout is self.view))
        return tabs

    def columns(self) -> list[ListColumn]:
        """Return the headings of the table."""
        return [self._column(order, str(label)) for order, label in COLUMNS]

    def _column(self, order: Order | None, label: str) -> ListColumn:
        if order is None:
            return ListColumn(label, is_number=label == gettext("News"))
        arrow = ""
        if self.sorting == (order, False):
            arrow = "↑"
        elif self.sorting == (order, True):
            arrow = "↓"
        return ListColumn(label, order is Order.NUMBER, self.resorted(order), self.aria_sort(order), arrow)

    def resorted(self, name: str) -> str:
        """Return the address of the list in that order; the order that it has already is reversed."""
        sort = name
        if self.sorting == (Order(name), False):
            sort = f"-{name}"
        # Sorted as usual, the address says nothing of it.
        if sort == USUAL[self.view].value:
            return self.address(sort=None)
        return self.address(sort=sort)

    def aria_sort(self, name: str) -> str:
        """Return what a column's heading says of the order."""
        order, descending = self.sorting
        if order != name:
            return "none"
        if descending:
            return "descending"
        return "ascending"
