"""The report as a DOCX: read back, it holds the paper; made for screen readers and long tables."""

import io
from dataclasses import replace
from functools import cache

import pytest
from docx import Document
from docx.document import Document as Docx
from docx.oxml.ns import qn

from tests.reports.formats.files import printed
from tests.reports.papers import ADDRESS, ROOT, example
from tests.reports.pictures import entry, picture
from tracker.reports.formats.docx import to_docx
from tracker.reports.snapshot import Picture


def read(made: Picture, *, is_rtl: bool = False) -> Docx:
    whole = printed(made)
    return Document(io.BytesIO(to_docx(replace(whole, paper=replace(whole.paper, is_rtl=is_rtl)))))


@cache
def document() -> Docx:
    return read(example())


def text(made: Docx) -> str:
    return "\n".join(node.text or "" for node in made.element.body.iter(qn("w:t")))


def test_it_says_what_it_is_and_how_to_cite_it() -> None:
    paragraphs = [paragraph.text for paragraph in document().paragraphs]
    assert paragraphs[:2] == ["Progress report for IGF 2013", "Library Board"]
    assert any(ADDRESS in line for line in paragraphs)
    assert document().core_properties.title == "Progress report for IGF 2013"


def test_every_page_says_that_it_is_no_outcome_and_its_number() -> None:
    foot = document().sections[0].footer.paragraphs[0]
    assert "not an IGF outcome. Captions are not an authoritative record." in foot.text
    fields = [field.get(qn("w:instr")) for field in foot._p.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_sections_are_headings() -> None:
    headings = [paragraph.text for paragraph in document().paragraphs if paragraph.style.name == "Heading 1"]
    assert headings[:3] == ["Needs attention", "Since the previous report", "In figures"]


def test_the_head_of_every_table_repeats_and_no_row_is_split() -> None:
    for table in document().tables:
        assert table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None
        assert all(row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in table.rows)


def test_the_chart_is_a_picture_with_words_for_those_who_do_not_see_it() -> None:
    bar, by_milestone = document().inline_shapes
    assert bar._inline.docPr.get("descr").startswith("Where the items stand. Overdue 1")
    assert by_milestone._inline.docPr.get("descr").startswith("By milestone. Total: ")


def test_lines_lead_to_the_item_and_the_passage() -> None:
    targets = {relation.target_ref for relation in document().part.rels.values() if relation.is_external}
    assert {f"{ROOT}/items/1", f"{ROOT}/transcripts/3#turn-2"} <= targets


def test_passages_are_quoted_with_their_speaker() -> None:
    quoted = [paragraph.text for paragraph in document().paragraphs if paragraph.style.name == "Quote"]
    assert quoted[0].startswith("keep the books – Ana Silva, file abab")


@pytest.mark.parametrize("hostile", ["<w:t>x</w:t>", "&amp; < >", "]]>", "=1+1"])
def test_what_people_wrote_stays_text(hostile: str) -> None:
    assert hostile in text(read(picture(entry(title=hostile))))


def test_a_control_character_does_not_break_the_document() -> None:
    assert "a b" in text(read(picture(entry(title="a\x07b", text="\x00"))))


def test_text_from_the_right_turns_paragraphs_runs_and_tables() -> None:
    body = read(example(), is_rtl=True).element.body
    paragraphs = list(body.iter(qn("w:p")))
    assert all(paragraph.pPr.find(qn("w:bidi")) is not None for paragraph in paragraphs)
    assert all(table.find(qn("w:bidiVisual")) is not None for table in body.iter(qn("w:tblPr")))
