"""Status marks: a small shape and a word, the same in page, mail, paper and slide; never colour alone."""

from functools import lru_cache
from typing import Protocol

from flask import Flask
from markupsafe import Markup

from tracker.items.models import Progress, ProposerView
from tracker.items.party_models import ClosingDoubt
from tracker.items.status import doubt
from tracker.web.app.value_words import word
from tracker.wording.stored_values import SHAPES


class MarkedItem(Protocol):
    """An item, or what a list holds of one."""

    @property
    def progress(self) -> str:
        """Return how far it has come."""

    @property
    def proposer_view(self) -> str | None:
        """Return what whoever put it forward says of that."""


def mark(value: str) -> Markup:
    """Return the mark of a stored value."""
    # Cached by value and word: a list of fifty items draws a dozen different marks.
    return _drawn(value, word(value))


@lru_cache(maxsize=1000)
def _drawn(value: str, text: str) -> Markup:
    template = '<span class="mark mark-%s"><span class="shape" aria-hidden="true">%s</span> %s</span>'
    return Markup(template) % (value, SHAPES[value], text)  # noqa: S704 - a constant, and what goes in is escaped


def doubt_mark(doubt: str) -> Markup:
    """Return what stands beside "done" where a proposer or supporter disputes it, or calls it partly done."""
    return Markup('<span class="mark mark-disputed">{}</span>').format(word(doubt))


def doubt_of(item: MarkedItem) -> ClosingDoubt | None:
    """Return what takes away from the item's closing."""
    if item.proposer_view is None:
        return None
    return doubt(Progress(item.progress), ProposerView(item.proposer_view))


def standing(item: MarkedItem) -> Markup:
    """Return how far an item has come; a "done" that somebody doubts is never shown as done alone."""
    progress = mark(item.progress)
    closing_doubt = doubt_of(item)
    if closing_doubt:
        return Markup("{} {}").format(progress, doubt_mark(closing_doubt))
    return progress


def register(app: Flask) -> None:
    """Give the marks to the templates, as filters: a filter is called without the detour of a macro."""
    app.jinja_env.filters.update(mark=mark, standing=standing, doubt=doubt_of)
    app.jinja_env.globals.update(shape=SHAPES, doubt_mark=doubt_mark)
