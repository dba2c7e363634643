"""What is looked for, as words; and the part of a text that shows why it was found. Pure."""

import re
from dataclasses import dataclass

WORD = re.compile(r"\w+")
MOST_WORDS = 12
LONGEST_WORD = 60
#: characters shown before and after the first word found
AROUND = 120


@dataclass(frozen=True)
class ExcerptPiece:
    """A part of a text, and whether it is one of the words looked for."""

    text: str
    is_hit: bool


def words_of(question: str) -> list[str]:
    """Return the words of a question; each must be found, as the beginning of a word."""
    return [word[:LONGEST_WORD] for word in WORD.findall(question.replace("\x00", " "))[:MOST_WORDS]]


def number_of(question: str) -> int | None:
    """Return the item's number if the question is nothing but one, as "14" or "#14"."""
    digits = question.strip().removeprefix("#")
    if digits.isascii() and digits.isdecimal() and len(digits) < 10:
        return int(digits)
    return None


def snippet(text: str, words: list[str]) -> list[ExcerptPiece]:
    """Return what stands around the first word found, cut between words, with every word found marked."""
    hits = _beginnings(words)
    first = hits.search(text) if hits else None
    start, end = _window(text, first.start() if first else 0)
    pieces = _cut(text, start, end, hits)
    before = [ExcerptPiece("… ", is_hit=False)] if start else []
    after = [ExcerptPiece(" …", is_hit=False)] if end < len(text) else []
    return [*before, *pieces, *after]


def _beginnings(words: list[str]) -> re.Pattern[str] | None:
    if not words:
        return None
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\w*", re.IGNORECASE)


def _window(text: str, position: int) -> tuple[int, int]:
    start = max(0, position - AROUND)
    end = min(len(text), position + 2 * AROUND)
    if start:
        start = text.find(" ", start, position) + 1 or start
    if end < len(text):
        end = max(text.rfind(" ", position, end), position) if " " in text[position:end] else end
    return start, end


def _cut(text: str, start: int, end: int, hits: re.Pattern[str] | None) -> list[ExcerptPiece]:
    pieces = []
    last = start
    for hit in hits.finditer(text, start, end) if hits else ():
        pieces += [ExcerptPiece(text[last : hit.start()], is_hit=False), ExcerptPiece(hit[0], is_hit=True)]
        last = hit.end()
    pieces.append(ExcerptPiece(text[last:end], is_hit=False))
    return [piece for piece in pieces if piece.text]
