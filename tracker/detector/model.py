"""A linear model over features: how sure it is of a proposal, and of which kind.

What it learned from the project's own texts is in weights.json, what others' texts add to that in
outside_weights.json. A file holds for each feature the weight for "is a proposal", then one for each kind in the order
of `kinds`. Its `learned_from` names every text that the weights were learned from, with its licence and the SHA-256 of
its bytes.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

from tracker.detector.portable_floats import add_up, logistic
from tracker.detector.sentence_weight import STEEP, THRESHOLD, Weight

#: as far as rules alone can go
LOWEST = -2.5
HIGHEST = 2.0
WEIGHTS = Path(__file__).parent / "weights.json"
#: what texts from outside the project add to them
OUTSIDE_WEIGHTS = Path(__file__).parent / "outside_weights.json"


@dataclass(frozen=True)
class Source:
    """A labelled text that a model has learned from; `sha256` is of the text, `labels_sha256` of labels kept apart.

    `by` is whom to name for it.
    """

    name: str
    licence: str
    sha256: str
    labels_sha256: str | None = None
    by: str | None = None


class Scorer:
    """A trained model."""

    def __init__(
        self, kinds: Sequence[str], weights: Mapping[str, Sequence[float]], learned_from: Sequence[Source] = ()
    ) -> None:
        self.kinds = tuple(kinds)
        self.weights = weights
        self.learned_from = tuple(learned_from)

    def score(self, features: Iterable[str], rules: float = 0.0) -> float:
        """How likely something is put forward, 0 to 1; `rules` is where the rules put it."""
        return logistic(self.logit(features, rules))

    def logit(self, features: Iterable[str], rules: float = 0.0) -> float:
        """The sum of the weights, 0 where it is as likely as not."""
        weights = self.weights
        return rules + add_up([weights[name][0] for name in features if name in weights])

    def kind(self, features: Iterable[str]) -> str:
        """The likeliest kind of what is put forward."""
        sums = self.kind_sums(features)
        return self.kinds[max(range(len(sums)), key=sums.__getitem__)]

    def kind_sums(self, features: Iterable[str]) -> list[float]:
        """The sum of the weights of each kind."""
        rows = [self.weights[name] for name in features if name in self.weights]
        columns = list(zip(*rows, strict=True))
        return [add_up(column) for column in columns[1:]] or [0.0] * len(self.kinds)


def added(first: Scorer, second: Scorer) -> Scorer:
    """The model that sums up what two models of the same kinds say."""
    weights = dict(first.weights)
    for name, row in second.weights.items():
        before = weights.get(name, [0.0] * len(row))
        weights[name] = [round(known + more, 2) + 0.0 for known, more in zip(before, row, strict=True)]
    return Scorer(first.kinds, weights, (*first.learned_from, *second.learned_from))


def prior(weight: Weight) -> float:
    """Where the rules put a part before anything was learned: 0 at their threshold, within bounds."""
    return max(LOWEST, min(HIGHEST, STEEP * (weight.total - THRESHOLD)))


def parse(text: str) -> Scorer:
    """The model that a text holds; ValueError, KeyError or TypeError where it holds none."""
    content = json.loads(text)
    learned_from = [Source(**source) for source in content.get("learned_from", [])]
    return Scorer(content["kinds"], content["weights"], learned_from)


def load(path: Path) -> Scorer:
    """Read a model; OSError or ValueError where there is none."""
    return parse(path.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def shipped() -> Scorer:
    """The model that comes with the project."""
    return added(load(WEIGHTS), load(OUTSIDE_WEIGHTS))


def serialize(scorer: Scorer) -> str:
    """A model as a text, one source and one feature a line, so that two can be compared."""
    sources = ",\n".join(json.dumps(_without_gaps(source)) for source in scorer.learned_from)
    # Names hold blanks after commas (", and the"): only the figures are written without them.
    rows = {name: json.dumps(scorer.weights[name], separators=(",", ":")) for name in sorted(scorer.weights)}
    weights = ",\n".join(f"{json.dumps(name)}: {row}" for name, row in rows.items())
    kinds = json.dumps(list(scorer.kinds))
    return f'{{"learned_from": [\n{sources}\n],\n"kinds": {kinds},\n"weights": {{\n{weights}\n}}}}\n'


def _without_gaps(source: Source) -> dict[str, str]:
    return {name: value for name, value in asdict(source).items() if value is not None}


def save(scorer: Scorer, path: Path) -> None:
    """Write a model; lines end alike on every system."""
    path.write_text(serialize(scorer), encoding="utf-8", newline="\n")
