"""Which earlier proposal a passage speaks of: by the name of who made it, by shared words, by nearness."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.text import words
from tracker.transcripts.speakers.printed_names import folded

#: words that tell nothing of what a passage is about
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
ENDING = re.compile(r"(?:ing|ed|s|es|ies|ion|ions|ly)$")
#: earlier proposals looked at
FAR = 60
#: the likeness from which a proposal is the one meant: the share of telling words in common, and what is added to it
ENOUGH = 0.22
#: where its proposer is named
NAMED = 0.5
#: where it was made at most so many turns ago
NEARBY = 0.15
NEAR_TURNS = 2


@dataclass(frozen=True)
class EarlierProposal:
    """An earlier proposal: who made it, its telling words, the turn it stands in."""

    speaker: str | None
    words: frozenset[str]
    turn: int


def telling(text: str) -> frozenset[str]:
    """The words of a passage that tell what it is about, cut to their stems."""
    candidates = re.findall(r"[a-z][a-z'-]{3,}", folded(text))
    return frozenset(ENDING.sub("", word) for word in candidates if word not in COMMON)


def refers_to(passage: str, speaker: str | None, turn: int, earlier: Sequence[EarlierProposal]) -> int | None:
    """The place in `earlier` of the proposal that a support or objection speaks of, or None."""
    mine = telling(passage)
    plain = folded(passage)
    best = 0.0
    chosen = None
    for place in range(len(earlier) - 1, max(-1, len(earlier) - FAR - 1), -1):
        other = earlier[place]
        if other.speaker is not None and other.speaker == speaker:
            continue
        likeness = _likeness(mine, other.words)
        if _is_named(other.speaker, plain):
            likeness += NAMED
        if turn - other.turn <= NEAR_TURNS:
            likeness += NEARBY
        if likeness > best:
            best = likeness
            chosen = place
    if best >= ENOUGH:
        return chosen
    return None


def _likeness(mine: frozenset[str], theirs: frozenset[str]) -> float:
    return len(mine & theirs) / max(1, min(len(mine), len(theirs)))


def _is_named(speaker: str | None, plain: str) -> bool:
    if speaker is None:
        return False
    names = [part for part in folded(speaker).split() if len(part) > 2]  # initials are words of their own too often
    return any(re.search(rf"\b{re.escape(name)}\b", plain) for name in names)
