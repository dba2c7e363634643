"""The session as documents: Word files of meeting services and of minute takers, and PDF files printed from them."""

import io
from typing import Any

import docx
import typst

from tests.transcripts.containers.session import SESSION


def _saved(document: Any) -> bytes:
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def _minutes(second: int) -> str:
    return f"{second // 60}:{second % 60:02}"


def teams_docx() -> bytes:
    """A name and a time in a paragraph of their own, each sentence in the next."""
    document = docx.Document()
    document.add_paragraph("Harbour council-20130312_090000-Meeting Recording")
    document.add_paragraph("March 12, 2013, 8:00AM\n1h 30m 2s")
    document.add_paragraph("Rosa Oak started transcription")
    for speech in SESSION:
        document.add_paragraph(f"{speech.speaker}   {_minutes(speech.seconds[0])}")
        for sentence in speech.sentences:
            document.add_paragraph(sentence)
    document.add_paragraph("Rosa Oak stopped transcription")
    return _saved(document)


def newer_teams_docx() -> bytes:
    """Name, time and words in one paragraph, parted by line breaks."""
    document = docx.Document()
    for speech in SESSION:
        run = document.add_paragraph().add_run(f"{speech.speaker}\u00a0\u00a0\u00a0{_minutes(speech.seconds[0])}")
        run.bold = True
        run.add_break()
        run.add_text(speech.words)
    return _saved(document)


def timed_docx() -> bytes:
    """An older service: times as in captions, then a name, then words."""
    document = docx.Document()
    for speech in SESSION:
        for sentence, at in zip(speech.sentences, speech.seconds, strict=True):
            document.add_paragraph(f"0:{at // 60}:{at % 60}.0 --> 0:{at // 60}:{at % 60}.970")
            document.add_paragraph(speech.speaker)
            document.add_paragraph(sentence)
    return _saved(document)


def minutes_docx() -> bytes:
    """A minute taker's document: bold names without any colon, after a heading and a table of who was there."""
    document = docx.Document()
    document.add_heading("Harbour council: minutes")
    table = document.add_table(2, 2)
    for place, words in enumerate(("Present", "Rosa Oak and four more", "Excused", "Nobody")):
        table.cell(place // 2, place % 2).text = words
    for speech in SESSION:
        paragraph = document.add_paragraph()
        paragraph.add_run(speech.speaker).bold = True
        paragraph.add_run(f" {speech.words}")
    return _saved(document)


def table_docx() -> bytes:
    """Speakers in the left column of a table, their words in the right one."""
    document = docx.Document()
    table = document.add_table(0, 2)
    for speech in SESSION:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = f"{speech.speaker}:", speech.words
    return _saved(document)


def _printed(body: str) -> bytes:
    """A PDF of small pages with a running head and page numbers."""
    head = (
        "#set page(width: 12cm, height: 9cm, header: [Harbour council #h(1fr) unedited],"
        " footer: context [Page #counter(page).display() of 9])\n#set text(size: 9pt)\n"
    )
    return typst.compile((head + body).encode())


def _plain(text: str) -> str:
    return text.replace("@", "\\@").replace("#", "\\#").replace("'", "\\'")


def printed_pdf() -> bytes:
    return _printed("\n\n".join(f"{speech.speaker.upper()}: {_plain(speech.words)}" for speech in SESSION))


def justified_pdf() -> bytes:
    """Justified, with words broken at the ends of lines, no room between paragraphs but a first line moved in."""
    body = "\n\n".join(f"{speech.speaker.upper()}: {_plain(speech.words)}" for speech in SESSION)
    return _printed("#set par(justify: true, first-line-indent: 1em, spacing: 0.65em)\n" + body)


def otter_pdf() -> bytes:
    """A service's export: names and times on lines of their own."""
    pairs = (
        f"{speech.speaker} #h(0.6em) {_minutes(speech.seconds[0])} \\ {_plain(speech.words)}" for speech in SESSION
    )
    return _printed("\n\n".join(pairs))
