"""The words of a search, and the excerpt of a text that shows why it is a result. Pure."""

import re
from dataclasses import dataclass

WORD = re.compile(r"\w+")
MOST_WORDS = 12
LONGEST_WORD = 60
#: characters of an excerpt before the first word found; twice as many after it
AROUND = 120


@dataclass(frozen=True)
class ExcerptPiece:
    """A part of an excerpt, and whether it is one of the words of the search."""

    text: str
    is_hit: bool


def words_of(question: str) -> list[str]:
    """Return the words of a question. A result has each of them as the beginning of a word."""
    return [word[:LONGEST_WORD] for word in WORD.findall(question.replace("\x00", " "))[:MOST_WORDS]]


def number_of(question: str) -> int | None:
    """Return the item number if the question is only that, as "14" or "#14"."""
    digits = question.strip().removeprefix("#")
    if digits.isascii() and digits.isdecimal() and len(digits) < 10:  # a longer one is no 32-bit number
        return int(digits)
    return None


def snippet(text: str, words: list[str]) -> list[ExcerptPiece]:
    """Return the excerpt around the first word found, cut between words, every word found in a piece of its own."""
    hits = _beginnings(words)
    first = hits.search(text)
    position = 0
    if first:
        position = first.start()
    start, end = _window(text, position)
    pieces = _cut(text, start, end, hits)
    if start > 0:
        pieces.insert(0, ExcerptPiece("… ", is_hit=False))
    if end < len(text):
        pieces.append(ExcerptPiece(" …", is_hit=False))
    return pieces


def _beginnings(words: list[str]) -> re.Pattern[str]:
    """Return a pattern of words that begin with one of these; without any it matches nothing."""
    # An empty pattern would match everywhere.
    if not words:
        return re.compile(r"(?!)")
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\w*", re.IGNORECASE)


def _window(text: str, position: int) -> tuple[int, int]:
    """Return the start and end of the excerpt around that position, moved to blanks where there are any."""
    start = max(0, position - AROUND)
    end = min(len(text), position + 2 * AROUND)
    # Cut between words, or the excerpt would begin in the middle of one.
    if start:
        start = text.find(" ", start, position) + 1 or start
    if end < len(text) and " " in text[position:end]:
        end = text.rfind(" ", position, end)
    return start, end


def _cut(text: str, start: int, end: int, hits: re.Pattern[str]) -> list[ExcerptPiece]:
    pieces = []
    last = start
    for hit in hits.finditer(text, start, end):
        pieces += [ExcerptPiece(text[last : hit.start()], is_hit=False), ExcerptPiece(hit[0], is_hit=True)]
        last = hit.end()
    pieces.append(ExcerptPiece(text[last:end], is_hit=False))
    return [piece for piece in pieces if piece.text]
