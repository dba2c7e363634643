"""Sets a paper as PDF/UA-1 and PDF/A-2a.

What people wrote reaches the template as data and is never read as markup. The typefaces are the project's own, so the
print is the same on every machine; a letter that none of them has would break the standard and is shown as �.
"""

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any, Literal, cast

import typst

from tracker.reports.charts import svg
from tracker.reports.paper import Paper, PaperSection
from tracker.reports.print.typefaces import shown, typefaces
from tracker.text import writable

HERE = Path(__file__).parent
TEMPLATE = HERE / "report.typ"
#: width of the text on A4, in the px of a chart: 1 px is .75 pt
CHART_WIDTH = 640
STANDARDS: list[Literal["ua-1", "a-2a"]] = ["ua-1", "a-2a"]


def pdf(paper: Paper) -> bytes:
    """Return the print of the paper."""
    data = _every_text(writable, _plain(paper))
    try:
        return _set(data)
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
    return _set(_every_text(shown, data))


def _set(data: Any) -> bytes:
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    compiler = typst.Compiler(TEMPLATE, root=HERE, font_paths=typefaces(), sys_inputs=inputs)
    return cast(bytes, compiler.compile(format="pdf", pdf_standards=[*STANDARDS]))


def _plain(paper: Paper) -> dict[str, Any]:
    return {
        **asdict(paper),
        "date": paper.date.isoformat(),
        "sections": [_plain_section(section, paper.is_rtl) for section in paper.sections],
    }


def _plain_section(section: PaperSection, is_rtl: bool) -> dict[str, Any]:
    chart = section.chart
    drawing = chart and {
        "svg": svg(chart, width=CHART_WIDTH, rtl=is_rtl),
        "alt": f"{chart.title}. {chart.description}",
    }
    return {**asdict(section), "chart": drawing}


def _every_text(change: Callable[[str], str], data: Any) -> Any:
    """Return the data with every text in it changed: the values, never the JSON, which has escapes of its own."""
    match data:
        case str():
            return change(data)
        case dict():
            return {key: _every_text(change, value) for key, value in data.items()}
        case list() | tuple():
            return [_every_text(change, value) for value in data]
    return data
