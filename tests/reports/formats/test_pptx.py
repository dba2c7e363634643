"""The report as slides: wide, with a chart that can be edited, and nothing cut off in silence."""

import io
from dataclasses import replace
from functools import cache

import pytest
from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide
from pptx.util import Pt

from tests.reports.formats.files import printed
from tests.reports.papers import ADDRESS, ROOT, example
from tests.reports.pictures import entry, overdue, picture
from tracker.reports.formats.pptx import HEIGHT, WIDTH, to_pptx
from tracker.reports.snapshot import Picture


def read(made: Picture, *, is_rtl: bool = False) -> Deck:
    whole = printed(made)
    return Presentation(io.BytesIO(to_pptx(replace(whole, paper=replace(whole.paper, is_rtl=is_rtl)))))


@cache
def deck() -> Deck:
    return read(example())


def titles(made: Deck) -> list[str]:
    return [slide.shapes.title.text_frame.text for slide in made.slides]


def texts(slide: Slide) -> list[str]:
    return [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]


def cells(made: Deck) -> list[str]:
    tables = [shape.table for slide in made.slides for shape in slide.shapes if shape.has_table]
    return [cell.text_frame.text for table in tables for row in table.rows for cell in row.cells]


def test_slides_are_sixteen_to_nine() -> None:
    assert round(deck().slide_width / deck().slide_height, 2) == 1.78


def test_nothing_stands_outside_a_slide() -> None:
    shapes = [shape for slide in deck().slides for shape in slide.shapes]
    assert all(shape.left >= 0 and shape.left + shape.width <= WIDTH for shape in shapes)
    assert all(shape.top >= 0 and shape.top + shape.height <= HEIGHT for shape in shapes)


def test_the_first_slide_says_what_it_is_and_where_the_report_stands() -> None:
    assert titles(deck())[0] == "Progress report for IGF 2013"
    assert ADDRESS in "".join(texts(deck().slides[0]))


def test_bad_news_comes_first() -> None:
    assert titles(deck())[3:5] == [
        "Needs attention: Overdue, the longest first",
        "Needs attention: Closed, but disputed or partly",
    ]


def test_the_second_slide_has_the_sentence_and_at_most_three_figures_of_sixty_points() -> None:
    runs = [run for shape in deck().slides[1].shapes for text in shape.text_frame.paragraphs for run in text.runs]
    assert "2 of 3 items are open, 1 is overdue" in " ".join(run.text for run in runs)
    assert [run.text for run in runs if run.font.size == Pt(60)] == ["2", "1", "1"]


def test_nothing_but_notes_is_smaller_than_sixteen_points() -> None:
    notes = {"Put forward by Ana Silva", "Proposer not known", "8 months overdue"}
    tables = [shape.table for slide in deck().slides for shape in slide.shapes if shape.has_table]
    small = {
        run.text
        for table in tables
        for cell in table.iter_cells()
        for text in cell.text_frame.paragraphs
        for run in text.runs
        if run.font.size < Pt(16)
    }
    assert small <= notes


def test_the_bar_tells_its_numbers_in_words() -> None:
    chart = next(shape.chart for shape in deck().slides[2].shapes if shape.has_chart)
    assert [series.name for series in chart.plots[0].series] == [
        "Overdue: 1",
        "Closed, but disputed or partly: 1",
        "Open, in time: 1",
    ]


def test_long_rows_make_more_slides_instead_of_one_that_runs_over() -> None:
    long = "A title that goes over several lines of its cell because its author had much to say of it"
    short = read(picture(*(overdue(number) for number in range(1, 7))))
    tall = read(picture(*(overdue(number, title=long) for number in range(1, 7))))
    assert len(tall.slides) > len(short.slides)


def test_every_slide_says_that_it_is_no_outcome() -> None:
    assert all("not an IGF outcome" in "".join(texts(slide)) for slide in deck().slides)


def test_the_chart_is_one_of_the_programs_own_with_its_numbers_in_the_notes() -> None:
    slide = deck().slides[titles(deck()).index("By milestone")]
    chart = next(shape.chart for shape in slide.shapes if shape.has_chart)
    assert {series.name: sum(series.values) for series in chart.plots[0].series} == {
        "Overdue": 1,
        "Closed, but disputed or partly": 1,
        "Open, in time": 1,
    }
    assert "All items, 3, 1, 1, 1" in slide.notes_slide.notes_text_frame.text


def test_charts_and_tables_have_words_for_those_who_do_not_see_them() -> None:
    frames = [shape for slide in deck().slides for shape in slide.shapes if shape.has_chart or shape.has_table]
    assert all(frame._element.nvGraphicFramePr.cNvPr.get("descr") for frame in frames)


def test_what_does_not_find_room_is_counted() -> None:
    many = read(picture(*(overdue(number) for number in range(1, 31))))
    assert "Needs attention: Overdue, the longest first (2/2) and 18 more" in titles(many)


def test_a_number_leads_to_its_item() -> None:
    targets = {rel.target_ref for slide in deck().slides for rel in slide.part.rels.values() if rel.is_external}
    assert f"{ROOT}/items/1" in targets


def test_a_mark_is_a_drawing_before_its_word() -> None:
    grids = [shape.table for slide in deck().slides for shape in slide.shapes if shape.has_table]
    paragraphs = [cell.text_frame.paragraphs[0] for grid in grids for cell in grid.iter_cells()]
    marked = {paragraph.text for paragraph in paragraphs if paragraph._p.findall(f".//{qn('a:buBlip')}")}
    assert {"not started", "done, but disputed by a proposer or supporter"} <= marked


@pytest.mark.parametrize("hostile", ["<a:t>x</a:t>", "&amp; < >"])
def test_what_people_wrote_stays_text(hostile: str) -> None:
    assert any(hostile in text for text in cells(read(picture(overdue(title=hostile)))))


def test_a_control_character_does_not_break_the_slides() -> None:
    assert any("a b" in text for text in cells(read(picture(overdue(title="a\x07b")))))


def test_text_from_the_right_turns_paragraphs_and_tables() -> None:
    made = read(picture(overdue(), entry(2)), is_rtl=True)
    tables = [shape.table for slide in made.slides for shape in slide.shapes if shape.has_table]
    assert all(table._tbl.tblPr.get("rtl") == "1" for table in tables)
    assert made.slides[0].shapes.title.text_frame.paragraphs[0]._p.pPr.get("rtl") == "1"
