"""The report as a PDF (PDF/UA-1 and PDF/A-2a), and a chart as a PNG: both set by typst.

What people wrote reaches the template as data and is never read as markup. The typefaces are the project's own, so the
print is the same on every machine. The standards forbid a letter that no typeface has: it is printed as �.
"""

import json
from collections.abc import Callable
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any, Literal, cast

import typst

from tracker.reports.charts import Chart, svg
from tracker.reports.opening import with_counts
from tracker.reports.paper import Paper, PaperSection
from tracker.text import writable
from tracker.wording.mark_drawings import DRAWINGS, svg_file

HERE = Path(__file__).parent
FONTS = HERE / "fonts"
TEMPLATE = HERE / "report.typ"
# UA-1 is for people who listen to the page, A-2a for archives: a progress report must serve both.
STANDARDS: list[Literal["ua-1", "a-2a"]] = ["ua-1", "a-2a"]
INK = "#1b1b1b"
#: px: the width of the text on A4, where 1 px is .75 pt
CHART_WIDTH = 640
PNG_PAGE = b'#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.svg), format: "svg")'
# Enough to print the chart sharply across a page.
PNG_DOTS_PER_INCH = 200
# A mark is a few millimetres high, and shown on a projector.
MARK_DOTS_PER_INCH = 600
UNPRINTABLE = "\ufffd"


def pdf(paper: Paper) -> bytes:
    """Return the paper as a PDF."""
    data = _map_texts(writable, _as_data(paper))
    try:
        return _compile_pdf(data)
    except typst.TypstError as error:
        # A missing letter is rare, and looking for one in every text is slow: so only after typst has refused.
        if "could not be displayed" not in str(error):
            raise
    return _compile_pdf(_map_texts(with_printable_letters, data))


def png(chart: Chart, *, rtl: bool = False) -> bytes:
    """Return the chart as a PNG, for files that cannot hold the drawing itself: 640 px wide at 96 dots an inch."""
    inputs = {"svg": svg(chart, width=CHART_WIDTH, rtl=rtl)}
    compiler = typst.Compiler(PNG_PAGE, font_paths=typefaces(), sys_inputs=inputs)
    return cast(bytes, compiler.compile(format="png", ppi=PNG_DOTS_PER_INCH))


@cache
def mark_png(sign: str) -> bytes:
    """Return the drawing of a status mark (a sign of `SHAPES`) as a PNG, for files that hold no SVG."""
    compiler = typst.Compiler(PNG_PAGE, font_paths=typefaces(), sys_inputs={"svg": svg_file(sign, INK)})
    return cast(bytes, compiler.compile(format="png", ppi=MARK_DOTS_PER_INCH))


@cache
def typefaces() -> typst.Fonts:
    """Return the project's typefaces, and none of the machine's."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


@cache
def printable_code_points() -> frozenset[int]:
    """Return the code points that the typefaces together can print."""
    ranges = [line.split("-") for line in (FONTS / "covered.txt").read_text("ascii").split()]
    return frozenset(code for ends in ranges for code in range(int(ends[0], 16), int(ends[-1], 16) + 1))


def with_printable_letters(text: str) -> str:
    """Return the text with � for every letter that no typeface has."""
    printable = printable_code_points() | {ord("\n")}
    return "".join(letter if ord(letter) in printable else UNPRINTABLE for letter in text)


def _compile_pdf(data: Any) -> bytes:
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    compiler = typst.Compiler(TEMPLATE, root=HERE, font_paths=typefaces(), sys_inputs=inputs)
    return cast(bytes, compiler.compile(format="pdf", pdf_standards=[*STANDARDS]))


def _as_data(paper: Paper) -> dict[str, Any]:
    return {
        **asdict(paper),
        "marks": {sign: svg_file(sign, INK) for sign in DRAWINGS},
        "date": paper.date.isoformat(),
        "opening": {**asdict(paper.opening), "bar": _drawing(with_counts(paper.opening.bar), paper.is_rtl)},
        "sections": [_section_as_data(section, paper.is_rtl) for section in paper.sections],
    }


def _section_as_data(section: PaperSection, is_rtl: bool) -> dict[str, Any]:
    return {**asdict(section), "chart": _drawing(section.chart, is_rtl)}


def _drawing(chart: Chart | None, is_rtl: bool) -> dict[str, str] | None:
    """Return the chart as SVG with the words that stand for it; None where there is nothing to draw."""
    if chart is None or not chart.bars:
        return None
    return {"svg": svg(chart, width=CHART_WIDTH, rtl=is_rtl), "alt": f"{chart.title}. {chart.description}"}


def _map_texts(change: Callable[[str], str], data: Any) -> Any:
    """Return the data with every text in it changed: the values, never the JSON, which has escapes of its own."""
    match data:
        case str():
            return change(data)
        case dict():
            return {key: _map_texts(change, value) for key, value in data.items()}
        case list() | tuple():
            return [_map_texts(change, value) for value in data]
    return data
