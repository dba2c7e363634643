"""What a transcript file holds, told by its content: the text that all offsets count in."""

from dataclasses import dataclass

from tracker.errors import Refused
from tracker.transcripts.formats.decoding import decode
from tracker.transcripts.formats.html import html_text, looks_like_html
from tracker.transcripts.marked import Marked, Stamp

MAX_BYTES = 20_000_000
MAX_CHARACTERS = 5_000_000
FOREIGN = (
    (b"PK\x03\x04", "a Word or ZIP file"),
    (b"%PDF-", "a PDF file"),
    (b"\xd0\xcf\x11\xe0", "an old Word file"),
    (b"{\\rtf", "an RTF file"),
)


@dataclass(frozen=True)
class Reading:
    """The text of a file, the format it was in (`text` or `html`) and its encoding.

    `marked` are the speeches that the file itself marks, in order, offsets in `text`; `stamps` the times where only
    these are known; `notes` what a person should know of the reading.
    """

    text: str
    format: str
    encoding: str
    marked: tuple[Marked, ...] = ()
    stamps: tuple[Stamp, ...] = ()
    notes: tuple[str, ...] = ()


def read(data: bytes) -> Reading:
    """Read a transcript file; Refused, with what to do, where it is empty, too large or no text."""
    _check(data)
    decoded = decode(data)
    is_html = looks_like_html(decoded.text)
    text = html_text(decoded.text) if is_html else decoded.text
    if len(text) > MAX_CHARACTERS:
        raise Refused(
            "The text has more than %(limit)s characters: split it into one file a session.", limit=MAX_CHARACTERS
        )
    if not text.strip():
        raise Refused("The file holds no text.")
    return Reading(text, "html" if is_html else "text", decoded.encoding)


def _check(data: bytes) -> None:
    if not data:
        raise Refused("The file is empty.")
    if len(data) > MAX_BYTES:
        raise Refused("The file is larger than %(limit)s MB.", limit=MAX_BYTES // 1_000_000)
    for beginning, what in FOREIGN:
        if data.startswith(beginning):
            raise Refused("This is %(what)s, which is not read yet: save it as plain text or HTML.", what=what)
