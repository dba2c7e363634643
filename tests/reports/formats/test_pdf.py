"""The print: tagged, paged, and made of data that nobody's text can turn into markup."""

import io
import re
from functools import cache

import pypdf
import pytest

from tests.reports.papers import ROOT, example, written
from tests.reports.pictures import entry
from tracker.reports.formats.pdf import mark_png, pdf, printable_code_points
from tracker.reports.snapshot import ReportedItem
from tracker.wording.mark_drawings import DRAWINGS

#: pt
A4_WIDTH = 595
A4_HEIGHT = 842
MARGIN = 57
FOOT = 62
MANY = tuple(
    entry(number, title=f"Item with the number {number}", theme=f"theme {number % 9}") for number in range(10, 60)
)


@cache
def printed(*more: ReportedItem) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf(written(example(*more)))))


def pages(reader: pypdf.PdfReader) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def everything(reader: pypdf.PdfReader) -> str:
    return " ".join(pages(reader))


def test_the_print_says_what_it_is() -> None:
    reader = printed()
    assert reader.metadata is not None
    assert reader.metadata.title == "Progress report for IGF 2013 · Library Board"
    assert "As of Tuesday 22 October 2013 Version 2, issued on Wednesday 23 October 2013" in pages(reader)[0]


def test_every_item_is_there_with_its_mark() -> None:
    text = everything(printed())
    assert all(title in text for title in ("Keep a sustained archive", "Count the books", "Open on Sundays"))
    assert "done, but disputed" in text


def test_a_mark_is_drawn_and_not_read_out() -> None:
    assert not {"○", "◐", "●"} & set(everything(printed()))
    drawings = {sign: mark_png(sign) for sign in DRAWINGS}
    assert len(set(drawings.values())) == len(drawings)


def test_every_page_has_its_number_and_says_that_it_is_no_outcome() -> None:
    shown = pages(printed())
    for number, text in enumerate(shown, 1):
        assert f"{number} / {len(shown)}" in text
        assert "not an IGF outcome. Captions are not an authoritative record." in text


def test_the_print_is_tagged_and_in_a_language() -> None:
    root = printed().root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"


def test_lines_lead_to_the_item_and_the_passage() -> None:
    links = {
        annotation.get_object()["/A"]["/URI"]
        for page in printed().pages
        for annotation in page.get("/Annots", [])
        # those of the contents lead to a place in the file and have no address
        if "/A" in annotation.get_object()
    }
    assert {f"{ROOT}/items/1", f"{ROOT}/transcripts/3#turn-2"} <= links


def test_a_long_table_repeats_its_head_on_every_page() -> None:
    many = tuple(entry(number, title=f"Item with the number {number}") for number in range(10, 50))
    shown = pages(printed(*many))
    holding = [text for text in shown if len(re.findall(r"Item with the number \d+ Proposer not", text)) > 1]
    assert len(holding) > 1
    assert all("Addressees and responses" in text for text in holding)


def places(page: pypdf.PageObject) -> list[tuple[str, float, float]]:
    """Return the texts of a page, each with where it begins: points from the left and from the foot."""
    found: list[tuple[str, float, float]] = []

    def note(text: str, drawn: list[float], place: list[float], *_font: object) -> None:
        across, _, _, up, left, foot = drawn
        if text.strip():
            found.append((text.strip(), across * place[4] + left, up * place[5] + foot))

    page.extract_text(visitor_text=note)
    return found


def test_the_first_page_is_a_cover_that_can_be_cited() -> None:
    cover = pages(printed())[0]
    in_order = [
        "Library Board",
        "Progress report for IGF 2013",
        "Tue 22 Oct 2013 – Fri 25 Oct 2013, Bali",
        "As of Tuesday 22 October 2013",
        "Version 2",
        "not an IGF outcome",
        "Progress report for IGF 2013, version 2, as of Tuesday 22 October 2013.",
        "2 of 3 items are open, 1 is overdue",
        "Contents",
    ]
    assert sorted(in_order, key=cover.index) == in_order


def test_the_contents_name_every_section_with_its_page() -> None:
    contents = pages(printed(*MANY))[0].partition("Contents")[2]
    for section in written(example(*MANY)).sections:
        assert re.search(rf"{re.escape(section.heading)}[ .]*\d", contents), section.heading


def test_titles_have_nearly_half_of_the_width() -> None:
    heads = [{text: x for text, x, _y in places(page)} for page in printed(*MANY).pages]
    begins = next(head for head in heads if "Addressees and" in head)
    assert (begins["Addressees and"] - begins["Item"]) / (A4_WIDTH - 2 * MARGIN) == pytest.approx(0.45, abs=0.01)


def test_no_page_but_the_last_is_half_empty() -> None:
    reader = printed(*MANY)
    lowest = [min(y for _text, _x, y in places(page) if y > FOOT) for page in reader.pages]
    assert len(lowest) > 5
    assert max(lowest[:-1]) < A4_HEIGHT / 2


HOSTILE = [
    '#read("/etc/passwd")',
    "<script>alert(1)</script>",
    "$x$ *bold* _it_ @ref `raw`",
    "#{1+1} \\u{41} // no comment",
    '"} , {"x": "',
]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_wrote_is_printed_literally(text: str) -> None:
    assert " ".join(text.split()) in everything(printed(entry(7, title=text, text=text)))


@pytest.mark.parametrize("letter", ["😀", "漢", "\x7f", "\U000200b7", "ا"])
def test_a_letter_that_no_typeface_has_is_replaced(letter: str) -> None:
    assert "before � after" in everything(printed(entry(7, title=f"before {letter} after")))


def test_a_backslash_before_a_u_is_not_taken_for_a_control_character() -> None:
    assert r"a \u0007 b �" in everything(printed(entry(7, title=r"a \u0007 b 😀")))


def test_names_in_latin_greek_and_cyrillic_are_printed() -> None:
    assert "Željko Đurić · Άννα · Алексей · Nguyễn" in everything(
        printed(entry(7, title="Željko Đurić · Άννα · Алексей · Nguyễn"))
    )


def test_the_typefaces_have_every_letter_they_are_said_to_have() -> None:
    letters = "".join(map(chr, sorted(printable_code_points())))
    assert pdf(written(example(entry(7, title=letters, text=letters))))


def test_the_same_report_makes_the_same_file() -> None:
    assert pdf(written(example())) == pdf(written(example()))
