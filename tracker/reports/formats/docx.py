"""The report as a DOCX, to be worked on: headings, tables whose head repeats, links, the chart as a picture."""

import io
from typing import Any

from docx import Document
from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt, RGBColor
from docx.styles.style import BaseStyle
from docx.table import Table as Grid
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph

from tracker.reports.charts import Chart
from tracker.reports.formats import Printed
from tracker.reports.formats.pdf import png
from tracker.reports.opening import with_counts
from tracker.reports.paper import Cell, Paper, PaperSection, Sheet, Table
from tracker.text import writable

PAGE_WIDTH = Cm(21)
PAGE_HEIGHT = Cm(29.7)
MARGIN = Cm(2)
WIDTH = Length(PAGE_WIDTH - 2 * MARGIN)
STYLES = ("Normal", "Title", "Heading 1", "Heading 2", "Quote", "Footer")
#: on every machine under this name or as one that is measured like it
TYPEFACE = "Arial"
#: of a document's properties, by its standard
LONGEST_PROPERTY = 255
QUIET = RGBColor(0x55, 0x50, 0x4A)
LINK = "1D5C63"
HAIRLINE = {"w:val": "single", "w:sz": "4", "w:space": "0", "w:color": "B9B2A4"}


def to_docx(printed: Printed) -> bytes:
    """Return the whole report as a document for word processors."""
    paper = printed.paper
    book = Document()
    _prepare(book, paper)
    book.add_heading(writable(paper.title), 0)
    for line in filter(None, (paper.body, paper.occasion, *paper.lines)):
        book.add_paragraph(writable(line))
    book.add_paragraph().add_run(writable(f"{paper.notice} {paper.captions}")).bold = True
    if paper.cite_as:
        _quiet(book.add_paragraph(), paper.cite_as)
    _opening(book, paper)
    for section in paper.sections:
        _section(book, section, paper.is_rtl)
    if paper.is_rtl:
        _turn(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _opening(book: Docx, paper: Paper) -> None:
    opening = paper.opening
    sentence = book.add_paragraph().add_run(writable(opening.sentence))
    sentence.font.size = Pt(14)
    if opening.compared:
        book.add_paragraph(writable(opening.compared))
    if opening.bar.bars:
        _chart(book, with_counts(opening.bar), paper.is_rtl)


def _prepare(book: Docx, paper: Paper) -> None:
    """Set page, language, properties, and on every page what the report says of itself."""
    page = book.sections[0]
    page.page_width = PAGE_WIDTH
    page.page_height = PAGE_HEIGHT
    page.left_margin = page.right_margin = MARGIN
    normal = book.styles["Normal"]
    normal.font.size = Pt(10)
    for name in STYLES:
        _dress(book.styles[name])
    # Word asks for the language of text from right to left under another name.
    language = OxmlElement("w:lang")
    language.set(qn("w:bidi" if paper.is_rtl else "w:val"), paper.language)
    normal.element.get_or_add_rPr().append(language)
    book.core_properties.title = writable(paper.title)[:LONGEST_PROPERTY]
    book.core_properties.author = writable(paper.body)[:LONGEST_PROPERTY]
    book.core_properties.language = paper.language
    foot = page.footer.paragraphs[0]
    _quiet(foot, f"{paper.notice} {paper.captions}\t")
    for name, between in (("PAGE", " / "), ("NUMPAGES", "")):
        _field(foot, name)
        _quiet(foot, between)


def _dress(style: BaseStyle) -> None:
    """Give the style our typeface, in place of the ones of its theme, and our ink."""
    properties: Any = style.element.get_or_add_rPr()
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    fonts = OxmlElement("w:rFonts")
    # A theme gives each kind of script a typeface of its own: all four must be named, or some text keeps it.
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), TYPEFACE)
    properties.insert(0, fonts)
    # The headings of the built-in template are blue.
    for old in properties.findall(qn("w:color")):
        properties.remove(old)


def _section(book: Docx, section: PaperSection, is_rtl: bool) -> None:
    book.add_heading(writable(section.heading), 1)
    for text in section.text:
        book.add_paragraph(writable(text))
    if section.chart:
        _chart(book, section.chart, is_rtl)
    for table in section.tables:
        _table(book, table)
    for sheet in section.sheets:
        _sheet(book, sheet)


def _chart(book: Docx, chart: Chart, is_rtl: bool) -> None:
    picture = book.add_picture(io.BytesIO(png(chart, rtl=is_rtl)), width=WIDTH)
    # python-docx has no way to say what a picture shows.
    picture._inline.docPr.set("descr", writable(f"{chart.title}. {chart.description}"))


def _table(book: Docx, table: Table) -> None:
    caption = book.add_paragraph()
    caption.add_run(writable(table.caption)).bold = True
    # Or a caption could stand alone at the foot of a page.
    caption.paragraph_format.keep_with_next = True
    grid = book.add_table(rows=1 + len(table.rows), cols=len(table.columns))
    # Else Word fits the columns to their words, and tables of one section do not line up.
    grid.autofit = False
    _rule(grid)
    all_shares = sum(column.share for column in table.columns)
    widths = [Length(WIDTH * column.share // all_shares) for column in table.columns]
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    heads = tuple(Cell(column.head) for column in table.columns)
    for row, cells in zip(grid.rows, (heads, *table.rows), strict=True):
        _keep_whole(row)
        for place, width, column, cell in zip(row.cells, widths, table.columns, cells, strict=True):
            place.width = width  # some word processors read it from the cells only
            _fill(place, cell, at_end=column.is_number, is_head=cells is heads)
    _repeat(grid.rows[0])
    _quiet(book.add_paragraph(), table.folded)


def _rule(grid: Grid) -> None:
    """Draw a hairline below every row, and no other."""
    borders = OxmlElement("w:tblBorders")
    for name in ("w:bottom", "w:insideH"):
        line = OxmlElement(name)
        for key, value in HAIRLINE.items():
            line.set(qn(key), value)
        borders.append(line)
    grid._tbl.tblPr.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")


def _fill(place: _Cell, cell: Cell, *, at_end: bool, is_head: bool) -> None:
    paragraph = place.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(2)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
    if at_end:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _write(paragraph, cell)
    if is_head:
        paragraph.runs[0].bold = True
    if cell.note:
        note = place.add_paragraph()
        note.paragraph_format.space_after = Pt(2)
        _quiet(note, cell.note)


def _write(paragraph: Paragraph, cell: Cell) -> None:
    if cell.href:
        _link(paragraph, cell.marked, cell.href)
    else:
        paragraph.add_run(writable(cell.marked)).font.size = Pt(9)


def _sheet(book: Docx, sheet: Sheet) -> None:
    _link(_styled(book, "", "Heading2"), f"{sheet.number}. {sheet.title}", sheet.href)
    if sheet.text:
        book.add_paragraph(writable(sheet.text))
    for label, cell in sheet.facts:
        line = book.add_paragraph()
        line.paragraph_format.space_after = Pt(0)
        _quiet(line, f"{label}: ")
        _write(line, cell)
        if cell.note:
            _quiet(line, f" · {cell.note}")
    for quotation in sheet.quotations:
        quoted = _styled(book, quotation.words, "Quote")
        _quiet(quoted, f" – {quotation.speaker}, {quotation.source}, ")
        _link(quoted, quotation.href, quotation.href)


def _styled(book: Docx, text: str, style_id: str) -> Paragraph:
    """Add a paragraph of that style by its id: python-docx reads through all styles to find a name, each time."""
    paragraph = book.add_paragraph(writable(text))
    paragraph._p.style = style_id
    return paragraph


def _quiet(paragraph: Paragraph, text: str) -> None:
    run = paragraph.add_run(writable(text))
    run.font.size = Pt(8)
    run.font.color.rgb = QUIET


def _link(paragraph: Paragraph, text: str, href: str) -> None:
    """Add a link, for which python-docx has no call of its own."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run = paragraph.add_run(writable(text))
    run.font.color.rgb = RGBColor.from_string(LINK)
    run.font.size = Pt(9)
    link.append(run._r)
    paragraph._p.append(link)


def _field(paragraph: Paragraph, name: str) -> None:
    """Add a field that the word processor works out: PAGE, NUMPAGES."""
    element = OxmlElement("w:fldSimple")
    element.set(qn("w:instr"), name)
    paragraph._p.append(element)


def _keep_whole(row: _Row) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _repeat(row: _Row) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _turn(book: Docx) -> None:
    """Let every paragraph, run and table run from the right; each element at the place its schema wants it."""
    body: Any = book.element.body
    for paragraph in body.iter(qn("w:p")):
        paragraph.get_or_add_pPr().insert_element_before(OxmlElement("w:bidi"), "w:spacing", "w:ind", "w:jc", "w:rPr")
    for run in body.iter(qn("w:r")):
        run.get_or_add_rPr().append(OxmlElement("w:rtl"))
    for table in body.iter(qn("w:tblPr")):
        table.insert_element_before(OxmlElement("w:bidiVisual"), "w:tblW", "w:jc", "w:tblLook")
