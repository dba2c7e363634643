"""Every page of the town in a real browser: nothing is in anybody's way, by day or night, on telephone or projector."""

from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest

from tests.browser.looking import OPEN, faults, layout_faults
from tests.town import Town
from tests.town.addresses import Address, every_page

with suppress(ImportError):
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
Look = Callable[["Page"], list[str]]
#: the pages are looked at in so many tests, so that several workers share them
PARTS = 6
HEIGHT = 800
#: what is looked for at each width, in an order that spares drawing anew; both themes and both widths for axe, as
#: colours do not depend on the width
LOOKS: tuple[tuple[int, str, tuple[Look, ...]], ...] = (
    (1280, "dark", (faults,)),
    (2560, "dark", (layout_faults,)),
    (640, "dark", (layout_faults,)),
    (360, "light", (faults, layout_faults)),
    (320, "light", (layout_faults,)),
)


def shown(page: "Page", width: int, theme: str) -> None:
    if page.viewport_size != (size := {"width": width, "height": HEIGHT}):
        page.set_viewport_size(size)  # type: ignore[arg-type]
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]


def looked_at(page: "Page", address: Address) -> Iterator[tuple[str, str]]:
    """Yield where, and what is wrong with the page."""
    noise: list[str] = []
    page.on("console", lambda message: noise.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: noise.append(str(error)))
    shown(page, 1280, "dark")
    page.goto(address.path)
    yield from (("script", text) for text in noise)
    page.evaluate(OPEN)
    for width, theme, looks in LOOKS:
        shown(page, width, theme)
        yield from ((f"{width} {theme}", fault) for look in looks for fault in look(page))


@pytest.mark.parametrize("part", range(PARTS))
def test_no_page_is_in_anybodys_way(town: Town, windows: dict[str | None, "Page"], part: int) -> None:
    found = [
        f"{address.path} ({address.reader or 'stranger'}) {where}: {fault}"
        for address in every_page(town)[part::PARTS]
        for where, fault in looked_at(windows[address.reader], address)
    ]
    assert not found, "\n".join(found)
