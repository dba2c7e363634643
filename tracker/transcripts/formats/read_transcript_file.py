"""What a transcript file holds, told by its content and not by its name: the text that all offsets count in."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice

from tracker import upload_limits
from tracker.errors import Refused
from tracker.transcripts.formats.captions import looks_like_captions, read_captions
from tracker.transcripts.formats.docx import is_docx, read_docx
from tracker.transcripts.formats.foreign_files import refuse_by_content, refuse_by_text
from tracker.transcripts.formats.html import looks_like_html, read_html
from tracker.transcripts.formats.json import looks_like_json, read_json
from tracker.transcripts.formats.reading_result import MAX_CHARACTERS, MAX_LINES, TOO_LONG, TOO_MANY_LINES
from tracker.transcripts.formats.reading_result import FileReading as FileReading
from tracker.transcripts.formats.text_encoding import decode
from tracker.transcripts.formats.zip_archives import opened
from tracker.transcripts.reading.marked_speech import Marked as Marked
from tracker.transcripts.reading.marked_speech import Stamp as Stamp

PDF = b"%PDF-"
ZIP = b"PK\x03\x04"
FOREIGN = (
    (b"\xd0\xcf\x11\xe0", "an old Word file"),
    (b"{\\rtf", "an RTF file"),
)
#: folders and files that tell other programs' documents, which are ZIP archives too
OFFICE = (("xl/", "an Excel file"), ("ppt/", "a PowerPoint file"), ("content.xml", "an OpenDocument file"))
#: from the first sign on a line that is no blank to its end
WRITTEN_LINE = re.compile(r"\S[^\r\n]*")
#: halves of characters and null bytes, which no database takes
UNSTORABLE = re.compile("[\ud800-\udfff\0]")


def read(data: bytes) -> FileReading:
    """Read a transcript file; Refused, with what to do, where it is empty, too large, damaged or no text."""
    _check(data)
    reading = _cleaned(_reader(data)(data))
    if len(reading.text) > MAX_CHARACTERS:
        raise Refused(TOO_LONG, limit=MAX_CHARACTERS)
    if not reading.text.strip():
        raise Refused("The file holds no text. Choose another.")
    if _lines(reading.text) > MAX_LINES:
        raise Refused(TOO_MANY_LINES, limit=MAX_LINES)
    return reading


def _lines(text: str) -> int:
    """How many lines have something on them; one more than are allowed is enough to know."""
    return sum(1 for _ in islice(WRITTEN_LINE.finditer(text), MAX_LINES + 1))


def _cleaned(reading: FileReading) -> FileReading:
    """The same with a sign of its own for each character that cannot be stored, so that offsets hold."""
    marked = tuple(replace(speech, label=speech.label and _storable(speech.label)) for speech in reading.marked)
    notes = tuple(map(_storable, reading.notes))
    return replace(reading, text=_storable(reading.text), marked=marked, notes=notes)


def _storable(text: str) -> str:
    return UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def _check(data: bytes) -> None:
    if not data:
        raise Refused("The file is empty. Choose another.")
    if len(data) > upload_limits.TRANSCRIPT:
        raise Refused(
            "The file is larger than %(limit)s MB. Split it, or save it as plain text.",
            limit=upload_limits.TRANSCRIPT // 1_000_000,
        )
    for beginning, kind in FOREIGN:
        if data.startswith(beginning):
            raise _not_read(kind)
    refuse_by_content(data)


def _reader(data: bytes) -> Callable[[bytes], FileReading]:
    if PDF in data[:1024]:
        return _read_pdf
    if data.startswith(ZIP):
        return _read_zip
    return _read_text


def _read_pdf(data: bytes) -> FileReading:
    # pypdf is large, and most transcripts are not PDF.
    from tracker.transcripts.formats.pdf import read_pdf  # noqa: PLC0415

    return read_pdf(data)


def _not_read(kind: str) -> Refused:
    return Refused("This is %(what)s, which is not read: save it as Word, plain text or HTML.", what=kind)


def _read_zip(data: bytes) -> FileReading:
    names = opened(data).namelist()
    if is_docx(names):
        return read_docx(data)
    for kind in _programs(names):
        raise _not_read(kind)
    raise Refused("This is a ZIP archive: import it as several sessions, or unpack it and choose one of its files.")


def _programs(names: list[str]) -> Iterator[str]:
    yield from (kind for sign, kind in OFFICE if any(name.startswith(sign) for name in names))


def _read_text(data: bytes) -> FileReading:
    decoded = decode(data)
    refuse_by_text(decoded.text)
    if kind := looks_like_captions(decoded.text):
        return read_captions(decoded.text, kind, decoded.encoding)
    if looks_like_json(decoded.text):
        return read_json(decoded.text, decoded.encoding)
    if looks_like_html(decoded.text):
        return FileReading(read_html(decoded.text), "html", decoded.encoding)
    return FileReading(decoded.text, "text", decoded.encoding)
