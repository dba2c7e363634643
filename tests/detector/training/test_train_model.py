"""Training: what is labelled is learned, in the same way every time."""

import hashlib
from pathlib import Path

import pytest

from tracker.detector.model import WEIGHTS, Scorer, load, serialize, shipped
from tracker.detector.training.evaluation import Labelled
from tracker.detector.training.examples import HERE
from tracker.detector.training.train_model import (
    Example,
    example,
    examples,
    main,
    outside_text,
    own_sources,
    train,
    train_shipped,
)

OFFERS = [example(f"we can lend you {what}.", kind="offer") for what in ("a boat", "two rooms", "the hall", "a map")]
REST = [example(f"the river was {what}.") for what in ("high", "low", "brown", "cold")]
TEXT = "MS OAK: The board should publish the list. It rained all day.\n"


def test_what_was_learned_tells_offers_from_the_rest() -> None:
    model = train((OFFERS + REST) * 20)
    offer, rest = (model.score(["bias", "is:past"] * past + ["w:we", "w:can"] * (1 - past)) for past in (0, 1))
    assert offer > rest


def test_the_same_examples_give_the_same_model() -> None:
    assert train(OFFERS + REST).weights == train(OFFERS + REST).weights


def test_a_heavier_example_counts_for_more() -> None:
    light, heavy = (train([*OFFERS, *REST, example("we can lend.", weight=many)] * 5) for many in (0.1, 5.0))
    assert heavy.score(["w:we", "w:can"]) < light.score(["w:we", "w:can"])


def test_each_part_of_a_text_is_an_example() -> None:
    gold = [Labelled(8, 42, "recommendation")]
    assert [one.kind for one in examples(TEXT, gold)] == ["recommendation", None]


def test_what_readers_may_differ_on_teaches_nothing() -> None:
    assert [one.kind for one in examples(TEXT, [Labelled(8, 42, "recommendation", clear=False)])] == [None]


def test_an_example_keeps_the_sentence_before() -> None:
    one = example("I'll do THAT.", "Who does it?", "commitment")
    assert isinstance(one, Example)
    assert (one.said.words, one.said.before) == ("i'll do that.", "who does it?")


def test_the_shipped_model_is_what_the_projects_texts_teach() -> None:
    made_anew = serialize(train_shipped())
    assert made_anew == WEIGHTS.read_text(encoding="utf-8"), "run: python -m tracker.detector.training.train_model"


def test_the_shipped_model_names_every_text_of_the_project_and_nothing_else() -> None:
    files = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in HERE.iterdir()}
    assert {source.name: source.sha256 for source in shipped().learned_from} == files


@pytest.fixture(scope="module")
def with_outside_text(tmp_path_factory: pytest.TempPathFactory) -> Scorer:
    """A model that was also learned from the first line of a text that is not in the project."""
    folder = tmp_path_factory.mktemp("outside")
    text, gold = folder / "a.txt", folder / "a.jsonl"
    text.write_text(TEXT * 2, encoding="utf-8")
    gold.write_text('{"start": 8, "end": 42, "kind": "recommendation", "milestone": null}\n', encoding="utf-8")
    main(["--out", str(folder / "weights.json"), "--also", str(text), str(gold), "1", "CC BY 4.0"])
    return load(folder / "weights.json")


def test_a_text_from_outside_is_named_with_its_licence(with_outside_text: Scorer) -> None:
    *own, outside = with_outside_text.learned_from
    assert own == own_sources()
    assert (outside.name, outside.licence) == ("a.txt, lines: 1", "CC BY 4.0")
    assert outside.sha256 == hashlib.sha256((TEXT * 2).encode()).hexdigest()
    assert outside.labels_sha256 is not None


def test_a_text_from_outside_teaches(with_outside_text: Scorer) -> None:
    assert with_outside_text.weights != shipped().weights


def test_only_the_labelled_lines_of_a_text_from_outside_count(tmp_path: Path) -> None:
    text, gold = tmp_path / "a.txt", tmp_path / "a.jsonl"
    text.write_text("First line.\nSecond line.\n", encoding="utf-8")
    gold.write_text("", encoding="utf-8")
    assert outside_text(text, gold, "1", "MIT").text == "First line.\n"
    assert outside_text(text, gold, "all", "MIT").text == "First line.\nSecond line.\n"
