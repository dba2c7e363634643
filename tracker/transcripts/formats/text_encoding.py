"""From bytes to text: byte-order marks, UTF-8, and a guess at older encodings."""

import codecs
import re
from dataclasses import dataclass

from tracker.errors import Refused

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
WIDE = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
#: share of blanks and line ends that a text has at least
MANY = 0.01
#: bytes in which a page says what it is in
HEAD = 4_000
CHARSET = re.compile(
    rb"<meta[^>]{0,200}charset=[\"']?((?:windows|iso|koi8|gb|big5|shift|euc|cp|mac|latin|tis)[A-Za-z0-9_-]{0,30})",
    re.IGNORECASE,
)
#: bytes that a guess is made from
SAMPLE = 100_000
#: share of bytes beyond ASCII below which the text is in Latin letters
FEW = 0.3
#: bytes from which a guess between Latin code pages is worth something
ENOUGH = 2_000
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
    """UTF-16 or UTF-32 without a mark: blanks and line ends show which, for in the wrong one there are none."""
    sample = data[: SAMPLE // 4 * 4]
    if 0 not in sample:
        return None
    blanks = {encoding: _blanks(sample, encoding) for encoding in WIDE}
    best = max(WIDE, key=lambda encoding: blanks[encoding])
    if blanks[best] >= MANY:
        return best
    return None


def _blanks(sample: bytes, encoding: str) -> float:
    """The share of blanks and line ends among the characters; 0 where the bytes are not in this encoding."""
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(sample)
    except UnicodeDecodeError:
        return 0.0
    if not text or "\0" in text:
        return 0.0
    return sum(text.count(sign) for sign in " \r\n") / len(text)


def _guess(data: bytes) -> str:
    if wide := _wide(data):
        return wide
    if stated := _told(data):
        return stated
    sample = data[:SAMPLE]
    # Its tables are large, and nearly every file is UTF-8.
    from charset_normalizer import from_bytes  # noqa: PLC0415

    best = from_bytes(sample).best()
    if best is None:
        raise Refused("The file is not text in any known encoding: save it as UTF-8 text and try again.")
    # In Latin letters few bytes lie beyond ASCII; in Cyrillic, Greek or Arabic nearly all do.
    few = sum(byte > 0x7F for byte in sample) < len(sample) * FEW
    sure = best.encoding in LATIN and len(sample) >= ENOUGH
    # Latin text with a few accents looks alike in a dozen code pages; the one that offices used is the best bet.
    if few and not sure and _fits(data, "cp1252"):
        return "cp1252"
    return str(best.encoding)


def _told(data: bytes) -> str | None:
    """The encoding that a web page says it is in, if it is one and the page is in it."""
    hit = CHARSET.search(data[:HEAD])
    if hit is None:
        return None
    name = hit[1].decode("ascii")
    if _fits(data, name):
        return name.lower()
    return None


def _fits(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return False
    return True
