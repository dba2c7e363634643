"""What is worked out once for all who see the same, until anything that is recorded changes.

The newest line of history tells whether something has: no such change is committed without a line (history.guard).
That holds for a page that only reads, and on SQLite, where writers come one after the other; on PostgreSQL a line may
be committed after one with a larger number, so there nothing is kept.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

from flask import Flask, current_app, g, request

from tracker import history
from tracker.web.app import context

Made = TypeVar("Made")
Key = tuple[int, str, int, bool]


def kept(name: str, make: Callable[[], Made]) -> Made:
    """Return what `make` makes of the register, and of whether the reader sees all of it: of these two alone."""
    session = context.session()
    body_id = context.body_id()
    is_partial = body_id in context.sight().only_rapporteur_in  # he sees what nobody else does
    if is_partial or request.method not in context.SAFE_METHODS or session.get_bind().dialect.name != "sqlite":
        return make()
    if "newest" not in g:
        g.newest = history.newest(session)
    shelf: dict[Key, Any] = current_app.extensions["shelf"]
    key = (g.newest, name, body_id, body_id in context.sight().register_ids)
    with suppress(KeyError):  # asked once: another thread may throw it away between two questions
        found: Made = shelf[key]
        return found
    made = make()
    for old in [one for one in list(shelf) if one[0] != g.newest]:
        shelf.pop(old, None)
    shelf[key] = made
    return made


def register(app: Flask) -> None:
    """Give the application an empty shelf."""
    app.extensions["shelf"] = {}
