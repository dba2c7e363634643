"""What may stand in a line of a file of items, and what is said where it may not."""

from datetime import date
from typing import Any

import pytest

from tracker.errors import Refused
from tracker.exchange.columns import FilePlace, ItemCells, given_columns, read_cells, write_cells, write_further
from tracker.items.models import ItemKind, Progress
from tracker.items.party_models import ResponseState
from tracker.tables.text_tables import TableRow

SHA256 = "ab" * 32
LINE = {
    "number": "7",
    "title": "Open on Sundays",
    "kind": "call",
    "addressed_to": "schools;readers",
    "response": "taken-up;not-yet-sent",
    "milestone": "spring",
    "offset_days": "-14",
    "passages": f"{SHA256}:0-9;{SHA256}:10-19",
    "created_on": "2012-11-09",
}


def cells(**changes: Any) -> ItemCells:
    return read_cells(TableRow(3, {**LINE, **changes}))


def test_cells_are_read_as_what_they_are() -> None:
    read = cells()
    assert (read.number, read.kind, read.offset_days) == (7, ItemKind.CALL, -14)
    assert read.created_on == date(2012, 11, 9)
    assert read.passages == (FilePlace(SHA256, 0, 9), FilePlace(SHA256, 10, 19))


def test_each_asked_party_has_its_answer() -> None:
    assert cells().responses() == {"schools": ResponseState.TAKEN_UP, "readers": ResponseState.NOT_YET_SENT}


def test_one_answer_is_that_of_all() -> None:
    assert set(cells(response="taken-up").responses().values()) == {ResponseState.TAKEN_UP}


def test_there_are_as_many_responses_as_addressees() -> None:
    with pytest.raises(Refused, match="or one for each"):
        cells(addressed_to="a;b;c").responses()


def test_what_was_read_is_written_as_it_came() -> None:
    written = write_cells(cells())
    assert {name: str(written[name]) for name in LINE} == LINE


def test_only_what_there_is_goes_into_the_further_keys() -> None:
    assert write_further(cells()) == {"positions": [], "updates": []}
    assert write_further(cells(condition="Someone pays."))["condition"] == "Someone pays."


def test_an_empty_cell_says_nothing_where_something_must_stand() -> None:
    told = given_columns(TableRow(2, {"progress": "", "theme": "", "title": "x"}))
    assert told == {"theme", "title"}
    assert cells(progress="").progress is Progress.NOT_STARTED


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("number", "0"),
        ("number", "seven"),
        ("kind", "shout"),
        ("progress", "nearly"),
        ("response", "maybe"),
        ("offset_days", "soon"),
        ("due_on", "2013-15-01"),
        ("visibility", "secret"),
        ("passages", "abc"),
        ("passages", f"{SHA256}:9-9"),
        ("positions", [{"party": "x", "stance": "likes"}]),
        ("updates", [{"by": "x"}]),
        ("title", "x" * 301),
    ],
)
def test_a_bad_cell_is_told_with_line_and_column(column: str, value: Any) -> None:
    with pytest.raises(Refused, match=f"Line 3: {column}"):
        cells(**{column: value})
