"""The report as Markdown: read back by a Markdown parser, it says what was meant and nothing else."""

from dataclasses import replace
from datetime import date

import pytest
from markdown import markdown

from tests.mail.expected import assert_as_expected
from tests.reports.formats.files import printed
from tests.reports.papers import ADDRESS, ROOT, example
from tests.reports.pictures import entry, picture
from tracker.items.models import Progress
from tracker.items.party_models import ResponseState
from tracker.reports.formats.markdown import to_markdown
from tracker.reports.snapshot import Changes, Gone, Previous, Reply, ReportedStep, Shift


def text(*titles: str) -> str:
    return to_markdown(printed(picture(*(entry(n, title=title) for n, title in enumerate(titles, 1))))).decode()


def test_it_says_what_it_is_and_how_to_cite_it() -> None:
    written = to_markdown(printed(example())).decode()
    assert written.startswith("# Progress report for IGF 2013\n\nLibrary Board\n")
    assert ADDRESS in written
    assert "not an IGF outcome" in written


def test_titles_lead_to_their_items() -> None:
    assert f"[Keep it]({ROOT}/items/1)" in text("Keep it")


def test_passages_stand_as_quotations_with_their_source() -> None:
    written = to_markdown(printed(example())).decode()
    assert f"> keep the books\n>\n> Ana Silva, <{ROOT}/transcripts/3#turn-2>" in written


def test_every_row_of_a_table_has_every_column() -> None:
    tables = [block.splitlines() for block in text("a | b", "c\nd").split("\n\n") if block.startswith("| ")]
    assert tables
    for lines in tables:
        assert len({line.replace("\\|", "").count("|") for line in lines}) == 1


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "![x](http://example.org/x.png)",
        "**bold** `code`",
        "&lt;b>",
    ],
)
def test_what_people_wrote_stays_text(hostile: str) -> None:
    html = markdown(text(hostile))
    assert not any(
        tag in html for tag in ("<script", "<img", 'javascript:alert(1)"', "<strong>bold", "<code>code", "<b>")
    )


@pytest.mark.parametrize(
    "text_of_item", ["# not a heading", "1. not a list", "- nor this", "+ or this", "> no quotation"]
)
def test_a_text_that_begins_like_markup_is_a_paragraph(text_of_item: str) -> None:
    written = to_markdown(printed(picture(entry(text=text_of_item)))).decode()
    full = written[written.index("### ") :].split("\n\n")[1]
    assert markdown(full).startswith("<p>")


def test_the_whole_report_reads_as_expected() -> None:
    changes = Changes(
        new=(3,),
        gone=(Gone(9, "Open on Mondays", Progress.DONE, is_disputed=True),),
        steps=(ReportedStep(2, Progress.IN_PROGRESS, Progress.DONE, is_disputed=True),),
        replies=(Reply(1, "body:2", ResponseState.SENT, ResponseState.REFERRED),),
        shifts=(Shift(1, date(2013, 1, 31), date(2013, 2, 28)),),
    )
    figures = {"overdue": 0, "slipped": 1, "items": 3, "done": 1}
    previous = Previous("feb-2013-consultations", "February consultations", 1, date(2013, 2, 1), figures, changes)
    made = replace(example(), previous=previous, left_out=1)
    assert_as_expected("report.md", to_markdown(printed(made)).decode())
