"""Making the model's files: weights.json from the texts of the project, outside_weights.json from texts from outside.

`python -m tests.detector.training.make_weights` writes weights.json anew: the same bytes on every machine. With a
FOLDER that has the texts of outside_sources.json it also writes outside_weights.json anew: what these add to it.
"""

import argparse
import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.detector.training.outside_texts import LabelledAct, LabelledText, OutsideSource, outside_sources
from tracker.detector.minutes import TextKind
from tracker.detector.model import OUTSIDE_WEIGHTS, WEIGHTS, Scorer, Source, save
from tracker.detector.sentence_parts import SentenceWords, TextParts, TurnSetting
from tracker.detector.training.examples import HERE
from tracker.detector.training.train_model import SENTENCES, Example, examples_in, own_examples, train

#: weights of what was really said, and of an act of a design team
REAL = 1.0
ACT = 0.3
OWN_LICENCE = "MIT"  # the project's


def outside_examples(source: OutsideSource) -> Iterator[Example]:
    """What a text from outside teaches; OSError or ValueError where it cannot be read."""
    if source.form == "acts":
        yield from (_of_act(act) for act in source.acts())
    else:
        yield from of_labelled_text(source.labelled_text())


def of_labelled_text(text: LabelledText) -> Iterator[Example]:
    """Every part of a labelled text with turns of its own."""
    return examples_in(TextParts.of(text.text, text.turns), text.gold, REAL, text.name, text.only)


def _of_act(act: LabelledAct) -> Example:
    words, before, after = (" ".join(said.lower().split()) for said in (act.words, act.before, act.after))
    setting = TurnSetting(TextKind.CALL)
    said = SentenceWords(words, before, printed=act.words, after=after, place=5, length=10, setting=setting)
    return Example(said, act.kind, ACT, document=act.meeting)


def own_sources(folder: Path = HERE) -> list[Source]:
    """The project's own labelled texts, as the model's file names them."""
    paths = [*sorted(folder.glob("*.txt")), folder / SENTENCES]
    return [Source(path.name, OWN_LICENCE, hashlib.sha256(path.read_bytes()).hexdigest()) for path in paths]


def train_own() -> Scorer:
    """What the project's own texts teach; some seconds of work."""
    learned = train(own_examples())
    return Scorer(learned.kinds, learned.weights, own_sources())


def train_outside(own: Scorer, sources: Sequence[OutsideSource]) -> Scorer:
    """What texts from outside add to what our own taught; our own are heard again, or they would be forgotten.

    Raises OSError or ValueError where one cannot be read.
    """
    ground = [*own_examples(), *(each for source in sources for each in outside_examples(source))]
    learned = train(ground, own)
    return Scorer(learned.kinds, learned.weights, [source.source for source in sources])


def main(arguments: Sequence[str] | None = None) -> None:
    """Train the project's own model, and write it."""
    parser = argparse.ArgumentParser(description="Learn weights.json anew from the labelled texts of the project.")
    parser.add_argument(
        "folder", type=Path, nargs="?", help="where the texts from outside are; else only our own count"
    )
    parser.add_argument("--out", type=Path, default=WEIGHTS.parent, help="the folder to write to")
    options = parser.parse_args(arguments)
    own = train_own()
    save(own, options.out / WEIGHTS.name)
    if options.folder:
        save(train_outside(own, outside_sources(options.folder)), options.out / OUTSIDE_WEIGHTS.name)


if __name__ == "__main__":
    main()
