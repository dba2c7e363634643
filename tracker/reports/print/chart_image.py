"""A chart as a picture of pixels, for files that cannot hold the drawing itself."""

from typing import cast

import typst

from tracker.reports.charts import Chart, svg
from tracker.reports.print.typefaces import typefaces

WIDTH = 640
DOTS_AN_INCH = 200
SHEET = b'#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.svg), format: "svg")'


def png(chart: Chart, *, rtl: bool = False) -> bytes:
    """Return the drawing as PNG, 640 px wide at 96 dots an inch and finer than that."""
    compiler = typst.Compiler(SHEET, font_paths=typefaces(), sys_inputs={"svg": svg(chart, width=WIDTH, rtl=rtl)})
    return cast(bytes, compiler.compile(format="png", ppi=DOTS_AN_INCH))
