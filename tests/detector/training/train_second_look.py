"""Learning the second look from labelled texts, and how well it ranks a text that it has not learned from.

`python -m tests.detector.training.train_second_look FOLDER` takes the texts of outside_sources.json in FOLDER,
prints the average precision of each text's passages as the first pass ranks them and as a second look that has
learned from the other texts does, and writes second_look.json.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from tests.detector.training.cross_validate import HeldText, held_texts
from tests.detector.training.outside_texts import OutsideSource, outside_sources
from tracker.detector.candidate import CLEAR, DOUBTFUL, SURE
from tracker.detector.encoder.minilm import SIZE, Numbers, encode
from tracker.detector.encoder.second_look import WEIGHTS, SecondLook, logits, words_at
from tracker.detector.judge_passages import BARS, moved_by_rank
from tracker.detector.minutes import TextKind
from tracker.detector.portable_floats import logistic
from tracker.detector.sentence_parts import floor_is_given
from tracker.detector.training.train_model import HALF, overlap
from tracker.transcripts.text_positions import Span

#: score of the first pass from which a part teaches something; those below are plainly nothing
LEAST = 0.075
#: how strongly a weight is drawn to nothing, in units of the spread of the encoder's numbers
DRAWN = 2.0
ROUNDS = 8
KINDS = tuple(TextKind)
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class LabelledParts:
    """The parts of a text that are worth a second look: first scores, encoded words, and which put something forward.

    `is_left` says that the second look leaves such a text as it is.
    """

    name: str
    kind: TextKind
    scores: Sequence[float]
    encoded: Numbers
    proposed: npt.NDArray[np.bool_]
    is_left: bool

    def average_precision(self, second: Sequence[float]) -> tuple[float, float]:
        """The mean precision at each proposed part that is shown, as first ranked and with the second look."""
        first: Floats = np.array(self.scores, float)
        shown = first >= DOUBTFUL
        again: Floats = np.where(first >= SURE, first, np.minimum(second, SURE - 0.001))
        if self.is_left:
            again = first
        proposed = self.proposed[shown]
        # The second look moves nothing from the doubtful ones to the clear ones.
        return _precision(first[shown], proposed), _precision(((first >= CLEAR).astype(float) + again)[shown], proposed)


def _precision(ranks: Floats, proposed: npt.NDArray[np.bool_]) -> float:
    ranked = proposed[np.argsort(-ranks, kind="stable")]
    hits = np.cumsum(ranked)
    return float((ranked * hits / np.arange(1, len(ranked) + 1)).sum() / max(1, ranked.sum()))


def labelled_parts(held: HeldText) -> LabelledParts:
    """What a text that was read by a model of the others teaches; what careful readers may differ on is left out."""
    bar = BARS[held.kind] + moved_by_rank(held.kind, held.logits())
    rows = [(score, span, proposed) for score, span, proposed in _judged(held, bar) if score >= LEAST]
    text = held.text.text
    encoded = encode([words_at(text, span.start, span.end) for _, span, _ in rows])
    proposed = np.array([is_proposed for *_, is_proposed in rows])
    is_left = floor_is_given(text, [Span(turn.start, turn.end) for turn in held.text.turns])
    return LabelledParts(held.text.name, held.kind, [score for score, *_ in rows], encoded, proposed, is_left)


def _judged(held: HeldText, bar: float) -> Iterator[tuple[float, Span, bool]]:
    for weighed in (part for turn in held.turns for part in turn):
        part = weighed.part
        if held.text.only and not any(overlap(part, span) >= HALF for span in held.text.only):
            continue
        label = max(held.text.gold, key=lambda passage: overlap(part, passage), default=None)
        is_nothing = label is None or overlap(part, label) < HALF
        if is_nothing or (label is not None and label.clear):
            yield logistic(weighed.logit - bar), Span(part.start + part.lead, part.end), not is_nothing


def learn(texts: Sequence[LabelledParts]) -> SecondLook:
    """The weights that these texts teach: logistic regression with a ridge penalty, by Newton's method.

    Each kind of text has a constant of its own, so that how much is proposed in it moves no other weight; what is
    kept is that of forums, for within a text a constant ranks nothing.
    """
    encoded = np.vstack([text.encoded for text in texts]).astype(np.float64)
    middle = encoded.mean(axis=0)
    # Of words that are all alike nothing is learned, and no spread may be divided by.
    unit = max(1e-6, float(encoded.std(axis=0).mean() * np.sqrt(SIZE)))
    kinds = np.array([[text.kind is kind for kind in KINDS] for text in texts for _ in text.scores], float)
    first = np.concatenate([logits(text.scores) for text in texts])
    rows = np.hstack([first[:, None], kinds, (encoded - middle) / unit])
    drawn = np.array([0.001] + [0.1] * len(KINDS) + [DRAWN] * SIZE)
    weights = _regression(rows, np.concatenate([text.proposed for text in texts]).astype(float), drawn)
    numbers = (weights[1 + len(KINDS) :] / unit).round(4)
    added = weights[1 + KINDS.index(TextKind.FORUM)] - middle @ numbers
    return SecondLook(round(float(weights[0]), 4), numbers.astype(np.float32), round(float(added), 4))


def _regression(rows: Floats, proposed: Floats, drawn: Floats) -> Floats:
    weights = np.zeros(rows.shape[1])
    for _ in range(ROUNDS):
        likely = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (likely - proposed) + drawn * weights
        bend = (rows * (likely * (1 - likely))[:, None]).T @ rows + np.diag(drawn)
        weights -= np.linalg.solve(bend, slope)
    return weights


def serialize(look: SecondLook, sources: Sequence[OutsideSource]) -> str:
    """The weights as a text, with what they were learned from."""
    learned_from = ",\n".join(json.dumps({k: v for k, v in asdict(each.source).items() if v}) for each in sources)
    numbers = ", ".join(f"{number:.4f}" for number in look.numbers)
    figures = f'"first": {look.first},\n"added": {look.added},\n"numbers": [{numbers}]'
    return f'{{"learned_from": [\n{learned_from}\n],\n{figures}}}\n'


def main(arguments: Sequence[str] | None = None) -> None:
    """Print how well a second look ranks each text, and write the weights that all of them teach."""
    parser = argparse.ArgumentParser(description="Learn the second look from labelled texts.")
    parser.add_argument("folder", type=Path, help="where the texts of outside_sources.json are")
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="the file to write")
    options = parser.parse_args(arguments)
    sources = [source for source in outside_sources(options.folder) if source.form != "acts"]
    texts = [labelled_parts(held) for held in held_texts(outside_sources(options.folder))]
    for text in texts:
        _print_text(text, [other for other in texts if other is not text])
    options.out.write_text(serialize(learn(texts), sources), encoding="utf-8", newline="\n")


def _print_text(text: LabelledParts, others: Sequence[LabelledParts]) -> None:
    before, after = text.average_precision(learn(others).scores(text.scores, text.encoded))
    left = ", left as it is" * text.is_left
    print(f"{text.name[:36]:36} {text.kind:8} AP {before:.3f}, with the second look {after:.3f}{left}", flush=True)


if __name__ == "__main__":
    main()
