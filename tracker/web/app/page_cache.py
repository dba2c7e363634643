"""Values that are computed once for all readers who see the same, until the next recorded change.

The newest line of history tells whether something has: no such change is committed without a line (history.guard).
That holds for a page that only reads, and on SQLite, where writers come one after the other; on PostgreSQL a line may
be committed after one with a larger number, so there nothing is kept.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

from flask import Flask, current_app, g, request

from tracker import history_queries
from tracker.web.app import context

Value = TypeVar("Value")
Key = tuple[int, str, int, bool]


def kept(name: str, make: Callable[[], Value]) -> Value:
    """Return `make()`, kept for others: it may depend on the register, and on whether the reader sees all of it."""
    session = context.session()
    body_id = context.body_id()
    is_partial = body_id in context.sight().only_rapporteur_in  # no two rapporteurs see the same
    if is_partial or request.method not in context.SAFE_METHODS or session.get_bind().dialect.name != "sqlite":
        return make()
    if "newest" not in g:
        g.newest = history_queries.newest(session)
    shelf: dict[Key, Any] = current_app.extensions["shelf"]
    key = (g.newest, name, body_id, body_id in context.sight().register_ids)
    with suppress(KeyError):  # asked once: another thread may throw it away between two questions
        value: Value = shelf[key]
        return value
    value = make()
    for old in list(shelf):
        if old[0] != g.newest:
            shelf.pop(old, None)
    shelf[key] = value
    return value


def register(app: Flask) -> None:
    """Give the application an empty shelf."""
    app.extensions["shelf"] = {}
