"""From bytes to text: byte-order marks, UTF-8, and a guess at older encodings."""

import codecs
from dataclasses import dataclass

from charset_normalizer import from_bytes

from tracker.errors import Refused

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
SAMPLE = 100_000  # bytes that a guess is made from
FEW = 0.3  # share of bytes beyond ASCII below which the text is in Latin letters
ENOUGH = 2_000  # bytes from which a guess between Latin code pages is worth something
LATIN = {"cp1250", "iso8859_2", "cp1254", "iso8859_9", "cp1257", "iso8859_13"}


@dataclass(frozen=True)
class Decoded:
    """Text and the encoding that it was kept in."""

    text: str
    encoding: str


def decode(data: bytes) -> Decoded:
    """Text of the bytes, byte-order mark dropped, newlines as they stand; Refused where it is no text."""
    encoding = _encoding(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Refused(
            "The file is not readable as %(encoding)s at byte %(position)s: save it as UTF-8 and try again.",
            encoding=encoding,
            position=error.start,
        ) from error
    text = text.removeprefix("\ufeff")
    if "\0" in text:
        raise Refused("The file holds null bytes, so it is not plain text: save it as UTF-8 text and try again.")
    return Decoded(text, encoding)


def _encoding(data: bytes) -> str:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return encoding
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _guess(data)
    return _wide(data) or "utf-8"


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark shows as a null byte beside every Latin letter."""
    sample = data[:SAMPLE]
    half = len(sample) // 2
    if half and sample[1::2].count(0) > half * 0.7:
        return "utf-16-le"
    if half and sample[0::2].count(0) > half * 0.7:
        return "utf-16-be"
    return None


def _guess(data: bytes) -> str:
    if wide := _wide(data):
        return wide
    sample = data[:SAMPLE]
    best = from_bytes(sample).best()
    if best is None:
        raise Refused("The file is not text in any known encoding: save it as UTF-8 text and try again.")
    few = sum(byte > 0x7F for byte in sample) < len(sample) * FEW
    sure = best.encoding in LATIN and len(sample) >= ENOUGH
    # Latin text with a few accents looks alike in a dozen code pages; the one that offices used is the best bet.
    return "cp1252" if few and not sure and _fits(data, "cp1252") else best.encoding


def _fits(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
