"""The model: a sum of weights, kept in a file, the same for all who load it."""

from pathlib import Path

import pytest

from tracker.detector.model import OUTSIDE_WEIGHTS, WEIGHTS, Scorer, Source, added, load, parse, prior, save, shipped
from tracker.detector.model_features import features
from tracker.detector.portable_floats import logistic
from tracker.detector.sentence_parts import SentenceWords
from tracker.detector.sentence_weight import NOTHING, weigh

SMALL = Scorer(("call", "offer"), {"a": [1.0, 2.0, 0.0], "b": [-1.0, 0.0, 3.0]})
SOURCES = (Source("a.txt", "MIT", "12ab"), Source("b.txt, lines: 460", "CC BY 4.0", "34cd", "56ef"))


def test_the_score_is_the_sum_of_what_is_known() -> None:
    assert SMALL.score(["a", "never seen"], rules=0.5) == pytest.approx(logistic(1.5))


def test_the_kind_is_the_one_with_the_largest_sum() -> None:
    assert (SMALL.kind(["a"]), SMALL.kind(["a", "b"])) == ("call", "offer")


def test_rules_alone_go_only_so_far() -> None:
    assert prior(NOTHING) < -2 < 2 <= prior(weigh("we strongly recommend that the board should publish the list."))


def test_a_kept_model_is_the_same_model(tmp_path: Path) -> None:
    save(SMALL, tmp_path / "weights.json")
    assert load(tmp_path / "weights.json").weights == SMALL.weights


def test_a_kept_model_keeps_names_with_commas(tmp_path: Path) -> None:
    save(Scorer(("call",), {", and the": [0.5, 0.0]}), tmp_path / "weights.json")
    assert load(tmp_path / "weights.json").weights == {", and the": [0.5, 0.0]}


def test_a_kept_model_says_what_it_was_learned_from(tmp_path: Path) -> None:
    save(Scorer(("call",), {}, SOURCES), tmp_path / "weights.json")
    assert load(tmp_path / "weights.json").learned_from == SOURCES


def test_a_model_without_sources_is_read() -> None:
    assert parse('{"kinds": ["call"], "weights": {}}').learned_from == ()


def test_a_damaged_model_is_a_value_error(tmp_path: Path) -> None:
    (tmp_path / "weights.json").write_text("{", encoding="utf-8")
    with pytest.raises(ValueError, match="Expecting"):
        load(tmp_path / "weights.json")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("cut the number of panels to half.", True),
        ("there is room for a second hall next year.", True),
        ("thank you very much for this presentation.", False),
        ("we had a lively discussion on prices.", False),
    ],
)
def test_the_shipped_model_knows_an_order_from_thanks(words: str, *, expected: bool) -> None:
    weight = weigh(words)
    assert (shipped().score(features(SentenceWords(words), weight), prior(weight)) >= 0.5) is expected


def test_two_models_add_up_to_one() -> None:
    more = Scorer(("call", "offer"), {"b": [0.5, 1.0, 0.0], "c": [0.25, 0.0, 0.0]}, SOURCES)
    both = added(SMALL, more)
    assert both.weights == {"a": [1.0, 2.0, 0.0], "b": [-0.5, 1.0, 3.0], "c": [0.25, 0.0, 0.0]}
    assert both.learned_from == SOURCES


def test_the_shipped_model_is_small() -> None:
    assert WEIGHTS.stat().st_size + OUTSIDE_WEIGHTS.stat().st_size < 1_500_000
