"""Where speakers' labels stand: `MR NETTO:`, `>> KAREN ROSE:`, `Chair:`; and what only looks like one."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from tracker.transcripts.layout import NOTHING_SAID, Layout
from tracker.transcripts.names import PARTICLES, ROLES, TITLES, folded, words_of
from tracker.transcripts.vocabulary import words

LINE = re.compile(r"[^\r\n\x85\u2028\u2029]+")
MARKS = "\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff"  # of the direction that writing takes
HEAD = re.compile(rf"[\s\xa0*{MARKS}]*(?P<arrow>(?:>|&gt;){{1,3}}[\s\xa0]*)?(?P<label>[^:\r\n]{{1,70}}):\**")
MID_LINE = re.compile(r">>[\s\xa0]*(?P<label>[^:\r\n>]{1,70}):")
# What stands before a colon in a heading, a list or a form, and never in a name.
HEADINGS = words(
    "note notes disclaimer agenda item items question questions answer answers summary date time venue place room topic"
    " topics session workshop panel transcript action actions resolved resolution decision decisions todo subject re"
    " proposal proposals recommendation recommendations observation point points theme themes first second third fourth"
    " fifth next last key main step steps part day title status copyright source example examples warning update"
    " contact"
    " email phone website http https location language translation present attendees attending apologies regrets scribe"
    " minutes meeting chapter section annex figure table option conclusion conclusions introduction background purpose"
    " thank thanks yes no ok okay one two three four five comments comment remarks and but so or if because that this"
    " these it is are was were you we they i my our"
)
FEW = 5  # labels in capitals from which a page is known to print them so
CLITIC = re.compile(r"[\s\xa0]*(?:['’]s\b|[,;)\]])")


@dataclass(frozen=True)
class Label:
    """A speaker's label as printed, where it begins and where the speech after it begins."""

    text: str
    start: int
    speech: int
    arrow: bool


def labels(text: str, said: Layout = NOTHING_SAID) -> list[Label]:
    """Every label of the text in order; what merely looks like one is left out, and what is `said` goes before."""
    yes, no = {folded(name) for name in said.labels}, {folded(name) for name in said.not_labels}
    every = [label for label in _candidates(text) if folded(label.text) not in no]
    named = [label for label in every if folded(label.text) in yes]
    found = [label for label in every if _plausible(label) and not CLITIC.match(text, label.speech)]
    return sorted({*named, *_trusted_among(found)}, key=lambda label: label.start)


def line_starts(text: str) -> Iterator[tuple[int, str]]:
    """What stands before a colon at the start of a line, with its place: everything that could be meant as a label."""
    return ((label.start, label.text) for label in _candidates(text) if label.text)


def _trusted_among(found: list[Label]) -> list[Label]:
    times = Counter(folded(label.text) for label in found)
    capitals = sum(_in_capitals(label.text) for label in found) >= FEW
    return [label for label in found if _trusted(label, times[folded(label.text)], capitals)]


def _candidates(text: str) -> Iterator[Label]:
    for line in LINE.finditer(text):
        head = HEAD.match(text, line.start(), min(line.end(), line.start() + 90))
        if head:
            yield Label(head["label"].strip(" \xa0\t*"), line.start(), head.end(), bool(head["arrow"]))
        after = head.end() if head else line.start()
        for mid in MID_LINE.finditer(text, after, line.end()):
            yield Label(mid["label"].strip(" \xa0\t*"), mid.start(), mid.end(), True)


def _in_capitals(label: str) -> bool:
    words = [word for word in words_of(label) if folded(word) not in TITLES | PARTICLES]
    return bool(words) and all(word.isupper() for word in words)


def _plausible(label: Label) -> bool:
    """Whether the words could be a name or a role."""
    words = [folded(word) for word in words_of(label.text)]
    names = [word for word in words_of(label.text) if folded(word) not in PARTICLES | TITLES]
    if not 1 <= len(words) <= 7 or any(sign in label.text for sign in '?!;=<@"“”'):
        return False
    if any(sign.isdigit() for sign in label.text) and not set(words) & ROLES:
        return False
    if set(words) & HEADINGS and not set(words) & (ROLES | TITLES):
        return False
    return all(word[0].isupper() for word in names) or (label.arrow and len(words) <= 4)


def _trusted(label: Label, times: int, capitals: bool) -> bool:
    """Capitals, arrows, titles and roles are trusted at once; Two Capitalised Words where nothing speaks against it."""
    words = {folded(word) for word in words_of(label.text)}
    if label.arrow or _in_capitals(label.text) or words & TITLES or words <= ROLES:
        return True
    return times > 1 or (not capitals and len(words) >= 2)
