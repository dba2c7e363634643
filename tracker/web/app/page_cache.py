"""Values that are computed once for all who see the same, until the next recorded change.

The newest line of history tells whether something has: no such change is committed without a line (history.guard).
That holds for a page that only reads, and on SQLite, where writers come one after the other; on PostgreSQL a line may
be committed after one with a larger number, so there nothing is kept. `context.kept` decides what is.
"""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from flask import Flask

from tracker.web.app.request_facts import Mark

Value = TypeVar("Value")


class Shelf:
    """Holds values by key, all of one state of the history."""

    def __init__(self) -> None:
        # Replaced as one, so that no thread meets the values of one state under the mark of another.
        self.contents: tuple[Mark | None, dict[Hashable, Any]]
        self.clear()

    def clear(self) -> None:
        """Begin anew."""
        self.contents = (None, {})

    def value(self, mark: Mark, key: Hashable, make: Callable[[], Value]) -> Value:
        """Return the value under that key as of that state of the history, made now unless it is there."""
        mark_of_values, values = self.contents
        if mark_of_values != mark:
            values = {}
            self.contents = (mark, values)
        if key not in values:
            values[key] = make()
        value: Value = values[key]
        return value


def register(app: Flask) -> None:
    """Give the application an empty shelf."""
    app.extensions["shelf"] = Shelf()
