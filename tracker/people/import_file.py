"""A list of people as somebody saved it: a workbook, or CSV in the encodings and separators of spreadsheets."""

import re
from collections.abc import Callable

from tracker.errors import Refused
from tracker.people.import_people import COLUMNS
from tracker.tables.text_tables import TableRow, read_table

#: how many are taken at once
MOST_ROWS = 2_000
#: names of columns that people write another way
ALIASES = {"e_mail": "email", "mail": "email", "group": "stakeholder_group", "time_zone": "timezone"}


def read_list(
    content: bytes, filename: str, read_workbook: Callable[[bytes], list[TableRow]]
) -> tuple[list[TableRow], bool]:
    """Return the rows, and whether the encoding was guessed; raises Refused with what to do.

    A workbook is read by what is given: it unpacks to more than it weighs, so a server reads it elsewhere.
    """
    ending = filename.lower().rpartition(".")[2]
    if ending == "xlsx":
        return _few(read_workbook(content)), False
    if ending not in ("csv", "txt", "jsonl"):
        raise Refused("Give a .csv, .xlsx or .jsonl file. From a spreadsheet: Save as, CSV UTF-8.", "file")
    text, is_guessed = _text(content)
    plain = text if ending == "jsonl" else _with_plain_head(text)
    rows = read_table(plain.encode(), ".jsonl" if ending == "jsonl" else ".csv", COLUMNS)
    return _few(rows), is_guessed


def _few(rows: list[TableRow]) -> list[TableRow]:
    if not rows:
        raise Refused("There is no row below the head. Add the rows, and send the file again.", "file")
    if len(rows) > MOST_ROWS:
        raise Refused("More than %(most)s rows: divide the file.", "file", most=MOST_ROWS)
    return rows


def _text(content: bytes) -> tuple[str, bool]:
    """Return the text: UTF-16 by its mark, UTF-8, or else Windows-1252, which old spreadsheets write."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace"), False
    try:
        return content.decode("utf-8-sig"), False
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace"), True


def _with_plain_head(text: str) -> str:
    """Return the table without a line "sep=;", its head in small letters and with the names that we use."""
    if text.lower().startswith("sep="):
        text = text.partition("\n")[2]
    head, newline, rest = text.partition("\n")
    return re.sub(r"[^\W\d][\w -]*", _column, head.lower()) + newline + rest


def _column(name: re.Match[str]) -> str:
    plain = re.sub("[ -]+", "_", name[0].strip())
    return ALIASES.get(plain, plain)
