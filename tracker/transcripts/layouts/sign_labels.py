"""Names set off otherwise: `**Karen:**`, `### Karen:`, `Karen – words`, `M. VASSEUR. — words`, `Karen<tab>words`."""

import re
from collections import Counter
from itertools import pairwise

from tracker.transcripts.layouts.line_parts import LINE, STAMP, PrintedLabel, cleaned, seconds
from tracker.transcripts.layouts.plausible_labels import could_be, in_capitals, is_label, is_role
from tracker.transcripts.reading.caption_marks import find_marks
from tracker.transcripts.speakers.printed_names import folded, words_of

NAME = r"(?P<label>[^\W\d][^\r\n:*_\t–—]{0,70}?)"
BOLD = re.compile(
    rf"^[ \t]*(?:[-•][ \t]+)?(?P<mark>\*{{1,3}}|_{{1,2}}){NAME}[ \t]*(?::|[.,])?(?P=mark)[ \t]*:?[ \t]*", re.M
)
HEADED = re.compile(
    rf"^#{{1,6}}[ \t]+\**(?:(?P<before>{STAMP})[ \t]*[-–—|]?[ \t]*)?(?P<label>[^\W\d][^\r\n:*\t\[]{{0,70}}?)"
    rf"(?:[ \t]*[-–—|]?[ \t]*(?P<at>{STAMP}))?\**(?P<colon>[:：])?\**[ \t#]*(?:\r?\n)+(?=[^\s#])",
    re.M,
)
DASH = re.compile(rf"^[ \t]*(?:[-•*][ \t]+)?{NAME}\.?[ \t\xa0]*(?:[–—]|--|[ \t]-(?=[ \t]))[ \t\xa0]*(?=\S)", re.M)
TAB = re.compile(rf"^{NAME}\t+(?=\S)", re.M)
BRACKETS = re.compile(
    r"^[ \t]*(?:[-•*][ \t]+)?[\[(](?P<label>[^\W\d][^\r\n:\[\]()]{0,60})[\])](?!\()[ \t]*:?[ \t]+(?=\S)", re.M
)
LEAST = 3
BLANK_LINE = re.compile(r"\n[ \t\xa0]*\r?\n[ \t]*\Z")
ALONE = re.compile(r"(?:\r?\n)+")
ARROW = re.compile(r"(?:>|&gt;){2,3}[ \t\xa0]*(?:\r?\n[ \t]*)?")
NAME_AND_COLON = re.compile(r"(?P<label>[^:\r\n>?!]{1,70}):(?![/\d])\**")
SENTENCE = re.compile(r"[^\W\d_]{4,}\.\s")
#: words of a label in small letters that stands there but once
FEW_WORDS = 2


def bold_labels(text: str) -> list[PrintedLabel]:
    """Names between stars or underscores."""
    return _again([hit for hit in BOLD.finditer(text) if _named(text, hit)])


def _named(text: str, hit: re.Match[str]) -> bool:
    """Bold words with a colon are a label; alone on a line they may be a heading; inside a line they are stressed."""
    if ":" in hit[0]:
        return is_label(hit["label"])
    return is_label(hit["label"]) and bool(ALONE.match(text, hit.end()))


def headed_labels(text: str) -> list[PrintedLabel]:
    """Names as headings, the words below: `### Karen Rose:`."""
    hits = [hit for hit in HEADED.finditer(text) if is_label(hit["label"])]
    with_colon = [hit for hit in hits if hit["colon"]]
    # A colon makes a heading a label, else it must come again.
    if len(with_colon) * 2 > len(hits) >= LEAST:
        hits = with_colon
    elif not _again(hits):
        return []
    return [
        PrintedLabel(cleaned(hit["label"]), hit.start(), hit.end(), False, seconds(hit["before"] or hit["at"]))
        for hit in hits
    ]


def bracket_labels(text: str) -> list[PrintedLabel]:
    """Names in brackets: `[Speaker 1] words`; a sound in brackets is nobody."""
    hits = [hit for hit in BRACKETS.finditer(text) if is_label(hit["label"]) and not find_marks(hit[0])]
    if len({folded(hit["label"]) for hit in hits}) > 1:
        return _again(hits)
    return []


def dash_labels(text: str) -> list[PrintedLabel]:
    """Names before a dash."""
    return _again([hit for hit in DASH.finditer(text) if is_label(hit["label"])])


def tab_labels(text: str) -> list[PrintedLabel]:
    """Names before a tab."""
    return _again([hit for hit in TAB.finditer(text) if could_be(hit["label"])])


def _again(hits: list[re.Match[str]]) -> list[PrintedLabel]:
    """Labels where several stand there more than once; a list of names is none."""
    times = Counter(folded(hit["label"]) for hit in hits)
    again = sum(times[folded(hit["label"])] > 1 for hit in hits)
    # A list of names with dashes (who was present) has the same form, but each name once.
    if len(hits) < LEAST or again * 2 < len(hits):
        return []
    return [PrintedLabel(cleaned(hit["label"]), hit.start(), hit.end()) for hit in hits]


def labels_alone(text: str) -> list[PrintedLabel]:
    """Names on a line of their own, the words below: in capitals, or standing there again and again."""
    lines = [line for line in LINE.finditer(text) if line[0].strip()]
    hits = [line for line, after in pairwise(lines) if _stands_alone(text, line) and len(after[0].strip()) > 2]
    names = [(line, cleaned(line[0]).rstrip(":")) for line in hits]
    times = Counter(folded(name) for _, name in names)
    again = [name for _, name in names if times[folded(name)] > 1 or is_role(name)]
    if len(again) < LEAST:
        return []
    sure = set(again)
    capitals = sum(in_capitals(name) for name in again) * 2 > len(again)
    kept = [(line, name) for line, name in names if name in sure or in_capitals(name) == capitals]
    return [PrintedLabel(name, line.start(), line.end()) for line, name in kept]


def _stands_alone(text: str, line: re.Match[str]) -> bool:
    """Whether a short line after a blank one could be a name."""
    words = line[0].strip()
    if len(words) > 60 or not is_label(words) or words[-1] in ".,;!?…。":
        return False
    return line.start() == 0 or bool(BLANK_LINE.search(text, max(0, line.start() - 20), line.start()))


def arrows(text: str) -> list[PrintedLabel]:
    """A label for each arrow, without a text where it names nobody."""
    arrows_and_names = [(arrow, _name_after(text, arrow.end())) for arrow in ARROW.finditer(text)]
    times = Counter(folded(named["label"]) for _, named in arrows_and_names if named)
    as_printed = {named["label"] for _, named in arrows_and_names if named}
    small = sum(number for name, number in times.items() if number > 1 and name in as_printed)
    raw = small * 2 > len(arrows_and_names)
    return [_arrow_label(arrow, named, times, raw) for arrow, named in arrows_and_names]


def _name_after(text: str, start: int) -> re.Match[str] | None:
    """What stands before a colon after the arrow, where it could be a name."""
    named = NAME_AND_COLON.match(text, start)
    if named and could_be(named["label"]) and not SENTENCE.search(named["label"]):
        return named
    return None


def _arrow_label(arrow: re.Match[str], named: re.Match[str] | None, times: Counter[str], raw: bool) -> PrintedLabel:
    if named is None or not (is_label(named["label"]) or _small(named["label"], times, raw)):
        return PrintedLabel(None, arrow.start(), arrow.end(), True)
    return PrintedLabel(cleaned(named["label"]), arrow.start(), named.end(), True)


def _small(label: str, times: Counter[str], raw: bool) -> bool:
    """Whether a name may be in small letters: it is short, stands there again, or all names are printed so."""
    if times[folded(label)] > 1:
        return True
    most = FEW_WORDS
    if raw:
        most = 2 * FEW_WORDS
    return len(words_of(label)) <= most
