"""Pages printed by the browser: no text lies on another where a sheet ends, and nothing to press is on paper."""

import io
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

import pypdf
import pytest

from tests.town import Town

with suppress(ImportError):
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
#: so small a sheet ends within everything that can be cut by its end, also on a short page
SHEET = {"width": "148mm", "height": "80mm"}
#: of a letter's height: the least width that letters have on average
NARROWEST = 0.35
PAGES = [
    "/items/1", "/items/3", "/items", "/items?print=1", "/milestones/spring", "/milestones/spring/agenda",
    "/milestones/spring/agenda/print", "/meetings/{meeting}", "/reports/spring", "/reports/spring/v1",
]  # fmt: skip
CONTROLS = """
() => [...document.querySelectorAll("nav, form, button, input, select, textarea, .button, .banner, .menu")]
  .filter(e => e.checkVisibility({visibilityProperty: true})).map(e => e.outerHTML.slice(0, 90))
"""
FOLDED = """
() => [...document.querySelectorAll("main details:not(:has(form), form *) > :not(summary)")]
  .filter(e => !e.checkVisibility({contentVisibilityAuto: true})).map(e => e.outerHTML.slice(0, 90))
"""


@dataclass(frozen=True)
class PrintedText:
    """A piece of text as it stands on a sheet, in points from the sheet's foot and left edge."""

    text: str
    left: float
    foot: float
    height: float

    @property
    def right(self) -> float:
        return self.left + NARROWEST * self.height * len(self.text)

    def lies_on(self, other: "PrintedText") -> bool:
        """Tell whether the two share more than the leading between lines; a rimmed number is drawn twice."""
        if (self.text, round(self.left)) == (other.text, round(other.left)):
            return False
        is_same_height = abs(self.foot - other.foot) < 0.6 * min(self.height, other.height)
        return is_same_height and min(self.right, other.right) - max(self.left, other.left) > 3


def texts_of(sheet: pypdf.PageObject) -> list[PrintedText]:
    texts: list[PrintedText] = []

    def note(text: str, drawn: list[float], place: list[float], _font: object, size: float) -> None:
        across, _, _, up, left, foot = drawn
        if text.strip():
            height = abs(size * place[3] * up)
            texts.append(PrintedText(text.strip(), across * place[4] + left, up * place[5] + foot, height))

    sheet.extract_text(visitor_text=note)
    return texts


def overprinted(pdf: bytes) -> Iterator[str]:
    """Yield which two texts of a sheet lie on each other."""
    for number, sheet in enumerate(pypdf.PdfReader(io.BytesIO(pdf)).pages, 1):
        texts = sorted(texts_of(sheet), key=lambda text: text.foot)
        for place, text in enumerate(texts):
            near = (other for other in texts[place + 1 : place + 40] if text.lies_on(other))
            yield from (f"sheet {number}: {text.text[:40]} | {other.text[:40]}" for other in near)


@pytest.fixture
def window(windows: dict[str | None, "Page"]) -> Iterator["Page"]:
    """The secretariat's window as a printer sees it."""
    page = windows["secretariat"]
    page.emulate_media(media="print")
    yield page
    page.emulate_media(media="screen")


@pytest.mark.parametrize("address", PAGES)
def test_a_printed_page_has_all_text_once_and_nothing_to_press(town: Town, window: "Page", address: str) -> None:
    window.goto(address.format(**town.names))
    assert window.evaluate(CONTROLS) == []
    assert window.evaluate(FOLDED) == []
    assert list(overprinted(window.pdf(**SHEET))) == []


def test_paper_says_where_the_page_is(window: "Page") -> None:
    window.goto("/items/1")
    text = "".join(sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(window.pdf())).pages)
    assert "/items/1" in text.replace("\n", "")
