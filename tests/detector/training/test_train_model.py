"""Training: what is labelled is learned, in the same way every time."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.detector.training import make_weights
from tests.detector.training.make_weights import outside_examples, own_sources, train_outside, train_own
from tests.detector.training.outside_texts import LIST, OutsideSource, outside_sources
from tests.texts import BAKU
from tracker.detector.model import OUTSIDE_WEIGHTS, WEIGHTS, added, load, serialize
from tracker.detector.training.evaluation import Labelled
from tracker.detector.training.examples import HERE
from tracker.detector.training.train_model import (
    Example,
    example,
    examples,
    train,
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


def test_what_stands_in_one_document_alone_is_not_learned() -> None:
    named = [replace(example("the board meets in zurzach."), document="a") for _ in range(9)]
    elsewhere = [replace(example("the hall is in ulm."), document=name) for name in "abc"]
    weights = train([*named, *elsewhere, *OFFERS] * 9).weights
    assert "w:ulm" in weights
    assert "w:zurzach" not in weights


def test_the_own_part_of_the_model_is_what_the_projects_texts_teach() -> None:
    made_anew = serialize(train_own())
    assert made_anew == WEIGHTS.read_text(encoding="utf-8"), "run: python -m tests.detector.training.make_weights"


def test_the_own_part_names_every_text_of_the_project_and_nothing_else() -> None:
    files = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in HERE.iterdir()}
    assert {source.name: source.sha256 for source in load(WEIGHTS).learned_from} == files


def test_the_other_part_names_every_text_from_outside_with_its_licence_and_whom_to_name() -> None:
    listed = [(row["text"].rpartition("/")[2], row["licence"], row["by"]) for row in json.loads(LIST.read_text())]
    sources = load(OUTSIDE_WEIGHTS).learned_from
    assert [(source.name.split(", lines")[0], source.licence, source.by) for source in sources] == listed
    assert all(len(source.sha256) == 64 for source in sources)


@pytest.mark.transcript
def test_the_other_part_was_learned_from_the_texts_that_it_names() -> None:
    folder = BAKU.parent.parent
    if not (folder / "gold").is_dir():
        pytest.skip("the labelled texts are not beside the Baku transcript")
    named = {source.name: (source.sha256, source.labels_sha256) for source in load(OUTSIDE_WEIGHTS).learned_from}
    there = [source.source for source in outside_sources(folder)]
    assert {source.name: (source.sha256, source.labels_sha256) for source in there} == named


@pytest.fixture
def an_outside_text(tmp_path: Path) -> OutsideSource:
    (tmp_path / "a.txt").write_text(TEXT * 2, encoding="utf-8")
    (tmp_path / "a.jsonl").write_text('{"start": 8, "end": 42, "kind": "recommendation"}\n', encoding="utf-8")
    return OutsideSource(tmp_path, "a.txt", ["a.jsonl"], "CC BY 4.0", "Ana Roe", lines=1)


def test_a_text_from_outside_is_named_with_its_licence(an_outside_text: OutsideSource) -> None:
    source = an_outside_text.source
    assert (source.name, source.licence, source.by) == ("a.txt, lines: 1", "CC BY 4.0", "Ana Roe")
    assert source.sha256 == hashlib.sha256((TEXT * 2).encode()).hexdigest()
    assert source.labels_sha256 is not None


def test_only_the_labelled_lines_of_a_text_from_outside_count(an_outside_text: OutsideSource) -> None:
    assert an_outside_text.labelled_text().text == TEXT
    assert [each.kind for each in outside_examples(an_outside_text)] == ["recommendation", None]


def test_a_text_from_outside_corrects_what_was_known(an_outside_text: OutsideSource) -> None:
    own = train([*OFFERS, *REST] * 5)
    more = train_outside(own, [an_outside_text])
    assert added(own, more).weights != own.weights
    assert [source.name for source in more.learned_from] == ["a.txt, lines: 1"]


def test_the_whole_model_is_written_by_one_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    source = OutsideSource(tmp_path, "a.txt", [], "MIT", "Ana Roe")
    monkeypatch.setattr(make_weights, "own_examples", lambda: [*OFFERS, *REST])
    monkeypatch.setattr(make_weights, "outside_sources", lambda folder: [source])
    make_weights.main([str(tmp_path), "--out", str(tmp_path)])
    assert load(tmp_path / "weights.json").learned_from == tuple(own_sources())
    assert [each.name for each in load(tmp_path / "outside_weights.json").learned_from] == ["a.txt"]
