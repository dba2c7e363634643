"""The report as slides, 16:9, to be shown in the room: figures, what needs attention, charts that can be edited."""

import io
from collections.abc import Iterator, Sequence
from math import ceil

from pptx import Presentation
from pptx.chart.chart import Chart as Drawn
from pptx.chart.data import CategoryChartData
from pptx.chart.series import BarSeries
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
from pptx.enum.dml import MSO_PATTERN
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.presentation import Presentation as Deck
from pptx.shapes.autoshape import Shape
from pptx.slide import Slide
from pptx.table import _Cell
from pptx.text.text import _Paragraph
from pptx.util import Inches, Length, Pt

from tracker.reports.charts import BLANK, DOTS, HATCH, LOOKS, PLAIN, Chart
from tracker.reports.formats import Printed
from tracker.reports.formats.pdf import mark_png
from tracker.reports.opening import with_counts
from tracker.reports.paper import Cell, Paper, PaperSection, Table
from tracker.text import writable

WIDTH = Inches(13.333)
HEIGHT = Inches(7.5)
MARGIN = Inches(0.6)
INNER = Length(WIDTH - 2 * MARGIN)
TOP = Inches(1.35)
ROW = Inches(0.38)
#: pt: what the last row of a room reads, and what only the one who presents does
LARGE = 60
SAID = 24
TEXT = 16
SMALL = 12
#: pt: the height of a slide's table without its head, and what a row has above and below its text
TABLE_HEIGHT = 365
ROW_MARGINS = 8
CELL_MARGIN = 7.2
LEADING = 1.2
#: of a type's size: the width of a letter, on average a little less
LETTER = 0.6
#: slides for one table; the rest is in the report
MOST_PAGES = 2
#: of a presentation's properties, by its standard
LONGEST_PROPERTY = 255
NO_ZEROS = "0;;"
#: room for a mark before its word
MARK_WIDTH = Pt(16)
PAPER = RGBColor(0xFF, 0xFF, 0xFF)
INK = RGBColor(0x1B, 0x1B, 0x1B)
QUIET = RGBColor(0x55, 0x50, 0x4A)
RULE = RGBColor(0xF1, 0xEC, 0xE0)
#: the twins of the patterns of the drawing
PATTERNS = {HATCH: MSO_PATTERN.DARK_UPWARD_DIAGONAL, DOTS: MSO_PATTERN.PERCENT_20}
#: what the room does not need: tables of figures, the items one by one, and the notes on counting
LEFT_OUT = frozenset({"short", "by-theme", "by-owner", "apart", "items", "full", "counted"})


def to_pptx(printed: Printed) -> bytes:
    """Return the report as slides; what they leave out is at the address on the first."""
    paper = printed.paper
    deck = Presentation()
    deck.slide_width = WIDTH
    deck.slide_height = HEIGHT
    deck.core_properties.title = writable(paper.title)[:LONGEST_PROPERTY]
    deck.core_properties.language = paper.language
    _first(deck, paper)
    _figures(deck, paper)
    _bar(deck, paper)
    for section in paper.sections:
        if section.key not in LEFT_OUT:
            _section(deck, printed, section)
    file = io.BytesIO()
    deck.save(file)
    return file.getvalue()


def _first(deck: Deck, paper: Paper) -> None:
    slide = _slide(deck, paper, paper.title)
    lines = [paper.body, paper.occasion, *paper.lines, paper.cite_as or paper.address]
    box = slide.shapes.add_textbox(MARGIN, TOP, INNER, Inches(4))
    for line in filter(None, lines):
        _say(box, line, 20, paper)


def _figures(deck: Deck, paper: Paper) -> None:
    """Add the slide that the chair speaks to: the sentence, and at most three figures that the last row can read."""
    slide = _slide(deck, paper, paper.opening.bar.title)
    sentence = slide.shapes.add_textbox(MARGIN, TOP, INNER, Inches(1.5))
    _say(sentence, paper.opening.sentence, SAID, paper)
    width = Length(INNER // max(1, len(paper.opening.figures)))
    in_order = paper.opening.figures
    if paper.is_rtl:
        in_order = in_order[::-1]
    for place, figure in enumerate(in_order):
        box = slide.shapes.add_textbox(Length(MARGIN + place * width), Inches(3.2), width, Inches(2.2))
        _say(box, figure.number, LARGE, paper)
        _say(box, figure.label, 20, paper, QUIET)
    if paper.opening.compared:
        compared = slide.shapes.add_textbox(MARGIN, Inches(5.7), INNER, Inches(1))
        _say(compared, paper.opening.compared, 20, paper)


def _bar(deck: Deck, paper: Paper) -> None:
    """Add all items in one bar; its legend tells the numbers, for narrow parts have no room for theirs."""
    chart = paper.opening.bar
    if not chart.bars:
        return
    drawn = _chart(_slide(deck, paper, chart.title), with_counts(chart), chart.description)
    drawn.plots[0].has_data_labels = False
    drawn.category_axis.visible = False


def _slide(deck: Deck, paper: Paper, title: str) -> Slide:
    """Add a slide with a title of its own and, at its foot, what the report says of itself."""
    slide = deck.slides.add_slide(deck.slide_layouts[5])  # title only; its place is set for the wide page
    heading = slide.shapes.title
    heading.left = MARGIN
    heading.top = Inches(0.4)
    heading.width = INNER
    heading.height = Inches(0.8)
    frame = heading.text_frame
    frame.text = writable(title)
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    _align(frame.paragraphs[0], paper)
    frame.paragraphs[0].font.size = Pt(28)
    frame.paragraphs[0].font.bold = True
    foot = slide.shapes.add_textbox(MARGIN, Length(HEIGHT - Inches(0.5)), INNER, Inches(0.35))
    _say(foot, f"{paper.notice} {paper.captions}", 10, paper, QUIET)
    return slide


def _say(box: Shape, text: str, size: int, paper: Paper, colour: RGBColor = INK) -> None:
    """Add a paragraph to a box of text."""
    frame = box.text_frame
    frame.word_wrap = True
    # a new box has an empty paragraph already
    paragraph = frame.add_paragraph() if frame.text else frame.paragraphs[0]
    run = paragraph.add_run()
    run.text = writable(text)
    run.font.size = Pt(size)
    run.font.color.rgb = colour
    _align(paragraph, paper)


def _align(paragraph: _Paragraph, paper: Paper) -> None:
    paragraph.alignment = PP_ALIGN.RIGHT if paper.is_rtl else PP_ALIGN.LEFT
    if paper.is_rtl:
        paragraph._p.get_or_add_pPr().set("rtl", "1")


def _section(deck: Deck, printed: Printed, section: PaperSection) -> None:
    paper = printed.paper
    if section.text and not section.tables:
        slide = _slide(deck, paper, section.heading)
        box = slide.shapes.add_textbox(MARGIN, TOP, INNER, Inches(4))
        for text in section.text:
            _say(box, text, 20, paper)
    if section.chart:
        lines = (", ".join(cell.text for cell in row) for row in section.tables[0].rows)
        notes = "\n".join(lines)
        _chart(_slide(deck, paper, section.heading), section.chart, notes)
        return
    for table in section.tables:
        for title, rows in _pages(printed, section.heading, table):
            _table(_slide(deck, paper, title), paper, table, rows)


def _pages(printed: Printed, heading: str, table: Table) -> Iterator[tuple[str, Sequence[tuple[Cell, ...]]]]:
    """Yield the rows that find room on a slide each, and what the slide is called; the last says how many are left."""
    all_pages = _filled(table)
    pages = all_pages[:MOST_PAGES]
    left = sum(map(len, all_pages[MOST_PAGES:]))
    for number, rows in enumerate(pages, 1):
        title = f"{heading}: {table.caption}"
        if len(pages) > 1:
            title += f" ({number}/{len(pages)})"
        if left > 0 and rows is pages[-1]:
            title += " " + printed.wording.language.ngettext("and %(num)d more", "and %(num)d more", left)
        yield title, rows


def _filled(table: Table) -> list[list[tuple[Cell, ...]]]:
    """Return the rows in as many parts as they need slides, by how high they are likely to be."""
    all_shares = sum(column.share for column in table.columns)
    widths = [INNER.pt * column.share / all_shares - 2 * CELL_MARGIN for column in table.columns]
    pages: list[list[tuple[Cell, ...]]] = [[]]
    room: float = TABLE_HEIGHT
    for row in table.rows:
        height = max(_height(cell, width) for cell, width in zip(row, widths, strict=True))
        if height > room and pages[-1]:
            pages.append([])
            room = TABLE_HEIGHT
        pages[-1].append(row)
        room -= height
    return pages


def _height(cell: Cell, width: float) -> float:
    """Return about how many points a cell is high, in a column of that many points."""
    height = ROW_MARGINS + LEADING * TEXT * ceil(len(cell.marked) * LETTER * TEXT / width)
    if cell.note:
        height += LEADING * SMALL * ceil(len(cell.note) * LETTER * SMALL / width)
    return height


def _table(slide: Slide, paper: Paper, table: Table, rows: Sequence[tuple[Cell, ...]]) -> None:
    frame = slide.shapes.add_table(len(rows) + 1, len(table.columns), MARGIN, TOP, INNER, Length(ROW * (len(rows) + 1)))
    grid = frame.table
    all_shares = sum(column.share for column in table.columns)
    grid.horz_banding = False
    frame._element.nvGraphicFramePr.cNvPr.set("descr", writable(table.caption))
    if paper.is_rtl:
        grid._tbl.tblPr.set("rtl", "1")
    for number, column in enumerate(table.columns):
        grid.columns[number].width = Length(INNER * column.share // all_shares)
    for line, cells in enumerate((tuple(Cell(column.head) for column in table.columns), *rows)):
        for number, cell in enumerate(cells):
            place = grid.cell(line, number)
            _fill(place, cell, paper, is_head=line == 0, at_end=table.columns[number].is_number)
            if cell.mark:
                _mark(slide, place.text_frame.paragraphs[0], cell.mark, paper)


def _fill(place: _Cell, cell: Cell, paper: Paper, *, is_head: bool, at_end: bool) -> None:
    place.fill.solid()
    place.fill.fore_color.rgb = RULE if is_head else PAPER
    place.margin_top = place.margin_bottom = Pt(2)
    paragraph = place.text_frame.paragraphs[0]
    run = paragraph.add_run()
    run.text = writable(cell.text)
    run.font.size = Pt(TEXT)
    run.font.bold = is_head
    run.font.color.rgb = INK
    if cell.href and at_end:  # the number: a link within a longer text is broken anywhere by some programs
        run.hyperlink.address = cell.href
    _align(paragraph, paper)
    if at_end:
        paragraph.alignment = PP_ALIGN.LEFT if paper.is_rtl else PP_ALIGN.RIGHT
    if cell.note:
        note = place.text_frame.add_paragraph()
        _align(note, paper)
        run = note.add_run()
        run.text = writable(cell.note)
        run.font.size = Pt(SMALL)
        run.font.color.rgb = QUIET


def _mark(slide: Slide, paragraph: _Paragraph, sign: str, paper: Paper) -> None:
    """Draw the mark before the paragraph: as its bullet, it keeps its place where the text is edited or wraps."""
    _part, picture = slide.part.get_or_add_image_part(io.BytesIO(mark_png(sign)))
    properties = paragraph._p.get_or_add_pPr()
    properties.set("marR" if paper.is_rtl else "marL", str(MARK_WIDTH))
    properties.set("indent", str(-MARK_WIDTH))
    names = nsdecls("a", "r")
    properties.append(parse_xml(f'<a:buSzPct {names} val="80000"/>'))
    properties.append(parse_xml(f'<a:buBlip {names}><a:blip r:embed="{picture}"/></a:buBlip>'))


def _chart(slide: Slide, chart: Chart, notes: str) -> Drawn:
    """Draw the chart as one of the program's own, so that it can be changed; its numbers go into the notes."""
    data = CategoryChartData()
    data.categories = [writable(bar.label) for bar in reversed(chart.bars)]
    used = [number for number in range(len(chart.parts)) if any(bar.counts[number] for bar in chart.bars)]
    for number in used:
        data.add_series(writable(chart.parts[number].label), [bar.counts[number] for bar in reversed(chart.bars)])
    frame = slide.shapes.add_chart(XL_CHART_TYPE.BAR_STACKED, MARGIN, TOP, INNER, Inches(5.5), data)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", writable(f"{chart.title}. {chart.description}"))
    drawn: Drawn = frame.chart
    drawn.has_legend = True
    drawn.font.size = Pt(TEXT)
    drawn.legend.position = XL_LEGEND_POSITION.TOP
    drawn.legend.include_in_layout = False
    drawn.value_axis.visible = drawn.value_axis.has_major_gridlines = False
    plot = drawn.plots[0]
    plot.gap_width = 40
    plot.overlap = 100
    plot.has_data_labels = True
    plot.data_labels.number_format = NO_ZEROS
    plot.data_labels.number_format_is_linked = False
    for number, series in zip(used, plot.series, strict=True):
        _colour(series, chart.parts[number].name)
    slide.notes_slide.notes_text_frame.text = writable(notes)
    return drawn


def _colour(series: BarSeries, name: str) -> None:
    look = LOOKS.get(name, PLAIN)
    fill = series.format.fill
    if look.pattern is None:
        series.data_labels.show_value = True
        series.data_labels.number_format = NO_ZEROS
        series.data_labels.number_format_is_linked = False
        series.data_labels.font.color.rgb = PAPER
        series.data_labels.font.size = Pt(TEXT)
        fill.solid()
        fill.fore_color.rgb = RGBColor.from_string(look.ink[1:].upper())
        return
    if look.pattern == BLANK:
        fill.solid()
        fill.fore_color.rgb = RGBColor.from_string(look.ground[1:].upper())
        series.format.line.color.rgb = RGBColor.from_string(look.ink[1:].upper())
        return
    fill.patterned()
    fill.pattern = PATTERNS[look.pattern]
    fill.fore_color.rgb = RGBColor.from_string(look.ink[1:].upper())
    fill.back_color.rgb = RGBColor.from_string(look.ground[1:].upper())
