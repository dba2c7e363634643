"""PDF files: words page by page, what every page repeats left out, lines joined to paragraphs."""

import io
import logging
import re
import struct
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, pairwise

from pypdf import Configuration, PdfReader, apply_configuration
from pypdf.errors import PyPdfError

from tracker.errors import Refused
from tracker.transcripts.formats.meeting_service_lines import has_label, name_and_time, named_lines
from tracker.transcripts.formats.reading_result import MAX_CHARACTERS, PARAGRAPH, TOO_LONG, FileReading

MAX_PAGES = 1_000
# what one file may ask of the library, well below what it allows by itself
LIMITS = Configuration(
    zlib_maximum_output_length=16_000_000,
    lzw_maximum_output_length=16_000_000,
    run_length_maximum_output_length=16_000_000,
    stream_decoding_work_maximum_length=100_000_000,
    stream_parsing_work_maximum_count=1_000_000,
    jbig2dec_binary=None,
)
#: lines at the top and bottom of a page that may be furniture
EDGE = 3
#: pages that print a line from which it is furniture
REPEATED = 3
#: of all pages that do
SHARE = 0.3
#: of the usual width: a shorter line ends its paragraph
FULL = 0.75
NUMBERS = re.compile(r"(?<!\d)\d{1,6}(?!\d)")
NUMBER = re.compile(
    r"\W{0,9}(?:(?:page|p\.?|seite|página)\s{0,9})?\d{1,4}(?:\s{0,9}(?:/|of|von|de|sur)\s{0,9}\d{1,4})?\W{0,9}",
    re.IGNORECASE,
)
OPENS = re.compile(r">{1,3}|[•▪–—*·-]\s|\(?\d{1,3}[.)]\s|\(?[a-z]\)\s|<[^<>\n]{1,40}>")
ARABIC = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
ENDS = (".", "!", "?", "…", ":", "。", "؟", ";", '"', "”", ")")
LOCKED = "The PDF file is locked with a password: save it without one."
DAMAGED = "The PDF file is damaged or too intricate: print it to a new PDF, or save it as plain text."
SCANNED = "The PDF file holds pictures of pages and no text: run text recognition over it, or send the text itself."
RIGHT_TO_LEFT = "PDF files often keep right-to-left words out of order: check the text, or send a Word or caption file."

# what pypdf is known to raise on files that are not as they should be
FAULTS = (
    PyPdfError, ArithmeticError, AssertionError, AttributeError, LookupError, RuntimeError, TypeError, ValueError,
    struct.error, zlib.error,
)  # fmt: skip

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it finds wrong is said in a note or a refusal


def read_pdf(data: bytes) -> FileReading:
    """The words of a PDF file, with the speeches that a meeting service marked; Refused where it has none."""
    lines = list(chain.from_iterable(_without_furniture(_pages(data))))
    if not any(line.strip() for line in lines):
        raise Refused(SCANNED)
    reading = named_lines([line for line in lines if line], "pdf")
    if reading is None:
        reading = FileReading(PARAGRAPH.join(_paragraphs(lines)) + "\n", "pdf", "")
    if len(ARABIC.findall(reading.text, 0, 20_000)) > len(reading.text[:20_000]) / 10:
        return replace(reading, notes=(RIGHT_TO_LEFT,))
    return reading


def _pages(data: bytes) -> list[list[str]]:
    """Each page's lines."""
    try:
        with apply_configuration(LIMITS):
            return [[line.strip(" \t\xa0") for line in text.strip().splitlines()] for text in _texts(data)]
    except FAULTS as error:
        raise Refused(DAMAGED) from error


def _texts(data: bytes) -> Iterator[str]:
    """Each page's text, until there is too much of it."""
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise Refused(LOCKED)
    if len(reader.pages) > MAX_PAGES:
        raise Refused("The PDF file has more than %(limit)s pages: split it.", limit=MAX_PAGES)
    count = 0
    for page in reader.pages:
        text = page.extract_text().replace("\0", "")
        count += len(text)
        if count > MAX_CHARACTERS:
            raise Refused(TOO_LONG, limit=MAX_CHARACTERS)
        yield text


def _without_furniture(pages: list[list[str]]) -> Iterator[list[str]]:
    """The pages without the page numbers and repeated lines at their edges, nor empty lines there."""
    heads = _repeated([page[:EDGE] for page in pages])
    feet = _repeated([page[::-1][:EDGE] for page in pages])
    for number, page in enumerate(pages):
        yield _body(_body(page, number, heads)[::-1], number, feet)[::-1]


def _repeated(edges: list[list[str]]) -> set[str]:
    """What so many pages print at the same place that it is no speech, numbers of pages counted off."""
    times = Counter(
        form
        for number, edge in enumerate(edges)
        for place, line in enumerate(edge)
        if line and not line.endswith(":")
        for form in _forms(line, number, place)
    )
    # Two pages that begin alike may be chance in a long file and are all there is in a short one.
    often = max(2, min(REPEATED, len(edges)), SHARE * len(edges))
    return {form for form, count in times.items() if count >= often}


def _forms(line: str, page: int, place: int) -> set[str]:
    """A line at its place as it is, and with each of its numbers less that of the page: what a page number leaves."""
    forms = {f"{place} {line}"}
    for hit in list(NUMBERS.finditer(line))[:4]:
        forms.add(f"{place} {line[: hit.start()]}{int(hit[0]) - page}{line[hit.end() :]}")
    return forms


def _body(page: list[str], number: int, furniture: set[str]) -> list[str]:
    """The page from its first line on that is no furniture."""
    for place, line in enumerate(page[:EDGE]):
        if line and not NUMBER.fullmatch(line) and not furniture & _forms(line, number, place):
            return page[place:]
    return page[EDGE:]


def _paragraphs(lines: list[str]) -> Iterator[str]:
    """Lines joined where one is full and the next goes on; a hyphen at a line's end stays as printed."""
    width = _usual_width(lines)
    parts: list[str] = []
    for before, line in pairwise(["", *lines, ""]):
        if parts and (_opens(line) or _ended(before, width)):
            yield "".join(parts)
            parts = []
        if parts and line and not parts[-1].endswith("-"):
            parts.append(" ")
        if line:
            parts.append(line)


def _opens(line: str) -> bool:
    """Whether a line begins a paragraph by what it says: nothing, a list's sign, a name and time, a label."""
    return not line or bool(OPENS.match(line) or name_and_time(line)) or has_label(line)


def _usual_width(lines: list[str]) -> int:
    """The length that a full line has: that of the longer ones, a few very long ones aside."""
    lengths = sorted(len(line) for line in lines if line)
    if lengths:
        return lengths[int(len(lengths) * 0.9)]
    return 0


def _ended(line: str, width: int) -> bool:
    """Whether a line is so short that its paragraph ended with it."""
    return len(line) < width * FULL and (line.endswith(ENDS) or len(line) < width * FULL / 2)
