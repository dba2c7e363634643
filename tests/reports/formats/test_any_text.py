"""No text that people can write breaks any file of a report."""

import csv
import io
from xml.etree import ElementTree

import pytest
from docx import Document
from hypothesis import given
from openpyxl import load_workbook
from pptx import Presentation

from tests.any_text import NASTY, halves, storable, tries
from tests.reports.formats.files import printed
from tests.reports.pictures import overdue, picture
from tests.reports.test_charts import chart
from tracker.reports.charts import Bar, svg
from tracker.reports.file_formats import FORMATS
from tracker.reports.formats.spreadsheet import FORMULA, to_csv
from tracker.reports.snapshot import Picture, ReportedQuote


def full_of(text: str) -> Picture:
    """A picture in which everything that people write is that text."""
    quote = ReportedQuote(1, "ab" * 32, 1, 9, speaker="person:7", words=text)
    written = {"title": text, "text": text, "theme": text, "capacity_of": text, "progress_reason": text}
    item = overdue(put_forward_by="person:7", quotes=(quote,), condition_met_on=None, **written)
    return picture(item, names={"person:7": text}, body_name=text)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("text", [*NASTY, "\ud800x\udfff"], ids=ascii)
def test_every_format_takes_what_has_broken_others(name: str, text: str) -> None:
    assert FORMATS[name].write(printed(full_of(text)))


@pytest.mark.parametrize("name", FORMATS)
@tries(12)
@given(storable | halves)
def test_every_format_takes_any_text(name: str, text: str) -> None:
    assert FORMATS[name].write(printed(full_of(text)))


@tries(12)
@given(storable | halves)
def test_documents_slides_and_workbooks_can_be_opened_again(text: str) -> None:
    files = {name: io.BytesIO(FORMATS[name].write(printed(full_of(text)))) for name in ("docx", "pptx", "xlsx")}
    assert Document(files["docx"]).tables
    assert len(Presentation(files["pptx"]).slides) > 1
    assert load_workbook(files["xlsx"]).sheetnames == ["Figures", "Items"]


@tries(100)
@given(storable)
def test_no_field_of_a_csv_is_a_formula(text: str) -> None:
    rows = list(csv.reader(io.StringIO(to_csv(printed(full_of(text))).decode("utf-8-sig"), newline="")))
    fields = [field for row in rows[1:] for field in row]
    assert not [field for field in fields if FORMULA.match(field) and not field.startswith("'")]


@tries(100)
@given(storable)
def test_a_chart_is_well_formed_with_any_text(text: str) -> None:
    drawn = svg(chart(Bar(text, (1, 2, 3)), title=text, description=text))
    assert ElementTree.fromstring(drawn).get("role") == "img"
