"""Where words that somebody selected stand in a text, whatever became of the white space between them."""

import re
from collections.abc import Sequence

from tracker.transcripts.text_positions import Span


def find(text: str, within: Span, words: str) -> Span | None:
    """Return the first place of the words within the span; None where they do not stand there."""
    sought = _pattern(words)
    found = sought.search(text, within.start, within.end) if sought else None
    if found:
        return Span(found.start(), found.end())
    return None


def first_in_each(text: str, spans: Sequence[Span], words: str) -> list[Span | None]:
    """Return where the words stand first in each span, in capitals or not; None where they do not."""
    sought = _pattern(words, re.IGNORECASE)
    if sought is None:
        return [None] * len(spans)
    hits = [sought.search(text, span.start, span.end) for span in spans]
    return [Span(hit.start(), hit.end()) if hit else None for hit in hits]


def _pattern(words: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str] | None:
    parts = words.split()
    if parts:
        return re.compile(r"[\s\xa0]+".join(map(re.escape, parts)), flags)
    return None
