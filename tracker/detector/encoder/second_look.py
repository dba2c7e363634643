"""The second look at a passage: its first score and what the encoder makes of it, weighed as learned from labels.

`second_look.json` holds the weights; `python -m tests.detector.training.train_second_look FOLDER` makes them anew.
Everything here runs in a child process, for the encoder fills 50 MB more than numpy does.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from tracker.detector.encoder.minilm import EncodedWords, Numbers, encode

WEIGHTS = Path(__file__).with_name("second_look.json")
#: first scores are taken as no surer than this: the logarithm of nothing is infinite
SUREST = 0.998
#: characters before a passage of which the last words are read with it
BEFORE = 300


@dataclass(frozen=True)
class SecondLook:
    """Weights: of the first score, of each number of the encoder, and what is added."""

    first: float
    numbers: Numbers
    added: float

    def scores(self, first_scores: Sequence[float], encoded: Numbers) -> list[float]:
        """How likely each passage puts something forward, 0 to 1."""
        sums = self.first * logits(first_scores) + encoded @ self.numbers + self.added
        return [round(float(score), 3) for score in 1 / (1 + np.exp(-sums))]


@cache
def shipped() -> SecondLook:
    """The weights that come with the project."""
    content = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return SecondLook(content["first"], np.array(content["numbers"], np.float32), content["added"])


def logits(scores: Sequence[float]) -> Numbers:
    """Scores from 0 to 1 as sums of weights, 0 where something is as likely as not."""
    bounded = np.clip(np.array(scores, np.float32), 1 - SUREST, SUREST)
    sums: Numbers = np.log(bounded / (1 - bounded))
    return sums


def words_at(text: str, start: int, end: int) -> EncodedWords:
    """The passage at characters start to end of a text, and what stands before it."""
    return EncodedWords(" ".join(text[start:end].split()), " ".join(text[max(0, start - BEFORE) : start].split()))


def work(header: Mapping[str, Any], _data: bytes) -> list[float]:
    """What the child process does: a second score for each of the `passages`, [words, words before, first score]."""
    passages = [EncodedWords(words, before) for words, before, _ in header["passages"]]
    return shipped().scores([score for _, _, score in header["passages"]], encode(passages))
