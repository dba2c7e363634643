"""Tables in files: exact there and back, told by line, and never a formula."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.errors import Refused
from tracker.tables.text_tables import FORMULA, bare, guarded, read_table, write_csv, write_jsonl

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))
HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\u200b=1", "＝1", "＋1", "－1", "＠x", "'=1", "''=1"]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_is_left_that_a_spreadsheet_would_run(text: str) -> None:
    assert guarded(text).startswith("'")
    assert bare(guarded(text)) == text


@given(TEXTS | st.sampled_from(HOSTILE))
def test_a_guarded_text_comes_back_exactly(text: str) -> None:
    assert bare(guarded(text)) == text


@given(TEXTS)
def test_only_what_could_be_run_is_guarded(text: str) -> None:
    assert (guarded(text) != text) == bool(FORMULA.match(text))


@given(st.lists(st.tuples(TEXTS, TEXTS.filter(str.strip)), max_size=4))
def test_csv_goes_there_and_back(cells: list[tuple[str, str]]) -> None:
    rows = [{"a": one, "b": other} for one, other in cells]
    back = read_table(write_csv(("a", "b"), rows).encode(), ".csv", ("a", "b"))
    assert [dict(row.values) for row in back] == rows


@given(st.lists(st.dictionaries(st.sampled_from(["a", "b"]), TEXTS | st.none() | st.integers()), max_size=4))
def test_json_lines_go_there_and_back(rows: list[dict[str, object]]) -> None:
    back = read_table(write_jsonl(rows).encode(), ".jsonl", ("a", "b"))
    assert [dict(row.values) for row in back] == rows


def test_a_row_is_told_by_the_line_on_which_it_begins() -> None:
    rows = read_table(b'a,b\n"one\ntwo",x\n\ny,z\n', ".csv", ("a", "b"))
    assert [row.line for row in rows] == [2, 5]


@pytest.mark.parametrize("content", [b"a;b\n1;2\n", b"\xef\xbb\xbfa,b\r\n1,2\r\n", b"a,b\n1,2"])
def test_what_spreadsheets_write_is_read(content: bytes) -> None:
    assert read_table(content, ".csv", ("a", "b"))[0].values == {"a": "1", "b": "2"}


@pytest.mark.parametrize(
    ("content", "ending", "said"),
    [
        (b"a,c\n1,2\n", ".csv", "Line 1: there is no column “c”. Choose from: a, b."),
        (b"a,b,\n1,2,\n3,4,5\n", ".csv", "Line 3: a cell stands under a column without a name"),
        (b'{"a": 1}\n{"c": 1}\n', ".jsonl", "Line 2: there is no column “c”"),
        (b"a,b\n1,2,3\n", ".csv", "Line 2: it has more cells"),
        (b'a,b\n1,2\n"x', ".csv", "Line 3: this is not CSV"),
        (b"a,b\n1,\xff\n", ".csv", "Line 2: not UTF-8. Save the file as UTF-8."),
        (b'{"a": 1}\n[1]\n', ".jsonl", "Line 2: this is not a JSON object"),
        (b'{"a": 1}\n{"a"\n', ".jsonl", "Line 2: this is not a JSON object"),
        (b'{"z": 1}\n', ".jsonl", "Line 1: there is no column “z”"),
        (b"[" * 100_000, ".jsonl", "Line 1: this is not a JSON object"),
        (b"", ".pdf", "give .csv or .jsonl"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(content: bytes, ending: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        read_table(content, ending, ("a", "b"))


def test_a_column_that_is_misspelt_is_guessed_and_one_without_name_and_cells_left_out() -> None:
    with pytest.raises(Refused, match=r"Line 1: .*“emial”\. Did you mean “email”"):
        read_table(b"name,emial\nAna,a@example.org\n", ".csv", ("name", "email"))
    assert dict(read_table(b"name,\nAna,\n", ".csv", ("name", "email"))[0].values) == {"name": "Ana"}
