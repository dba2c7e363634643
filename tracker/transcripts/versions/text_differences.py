"""What a correction changed: sentence by sentence for the counts, word by word for who looks at one passage."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from tracker.text import words
from tracker.transcripts.text_positions import Span, split_sentences
from tracker.transcripts.versions.align_words import NOWHERE
from tracker.transcripts.versions.place_passages import Alignment
from tracker.transcripts.versions.word_lists import word_list

#: part of its words that a sentence keeps when it is the same sentence, corrected
KEPT = 0.5
#: likeness, 0 to 100, from which words say what they said before
ESSENTIAL = 90
#: words that turn what is said into its contrary; English, as the detector is
DENYING = words("not no never nor neither none nobody nothing without cannot t against unless")


@dataclass(frozen=True)
class Sentences:
    """How many sentences of the later version are which, and how many of the earlier one are gone."""

    unchanged: int
    moved: int
    changed: int
    new: int
    gone: int


class Difference(StrEnum):
    """What became of words."""

    SAME = "same"
    PUT_IN = "put-in"
    TAKEN_OUT = "taken-out"


class ChangedWords(NamedTuple):
    """Words of one passage beside those of another."""

    text: str
    difference: Difference


def count_sentences(alignment: Alignment, earlier: Sequence[Span], later: Sequence[Span]) -> Sentences:
    """Count the sentences within the speeches of both versions."""
    fates = Counter(_fate(alignment, span) for span in _all(alignment.new_text, later))
    gone = sum(_kept(alignment, span) < KEPT for span in _all(alignment.old_text, earlier))
    return Sentences(fates["unchanged"], fates["moved"], fates["changed"], fates["new"], gone)


def _all(text: str, speeches: Sequence[Span]) -> Iterator[Span]:
    for speech in speeches:
        yield from split_sentences(text, speech.start, speech.end)


def _fate(alignment: Alignment, span: Span) -> str:
    words_here = alignment.new.within(span.start, span.end)
    earlier_places = [alignment.back[place] for place in words_here]
    same = [place for place in earlier_places if place != NOWHERE and alignment.is_same(place)]
    if len(same) < KEPT * len(words_here):
        return "new"
    is_unbroken = all(later - earlier == 1 for earlier, later in pairwise(same))
    if len(same) < len(words_here) or not is_unbroken:
        return "changed"
    if all(place in alignment.in_order for place in same):
        return "unchanged"
    return "moved"


def _kept(alignment: Alignment, span: Span) -> float:
    earlier_words = alignment.old.within(span.start, span.end)
    if earlier_words:
        return sum(map(alignment.is_same, earlier_words)) / len(earlier_words)
    return 1.0


@lru_cache(maxsize=8_192)  # those of an import are compared before it is written, and asked for within the write
def says_the_same(before: str, after: str) -> bool:
    """Tell whether two passages are essentially the same words: alike, with the same figures, denying the same."""
    if before == after:
        return True
    first = word_list(before).plain
    second = word_list(after).plain
    telling: tuple[Callable[[str], bool], ...] = (_has_digit, DENYING.__contains__)
    # A figure or a `not` more makes another proposal of nearly the same words.
    if any([*filter(tells, first)] != [*filter(tells, second)] for tells in telling):
        return False
    return fuzz.ratio(" ".join(first), " ".join(second)) >= ESSENTIAL


def _has_digit(word: str) -> bool:
    return any(sign.isdigit() for sign in word)


def compare_words(before: str, after: str) -> list[ChangedWords]:
    """Return the words of both: those that both have once, and between them those taken out, then those put in."""
    first = before.split()
    second = after.split()
    changes: list[ChangedWords] = []
    gone: list[str] = []
    come: list[str] = []
    for step in Levenshtein.opcodes([_bare(word) for word in first], [_bare(word) for word in second]):
        if step.tag == "equal":
            changes += [
                *_changed(gone, come),
                ChangedWords(" ".join(second[step.dest_start : step.dest_end]), Difference.SAME),
            ]
            gone = []
            come = []
            continue
        gone += first[step.src_start : step.src_end]
        come += second[step.dest_start : step.dest_end]
    return [*changes, *_changed(gone, come)]


def _changed(gone: Sequence[str], come: Sequence[str]) -> Iterator[ChangedWords]:
    if gone:
        yield ChangedWords(" ".join(gone), Difference.TAKEN_OUT)
    if come:
        yield ChangedWords(" ".join(come), Difference.PUT_IN)


def _bare(word: str) -> str:
    return " ".join(word_list(word).plain)
