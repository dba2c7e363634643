"""What captioners leave in a text for themselves: found as spans, so that pages can set it apart from what was said."""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class MarkKind(StrEnum):
    """What a mark tells: who typed, a doubtful spelling, unheard words, a phrase lost in conversion, a sound."""

    CAPTIONER = "captioner"
    SPELLING = "spelling"
    INAUDIBLE = "inaudible"
    MANGLED = "mangled"
    SOUND = "sound"


@dataclass(frozen=True)
class CaptionMark:
    """A captioner's mark at characters start to end."""

    start: int
    end: int
    kind: MarkKind


# What stands in brackets in captions is a sound only if it begins so: speakers are quoted in brackets, too.
NOISE = (
    r"applause|laughter|laughs?|laughing|music|silence|pause|cheering|crosstalk|overlapping|off mic(?:rophone)?"
    r"|no audio|audio|break|gavel|bell|technical|speaking in|speaks|showing|video|standing"
)
PATTERN = re.compile(
    r"(?P<inaudible>[\[(][^\[\]()\n]{0,30}(?:inaudible|indiscernible|unintelligible)[^\[\]()\n]{0,30}[\])]?"
    r"|\b(?:inaudible|indiscernible)[\])])"
    r"|(?P<sound>[\[(](?:" + NOISE + r"|microphone|mic)\b[^\[\]()\n]{0,40}[\])])"
    r"|(?P<mangled>\[email[\s\xa0]protected\])"
    r"|(?P<captioner>\b(?:[A-Z][a-z]{1,14}|[A-Z]{2,15}) (?:to here|TO HERE)\b)"
    r"|(?P<spelling>(?:(?<=[\s\xa0(])|^)\(?(?:sp|ph)\)?(?=[\s\xa0?.,]|$))",
    re.IGNORECASE | re.MULTILINE,
)


def find_marks(text: str, start: int = 0, end: int = sys.maxsize) -> list[CaptionMark]:
    """Return every captioner's mark between start and end, in order."""
    hits = PATTERN.finditer(text, start, end)
    return [CaptionMark(hit.start(), hit.end(), MarkKind(hit.lastgroup or "")) for hit in hits if _real(hit)]


def _real(hit: re.Match[str]) -> bool:
    """Case matters for two kinds: `Ian to here` begins with a name, ` sp ` is in small letters."""
    words = hit[0]
    if hit.lastgroup == "captioner":
        return words[0].isupper()
    return hit.lastgroup != "spelling" or words.islower()


def blank_marks(text: str, start: int, end: int) -> str:
    """The characters from start to end with each mark turned into blanks of the same length, so offsets still count."""
    pieces = []
    last = start
    for mark in find_marks(text, start, end):
        pieces += [text[last : mark.start], " " * (mark.end - mark.start)]
        last = mark.end
    pieces.append(text[last:end])
    return "".join(pieces)


def pieces(text: str, start: int, end: int) -> Iterator[tuple[str, MarkKind | None]]:
    """The characters from start to end cut at the marks, each with its kind, None for what was said."""
    last = start
    for mark in find_marks(text, start, end):
        if mark.start > last:
            yield text[last : mark.start], None
        yield text[mark.start : mark.end], mark.kind
        last = mark.end
    if last < end:
        yield text[last:end], None
