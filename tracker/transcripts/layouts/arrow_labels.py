"""Captioners' arrows: `>> KAREN ROSE:`, `>>karen:`, and `>> Who, please?` where nobody is named; also in mid-line."""

import re
from collections import Counter

from tracker.transcripts.layouts.line_parts import PrintedLabel, cleaned
from tracker.transcripts.layouts.plausible_labels import could_be, is_label
from tracker.transcripts.speakers.printed_names import folded, words_of

ARROW = re.compile(r"(?:>|&gt;){2,3}[ \t\xa0]*(?:\r?\n[ \t]*)?")
NAMED = re.compile(r"(?P<label>[^:\r\n>?!]{1,70}):(?![/\d])\**")
SENTENCE = re.compile(r"[^\W\d_]{4,}\.\s")
FEW = 2  # words of a label in small letters that stands there but once


def arrows(text: str) -> list[PrintedLabel]:
    """A label for each arrow, without a text where it names nobody."""
    found = [(arrow, _named(text, arrow.end())) for arrow in ARROW.finditer(text)]
    times = Counter(folded(named["label"]) for _, named in found if named)
    small = sum(number for name, number in times.items() if number > 1 and name in {n["label"] for _, n in found if n})
    raw = small * 2 > len(found)
    return [_label(arrow, named, times, raw) for arrow, named in found]


def _named(text: str, start: int) -> re.Match[str] | None:
    """What stands before a colon after the arrow, where it could be a name."""
    named = NAMED.match(text, start)
    if named and could_be(named["label"]) and not SENTENCE.search(named["label"]):
        return named
    return None


def _label(arrow: re.Match[str], named: re.Match[str] | None, times: Counter[str], raw: bool) -> PrintedLabel:
    if named is None or not (is_label(named["label"]) or _small(named["label"], times, raw)):
        return PrintedLabel(None, arrow.start(), arrow.end(), True)
    return PrintedLabel(cleaned(named["label"]), arrow.start(), named.end(), True)


def _small(label: str, times: Counter[str], raw: bool) -> bool:
    """Whether a name may be in small letters: it is short, stands there again, or all names are printed so."""
    return len(words_of(label)) <= (4 if raw else FEW) or times[folded(label)] > 1
