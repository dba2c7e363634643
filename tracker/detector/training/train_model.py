"""Learning the model from labelled texts: logistic regression by stochastic gradient descent, the same every time.

`python -m tracker.detector.training.train_model [TRANSCRIPT GOLD LINES]` writes weights.json anew; what a body has
triaged can be added to the examples: each decision is one.
"""

import math
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tracker.detector.cues.cue import CALL, COMMITMENT, OBJECTION, OFFER, RECOMMENDATION, REQUEST, SUPPORT
from tracker.detector.minutes import is_minutes
from tracker.detector.model import WEIGHTS, Scorer, logistic, prior, save
from tracker.detector.model_features import features
from tracker.detector.sentence_parts import SentencePart, SentenceWords, parts
from tracker.detector.sentence_weight import weigh
from tracker.detector.training.evaluation import Labelled, labels
from tracker.detector.training.examples import HERE, documents
from tracker.transcripts.formats import read
from tracker.transcripts.reading.turns import turns

KINDS = (RECOMMENDATION, CALL, COMMITMENT, OFFER, REQUEST, SUPPORT, OBJECTION)
ROUNDS = 6
RATE = 0.03
SHRINK = 2e-4  # of each weight that an example touches
ALONE = 0.5  # weights of a sentence without its meeting, and of what was really said
REAL = 2.0
NOTHING_SAID = "-"
SMALLEST = 0.03  # weights below this change nothing
RARE = 3  # features seen less often teach nothing


@dataclass(frozen=True)
class Example:
    """What was said after `context`, the sentence before; `kind` is None where nothing is put forward."""

    said: SentenceWords
    kind: str | None
    weight: float = 1.0


def example(text: str, context: str = "", kind: str | None = None, weight: float = 1.0) -> Example:
    """A passage that somebody has judged, as printed."""
    return Example(SentenceWords(" ".join(text.lower().split()), " ".join(context.lower().split())), kind, weight)


def examples(text: str, gold: Sequence[Labelled], weight: float = 1.0) -> Iterator[Example]:
    """Every part of a labelled text; what careful readers may differ on is left out."""
    heard = turns(text)
    if is_minutes(text, heard):
        return  # the rules alone decide there
    for _, found in parts(text, heard):
        for part in found:
            label = max(gold, key=lambda one: _shared(part, one), default=None)
            if label is None or _shared(part, label) < 0.5:
                yield Example(part.said, None, weight)
            elif label.clear:
                yield Example(part.said, label.kind, weight)


def _shared(part: SentencePart, label: Labelled) -> float:
    """The characters that both have, as a share of the shorter."""
    common = min(part.end, label.end) - max(part.start, label.start)
    return common / max(1, min(part.end - part.start, label.end - label.start))


@dataclass
class Learner:
    """Weights in the making: for each feature one a class, with the squares of what moved it (AdaGrad)."""

    size: int

    def __post_init__(self) -> None:
        self.weights: dict[str, list[float]] = {}
        self.squares: dict[str, list[float]] = {}

    def sums(self, names: Sequence[str]) -> list[float]:
        """The sum of weights of each class."""
        rows = [self.weights[name] for name in names if name in self.weights]
        return [sum(row[place] for row in rows) for place in range(self.size)]

    def move(self, names: Sequence[str], errors: Sequence[float]) -> None:
        """Take a step against the errors."""
        for name in names:
            row = self.weights.setdefault(name, [0.0] * self.size)
            squares = self.squares.setdefault(name, [1e-2] * self.size)
            for place, error in enumerate(errors):
                slope = error + SHRINK * row[place]
                squares[place] += slope * slope
                row[place] -= RATE * slope / math.sqrt(squares[place])


def train(given: Iterable[Example]) -> Scorer:
    """The model that these examples teach; the same examples in the same order always give the same model."""
    every = [seen(one) for one in given]
    counts = Counter(name for one in every for name in one.names)
    rows = [replace(one, names=[name for name in one.names if counts[name] >= RARE]) for one in every]
    found = Learner(1)
    kinds = Learner(len(KINDS))
    order = random.Random(7)  # noqa: S311 (an order, no secret)
    for _ in range(ROUNDS):
        order.shuffle(rows)
        for one in rows:
            _learn(found, kinds, one)
    return _scorer(found, kinds)


@dataclass(frozen=True)
class Seen:
    """An example as the model sees it; `rules` is where the rules put it."""

    names: list[str]
    rules: float
    kind: str | None
    weight: float


def seen(one: Example) -> Seen:
    """What a model is given of an example."""
    weight = weigh(one.said.words, chairing=one.said.chairing)
    return Seen(features(one.said, weight), prior(weight), one.kind, one.weight)


def _learn(found: Learner, kinds: Learner, one: Seen) -> None:
    sure = logistic(one.rules + found.sums(one.names)[0])
    found.move(one.names, [one.weight * (sure - (one.kind is not None))])
    if one.kind is not None:
        shares = _shares(kinds.sums(one.names))
        errors = [share - (kind == one.kind) for share, kind in zip(shares, KINDS, strict=True)]
        kinds.move(one.names, [one.weight * error for error in errors])


def _shares(sums: Sequence[float]) -> list[float]:
    grown = [math.exp(one - max(sums)) for one in sums]
    return [one / sum(grown) for one in grown]


def _scorer(found: Learner, kinds: Learner) -> Scorer:
    weights = {}
    for name, row in found.weights.items():
        both = [round(value, 2) for value in (*row, *kinds.weights.get(name, [0.0] * len(KINDS)))]
        if max(map(abs, both)) >= SMALLEST:
            weights[name] = both
    return Scorer(KINDS, weights)


def shipped_examples(folder: Path = HERE, real: Iterable[tuple[str, Sequence[Labelled]]] = ()) -> Iterator[Example]:
    """What the project's own model is trained on: its labelled texts and sentences, and real ones that are at hand."""
    for one in documents(folder):
        yield from examples(one.text, one.gold)
    for line in (folder / "sentences.tsv").read_text(encoding="utf-8").splitlines():
        kind, words = line.split("\t", 1)
        yield example(words, kind=None if kind == NOTHING_SAID else kind, weight=ALONE)
    for text, gold in real:
        yield from examples(text, gold, REAL)


def main(out: Path, transcript: Path | None = None, gold: Path | None = None, lines: int = 0) -> None:
    """Train the project's own model; the labelled first lines of a real transcript count where they are at hand."""
    real = []
    if transcript and gold:
        text = "".join(read(transcript.read_bytes()).text.splitlines(keepends=True)[: lines or None])
        real.append((text, labels(gold.read_text(encoding="utf-8"))))
    save(train(shipped_examples(real=real)), out)


if __name__ == "__main__":
    if len(sys.argv) == 4:
        main(WEIGHTS, Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
    else:
        main(WEIGHTS)
