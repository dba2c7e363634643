"""Training: what is labelled is learned, in the same way every time."""

from pathlib import Path

from tracker.detector.model import load
from tracker.detector.training.evaluation import Labelled
from tracker.detector.training.train_model import Example, example, examples, main, train

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


def test_the_shipped_model_can_be_made_anew(tmp_path: Path) -> None:
    text, gold = tmp_path / "a.txt", tmp_path / "a.jsonl"
    text.write_text(TEXT, encoding="utf-8")
    gold.write_text('{"start": 8, "end": 42, "kind": "recommendation", "milestone": null}\n', encoding="utf-8")
    main(tmp_path / "weights.json", text, gold)
    assert len(load(tmp_path / "weights.json").kinds) == 7
