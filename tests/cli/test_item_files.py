"""flask load-items and export-items: three kinds of file, there and back, all or nothing."""

import io
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from sqlmodel import col, select

from tests.factories import make_item, make_register
from tracker.errors import Refused
from tracker.items.create import reserve_number
from tracker.items.models import Item
from tracker.tables.workbooks import read_workbook, write_workbook
from tracker.text import UNWRITABLE

TEXTS = st.text(max_size=40).filter(lambda text: not UNWRITABLE.search(text) and "\r" not in text)


@pytest.fixture
def board(app: Flask) -> None:
    with app.extensions["sessions"].writing() as session:
        body = make_register(session)
        make_item(session, body, number=1, title="=HYPERLINK(1)")
        make_item(session, body, number=2, text="a;b\nc,d")
        reserve_number(session, body.id, 2)


def run(app: Flask, command: str, path: Path) -> tuple[int, str]:
    answer = app.test_cli_runner().invoke(args=[command, str(path)])
    return answer.exit_code, answer.stderr


def titles(app: Flask) -> list[str]:
    with app.extensions["sessions"].reader() as session:
        return list(session.exec(select(Item.title).order_by(col(Item.number))))


@pytest.mark.parametrize("ending", ["jsonl", "csv", "xlsx"])
def test_a_file_written_and_loaded_again_changes_nothing(app: Flask, board: None, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"items.{ending}"
    assert run(app, "export-items", path) == (0, f"items.{ending}: 2 items.\n")
    assert run(app, "load-items", path) == (0, f"items.{ending}: 0 new, 0 changed, 2 as they were.\n")
    assert titles(app) == ["=HYPERLINK(1)", "Keep an archive"]


def test_no_cell_of_a_workbook_is_a_formula(app: Flask, board: None, tmp_path: Path) -> None:
    run(app, "export-items", tmp_path / "items.xlsx")
    sheet = load_workbook(tmp_path / "items.xlsx").worksheets[0]
    assert sheet["B2"].value == "=HYPERLINK(1)"
    assert "f" not in {cell.data_type for row in sheet.iter_rows() for cell in row}


def test_an_edited_line_changes_its_item(app: Flask, board: None, tmp_path: Path) -> None:
    path = tmp_path / "items.csv"
    path.write_text("number,title\n2,Keep two archives\n,Lend tools\n", encoding="utf-8")
    assert run(app, "load-items", path) == (0, "items.csv: 1 new, 1 changed, 0 as they were.\n")
    assert titles(app)[1] == "Keep two archives"


def test_one_bad_line_and_nothing_is_done(app: Flask, board: None, tmp_path: Path) -> None:
    path = tmp_path / "items.csv"
    path.write_text("number,title,kind\n2,Changed,call\n,New,shout\n", encoding="utf-8")
    status, said = run(app, "load-items", path)
    assert (status, said.startswith("Line 3: kind"), said.count("\n")) == (2, True, 1)
    assert titles(app)[1] == "Keep an archive"


@pytest.mark.parametrize("command", ["load-items", "export-items"])
def test_another_ending_is_refused_with_those_there_are(app: Flask, board: None, tmp_path: Path, command: str) -> None:
    status, said = run(app, command, tmp_path / "items.pdf")
    assert (status, ".jsonl, .csv, .xlsx" in said) == (2, True)


def test_what_cannot_be_written_is_told(app: Flask, board: None, tmp_path: Path) -> None:
    status, said = run(app, "export-items", tmp_path / "none" / "items.csv")
    assert (status, "cannot be written" in said) == (2, True)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(TEXTS.filter(bool), TEXTS), max_size=4))
def test_a_workbook_goes_there_and_back(cells: list[tuple[str, str]]) -> None:
    rows = [{"a": one, "b": other} for one, other in cells]
    back = read_workbook(write_workbook(("a", "b"), rows), ("a", "b"))
    assert [dict(row.values) for row in back] == rows


def test_a_text_that_no_cell_holds_is_refused_and_not_cut() -> None:
    with pytest.raises(Refused, match="does not fit"):
        write_workbook(("a",), [{"a": "x" * 32_768}])


@pytest.mark.parametrize("sign", ["\b", "\ufffe", "\ud800"])
def test_a_sign_that_no_cell_holds_is_a_blank(sign: str) -> None:
    assert read_workbook(write_workbook(("a",), [{"a": f"x{sign}y"}]), ("a",))[0].values["a"] == "x y"


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"PK\x03\x04broken"])
def test_what_is_no_workbook_is_told(content: bytes) -> None:
    with pytest.raises(Refused, match="not a workbook"):
        read_workbook(content, ("a",))


def test_numbers_and_days_of_a_workbook_read_as_in_a_text_file() -> None:
    book = load_workbook(io.BytesIO(write_workbook(("a", "b"), [{"a": 7, "b": "x"}])))
    assert book.worksheets[0]["A2"].value == 7
    assert read_workbook(write_workbook(("a", "b"), [{"a": 7, "b": "x"}]), ("a", "b"))[0].values["a"] == "7"
