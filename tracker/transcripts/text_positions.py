"""Places in a text: quotes cut by offset, the words around them, and where sentences begin and end."""

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from tracker.text import words

BLANK = " \t\r\n\x85\xa0\u2028\u2029\u200e\u200f\ufeff"
NEWLINE = r"(?:\r\n|[\r\n\x85\u2028\u2029])"
STOP = re.compile(r"[.!?…]+[\"'”’)\]]*(?=[\s\xa0]|$)|" + NEWLINE + r"[ \t\xa0]*" + NEWLINE + "|[。！？؟]+")
ABBREVIATIONS = words(
    "mr mrs ms dr prof st hon rev gen sen rep amb vs etc eg e.g ie i.e cf approx dept inc ltd nem a.m p.m u.n u.s"
    " jan feb mar apr jun jul aug sep sept oct nov dec"
)
NUMBERED = words("no nos art para fig vol")  # abbreviations only before a number
OPEN_ENDED = frozenset({"etc", "a.m", "p.m", "inc", "ltd", "u.n", "u.s"})  # may well end a sentence
MAX_SENTENCE = 2_000  # characters; a text without full stops is cut at the next blank


@dataclass(frozen=True)
class Span:
    """Characters start to end of a text, end excluded."""

    start: int
    end: int


class Ranged(Protocol):
    """Whatever has a place in a text."""

    @property
    def start(self) -> int:
        """Its first character."""

    @property
    def end(self) -> int:
        """The character after its last."""


def place_holding(ranges: Sequence[Ranged], position: int) -> int | None:
    """Return the number of the range that holds this character; they stand in the order of the text, none in another.

    A transcript has thousands of turns and is asked for each of its words: looking at all of them takes minutes.
    """
    place = bisect_right(ranges, position, key=_start) - 1
    if place >= 0 and position < ranges[place].end:
        return place
    return None


def _start(place: Ranged) -> int:
    return place.start


@dataclass(frozen=True)
class Context:
    """A quote with the words before and after it."""

    before: str
    quote: str
    after: str


def digest(data: bytes) -> str:
    """The SHA-256 of a file's bytes in hexadecimal: what names a transcript version."""
    return hashlib.sha256(data).hexdigest()


def quote(text: str, start: int, end: int) -> str:
    """The characters from start to end; ValueError where the text has no such place."""
    if not 0 <= start < end <= len(text):
        raise ValueError(f"the text has {len(text)} characters, not {start} to {end}")
    return text[start:end]


def context(text: str, start: int, end: int, size: int = 300) -> Context:
    """The quote with up to `size` characters on each side, cut between words."""
    words = quote(text, start, end)
    first = max(0, start - size)
    last = min(len(text), end + size)
    if first:
        first = _after_blank(text, first, start)
    if last < len(text):
        last = _before_blank(text, last, end)
    return Context(text[first:start], words, text[end:last])


def _after_blank(text: str, position: int, limit: int) -> int:
    while position < limit and text[position - 1] not in BLANK:
        position += 1
    return position


def _before_blank(text: str, position: int, limit: int) -> int:
    while position > limit and text[position] not in BLANK:
        position -= 1
    return position


def trim(text: str, start: int, end: int) -> Span:
    """The span without white space at its ends; empty at start where there is nothing else."""
    while start < end and text[start] in BLANK:
        start += 1
    while end > start and text[end - 1] in BLANK:
        end -= 1
    return Span(start, end)


def split_sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """The sentences between start and end, trimmed; an empty line ends one too."""
    begin = start
    for stop in STOP.finditer(text, start, end):
        if stop[0][0] == "." and _abbreviates(text, begin, stop):
            continue
        yield from _pieces(text, begin, stop.end())
        begin = stop.end()
    yield from _pieces(text, begin, end)


def _abbreviates(text: str, begin: int, stop: re.Match[str]) -> bool:
    """Whether the full stop belongs to an abbreviation or initial, or stands inside a thought."""
    word_start = stop.start()
    while word_start > max(begin, stop.start() - 12) and text[word_start - 1] not in BLANK + "(\"'":
        word_start -= 1
    word = text[word_start : stop.start()].lower()
    after = text[stop.end() : stop.end() + 4].lstrip(BLANK)[:1]
    # Dots trail off within a thought unless a new sentence begins after them.
    if stop[0].startswith(".."):
        return after.islower()
    # An initial: `W. Oak`, `the U. N.`; but `… and so do I.` ends a sentence.
    if len(word) == 1 and word.isalpha() and word != "i":
        return after.isupper() or after.islower()
    if word in OPEN_ENDED:
        return not after.isupper()
    if word in NUMBERED:
        return after.isdigit()
    return word in ABBREVIATIONS or (after.islower() and "." in word)


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    """The trimmed span, in parts where it is longer than a sentence can be."""
    span = trim(text, start, end)
    while span.end - span.start > MAX_SENTENCE:
        cut = text.rfind(" ", span.start + 1, span.start + MAX_SENTENCE)
        if cut <= span.start:  # no blank to cut at
            cut = span.start + MAX_SENTENCE
        yield trim(text, span.start, cut)
        span = trim(text, cut, span.end)
    if span.end > span.start:
        yield span


def find_words(text: str, within: Span, words: str) -> Span | None:
    """Return the first place of the words within the span; None where they do not stand there."""
    sought = _pattern(words)
    if sought is None:
        return None
    hit = sought.search(text, within.start, within.end)
    return hit and Span(hit.start(), hit.end())


def find_in_each(text: str, spans: Sequence[Span], words: str) -> list[Span | None]:
    """Return where the words stand first in each span, in capitals or not; None where they do not."""
    sought = _pattern(words, re.IGNORECASE)
    if sought is None:
        return [None] * len(spans)
    hits = [sought.search(text, span.start, span.end) for span in spans]
    return [hit and Span(hit.start(), hit.end()) for hit in hits]


def _pattern(words: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str] | None:
    parts = words.split()
    if parts:
        return re.compile(r"[\s\xa0]+".join(map(re.escape, parts)), flags)
    return None
