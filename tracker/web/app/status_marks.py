"""Status marks: a small drawing and a word, the same in page, paper and slide; never colour alone.

The drawing stands in the page itself: it needs no font and no second request, and a saved or printed page has it too.
"""

from functools import cache, lru_cache
from typing import Protocol

from flask import Flask
from markupsafe import Markup

from tracker.items.models import Progress, ProposerView
from tracker.items.party_models import ClosingDoubt
from tracker.items.status import doubt
from tracker.web.app.value_words import word
from tracker.wording.mark_drawings import DRAWINGS, SIZE
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
    """Return the mark of a stored value: what every page and list shows for it."""
    # Cached by value and word: a list of fifty items draws a dozen different marks.
    return labelled_mark(value, word(value))


# Typed, for markup and plain text that look alike are escaped differently.
@lru_cache(maxsize=1000, typed=True)
def labelled_mark(value: str, text: str) -> Markup:
    """Return the mark of a stored value with another word beside it, or with none where a heading says it."""
    template = Markup('<span class="mark mark-{}">{} {}</span>')
    return template.format(value, shape(SHAPES[value]), text)


@cache
def shape(sign: str) -> Markup:
    """Return the drawing of a sign of `SHAPES`, by itself."""
    template = f'<svg class="shape" viewBox="0 0 {SIZE} {SIZE}" aria-hidden="true">{DRAWINGS[sign]}</svg>'
    return Markup(template)  # noqa: S704 - constants


def doubt_mark(doubt: str) -> Markup:
    """Return what stands beside "done" where a proposer or supporter disputes it, or calls it partly done."""
    return Markup('<span class="mark mark-disputed">{}</span>').format(word(doubt))


def counted_marks() -> dict[str, Markup]:
    """Return the mark of everything that items are counted as: drawn once for a page that counts in many places."""
    return {value: mark(value) for value in Progress} | {value: doubt_mark(value) for value in ClosingDoubt}


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
    app.jinja_env.filters.update(mark=mark, standing=standing, doubt=doubt_of, shape=shape)
    app.jinja_env.globals.update(signs=SHAPES, doubt_mark=doubt_mark, labelled_mark=labelled_mark)
