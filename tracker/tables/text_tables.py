"""Tables in text files: CSV and JSON Lines to rows with their lines, and back; no cell of a CSV is ever a formula."""

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from tracker.errors import Refused

#: what a spreadsheet may run, also behind blanks, signs that nobody sees, and the apostrophes that we put before it
FORMULA = re.compile("'*[\\s\u200b-\u200f\u2060-\u2064\ufeff]*[=+\\-@\t\r＝＋－＠]")


@dataclass(frozen=True)
class TableRow:
    """One line of a table: where it begins, from 1, and its values by column."""

    line: int
    values: Mapping[str, Any]

    def refusal(self, message: str) -> Refused:
        """Return a refusal that names the line."""
        return Refused("Line %(line)s: %(fault)s", line=self.line, fault=message)


def read_table(content: bytes, ending: str, columns: Iterable[str]) -> list[TableRow]:
    """Return the rows of a .csv or .jsonl file; raise Refused with the line of what cannot be read."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Refused("Line %(line)s: not UTF-8. Save the file as UTF-8.", line=line) from None
    match ending:
        case ".csv":
            return _csv_rows(text, tuple(columns))
        case ".jsonl":
            return _json_rows(text, tuple(columns))
        case _:
            raise Refused("A file of that ending cannot be read: give .csv or .jsonl.")


def refuse_unknown(names: Iterable[str], columns: Sequence[str], line: int) -> None:
    """Raise Refused, with the line that names it, for a column that is none; say which there are."""
    unknown = next((name for name in names if name not in columns), None)
    if unknown is None:
        return
    values: dict[str, Any] = {"line": line, "column": unknown, "columns": ", ".join(columns)}
    if near := get_close_matches(unknown, columns, 1):
        text = "Line %(line)s: there is no column “%(column)s”. Did you mean “%(near)s”? Choose from: %(columns)s."
        raise Refused(text, near=near[0], **values)
    raise Refused("Line %(line)s: there is no column “%(column)s”. Choose from: %(columns)s.", **values)


def write_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the rows as CSV, every cell quoted and none of them a formula."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_cell(row.get(name)) for name in columns] for row in rows)
    return out.getvalue()


def write_jsonl(rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the rows as JSON Lines."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def guarded(text: str) -> str:
    """Return the text so that no spreadsheet takes it for a formula; `bare` undoes it exactly."""
    if FORMULA.match(text):
        return f"'{text}"
    return text


def bare(text: str) -> str:
    """Return a text as it was before it was guarded."""
    if text.startswith("'") and FORMULA.match(text):
        return text[1:]
    return text


def _cell(value: Any) -> str:
    """Return the text of a cell; only a text can look like a formula, a number cannot."""
    if value is None:
        return ""
    if isinstance(value, str):
        return guarded(value)
    return str(value)


def _csv_rows(text: str, columns: Sequence[str]) -> list[TableRow]:
    head = text.partition("\n")[0]
    # Spreadsheets of many countries write semicolons, since their decimals have a comma.
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[TableRow] = []
    line = 1
    try:
        names = [name.strip() for name in next(reader, [])]
        refuse_unknown(filter(None, names), columns, 1)
        line = reader.line_num + 1
        for cells in reader:
            # Spreadsheets write empty lines for rows that were cleared.
            if any(cell.strip() for cell in cells):
                rows.append(_csv_row(line, names, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        raise Refused(
            "Line %(line)s: this is not CSV (%(why)s). Export the file again.", line=line, why=error
        ) from None
    return rows


def _csv_row(line: int, names: Sequence[str], cells: Sequence[str]) -> TableRow:
    row = TableRow(line, {name: bare(cell) for name, cell in zip(names, cells, strict=False) if name})
    if any(not name and cell.strip() for name, cell in zip(names, cells, strict=False)):
        raise row.refusal("a cell stands under a column without a name. Name the column, or leave the cell out.")
    if len(cells) > len(names):
        raise row.refusal("it has more cells than the header has columns. Quote cells that hold a comma.")
    return row


def _json_rows(text: str, columns: Sequence[str]) -> list[TableRow]:
    rows = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            rows.append(TableRow(number, _object(number, line)))
            refuse_unknown(rows[-1].values, columns, number)
    return rows


def _object(number: int, line: str) -> Mapping[str, Any]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise Refused("Line %(line)s: this is not a JSON object. Write one on each line.", line=number)
    return value
