"""Which earlier proposal a passage speaks of: by the name of who made it, by shared words, by nearness."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.transcripts.reading.word_list import words
from tracker.transcripts.speakers.printed_names import folded

COMMON = words(
    "the and that this with for from have has will would should could must need needs our their they them there"
    " what which"
    " who when where how why can may also more very just about into over than then some any all not are was were"
    " been being"
    " we you think believe like want propose proposal suggestion support agree object idea said point make made"
    " going one two"
    " first second other such these those because only really much many people here good important thank says say"
    " it's don't"
)
FAR = 60  # earlier proposals looked at
ENOUGH = 0.22


@dataclass(frozen=True)
class EarlierProposal:
    """An earlier proposal: who made it, its telling words, the turn it stands in."""

    speaker: str | None
    words: frozenset[str]
    turn: int


def telling(text: str) -> frozenset[str]:
    """The words of a passage that tell what it is about, cut to their stems."""
    found = re.findall(r"[a-z][a-z'-]{3,}", folded(text))
    return frozenset(re.sub(r"(?:ing|ed|s|es|ies|ion|ions|ly)$", "", word) for word in found if word not in COMMON)


def refers_to(passage: str, speaker: str | None, turn: int, earlier: Sequence[EarlierProposal]) -> int | None:
    """The place in `earlier` of the proposal that a support or objection speaks of, or None."""
    mine = telling(passage)
    said = folded(passage)
    best = 0.0
    chosen = None
    for place in range(len(earlier) - 1, max(-1, len(earlier) - FAR - 1), -1):
        other = earlier[place]
        if other.speaker is not None and other.speaker == speaker:
            continue
        likeness = _likeness(mine, other.words) + (0.5 if _named(other.speaker, said) else 0.0)
        likeness += 0.15 if turn - other.turn <= 2 else 0.0
        if likeness > best:
            best = likeness
            chosen = place
    if best >= ENOUGH:
        return chosen
    return None


def _likeness(mine: frozenset[str], theirs: frozenset[str]) -> float:
    return len(mine & theirs) / max(1, min(len(mine), len(theirs)))


def _named(speaker: str | None, said: str) -> bool:
    return speaker is not None and any(
        len(part) > 2 and re.search(rf"\b{re.escape(part)}\b", said) for part in folded(speaker).split()
    )
