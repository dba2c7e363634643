"""How well the detector does on texts that it has not learned from: each text is read by a model of all the others.

`python -m tests.detector.training.cross_validate FOLDER` takes the texts of outside_sources.json in FOLDER; a text
of several blocks is held out block by block. Bars are chosen without the text too. It prints shares for each kind
of text, what scores are worth, and where the bars lie; `--mistakes N` the surest errors, `--share SHARE` learns
from that share of the texts only.
"""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.detector.training.make_weights import outside_examples
from tests.detector.training.outside_texts import LabelledText, OutsideSource, outside_sources
from tracker.detector.candidate import CLEAR
from tracker.detector.judge_passages import (
    BARS,
    FoundStretch,
    WeighedPart,
    judged,
    moved_by_rank,
    passages,
    weighed_parts,
)
from tracker.detector.minutes import TextKind
from tracker.detector.model import Scorer, added
from tracker.detector.sentence_parts import TextParts
from tracker.detector.training.evaluation import Evaluation, Labelled, evaluate, worst
from tracker.detector.training.train_model import (
    HALF,
    JudgedExample,
    judge,
    overlap,
    own_examples,
    train_judged,
)

FOLDS = 6
#: bars that are tried, as logits
TRIED = tuple(step / 10 for step in range(-30, 6))
#: lower ends of bands of scores
BANDS = (1.01, 0.8, 0.65, 0.5, 0.35, 0.2, 0.0)


@dataclass(frozen=True)
class HeldText:
    """A text whose parts were each weighed by a model that has not learned from its block; turns hold parts."""

    text: LabelledText
    kind: TextKind
    turns: list[list[WeighedPart]]
    model: Scorer

    def logits(self) -> list[float]:
        """What each part adds up to."""
        return [part.logit for turn in self.turns for part in turn]

    def stretches(self, bar: float) -> Iterator[FoundStretch]:
        """The passages of the text with such a bar for its kind; what nobody has labelled is left out."""
        moved = bar + moved_by_rank(self.kind, self.logits())
        for turn in self.turns:
            stretches = judged(turn, self.model, moved)
            yield from self._labelled_only(passages(self.text.text, [part.part for part in turn], stretches))

    def _labelled_only(self, stretches: Sequence[FoundStretch]) -> Iterator[FoundStretch]:
        spans = self.text.only
        yield from (stretch for stretch in stretches if not spans or stretch.overlaps(spans))

    def evaluation(self, bar: float, least: float = CLEAR) -> Evaluation:
        """How the passages from such a score on fit the labels."""
        predicted = [
            Labelled(stretch.start, stretch.end, stretch.kind, score=stretch.score)
            for stretch in self.stretches(bar)
            if stretch.score >= least
        ]
        return evaluate(self.text.text, self.text.gold, predicted)


def held_texts(sources: Sequence[OutsideSource], share: float = 1.0) -> list[HeldText]:
    """Every text of the sources, weighed by models of the others; `share` of these are learned from."""
    own = [judge(each) for each in own_examples()]
    start = train_judged(own)
    taught = {source.text: [judge(each) for each in outside_examples(source)] for source in sources}
    readable = [source for source in sources if source.form != "acts"]
    blocks = [(source, block) for source in readable for block in range(source.blocks)]
    weighed: dict[str, dict[int, list[list[WeighedPart]]]] = {source.text: {} for source in readable}
    models: dict[str, Scorer] = {}
    for fold in range(FOLDS):
        aside = blocks[fold::FOLDS]
        model = added(start, train_judged([*own, *_without(taught, sources, aside, share)], start))
        for source, block in aside:
            models[source.text] = model
            weighed[source.text][block] = list(_weighed_block(source, block, model))
    return [_held(source, weighed[source.text], models[source.text]) for source in readable]


def _held(source: OutsideSource, blocks: Mapping[int, list[list[WeighedPart]]], model: Scorer) -> HeldText:
    text = source.labelled_text()
    turns = [turn for block in sorted(blocks) for turn in blocks[block]]
    return HeldText(text, TextParts.of(text.text, text.turns).kind, turns, model)


def _without(
    taught: Mapping[str, Sequence[JudgedExample]],
    sources: Sequence[OutsideSource],
    aside: Sequence[tuple[OutsideSource, int]],
    share: float,
) -> Iterator[JudgedExample]:
    """The examples of all sources but for the blocks held aside, and of a share of these."""
    for place, source in enumerate(sources):
        if place >= share * len(sources):
            return
        blocks = {block for other, block in aside if other is source}
        rows = taught[source.text]
        for number, row in enumerate(rows):
            if _block(number, len(rows), source.blocks) not in blocks:
                yield row


def _block(number: int, count: int, blocks: int) -> int:
    return number * blocks // max(1, count)


def _weighed_block(source: OutsideSource, block: int, model: Scorer) -> Iterator[list[WeighedPart]]:
    text = source.labelled_text()
    cut = TextParts.of(text.text, text.turns).turns
    count = sum(len(parts) for _, parts in cut)
    number = 0
    for _, parts in cut:
        # A turn goes with its middle, so that none is torn.
        if _block(number + len(parts) // 2, count, source.blocks) == block:
            yield list(weighed_parts(parts, model))
        number += len(parts)


def best_bar(texts: Sequence[HeldText]) -> float:
    """The bar with the best F1 over all the texts."""
    return max(TRIED, key=lambda bar: _f1([text.evaluation(bar) for text in texts]))


def _f1(results: Sequence[Evaluation]) -> float:
    hits = sum(len(result.hits) for result in results)
    wrong = sum(len(result.missed) + len(result.false) for result in results)
    return 2 * hits / max(1, 2 * hits + wrong)


def average_precision(text: HeldText) -> float:
    """The mean precision at each proposed part, the surest first; borderline parts count neither way."""
    hits = 0
    total = 0.0
    ranked = [is_proposed for _, is_proposed in sorted(_scored_parts(text), reverse=True)]
    for place, is_proposed in enumerate(ranked, 1):
        hits += is_proposed
        total += is_proposed * hits / place
    return total / max(1, hits)


def _scored_parts(text: HeldText) -> Iterator[tuple[float, bool]]:
    for weighed in (part for turn in text.turns for part in turn):
        part = weighed.part
        if text.text.only and not any(overlap(part, span) >= HALF for span in text.text.only):
            continue
        label = max(text.text.gold, key=lambda passage: overlap(part, passage), default=None)
        if label is None or overlap(part, label) < HALF:
            yield weighed.logit, False
        elif label.clear:
            yield weighed.logit, True


def main(arguments: Sequence[str] | None = None) -> None:
    """Print how well each text is read by a model of the others."""
    parser = argparse.ArgumentParser(description="Read each labelled text with a model of all the others.")
    parser.add_argument("folder", type=Path, help="where the texts of outside_sources.json are")
    parser.add_argument("--share", type=float, default=1.0, help="learn from this share of the texts only, 0 to 1")
    parser.add_argument("--mistakes", type=int, default=0, help="print so many of the surest errors of each text")
    options = parser.parse_args(arguments)
    texts = held_texts(outside_sources(options.folder), options.share)
    for text in texts:
        _print_text(text, options.mistakes)
    for kind in sorted({text.kind for text in texts}):
        _print_kind(kind, [text for text in texts if text.kind is kind])


def _print_text(text: HeldText, mistakes: int) -> None:
    result = text.evaluation(BARS[text.kind])
    figures = f"P {result.precision:.2f}  R {result.recall:.2f}  F1 {result.f1:.2f}  AP {average_precision(text):.2f}"
    print(f"{text.text.name[:36]:36} {text.kind:8} {figures}  best bar {best_bar([text]):.1f}")
    for mistake, passage in worst(result)[:mistakes]:
        quote = " ".join(text.text.text[passage.start : passage.end].split())
        print(f"    {mistake:6} {passage.kind:14} {quote}")


def _print_kind(kind: TextKind, texts: Sequence[HeldText]) -> None:
    results = [text.evaluation(BARS[kind]) for text in texts]
    precision = sum(len(result.hits) for result in results) / max(
        1, sum(len(result.hits) + len(result.false) for result in results)
    )
    tenths = [sorted(text.logits(), reverse=True)[len(text.logits()) // 10] for text in texts]
    print(f"{kind}: F1 {_f1(results):.3f}, precision {precision:.3f}; best bar {best_bar(texts):.1f};", end=" ")
    print(f"typical tenth {sum(tenths) / len(tenths):.2f}")
    for low, high in zip(BANDS[1:], BANDS, strict=False):
        rows = [(text, low, high) for text in texts]
        print("   ", f"{low:.2f}", _band(rows))


def _band(rows: Sequence[tuple[HeldText, float, float]]) -> str:
    hits = false = 0
    for text, low, high in rows:
        wide = text.evaluation(BARS[text.kind], low)
        hits += sum(low <= prediction.score < high for _, prediction in wide.hits)
        false += sum(low <= prediction.score < high for prediction in wide.false)
    return f"{hits} of {hits + false} right"


if __name__ == "__main__":
    main()
