"""What the child process makes is what this process would have made."""

import io

import pytest
from docx import Document

from tests.reports.formats.files import printed
from tests.reports.papers import example
from tracker.errors import Refused
from tracker.reports import child_files
from tracker.reports.child_files import HEAVY, make_file
from tracker.reports.file_formats import FORMATS


def test_a_child_makes_every_heavy_format() -> None:
    assert {name: bool(make_file(printed(example()), name)) for name in HEAVY} == dict.fromkeys(HEAVY, True)


def test_a_child_makes_the_same_csv_and_document() -> None:
    made = printed(example())
    assert make_file(made, "csv") == FORMATS["csv"].write(made)
    ours, theirs = (io.BytesIO(content) for content in (FORMATS["docx"].write(made), make_file(made, "docx")))
    assert [one.text for one in Document(theirs).paragraphs] == [one.text for one in Document(ours).paragraphs]


def test_a_file_that_takes_too_long_is_refused_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child_files, "WALL", 0.01)
    with pytest.raises(Refused, match="Choose HTML, Markdown or JSON"):
        make_file(printed(example()), "docx")
