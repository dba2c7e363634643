"""Reading a list of people as somebody saved it: a workbook, or CSV in any spreadsheet's encoding and separators."""

import re
from collections.abc import Callable

from tracker.errors import Refused
from tracker.people.import_people import COLUMNS
from tracker.tables.text_tables import TableRow, read_table

#: the most rows of one import
MOST_ROWS = 2_000
#: other names that people give to columns
ALIASES = {"e_mail": "email", "mail": "email", "group": "stakeholder_group", "time_zone": "timezone"}


def read_list(
    content: bytes, filename: str, read_workbook: Callable[[bytes], list[TableRow]]
) -> tuple[list[TableRow], bool]:
    """Return the rows, and whether the encoding was guessed; raises Refused with what to do.

    The caller says how a workbook is read: it can unpack to far more than its size, so the server uses a sandbox.
    """
    ending = filename.lower().rpartition(".")[2]
    if ending == "xlsx":
        return _checked(read_workbook(content)), False
    if ending not in ("csv", "txt", "jsonl"):
        raise Refused("Choose a .csv, .xlsx or .jsonl file. From a spreadsheet: Save as, CSV UTF-8.", "file")
    text, is_guessed = _text(content)
    if ending == "jsonl":
        rows = read_table(text.encode(), ".jsonl", COLUMNS)
    else:
        rows = read_table(_with_plain_head(text).encode(), ".csv", COLUMNS)
    return _checked(rows), is_guessed


def _checked(rows: list[TableRow]) -> list[TableRow]:
    if not rows:
        raise Refused("There is no row below the header. Add rows and upload the file again.", "file")
    if len(rows) > MOST_ROWS:
        raise Refused("The file has more than %(most)s rows. Split it.", "file", most=MOST_ROWS)
    return rows


def _text(content: bytes) -> tuple[str, bool]:
    """Return the text and whether its encoding is a guess: Windows-1252, which old spreadsheets write."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace"), False
    try:
        return content.decode("utf-8-sig"), False
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace"), True


def _with_plain_head(text: str) -> str:
    """Return the table without Excel's line "sep=;", its header in small letters and in the names that we use."""
    if text.lower().startswith("sep="):
        text = text.partition("\n")[2]
    head, newline, rest = text.partition("\n")
    return re.sub(r"[^\W\d][\w -]*", _column, head.lower()) + newline + rest


def _column(name: re.Match[str]) -> str:
    plain = re.sub("[ -]+", "_", name[0].strip())
    return ALIASES.get(plain, plain)
