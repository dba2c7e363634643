"""A linear model over features: how sure it is of a proposal, and of which kind; what it learned is in weights.json.

The file holds for each feature the weight for "is a proposal", then one for each kind in the order of `kinds`.
"""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from tracker.detector.sentence_weight import STEEP, THRESHOLD, Weight

# Our own texts hold more proposals a page than meetings do; chosen on real ones, the labelled part left out.
SHIFT = 0.1
LOWEST = -2.5  # as far as rules alone can go
HIGHEST = 2.0
WEIGHTS = Path(__file__).parent / "weights.json"


class Scorer:
    """A trained model."""

    def __init__(self, kinds: Sequence[str], weights: Mapping[str, Sequence[float]]) -> None:
        self.kinds = tuple(kinds)
        self.weights = weights

    def score(self, features: Iterable[str], rules: float = 0.0) -> float:
        """How likely something is put forward, one half at the threshold; `rules` is where the rules put it."""
        weights = self.weights
        return logistic(SHIFT + rules + sum(weights[name][0] for name in features if name in weights))

    def kind(self, features: Iterable[str]) -> str:
        """The likeliest kind of what is put forward."""
        rows = [self.weights[name] for name in features if name in self.weights]
        sums = [sum(row[place] for row in rows) for place in range(1, len(self.kinds) + 1)]
        return self.kinds[max(range(len(sums)), key=sums.__getitem__)]


def prior(weight: Weight) -> float:
    """Where the rules put a part before anything was learned: 0 at their threshold, within bounds."""
    return max(LOWEST, min(HIGHEST, STEEP * (weight.total - THRESHOLD)))


def logistic(x: float) -> float:
    """A sum of weights as a number from 0 to 1."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, x))))


def parse(text: str) -> Scorer:
    """The model that a text holds; ValueError or KeyError where it holds none."""
    held = json.loads(text)
    return Scorer(held["kinds"], held["weights"])


def load(path: Path) -> Scorer:
    """Read a model; OSError or ValueError where there is none."""
    return parse(path.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def shipped() -> Scorer:
    """The model that comes with the project."""
    return load(WEIGHTS)


def told(scorer: Scorer) -> str:
    """A model as a text, one feature a line, so that two can be compared."""
    lines = [f"{json.dumps(name)}: {json.dumps(scorer.weights[name])}" for name in sorted(scorer.weights)]
    body = ",\n".join(lines).replace(", ", ",")
    return f'{{"kinds": {json.dumps(list(scorer.kinds))}, "weights": {{\n{body}\n}}}}\n'


def save(scorer: Scorer, path: Path) -> None:
    """Write a model."""
    path.write_text(told(scorer), encoding="utf-8")
