"""Lists of people as spreadsheets save them."""

import pytest

from tracker.errors import Refused
from tracker.people.import_file import MOST_ROWS, read_list
from tracker.tables.text_tables import TableRow


def read(content: bytes, filename: str = "people.csv") -> tuple[list[TableRow], bool]:
    return read_list(content, filename, lambda _content: [TableRow(2, {"name": "From a workbook"})])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_read_without_a_guess(encoding: str) -> None:
    rows, is_guessed = read("name,email\nZoë,zoe@example.org\n".encode(encoding))
    assert (rows[0].values["name"], is_guessed) == ("Zoë", False)


def test_the_encoding_of_old_spreadsheets_is_a_guess() -> None:
    rows, is_guessed = read("name\nZoë\n".encode("cp1252"))
    assert (rows[0].values["name"], is_guessed) == ("Zoë", True)


@pytest.mark.parametrize("head", ["Name;E-Mail", "NAME;Mail", "sep=;\nname;email"])
def test_columns_may_be_written_in_other_ways(head: str) -> None:
    rows, _ = read(f"{head}\nAna;ana@example.org\n".encode())
    assert dict(rows[0].values) == {"name": "Ana", "email": "ana@example.org"}


def test_a_workbook_is_read_by_the_callers_reader() -> None:
    rows, is_guessed = read(b"PK", "people.XLSX")
    assert (rows[0].values["name"], is_guessed) == ("From a workbook", False)


@pytest.mark.parametrize(
    ("content", "filename", "message"),
    [
        (b"x", "people.pdf", "Choose a .csv, .xlsx or .jsonl file"),
        (b"name\n", "people.csv", "no row below the header. Add rows and upload the file again"),
        (b"name\n" + b"Ana\n" * (MOST_ROWS + 1), "people.csv", "more than 2000 rows. Split it"),
    ],
)
def test_another_file_is_refused_with_what_to_do(content: bytes, filename: str, message: str) -> None:
    with pytest.raises(Refused, match=message) as refusal:
        read(content, filename)
    assert refusal.value.field == "file"
