"""Learning the model from labelled texts: logistic regression by stochastic gradient descent, the same every time.

`python -m tracker.detector.training.train_model` writes weights.json anew from the texts of the project: the same
bytes on every machine. `--also TEXT LABELS LINES LICENCE` adds a labelled text from outside, and the file says so.
What a body has triaged can be added to the examples too: each decision is one.
"""

import argparse
import hashlib
import math
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tracker.detector.cues.cue import CALL, COMMITMENT, OBJECTION, OFFER, RECOMMENDATION, REQUEST, SUPPORT
from tracker.detector.minutes import is_minutes
from tracker.detector.model import WEIGHTS, Scorer, Source, prior, save
from tracker.detector.model_features import features
from tracker.detector.portable_floats import add_up, exponential, logistic
from tracker.detector.sentence_parts import SentencePart, SentenceWords, parts
from tracker.detector.sentence_weight import weigh
from tracker.detector.training.evaluation import Labelled, labels
from tracker.detector.training.examples import HERE, documents
from tracker.transcripts.formats.read_transcript_file import read
from tracker.transcripts.reading.turns import turns

KINDS = (RECOMMENDATION, CALL, COMMITMENT, OFFER, REQUEST, SUPPORT, OBJECTION)
ROUNDS = 6
RATE = 0.03
#: of each weight that an example touches
SHRINK = 2e-4
#: weights of a sentence without its meeting, and of what was really said
ALONE = 0.5
REAL = 2.0
NOTHING_PUT_FORWARD = "-"
#: weights below this change nothing
SMALLEST = 0.03
#: features seen less often teach nothing
RARE = 3
SENTENCES = "sentences.tsv"
OWN_LICENCE = "MIT"  # the project's


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
    read_turns = turns(text)
    if is_minutes(text, read_turns):
        return  # the rules alone decide there
    for _, turn_parts in parts(text, read_turns):
        for part in turn_parts:
            label = max(gold, key=lambda passage: _overlap(part, passage), default=None)
            if label is None or _overlap(part, label) < 0.5:
                yield Example(part.said, None, weight)
            elif label.clear:
                yield Example(part.said, label.kind, weight)


def _overlap(part: SentencePart, label: Labelled) -> float:
    """The characters that both have, as a share of the shorter."""
    common = min(part.end, label.end) - max(part.start, label.start)
    return common / max(1, min(part.end - part.start, label.end - label.start))


@dataclass
class Learner:
    """Weights while they are learned: for each feature one a class, with the squares of what moved it (AdaGrad)."""

    size: int

    def __post_init__(self) -> None:
        self.weights: dict[str, list[float]] = {}
        self.squares: dict[str, list[float]] = {}

    def sums(self, names: Sequence[str]) -> list[float]:
        """The sum of weights of each class."""
        rows = [self.weights[name] for name in names if name in self.weights]
        return [add_up(row[place] for row in rows) for place in range(self.size)]

    def move(self, names: Sequence[str], errors: Sequence[float]) -> None:
        """Take a step against the errors."""
        for name in names:
            row = self.weights.setdefault(name, [0.0] * self.size)
            squares = self.squares.setdefault(name, [1e-2] * self.size)
            for place, error in enumerate(errors):
                slope = error + SHRINK * row[place]
                squares[place] += slope * slope
                row[place] -= RATE * slope / math.sqrt(squares[place])


def train(examples_in_order: Iterable[Example]) -> Scorer:
    """The model that these examples teach; the same examples in the same order always give the same model."""
    judged = [judge(each) for each in examples_in_order]
    counts = Counter(name for each in judged for name in each.names)
    rows = [replace(each, names=[name for name in each.names if counts[name] >= RARE]) for each in judged]
    presence = Learner(1)
    kinds = Learner(len(KINDS))
    order = random.Random(7)  # noqa: S311 (an order, no secret)
    for _ in range(ROUNDS):
        # Python promises the sequence of random() for a seed, and not that of shuffle().
        rows.sort(key=lambda _row: order.random())
        for row in rows:
            _learn(presence, kinds, row)
    return _scorer(presence, kinds)


@dataclass(frozen=True)
class JudgedExample:
    """An example as the model sees it; `rules` is where the rules put it."""

    names: list[str]
    rules: float
    kind: str | None
    weight: float


def judge(passage: Example) -> JudgedExample:
    """The features of an example, and where the rules put it."""
    weight = weigh(passage.said.words, chairing=passage.said.chairing)
    return JudgedExample(features(passage.said, weight), prior(weight), passage.kind, passage.weight)


def _learn(presence: Learner, kinds: Learner, row: JudgedExample) -> None:
    score = logistic(row.rules + presence.sums(row.names)[0])
    presence.move(row.names, [row.weight * (score - (row.kind is not None))])
    if row.kind is not None:
        shares = _shares(kinds.sums(row.names))
        errors = [share - (kind == row.kind) for share, kind in zip(shares, KINDS, strict=True)]
        kinds.move(row.names, [row.weight * error for error in errors])


def _shares(sums: Sequence[float]) -> list[float]:
    """The sums as shares of one (softmax)."""
    largest = max(sums)
    powers = [exponential(each - largest) for each in sums]
    total = add_up(powers)
    return [power / total for power in powers]


def _scorer(presence: Learner, kinds: Learner) -> Scorer:
    no_kind = [0.0] * len(KINDS)
    weights = {}
    for name, row in presence.weights.items():
        figures = [_rounded(value) for value in (*row, *kinds.weights.get(name, no_kind))]
        if max(map(abs, figures)) >= SMALLEST:
            weights[name] = figures
    return Scorer(KINDS, weights)


def _rounded(value: float) -> float:
    return round(value, 2) + 0.0  # adding makes 0.0 of -0.0


@dataclass(frozen=True)
class OutsideText:
    """A labelled text that is not in the project, and where it is from."""

    text: str
    gold: Sequence[Labelled]
    source: Source


def outside_text(path: Path, labels_path: Path, lines: str, licence: str) -> OutsideText:
    """Read a labelled text; `lines` is how many of its first lines are labelled, or `all`.

    Raises OSError, Refused for a file that cannot be read, ValueError for labels or lines that are none.
    """
    data = path.read_bytes()
    label_data = labels_path.read_bytes()
    text = read(data).text
    if lines != "all":
        text = "".join(text.splitlines(keepends=True)[: int(lines)])
    source = Source(f"{path.name}, lines: {lines}", licence, _sha256(data), _sha256(label_data))
    return OutsideText(text, labels(label_data.decode("utf-8")), source)


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def shipped_examples(folder: Path = HERE, outside: Iterable[OutsideText] = ()) -> Iterator[Example]:
    """What the project's own model is trained on: its labelled texts and sentences, then texts from outside."""
    for document in documents(folder):
        yield from examples(document.text, document.gold)
    for line in (folder / SENTENCES).read_text(encoding="utf-8").splitlines():
        kind, words = line.split("\t", 1)
        if kind == NOTHING_PUT_FORWARD:
            yield example(words, weight=ALONE)
        else:
            yield example(words, kind=kind, weight=ALONE)
    for each in outside:
        yield from examples(each.text, each.gold, REAL)


def own_sources(folder: Path = HERE) -> list[Source]:
    """The project's own labelled texts, as the model's file names them."""
    paths = [*sorted(folder.glob("*.txt")), folder / SENTENCES]
    return [Source(path.name, OWN_LICENCE, _sha256(path.read_bytes())) for path in paths]


def train_shipped(outside: Sequence[OutsideText] = ()) -> Scorer:
    """The model that comes with the project, learned anew; some seconds of work."""
    learned = train(shipped_examples(outside=outside))
    sources = [*own_sources(), *(each.source for each in outside)]
    return Scorer(learned.kinds, learned.weights, sources)


def main(arguments: Sequence[str] | None = None) -> None:
    """Train the project's own model, and write it."""
    parser = argparse.ArgumentParser(description="Learn weights.json anew from the labelled texts of the project.")
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="where to write it; else over the shipped file")
    parser.add_argument(
        "--also",
        nargs=4,
        action="append",
        default=[],
        metavar=("TEXT", "LABELS", "LINES", "LICENCE"),
        help="learn from this labelled text too; LINES is how many first lines are labelled, or all",
    )
    options = parser.parse_args(arguments)
    outside = [outside_text(Path(text), Path(gold), lines, licence) for text, gold, lines, licence in options.also]
    save(train_shipped(outside), options.out)


if __name__ == "__main__":
    main()
