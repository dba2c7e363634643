"""Where words that somebody selected stand in a text, whatever became of the white space between them."""

import re

from tracker.transcripts.anchors import Span


def find(text: str, within: Span, words: str) -> Span | None:
    """Return the first place of the words within the span; None where they do not stand there."""
    parts = words.split()
    if not parts:
        return None
    found = re.compile(r"[\s\xa0]+".join(map(re.escape, parts))).search(text, within.start, within.end)
    return Span(found.start(), found.end()) if found else None
