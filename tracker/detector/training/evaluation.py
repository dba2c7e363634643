"""How well a detector does on labelled passages: precision, recall, F1, and kinds told right.

A prediction hits a passage when the two share at least half of the shorter one's words; one prediction hits at most one
passage and the other way round, largest overlap first; a prediction of more than three sentences hits nothing. What a
passage labelled `borderline` is hit by counts neither for nor against.
"""

import bisect
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tracker.transcripts.text_positions import sentences

MAX_SENTENCES = 3
WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Labelled:
    """A passage with its kind and milestone; `clear` is False where careful readers may differ, `score` how sure a
    detector is."""

    start: int
    end: int
    kind: str
    milestone: str | None = None
    clear: bool = True
    score: float = 1.0


def labels(lines: str) -> list[Labelled]:
    """Labelled passages from JSON Lines; ValueError, KeyError or TypeError where they are none."""
    rows: list[dict[str, Any]] = [json.loads(line) for line in lines.splitlines() if line.strip()]
    return [
        Labelled(row["start"], row["end"], row["kind"], row.get("milestone"), row.get("confidence") != "borderline")
        for row in rows
    ]


@dataclass(frozen=True)
class Evaluation:
    """What was hit, missed and found in vain; shares are of the clear passages only."""

    hits: tuple[tuple[Labelled, Labelled], ...]
    missed: tuple[Labelled, ...]
    false: tuple[Labelled, ...]

    @property
    def precision(self) -> float:
        """Hits among the predictions that count."""
        return _share(len(self.hits), len(self.hits) + len(self.false))

    @property
    def recall(self) -> float:
        """Hits among the clear passages."""
        return _share(len(self.hits), len(self.hits) + len(self.missed))

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return _share(2 * self.precision * self.recall, self.precision + self.recall)

    @property
    def kinds_right(self) -> float:
        """Hits whose kind was told right."""
        return _share(sum(gold.kind == found.kind for gold, found in self.hits), len(self.hits))

    @property
    def milestones_right(self) -> float:
        """Hits whose milestone, or its absence, was told right."""
        right = sum((gold.milestone or "none") == (found.milestone or "none") for gold, found in self.hits)
        return _share(right, len(self.hits))


def worst(result: Evaluation, near: Sequence[Labelled] = ()) -> list[tuple[str, Labelled]]:
    """Every error, the surest first: what was found in vain, told as another kind, or missed.

    `near` are parts with the score that the detector gave them, shown or not: a miss is the surer the lower it was.
    """
    errors = [("false", one.score, one) for one in result.false]
    errors += [("kind", found.score, gold) for gold, found in result.hits if gold.kind != found.kind]
    errors += [("missed", 1 - _highest(one, near), one) for one in result.missed]
    return [(what, one) for what, _, one in sorted(errors, key=lambda error: -error[1])]


def _highest(passage: Labelled, near: Sequence[Labelled]) -> float:
    return max((one.score for one in near if one.start < passage.end and passage.start < one.end), default=0.0)


def evaluate(text: str, gold: Sequence[Labelled], found: Sequence[Labelled]) -> Evaluation:
    """Match the predictions with the labelled passages of a text."""
    matched = _matched(text, gold, found)
    used = {prediction for _, prediction in matched}
    met = {passage for passage, _ in matched}
    hits = tuple((gold[a], found[b]) for a, b in sorted(matched) if gold[a].clear)
    missed = tuple(passage for place, passage in enumerate(gold) if passage.clear and place not in met)
    return Evaluation(hits, missed, tuple(one for place, one in enumerate(found) if place not in used))


def _matched(text: str, gold: Sequence[Labelled], found: Sequence[Labelled]) -> list[tuple[int, int]]:
    words = [hit.start() for hit in WORD.finditer(text)]
    pairs = sorted(_overlaps(text, words, gold, found), key=lambda pair: (-pair[0], pair[1], pair[2]))
    met: set[int] = set()
    used: set[int] = set()
    matched = []
    for _, passage, prediction in pairs:
        if passage not in met and prediction not in used:
            matched.append((passage, prediction))
            met.add(passage)
            used.add(prediction)
    return matched


def _overlaps(
    text: str, words: Sequence[int], gold: Sequence[Labelled], found: Sequence[Labelled]
) -> list[tuple[int, int, int]]:
    """Shared words of every pair that shares at least half of the shorter one's."""
    short = [len(list(sentences(text, one.start, one.end))) <= MAX_SENTENCES for one in found]
    out = []
    for a, passage in enumerate(gold):
        for b, one in enumerate(found):
            shared = _count(words, max(passage.start, one.start), min(passage.end, one.end))
            shorter = min(_count(words, passage.start, passage.end), _count(words, one.start, one.end))
            if short[b] and shared and shared * 2 >= shorter:
                out.append((shared, a, b))
    return out


def _count(words: Sequence[int], start: int, end: int) -> int:
    return max(0, bisect.bisect_left(words, end) - bisect.bisect_left(words, start))


def _share(part: float, whole: float) -> float:
    if whole:
        return part / whole
    return 0.0
