"""Word and PDF files: paragraphs, rows, bold names, services' names and times; pages without their furniture."""

import io
from typing import Any

import docx
import pytest
import typst

from tests.intake.hostile import said, word
from tracker.errors import Refused
from tracker.transcripts.formats import docx as word_files
from tracker.transcripts.formats import pdf
from tracker.transcripts.formats.pdf import RIGHT_TO_LEFT
from tracker.transcripts.formats.read_transcript_file import read


def saved(document: Any) -> str:
    held = io.BytesIO()
    document.save(held)
    return read(held.getvalue()).text


def bold(document: Any, name: str, words: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.add_run(name).bold = True
    paragraph.add_run(words)


def test_a_book_is_split_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_PAGES", 1)
    two_pages = typst.compile(b"One\n#pagebreak()\nTwo", format="pdf")
    with pytest.raises(Refused, match="The PDF file has more than 1 pages: split it"):
        read(two_pages)


def test_paragraphs_tabs_and_breaks_stay() -> None:
    document = docx.Document()
    document.add_paragraph("One\ttwo\nthree")
    document.add_paragraph("Four")
    assert saved(document) == "One\ttwo\nthree\n\nFour\n"


def test_a_row_of_a_table_is_a_paragraph() -> None:
    document = docx.Document()
    table = document.add_table(2, 2)
    for place, words in enumerate(("Publish the map", "Secretariat", "Mend the toll", "City")):
        table.cell(place // 2, place % 2).text = words
    document.add_paragraph("After")
    assert saved(document) == "Publish the map\nSecretariat\n\nMend the toll\nCity\n\nAfter\n"


def test_a_bold_name_that_comes_again_gets_a_colon() -> None:
    document = docx.Document()
    for words in (" opens.", " closes."):
        bold(document, "Rosa Oak", words)
    bold(document, "Only once", " in bold.")
    assert saved(document) == "Rosa Oak: opens.\n\nRosa Oak: closes.\n\nOnly once in bold.\n"


def test_a_bold_name_with_a_colon_is_left_as_it_is() -> None:
    document = docx.Document()
    for words in (" opens.", " closes."):
        bold(document, "Rosa Oak:", words)
    assert saved(document) == "Rosa Oak: opens.\n\nRosa Oak: closes.\n"


def test_deleted_words_and_copies_for_old_programs_are_left_out() -> None:
    old = '<mc:Fallback xmlns:mc="x"><w:t>twice</w:t></mc:Fallback>'
    body = f"<w:p><w:r><w:t>once</w:t></w:r><w:r>{old}</w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>"
    assert read(word(body)).text == "once\n"


def test_an_agenda_is_no_transcript() -> None:
    body = "".join(
        map(said, ("Opening of the day   9:00", "Report of Rosa   9:30", "Lunch   12:00", "End of all   13:00"))
    )
    reading = read(word(body))
    assert (reading.marked, "Report of Rosa   9:30" in reading.text) == ((), True)


def test_times_may_go_back_now_and_then() -> None:
    times = [f"0:{second:02}" for second in (*range(10, 40), 38)]
    lines = [line for time in times for line in (f"Rosa Oak   {time}", "Hello.", f"Li Wei   {time}", "Hello.")]
    assert len(read(word("".join(map(said, lines)))).marked) == 62


def test_what_a_service_says_of_itself_is_no_speech() -> None:
    lines = ("Call", "Rosa Oak   0:03", "Hello.", "Li Wei   0:09", "Bye.", "Rosa Oak stopped transcription")
    reading = read(word("".join(map(said, lines))))
    assert [reading.text[one.start : one.end] for one in reading.marked] == ["Hello.", "Bye."]
    assert reading.text.endswith("Rosa Oak stopped transcription\n")


def test_the_document_is_counted_while_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_files, "MAX_BYTES", 2_000_000)
    with pytest.raises(Refused, match="more than 2 MB"):
        read(word(f"<w:p>{'<w:r/>' * 400_000}</w:p>"))


def printed(body: str) -> bytes:
    foot = 'footer: context counter(page).display("1 / 1", both: true)'
    page = f"#set page(width: 9cm, height: 5cm, header: [Harbour council], {foot})"
    return typst.compile(f"{page}\n#set text(size: 8pt)\n{body}".encode())


def test_what_every_page_repeats_and_page_numbers_are_left_out() -> None:
    text = read(printed("\n\n".join(f"MS OAK: Point number {n} is this." for n in range(40)))).text
    assert text.startswith("MS OAK: Point number 0 is this.\n\nMS OAK: Point")
    assert ("Harbour" in text, " / " in text) == (False, False)


def test_lines_of_one_paragraph_are_joined_over_lines_and_pages() -> None:
    sentences = " ".join(f"This is sentence {n} of a speech that has no end." for n in range(40))
    assert read(printed(f"MS OAK: {sentences}")).text == f"MS OAK: {sentences}\n"


def test_a_hyphen_at_the_end_of_a_line_stays_as_printed() -> None:
    assert "multi-stakeholder" in read(printed("MS OAK: We all here like it multi- \\\nstakeholder and open.")).text


@pytest.mark.parametrize("line", ["• a point", "2. a point", "(b) a point", "MR ELM: Yes.", ">> Yes."])
def test_lists_and_labels_open_a_paragraph(line: str) -> None:
    body = "MS OAK: We have here a line that is as long as any other \\\n" + line.replace("(", "\\(")
    assert f"\n\n{line}" in read(printed(body)).text


def test_arabic_comes_with_a_note() -> None:
    body = '#set text(lang: "ar", font: "DejaVu Sans")\n' + "الرئيس: صباح الخير أيها الزملاء الكرام، نبدأ الآن. " * 9
    assert read(printed(body)).notes == (RIGHT_TO_LEFT,)
