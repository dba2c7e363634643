"""Learning the model from labelled texts: logistic regression by stochastic gradient descent, the same every time.

The project's own texts come first; what a body has triaged can be added to the examples too: each decision is one.
"""

import math
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tracker.detector.cues.cue import CALL, COMMITMENT, OBJECTION, OFFER, RECOMMENDATION, REQUEST, SUPPORT
from tracker.detector.judge_passages import rule_weights
from tracker.detector.model import Scorer, prior
from tracker.detector.model_features import features
from tracker.detector.portable_floats import add_up, exponential, logistic
from tracker.detector.sentence_parts import SentencePart, SentenceWords, TextParts
from tracker.detector.sentence_weight import Weight, weigh
from tracker.detector.training.evaluation import Labelled
from tracker.detector.training.examples import HERE, documents
from tracker.transcripts.reading.turns import turns
from tracker.transcripts.text_positions import Span

KINDS = (RECOMMENDATION, CALL, COMMITMENT, OFFER, REQUEST, SUPPORT, OBJECTION)
ROUNDS = 8
RATE = 0.05
#: of each weight, in a round
SHRINK = 20.0
#: weight of a sentence without its meeting
ALONE = 1.0
#: of the shorter of two stretches, for one to be the other
HALF = 0.5
NOTHING_PUT_FORWARD = "-"
#: weights below this change nothing
SMALLEST = 0.03
#: features of fewer documents teach nothing that holds elsewhere
FEW_DOCUMENTS = 3
SENTENCES = "sentences.tsv"


@dataclass(frozen=True)
class Example:
    """A part of what was said; `kind` is None where nothing is put forward, `document` the text it stands in."""

    said: SentenceWords
    kind: str | None
    weight: float = 1.0
    rules: Weight | None = None
    document: str | None = None


def example(text: str, context: str = "", kind: str | None = None, weight: float = 1.0) -> Example:
    """A passage that somebody has judged, as printed, after `context`, the sentence before."""
    words = " ".join(text.lower().split())
    before = " ".join(context.lower().split())
    # Where in its turn it stood is not known: somewhere in the middle is the likeliest.
    return Example(SentenceWords(words, before, printed=text, place=1, length=3), kind, weight)


def examples(text: str, gold: Sequence[Labelled], weight: float = 1.0, name: str | None = None) -> Iterator[Example]:
    """Every part of a labelled text; what careful readers may differ on is left out."""
    return examples_in(TextParts.of(text, turns(text)), gold, weight, name)


def examples_in(
    cut: TextParts, gold: Sequence[Labelled], weight: float, name: str | None, only: Sequence[Span] = ()
) -> Iterator[Example]:
    """Yield what a labelled text that is cut into parts teaches; of a long one only these stretches, if given."""
    for part, rules in _weighed(cut):
        if only and not any(overlap(part, span) >= HALF for span in only):
            continue
        label = max(gold, key=lambda passage: overlap(part, passage), default=None)
        if label is None or overlap(part, label) < HALF:
            yield Example(part.said, None, weight, rules, name)
        elif label.clear:
            yield Example(part.said, label.kind, weight, rules, name)


def _weighed(cut: TextParts) -> Iterator[tuple[SentencePart, Weight]]:
    for _, turn_parts in cut.turns:
        yield from rule_weights(turn_parts)


def overlap(part: SentencePart, label: Labelled | Span) -> float:
    """The characters that both have, as a share of the shorter."""
    common = min(part.end, label.end) - max(part.start, label.start)
    return common / max(1, min(part.end - part.start, label.end - label.start))


class Learner:
    """Weights while they are learned: for each class one a feature, with the squares of what moved it (AdaGrad).

    `counts` is how many examples have each feature: a weight is drawn to nothing by as much in a round, however many.
    """

    def __init__(self, size: int, counts: Sequence[int]) -> None:
        self.weights = [[0.0] * len(counts) for _ in range(size)]
        self.squares = [[1e-2] * len(counts) for _ in range(size)]
        self.shrink = [SHRINK / count for count in counts]

    def sums(self, places: Sequence[int]) -> list[float]:
        """The sum of weights of each class; `places` are an example's features."""
        return [add_up([row[place] for place in places]) for row in self.weights]

    def move(self, places: Sequence[int], errors: Sequence[float]) -> None:
        """Take a step against the errors, one a class."""
        shrink = self.shrink
        for error, weights, squares in zip(errors, self.weights, self.squares, strict=True):
            for place in places:
                slope = error + shrink[place] * weights[place]
                squares[place] += slope * slope
                weights[place] -= RATE * slope / math.sqrt(squares[place])


def train(examples_in_order: Iterable[Example], start: Scorer | None = None) -> Scorer:
    """The model that these examples teach; the same examples in the same order always give the same model.

    With `start` it is what is to be added to that model.
    """
    return train_judged([judge(each) for each in examples_in_order], start)


def train_judged(judged: Sequence["JudgedExample"], start: Scorer | None = None) -> Scorer:
    """The model of examples whose features have been worked out."""
    numbers = _numbers(judged)
    rows = [_row(each, numbers, start) for each in judged]
    counts = Counter(place for row in rows for place in row.places)
    touched = [counts[place] for place in range(len(numbers))]
    presence = Learner(1, touched)
    kinds = Learner(len(KINDS), touched)
    order = random.Random(7)  # noqa: S311 (an order, no secret)
    for _ in range(ROUNDS):
        # Python promises the sequence of random() for a seed, and not that of shuffle().
        rows.sort(key=lambda _row: order.random())
        for row in rows:
            _learn(presence, kinds, row)
    return _scorer(presence, kinds, numbers)


@dataclass(frozen=True)
class JudgedExample:
    """An example as the model sees it; `rules` is where the rules put it."""

    names: list[str]
    rules: float
    kind: str | None
    weight: float
    document: str | None = None


def judge(passage: Example) -> JudgedExample:
    """The features of an example, and where the rules put it."""
    weight = passage.rules or weigh(passage.said.words, chairing=passage.said.chairing)
    names = features(passage.said, weight)
    return JudgedExample(names, prior(weight), passage.kind, passage.weight, passage.document)


def _numbers(judged: Sequence[JudgedExample]) -> dict[str, int]:
    """A number for each feature of several documents: what stands in one alone is its subject, or a name."""
    documents: dict[str, set[str]] = {}
    for number, each in enumerate(judged):
        document = each.document or f"example {number}"
        for name in each.names:
            documents.setdefault(name, set()).add(document)
    common = [name for name, seen_in in documents.items() if len(seen_in) >= FEW_DOCUMENTS]
    return {name: number for number, name in enumerate(common)}


@dataclass(frozen=True)
class ExampleRow:
    """An example while the model learns: numbers of its features; where rules and an earlier model put it."""

    places: list[int]
    known: float
    known_kinds: list[float]
    kind: str | None
    weight: float


def _row(each: JudgedExample, numbers: Mapping[str, int], start: Scorer | None) -> ExampleRow:
    places = [numbers[name] for name in each.names if name in numbers]
    known = each.rules
    known_kinds = [0.0] * len(KINDS)
    if start:
        known = start.logit(each.names, each.rules)
        known_kinds = start.kind_sums(each.names)
    return ExampleRow(places, known, known_kinds, each.kind, each.weight)


def _learn(presence: Learner, kinds: Learner, row: ExampleRow) -> None:
    score = logistic(row.known + presence.sums(row.places)[0])
    presence.move(row.places, [row.weight * (score - (row.kind is not None))])
    if row.kind is not None:
        sums = [known + own for known, own in zip(row.known_kinds, kinds.sums(row.places), strict=True)]
        errors = [share - (kind == row.kind) for share, kind in zip(_shares(sums), KINDS, strict=True)]
        kinds.move(row.places, [row.weight * error for error in errors])


def _shares(sums: Sequence[float]) -> list[float]:
    """The sums as shares of one (softmax)."""
    largest = max(sums)
    powers = [exponential(each - largest) for each in sums]
    total = add_up(powers)
    return [power / total for power in powers]


def _scorer(presence: Learner, kinds: Learner, numbers: Mapping[str, int]) -> Scorer:
    weights = {}
    for name, place in numbers.items():
        figures = [_rounded(row[place]) for row in (*presence.weights, *kinds.weights)]
        if max(map(abs, figures)) >= SMALLEST:
            weights[name] = figures
    return Scorer(KINDS, weights)


def _rounded(value: float) -> float:
    return round(value, 2) + 0.0  # adding makes 0.0 of -0.0


def own_examples(folder: Path = HERE) -> Iterator[Example]:
    """The project's own labelled texts and sentences."""
    for document in documents(folder):
        yield from examples(document.text, document.gold, name=document.name)
    for line in (folder / SENTENCES).read_text(encoding="utf-8").splitlines():
        kind, words = line.split("\t", 1)
        if kind == NOTHING_PUT_FORWARD:
            yield example(words, weight=ALONE)
        else:
            yield example(words, kind=kind, weight=ALONE)
