"""Items as rows: every value in its column, and no text that a spreadsheet runs."""

import csv
import io
from datetime import date

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.reports.formats.files import printed
from tests.reports.papers import ROOT, example
from tests.reports.pictures import entry, overdue, picture
from tracker.reports.formats.spreadsheet import COLUMNS, harmless, to_csv, to_xlsx
from tracker.reports.snapshot import Picture

PAYLOADS = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    " =1+1",
    "\u00a0=1+1",
    "\u200b=1+1",
    "\ufeff@SUM(A1)",
    "\u202e=1+1",
    '"=1+1',
    "'=1+1",
    "＝1+1",
    "＋1",
    "\n=cmd|' /C calc'!A0",
]


def read(made: Picture) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(to_csv(printed(made)).decode("utf-8-sig"), newline="")))


def sheet(made: Picture, name: str) -> Worksheet:
    found = load_workbook(io.BytesIO(to_xlsx(printed(made))))[name]
    assert isinstance(found, Worksheet)
    return found


def test_every_item_is_a_row_with_every_column() -> None:
    rows = read(example())
    assert [row["number"] for row in rows] == ["1", "2", "3"]
    assert list(rows[0]) == list(COLUMNS)


def test_a_row_says_how_the_item_stands_and_leads_to_it() -> None:
    row = read(picture(overdue(4, promised_on=date(2013, 1, 1))))[0]
    told = [row[name] for name in ("standing", "due_on", "days_overdue", "days_slipped", "address")]
    assert told == ["overdue", "2013-02-28", "236", "58", f"{ROOT}/items/4"]


def test_passages_are_named_by_file_and_characters() -> None:
    assert read(example())[2]["passages"] == f"{'ab' * 32}:10-20"


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_becomes_a_formula(payload: str) -> None:
    row = read(picture(entry(title=payload, text=payload, theme=payload)))[0]
    assert {row["title"], row["text"], row["theme"]} == {f"'{payload}"}


@pytest.mark.parametrize("text", ["Keep = it", "a-b", "1 + 1", "", "été", "«-»"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


def test_every_field_is_quoted() -> None:
    line = to_csv(printed(picture(entry()))).decode("utf-8-sig").splitlines()[1]
    assert line.startswith('"1","Keep archive 1","recommendation",')


@pytest.mark.parametrize("payload", ["=1+1", '=HYPERLINK("http://example.org")', "+1", "@x"])
def test_a_workbook_holds_text_as_text(payload: str) -> None:
    cell = sheet(picture(entry(title=payload)), "Items")["B2"]
    assert (cell.value, cell.data_type) == (payload, "s")


def test_a_workbook_holds_days_and_numbers_as_such() -> None:
    made = sheet(picture(overdue(4)), "Items")
    columns = {cell.value: cell.column for cell in made[1]}
    assert made.cell(2, columns["number"]).value == 4
    assert made.cell(2, columns["due_on"]).value.date() == date(2013, 2, 28)


def test_a_workbook_begins_with_the_figures() -> None:
    made = load_workbook(io.BytesIO(to_xlsx(printed(example()))))
    assert made.sheetnames == ["Figures", "Items"]
    values = list(made["Figures"].iter_rows(values_only=True))
    assert ("overdue", 1) in [row[:2] for row in values]


def test_a_control_character_does_not_break_the_workbook() -> None:
    assert sheet(picture(entry(title="a\x07b")), "Items")["B2"].value == "a b"
