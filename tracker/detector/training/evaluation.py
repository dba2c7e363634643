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

from tracker.transcripts.text_positions import split_sentences

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
        return _share(sum(gold.kind == prediction.kind for gold, prediction in self.hits), len(self.hits))

    @property
    def milestones_right(self) -> float:
        """Hits whose milestone, or its absence, was told right."""
        meant = [(gold.milestone or "none", prediction.milestone or "none") for gold, prediction in self.hits]
        return _share(sum(right == read for right, read in meant), len(self.hits))


def worst(result: Evaluation, near: Sequence[Labelled] = ()) -> list[tuple[str, Labelled]]:
    """Every error, the surest first: what was found in vain, told as another kind, or missed.

    `near` are parts with the score that the detector gave them, shown or not: a miss is the surer the lower it was.
    """
    errors = [("false", each.score, each) for each in result.false]
    errors += [("kind", prediction.score, gold) for gold, prediction in result.hits if gold.kind != prediction.kind]
    errors += [("missed", 1 - _highest(passage, near), passage) for passage in result.missed]
    return [(error, passage) for error, _, passage in sorted(errors, key=lambda row: -row[1])]


def _highest(passage: Labelled, near: Sequence[Labelled]) -> float:
    return max((part.score for part in near if part.start < passage.end and passage.start < part.end), default=0.0)


def evaluate(text: str, gold: Sequence[Labelled], predictions: Sequence[Labelled]) -> Evaluation:
    """Match the predictions with the labelled passages of a text."""
    matched = _matched(text, gold, predictions)
    used = {prediction for _, prediction in matched}
    met = {passage for passage, _ in matched}
    hits = tuple((gold[a], predictions[b]) for a, b in sorted(matched) if gold[a].clear)
    missed = tuple(passage for place, passage in enumerate(gold) if passage.clear and place not in met)
    false = tuple(prediction for place, prediction in enumerate(predictions) if place not in used)
    return Evaluation(hits, missed, false)


def _matched(text: str, gold: Sequence[Labelled], predictions: Sequence[Labelled]) -> list[tuple[int, int]]:
    """Pairs of places in `gold` and `predictions`, each at most once."""
    words = [hit.start() for hit in WORD.finditer(text)]
    # The largest overlap first, then the earliest passage.
    pairs = sorted(_overlaps(text, words, gold, predictions), key=lambda pair: (-pair[0], pair[1], pair[2]))
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
    text: str, words: Sequence[int], gold: Sequence[Labelled], predictions: Sequence[Labelled]
) -> list[tuple[int, int, int]]:
    """Shared words of every pair that shares at least half of the shorter one's."""
    short = [len(list(split_sentences(text, each.start, each.end))) <= MAX_SENTENCES for each in predictions]
    out = []
    for a, passage in enumerate(gold):
        for b, prediction in enumerate(predictions):
            shared = _count(words, max(passage.start, prediction.start), min(passage.end, prediction.end))
            shorter = min(_count(words, passage.start, passage.end), _count(words, prediction.start, prediction.end))
            if short[b] and shared and shared * 2 >= shorter:
                out.append((shared, a, b))
    return out


def _count(words: Sequence[int], start: int, end: int) -> int:
    return max(0, bisect.bisect_left(words, end) - bisect.bisect_left(words, start))


def _share(part: float, total: float) -> float:
    if total:
        return part / total
    return 0.0
