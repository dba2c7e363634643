"""The report as JSON holds the whole picture, and figures that follow from it."""

import json

from tests.reports.formats.files import printed
from tests.reports.papers import ADDRESS, example
from tracker.reports.formats.json_record import to_record
from tracker.reports.progress import headline
from tracker.reports.snapshot import from_json


def record() -> dict[str, dict[str, object]]:
    made: dict[str, dict[str, object]] = json.loads(to_record(printed(example())))
    return made


def test_the_picture_comes_back() -> None:
    assert from_json(record()["picture"]) == example()


def test_the_figures_are_those_of_the_picture() -> None:
    found = record()
    read = from_json(found["picture"])
    assert found["figures"]["headline"] == headline(read.entries, read.as_of)


def test_it_says_which_report_it_is() -> None:
    assert record()["report"]["version"] == 2
    assert record()["report"]["address"] == ADDRESS


def test_every_view_holds_every_item() -> None:
    views = record()["figures"]["views"]
    assert [sorted(n for group in groups for n in group["items"]) for groups in views.values()] == [[1, 2, 3]] * 3
