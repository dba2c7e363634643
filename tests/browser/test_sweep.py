"""Every page of the town in a real browser: nothing is in anybody's way, by day or night, on telephone or projector."""

from collections.abc import Iterator
from contextlib import suppress

import pytest

from tests.browser.looking import faults, give_axe, layout_faults
from tests.town import Town
from tests.town.addresses import Address, every_page

with suppress(ImportError):
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
#: the pages are looked at in so many tests, so that several workers share them
PARTS = 6
HEIGHT = 800
#: both themes and both widths; colours do not depend on the width
LOOKS = ((1280, "dark"), (360, "light"))


def shown(page: "Page", width: int, theme: str = "light") -> None:
    page.set_viewport_size({"width": width, "height": HEIGHT})
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]


def looked_at(page: "Page", address: Address) -> Iterator[tuple[str, str]]:
    """Yield where, and what is wrong with the page."""
    noise: list[str] = []
    page.on("console", lambda message: noise.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: noise.append(str(error)))
    shown(page, 1280)
    page.goto(address.path)
    yield from (("script", text) for text in noise)
    give_axe(page)
    for width, theme in LOOKS:
        shown(page, width, theme)
        yield from ((f"{width} {theme}", fault) for fault in faults(page))
    for width in (2560, 640, 360, 320):
        shown(page, width)
        yield from ((f"{width}", fault) for fault in layout_faults(page))


@pytest.mark.parametrize("part", range(PARTS))
def test_no_page_is_in_anybodys_way(town: Town, windows: dict[str | None, "Page"], part: int) -> None:
    found = [
        f"{address.path} ({address.reader or 'stranger'}) {where}: {fault}"
        for address in every_page(town)[part::PARTS]
        for where, fault in looked_at(windows[address.reader], address)
    ]
    assert not found, "\n".join(found)
