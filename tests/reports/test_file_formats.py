"""Every format can be made, and its file is named for what it is."""

from dataclasses import replace

import pytest

from tests.reports.formats.files import printed
from tests.reports.papers import example
from tests.reports.pictures import picture
from tracker.reports.assemble_report import Edition
from tracker.reports.file_formats import FORMATS, file_name


@pytest.mark.parametrize("name", FORMATS)
def test_a_report_can_be_had_in_every_format(name: str) -> None:
    assert FORMATS[name].write(printed(example()))


@pytest.mark.parametrize("name", FORMATS)
def test_a_report_of_nothing_can_be_had_too(name: str) -> None:
    assert FORMATS[name].write(printed(picture()))


def test_an_issued_report_is_named_by_its_version() -> None:
    assert file_name(printed(example()), "pdf") == "igf-2013-v2.pdf"


def test_a_draft_is_named_by_its_day() -> None:
    assert file_name(replace(printed(example()), edition=Edition()), "csv") == "igf-2013-draft-2013-10-22.csv"
