"""The items of a report as rows, for spreadsheets: CSV and XLSX, in which no text can become a formula."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from tracker.reports.formats import Printed
from tracker.reports.paper import PaperSection
from tracker.reports.progress import slipped_days, standing
from tracker.reports.report_wording import ReportWording
from tracker.reports.snapshot import ReportedItem, ReportStanding
from tracker.text import writable

Value = str | int | date | None
#: signs that begin a formula, also after blanks, quotes and invisible signs, and in their full-width forms
FORMULA = re.compile(r"^[\s\"'\u00a0\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]*[=+\-@\t\r＝＋－＠]")
WIDE = 60
#: of the sheet of items, by letter: number, title, text, asked, responses, passages, address
WIDTHS = {"A": 8, "B": WIDE, "D": WIDE, "K": 30, "L": 30, "AF": 30, "AG": WIDE}
BOLD = Font(bold=True)
TOP = Alignment(vertical="top", wrap_text=True)

# What is stored, not what is said: a program that reads the file compares values, in whatever language it is made.
COLUMNS: dict[str, Callable[[ReportWording, ReportedItem], Value]] = {
    "number": lambda _, entry: entry.number,
    "title": lambda _, entry: entry.title,
    "kind": lambda _, entry: entry.kind,
    "text": lambda _, entry: entry.text,
    "put_forward_by": lambda wording, entry: wording.picture.name(entry.put_forward_by),
    "reported_of": lambda wording, entry: wording.picture.name(entry.reported_of),
    "reported_by": lambda wording, entry: wording.picture.name(entry.reported_by),
    "capacity": lambda _, entry: entry.capacity,
    "capacity_of": lambda _, entry: entry.capacity_of,
    "stakeholder_group": lambda _, entry: entry.group,
    # Several values in one cell are apart by a semicolon, as in the columns of an import.
    "asked": lambda wording, entry: "; ".join(wording.addressee(answer.party) for answer in entry.answers),
    "responses": lambda _, entry: "; ".join(answer.response for answer in entry.answers),
    "owner": lambda wording, entry: wording.picture.name(entry.owner),
    "is_owned": lambda _, entry: "yes" if entry.is_owned else "no",
    "progress": lambda _, entry: entry.progress,
    "progress_reason": lambda _, entry: entry.progress_reason,
    "waiting_kind": lambda _, entry: entry.waiting_kind,
    "done_count": lambda _, entry: entry.done_count,
    "total_count": lambda _, entry: entry.total_count,
    "proposer_view": lambda _, entry: entry.proposer_view,
    "standing": lambda wording, entry: standing(entry, wording.picture.as_of),
    "milestone": lambda _, entry: entry.milestone,
    "due_on": lambda _, entry: entry.due_on,
    "promised_on": lambda _, entry: entry.promised_on,
    "days_overdue": lambda wording, entry: _days_overdue(wording, entry),
    "days_slipped": lambda _, entry: slipped_days(entry),
    "condition": lambda _, entry: entry.condition,
    "condition_met_on": lambda _, entry: entry.condition_met_on,
    "theme": lambda _, entry: entry.theme,
    "created_on": lambda _, entry: entry.created_on,
    "last_news_on": lambda _, entry: entry.last_news_on,
    "passages": lambda _, entry: ";".join(f"{quote.sha256}:{quote.start}-{quote.end}" for quote in entry.quotes),
    "address": lambda wording, entry: wording.item_address(entry.number),
}


def _days_overdue(wording: ReportWording, entry: ReportedItem) -> int:
    today = wording.picture.as_of
    if entry.due_on is None or standing(entry, today) is not ReportStanding.OVERDUE:
        return 0
    return (today - entry.due_on).days


def rows(wording: ReportWording) -> list[list[Value]]:
    """Return a row for each item, its values in the order of COLUMNS."""
    return [[value(wording, entry) for value in COLUMNS.values()] for entry in wording.picture.entries]


def harmless(text: str) -> str:
    """Return the text so that no spreadsheet reads it as a formula: with an apostrophe before it where it would."""
    text = writable(text)
    if FORMULA.match(text):
        return f"'{text}"
    return text


def to_csv(printed: Printed) -> bytes:
    """Return the items as CSV: every field quoted, UTF-8 with the mark by which spreadsheets know it."""
    lines = io.StringIO()
    writer = csv.writer(lines, quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    writer.writerows([_field(value) for value in row] for row in rows(printed.wording))
    return lines.getvalue().encode("utf-8-sig")


def _field(value: Value) -> str | int:
    if value is None:
        return ""
    # A number stays one, so that a sheet can add it up.
    if isinstance(value, int):
        return value
    if isinstance(value, date):
        return value.isoformat()
    return harmless(value)


def to_xlsx(printed: Printed) -> bytes:
    """Return the figures and the items as two sheets of a workbook."""
    book = Workbook()
    figures = book.worksheets[0]
    items = book.create_sheet("Items")
    figures.title = "Figures"
    _fill(figures, list(_figures(printed)))
    _fill(items, [SheetLine(list(COLUMNS), is_head=True), *(SheetLine(row) for row in rows(printed.wording))])
    # Number and title stay in sight when somebody scrolls to the right.
    items.freeze_panes = "C2"
    for letter, width in WIDTHS.items():
        items.column_dimensions[letter].width = width
    figures.column_dimensions["A"].width = WIDE
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@dataclass(frozen=True)
class SheetLine:
    """A line of a sheet."""

    values: Sequence[Value]
    is_head: bool = False


def _figures(printed: Printed) -> Iterator[SheetLine]:
    """Yield the paper's tables of figures, one below the other."""
    paper = printed.paper
    for text in (paper.title, paper.body, *paper.lines, paper.notice):
        yield SheetLine([text])
    for section in paper.sections:
        # Figures only: a sheet of its own holds the items already, and prose helps nobody who counts.
        if section.key in ("short", "apart") or section.key.startswith("by-"):
            yield from _tables(section)


def _tables(section: PaperSection) -> Iterator[SheetLine]:
    for table in section.tables:
        yield SheetLine([])
        yield SheetLine([f"{section.heading}: {table.caption}"], is_head=True)
        yield SheetLine([column.head for column in table.columns], is_head=True)
        yield from (SheetLine([_number(cell.text) for cell in row]) for row in table.rows)
        if table.folded:
            yield SheetLine([table.folded])


# Cells of the paper are text; as text a sheet would not add them up.
def _number(text: str) -> Value:
    if text.isascii() and text.isdigit():
        return int(text)
    return text


def _fill(sheet: Worksheet, lines: Sequence[SheetLine]) -> None:
    """Write the lines; text is typed as text, so that none becomes a formula whatever it begins with."""
    for place, line in enumerate(lines, 1):
        for column, value in enumerate(line.values, 1):
            cell = sheet.cell(place, column)
            if isinstance(value, str):
                cell.value = writable(value)
                cell.data_type = "s"
            else:
                cell.value = value
            if line.is_head:
                cell.font = BOLD
            cell.alignment = TOP
