"""Features: what is said is told by its shape, so that one subject teaches another."""

import pytest

from tracker.detector.model_features import features
from tracker.detector.sentence_parts import SentenceWords
from tracker.detector.sentence_weight import NOTHING, weigh


def of(words: str, **around: object) -> set[str]:
    return set(features(SentenceWords(words, **around), weigh(words)))  # type: ignore[arg-type]


def test_two_subjects_make_one_shape() -> None:
    assert "should ACT the" in of("the council should publish the report.") & of("the board should review the budget.")


def test_names_and_subjects_are_no_features() -> None:
    assert not any("millbridge" in name for name in of("we should meet in millbridge."))


def test_cues_and_their_sum_are_features() -> None:
    assert {"cue:recommend", "total>1.5", "rules:recommendation"} <= of("i recommend that there be a list of names.")


@pytest.mark.parametrize(
    ("around", "name"),
    [
        ({"chairing": True}, "is:chairing"),
        ({"before": "who does it?"}, "is:answers"),
        ({"opening": True}, "is:opening"),
    ],
)
def test_what_stands_around_counts(around: dict[str, object], name: str) -> None:
    assert name in of("i will do that.", **around)


def test_a_noun_that_may_be_a_verb_is_told_by_the_word_before() -> None:
    assert "to ACT" in of("to report on it.")
    assert "the THING" in of("the report is out.")


def test_nothing_said_has_few_features() -> None:
    assert set(features(SentenceWords(""), NOTHING)) == {"bias", "^ $"}
