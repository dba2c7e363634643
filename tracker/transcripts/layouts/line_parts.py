"""What all layouts share: lines, time stamps and the label itself."""

import re
from dataclasses import dataclass

LINE = re.compile(r"[^\r\n\x85\u2028\u2029]+")
#: of the direction of writing
MARKS = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
CLOCK = r"\d{1,3}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?(?:\s?[AaPp]\.?[Mm]\b\.?)?"
DATE = r"(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4}(?:,?[ \t]{1,3}|T))?"
#: a time as transcripts print it, in brackets or not, after a day or not, `2024-11-12T16:55:49.756Z` among them
STAMP = rf"[\[(]?{DATE}{CLOCK}Z?(?:[ \t]{{0,2}}(?:-->|[-–—])[ \t]{{0,2}}{CLOCK})?[\])]?"
BRACKETED = rf"[\[(]{CLOCK}[\])]"
STAMP_LINE = re.compile(rf"[ \t]*{STAMP}[ \t]*(?:\r?\n|$)")
PARTS = re.compile(r"(\d{1,3}):(\d{2})(?::(\d{2}))?")
AFTERNOON = re.compile(r"[Pp]\.?[Mm]")
BLANKS = f" \t\xa0*_{MARKS}"


@dataclass(frozen=True)
class PrintedLabel:
    """A speaker's label as printed, where it begins and where the speech after it begins.

    `text` is None where a new speech is marked but nobody named; `silent` marks a line that is nobody's speech and ends
    the one before. `said_at` is the time printed beside the label, in seconds.
    """

    text: str | None
    start: int
    speech: int
    arrow: bool = False
    said_at: int | None = None
    silent: bool = False


def seconds(stamp: str | None) -> int | None:
    """The seconds of a time stamp: `1:02` and `00:01:02` are both 62; None without one."""
    hit = PARTS.search(stamp or "")
    if hit is None or stamp is None:
        return None
    first, second, third = (int(part or "0") for part in hit.groups())
    if hit[3] is None and not AFTERNOON.search(stamp):
        return first * 60 + second
    if AFTERNOON.search(stamp) and first < 12:
        first += 12
    return first * 3600 + second * 60 + third


def cleaned(label: str) -> str:
    """A label without the blanks and stars around it."""
    return label.strip(BLANKS)
