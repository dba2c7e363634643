"""A text in which no label stands: its paragraphs, so that it never is one endless turn."""

import re
from collections.abc import Iterable, Iterator

from tracker.transcripts.layouts.line_parts import LINE, STAMP_LINE
from tracker.transcripts.text_positions import NEWLINE, Span, split_sentences

PARAGRAPH = re.compile(rf"(?:{NEWLINE}[ \t\xa0]*){{2,}}")
ENDS = re.compile(r"[.?!…。！？][\"”’)\]]*\s*\Z")
#: characters of a paragraph from which it is cut
LONG = 4_000
#: characters of the pieces that it is cut into
ENOUGH = 1_500
MOST = 3_000
#: characters of captions that are joined at least
SHORT = 200
#: share of the lines that are mere times, from which a text is a list of captions
STAMPED = 0.3


def cut_unlabelled(text: str) -> Iterator[Span]:
    """The paragraphs; captions under their times are joined to sentences, and what has no end is cut at one."""
    lines = [line for line in LINE.finditer(text) if line[0].strip()]
    stamps = sum(bool(STAMP_LINE.match(text, line.start())) for line in lines)
    # Captions of a few words each: alone none would hold a whole sentence to quote.
    if stamps > STAMPED * len(lines):
        yield from _joined(text, [Span(line.start(), line.end()) for line in lines], SHORT)
        return
    for part in _paragraphs(text):
        if part.end - part.start > LONG:
            yield from _joined(text, split_sentences(text, part.start, part.end), ENOUGH)
        else:
            yield part


def _paragraphs(text: str) -> Iterator[Span]:
    start = 0
    for gap in PARAGRAPH.finditer(text):
        yield Span(start, gap.start())
        start = gap.end()
    yield Span(start, len(text))


def _joined(text: str, pieces: Iterable[Span], least: int) -> Iterator[Span]:
    """Pieces put together until there is enough and a sentence ends, or there is far too much."""
    start = end = None
    for piece in pieces:
        if start is None:
            start = piece.start
        end = piece.end
        length = end - start
        if length >= MOST or (length >= least and ENDS.search(text, max(start, end - 10), end)):
            yield Span(start, end)
            start = None
    if start is not None and end is not None:
        yield Span(start, end)
