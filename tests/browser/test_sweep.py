"""Every page of the town in a real browser: nothing is in anybody's way, on telephone, projector and paper.

To fetch a page costs as much as several looks at it, so one visit serves all of them.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress

import pytest

from tests.browser.fonts import FONTS
from tests.browser.looking import (
    OPEN,
    faults,
    give_axe,
    layout_faults,
    overprinted,
    small_for_a_thumb,
    theme_faults,
    too_wide,
    turning_widths,
    width_faults,
)
from tests.browser.test_bars import under_bars
from tests.town import Town
from tests.town.addresses import Address, every_page

with suppress(ImportError):
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
Windows = dict[str | None, "Page"]
Look = Callable[["Page"], list[str]]
#: where on a page, and what is wrong there
Place = tuple[str, str]
Looks = tuple[int, str, tuple[Look, ...]]
#: the pages are looked at in so many tests, so that several workers share them
PARTS = 6
HEIGHT = 800
#: what is looked for at each width, in an order that spares drawing anew. What axe finds in the page as such is the
#: same at every width and in both themes, so all its rules are asked once, the colours once a theme.
LOOKS: tuple[Looks, ...] = (
    (1280, "dark", (faults, layout_faults)),
    (2560, "dark", (layout_faults,)),
    (800, "dark", (layout_faults,)),
    (768, "dark", (width_faults, layout_faults)),
    (640, "dark", (layout_faults,)),
    (360, "light", (theme_faults, layout_faults, small_for_a_thumb)),
    (320, "light", (width_faults, layout_faults)),
    # where the layout changes, a page is most easily wider than the screen
    *((width, "light", (too_wide,)) for width in turning_widths()),
)
#: what another font can change
IN_ANOTHER_FONT: tuple[Looks, ...] = (
    (1280, "dark", (layout_faults,)),
    (320, "dark", (layout_faults,)),
)
#: an upright A4 with a browser's own margins, without any, and lying
SHEETS = (718, 794, 1047)


def shown(page: "Page", width: int, theme: str) -> None:
    if page.viewport_size != (size := {"width": width, "height": HEIGHT}):
        page.set_viewport_size(size)  # type: ignore[arg-type]
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]


def visited(page: "Page", address: Address) -> list[str]:
    """Go to the page, and return what its scripts complain of."""
    noise: list[str] = []
    page.on("console", lambda message: noise.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: noise.append(str(error)))
    shown(page, 1280, "dark")
    page.goto(address.path)
    return noise


def looked_at(page: "Page", looks_at: Iterable[Looks]) -> Iterator[Place]:
    """Yield where, and what is wrong with the page, all of it unfolded."""
    page.evaluate(OPEN)
    for width, theme, looks in looks_at:
        shown(page, width, theme)
        yield from ((f"{width} {theme}", fault) for look in looks for fault in look(page))


def on_paper(page: "Page") -> Iterator[Place]:
    """Yield on which sheet, and which texts are printed over each other or beside the sheet."""
    page.emulate_media(media="print")
    for width in SHEETS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        yield from ((f"{width} on paper", fault) for look in (overprinted, too_wide) for fault in look(page))
    page.emulate_media(media="screen")


def faults_of(page: "Page", address: Address) -> Iterator[Place]:
    """Yield where, and what is wrong with the page: first as it comes, then unfolded."""
    yield from (("script", text) for text in visited(page, address))
    yield from on_paper(page)
    yield from ((f"{width} by key", fault) for width in (1280, 360) for fault in under_bars(page, width))
    give_axe(page)
    yield from looked_at(page, LOOKS)


def faults_in_another_font(page: "Page", address: Address) -> Iterator[Place]:
    """Yield where, and what is wrong with the page that this window draws with another font."""
    yield from (("script", text) for text in visited(page, address))
    yield from looked_at(page, IN_ANOTHER_FONT)


def found_on(part: int, town: Town, windows: Windows, look: Callable[["Page", Address], Iterable[Place]]) -> list[str]:
    """Return where, and what is wrong on the pages of that part of the town."""
    return [
        f"{address.path} ({address.reader or 'stranger'}) {where}: {fault}"
        for address in every_page(town)[part::PARTS]
        for where, fault in look(windows[address.reader], address)
    ]


@pytest.mark.parametrize("part", range(PARTS))
def test_no_page_is_in_anybodys_way(town: Town, windows: Windows, part: int) -> None:
    faults_found = found_on(part, town, windows, faults_of)
    assert not faults_found, "\n".join(faults_found)


@pytest.mark.parametrize("part", range(PARTS))
def test_no_page_depends_on_the_font(town: Town, windows_with: Callable[[str], Windows], part: int) -> None:
    faults_found = found_on(part, town, windows_with(FONTS[1]), faults_in_another_font)
    assert not faults_found, "\n".join(faults_found)
