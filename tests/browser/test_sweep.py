"""Every page of the town in a real browser: nothing is in anybody's way, by day or night, on telephone or projector."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress

import pytest

from tests.browser.fonts import FONTS
from tests.browser.looking import OPEN, faults, layout_faults, overprinted, too_wide
from tests.town import Town
from tests.town.addresses import Address, every_page

with suppress(ImportError):
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
Windows = dict[str | None, "Page"]
Look = Callable[["Page"], list[str]]
Looks = tuple[int, str, tuple[Look, ...]]
#: the pages are looked at in so many tests, so that several workers share them
PARTS = 6
HEIGHT = 800
#: what is looked for at each width, in an order that spares drawing anew; both themes and both widths for axe, as
#: colours do not depend on the width
LOOKS: tuple[Looks, ...] = (
    (1280, "dark", (faults,)),
    (2560, "dark", (layout_faults,)),
    (800, "dark", (layout_faults,)),
    (640, "dark", (layout_faults,)),
    (360, "light", (faults, layout_faults)),
    (320, "light", (layout_faults,)),
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


def looked_at(page: "Page", address: Address, looks_at: Iterable[Looks] = LOOKS) -> Iterator[tuple[str, str]]:
    """Yield where, and what is wrong with the page."""
    noise: list[str] = []
    page.on("console", lambda message: noise.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: noise.append(str(error)))
    shown(page, 1280, "dark")
    page.goto(address.path)
    yield from (("script", text) for text in noise)
    page.evaluate(OPEN)
    for width, theme, looks in looks_at:
        shown(page, width, theme)
        yield from ((f"{width} {theme}", fault) for look in looks for fault in look(page))


@pytest.mark.parametrize("part", range(PARTS))
def test_no_page_is_in_anybodys_way(town: Town, windows: Windows, part: int) -> None:
    found = [
        f"{address.path} ({address.reader or 'stranger'}) {where}: {fault}"
        for address in every_page(town)[part::PARTS]
        for where, fault in looked_at(windows[address.reader], address)
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("part", range(PARTS))
def test_no_page_depends_on_the_font(town: Town, windows_with: Callable[[str], Windows], part: int) -> None:
    windows = windows_with(FONTS[1])
    found = [
        f"{address.path} ({address.reader or 'stranger'}) {where}: {fault}"
        for address in every_page(town)[part::PARTS]
        for where, fault in looked_at(windows[address.reader], address, IN_ANOTHER_FONT)
    ]
    assert not found, "\n".join(found)


def on_paper(page: "Page", address: Address) -> Iterator[tuple[int, str]]:
    """Yield on which sheet, and which texts are printed over each other or beside the sheet."""
    page.goto(address.path)
    page.emulate_media(media="print")
    for width in SHEETS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        yield from ((width, fault) for look in (overprinted, too_wide) for fault in look(page))
    page.emulate_media(media="screen")


@pytest.mark.parametrize("part", range(PARTS))
def test_no_text_is_printed_over_another(town: Town, windows: Windows, part: int) -> None:
    found = [
        f"{address.path} ({address.reader or 'stranger'}) {sheet}: {fault}"
        for address in every_page(town)[part::PARTS]
        for sheet, fault in on_paper(windows[address.reader], address)
    ]
    assert not found, "\n".join(found)
