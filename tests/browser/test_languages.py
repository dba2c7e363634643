"""Layouts hold in other languages: every page with longer words, from left to right and from right to left."""

from collections.abc import Iterator
from contextlib import suppress

import pytest

from tests.browser.looking import OPEN, layout_faults
from tests.town import Town
from tests.town.addresses import Address, every_page
from tests.web.pseudo import speaking

with suppress(ImportError):
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
PARTS = 4
#: its days, figures and direction are real; the words are the tests' own
RIGHT_TO_LEFT = "ar"


def looked_at(page: "Page", address: Address) -> Iterator[tuple[str, str]]:
    """Yield where, and what does not hold."""
    page.goto(address.path)
    page.evaluate(OPEN)
    # A page that a mail leads to speaks the language of the person whose mail it is, whatever the browser's.
    if not address.path.startswith("/a/"):
        assert page.evaluate("document.documentElement.dir") == "rtl"
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        for direction in ("rtl", "ltr"):
            page.evaluate("direction => { document.documentElement.dir = direction; }", direction)
            yield from ((f"{width} {direction}", fault) for fault in layout_faults(page))


@pytest.mark.parametrize("part", range(PARTS))
def test_longer_words_fit_in_both_directions(town: Town, windows: dict[str | None, "Page"], part: int) -> None:
    with speaking(town.app, RIGHT_TO_LEFT):
        found = [
            f"{address.path} {where}: {fault}"
            for address in every_page(town)[part::PARTS]
            for where, fault in looked_at(windows[address.reader], address)
        ]
    assert not found, "\n".join(found)
