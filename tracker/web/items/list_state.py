"""What a list of items shows and how: the state that its address says, and the addresses of its neighbours."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any, ClassVar, NamedTuple
from urllib.parse import urlencode

from flask import request, url_for
from flask_babel import gettext, lazy_gettext

from tracker.items.list_filter import ItemFilter, Order
from tracker.web.app import context
from tracker.web.items.forms.filter import FilterForm, order_of


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
#: by what each is sorted where its address does not say
USUAL = {ListLayout.TABLE: Order.NUMBER, ListLayout.BOARD: Order.DUE, ListLayout.TIMELINE: Order.DUE}
SORTINGS = {
    "number": lazy_gettext("number"),
    "-number": lazy_gettext("number, the last first"),
    "due": lazy_gettext("due, the soonest first"),
    "-due": lazy_gettext("due, the latest first"),
    "progress": lazy_gettext("progress"),
    "-progress": lazy_gettext("progress, the closed first"),
    "title": lazy_gettext("title"),
    "-title": lazy_gettext("title, from Z to A"),
    "-changed": lazy_gettext("changed last"),
    "changed": lazy_gettext("not changed for longest"),
}


#: so many names to choose from burden no telephone
MOST_OFFERED = 400


class Chip(NamedTuple):
    """One thing that narrows the list, in words, and the address of the list without it."""

    words: str
    without: str


def layout_in_words(view: str | None, sort: str | None) -> list[str]:
    """Return how a list is laid out and sorted, in words; nothing where it is as usual."""
    laid_out = [str(name) for value, name in LAYOUTS.items() if value == view]
    ordered = [str(gettext("sorted by %(order)s", order=words)) for value, words in SORTINGS.items() if value == sort]
    return laid_out + ordered


@dataclass(frozen=True)
class ListState:
    """The state of a list."""

    form: FilterForm
    view: ListLayout
    #: the fields that stand first
    usual: ClassVar = ("q", "progress", "owner", "milestone")

    @cached_property
    def chosen(self) -> dict[str, str]:
        """Return what narrows it, as the query of its address."""
        return self.form.chosen()

    @property
    def is_open(self) -> bool:
        """Tell whether the further ways to narrow stand open: they were asked for, or one is in use."""
        return "more" in request.args or bool(self.chosen.keys() - set(self.usual))

    @property
    def is_whole(self) -> bool:
        """Tell whether the further ways come with the page: hundreds of names are fetched when they are asked for."""
        return self.is_open or self.form.offers() <= MOST_OFFERED

    @cached_property
    def item_filter(self) -> ItemFilter:
        """Return what is asked of the items; "mine" is the reader's."""
        reader = context.person_or_none()
        return self.form.item_filter(reader.id if reader else None)

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
        """Return all that its address says."""
        said = dict(self.chosen)
        if self.view is not ListLayout.TABLE:
            said["view"] = self.view.value
        if self.sorting != (USUAL[self.view], False):
            said["sort"] = self.sort
        return said

    @property
    def kept(self) -> str:
        """Return the address after its question mark, as a view keeps it."""
        return urlencode(self.query)

    def address(self, endpoint: str = "items.listing", /, **changes: Any) -> str:
        """Return the address of this list with changes: None takes something out of it."""
        return url_for(endpoint, **(self.query | changes))

    def chips(self) -> list[Chip]:
        """Return what narrows it, each to be taken away."""
        return [Chip(words, self.address(**{name: None})) for name, words in self.form.told()]

    def tabs(self) -> list[tuple[str, str, bool]]:
        """Return the name and address of each view of the same items, and whether it is this one."""
        return [
            (str(name), self.address(view=None if view is ListLayout.TABLE else view.value), view is self.view)
            for view, name in VIEW_NAMES.items()
        ]

    def resorted(self, name: str) -> str:
        """Return the address of the list sorted so; the order it has already is turned round."""
        turned = self.sorting == (Order(name), False)
        sort = f"-{name}" if turned else name
        return self.address(sort=None if sort == USUAL[self.view].value else sort)

    def aria_sort(self, name: str) -> str:
        """Return what a column's heading says of the order."""
        order, descending = self.sorting
        if order != name:
            return "none"
        if descending:
            return "descending"
        return "ascending"
