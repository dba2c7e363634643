"""The project's own typefaces, and which letters they have."""

from functools import cache
from pathlib import Path

import typst

FONTS = Path(__file__).parent / "fonts"
UNSHOWN = "\ufffd"


@cache
def typefaces() -> typst.Fonts:
    """Return the typefaces, and none of the machine's."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


@cache
def covered() -> frozenset[int]:
    """Return the code points that the typefaces together can show."""
    ranges = (line.split("-") for line in (FONTS / "covered.txt").read_text("ascii").split())
    return frozenset(code for ends in ranges for code in range(int(ends[0], 16), int(ends[-1], 16) + 1))


def shown(text: str) -> str:
    """Return the text with every letter that no typeface has as �."""
    return "".join(letter if ord(letter) in covered() or letter == "\n" else UNSHOWN for letter in text)
