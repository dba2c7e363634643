"""Tables in workbooks: XLSX to rows with their lines, and back; a text never becomes a formula."""

import io
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils.exceptions import InvalidFileException

from tracker.errors import Refused
from tracker.tables.text_tables import TableRow, refuse_unknown
from tracker.text import writable

#: the most signs that a cell holds; a longer text would be cut in silence
LONGEST = 32_767
#: more than any table of ours has; a hostile sheet may claim 16,384 columns in each of a million empty rows
MOST_COLUMNS = 100
#: the most bytes that an uploaded workbook may unpack to
MOST_BYTES = 50 * 1024 * 1024
MOST_PARTS = 2_000
#: what openpyxl and the libraries below it raise for broken files, also long after the file was opened
BROKEN = (
    InvalidFileException, zipfile.BadZipFile, zlib.error, SyntaxError, LookupError, ValueError, TypeError,
    AttributeError, OSError, EOFError, RuntimeError,
)  # fmt: skip


def write_workbook(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Return the rows as a workbook with one sheet; raise Refused for a text that no cell holds."""
    lines = [[_fitting(name, row.get(name)) for name in columns] for row in rows]
    book = Workbook(write_only=True)
    sheet = book.create_sheet("items")
    sheet.freeze_panes = "A2"
    sheet.append(list(columns))
    for line in lines:
        sheet.append([_cell(sheet, value) for value in line])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fitting(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if len(value) > LONGEST:
        raise Refused("A text of %(column)s does not fit into a workbook. Export CSV or JSON Lines.", column=name)
    return writable(value)


def _cell(sheet: Any, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, value)
    # A text stays a text, also where it begins with = and a spreadsheet would calculate it.
    cell.data_type = "s"
    return cell


def read_workbook(content: bytes, columns: Iterable[str]) -> list[TableRow]:
    """Return the rows of a workbook's first sheet; raise Refused with the line of what cannot be read."""
    try:
        return _filled(content, tuple(columns))
    except BROKEN as error:
        raise Refused("Line 1: this is not a workbook (%(why)s). Save it as .xlsx.", why=str(error)) from None


def work(header: dict[str, Any], data: bytes) -> list[tuple[int, Mapping[str, Any]]]:
    """Return the rows of an uploaded workbook with these columns; runs in the sandbox's child process."""
    return [(row.line, row.values) for row in read_workbook(_unpackable(data), header["columns"])]


def _unpackable(content: bytes) -> bytes:
    """Return the workbook; raise Refused for one that would unpack to far more than a list needs."""
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except BROKEN:
        raise Refused("This is not a workbook. Save it as .xlsx or as CSV.", "file") from None
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
        raise Refused("This workbook is too large. Save only the sheet as CSV.", "file")
    return content


def _filled(content: bytes, columns: Sequence[str]) -> list[TableRow]:
    book = load_workbook(io.BytesIO(content), read_only=True)
    lines = book.worksheets[0].iter_rows(values_only=True, max_col=MOST_COLUMNS)
    names = [str(name or "").strip() for name in next(lines, ())]
    refuse_unknown(filter(None, names), columns, 1)
    return [
        TableRow(number, {name: _text(value) for name, value in zip(names, line, strict=False) if name})
        for number, line in enumerate(lines, 2)
        if line.count(None) < len(line) and any(value not in (None, "") for value in line)
    ]


def _text(value: Any) -> Any:
    """Return the value of a cell as a text file would hold it."""
    match value:
        case None:
            return ""
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
        case str():
            return value
    return str(value)
