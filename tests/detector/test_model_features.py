"""Features: what is said is told by its shape, so that one subject teaches another."""

import pytest

from tracker.detector.minutes import TextKind
from tracker.detector.model_features import features
from tracker.detector.sentence_parts import SentenceWords, TurnSetting
from tracker.detector.sentence_weight import NOTHING, weigh


def of(words: str, **around: object) -> set[str]:
    return set(features(SentenceWords(words, **around), weigh(words)))  # type: ignore[arg-type]


def test_two_subjects_make_one_shape() -> None:
    assert "should ACT the" in of("the council should publish the report.") & of("the board should review the budget.")


def test_a_word_is_told_by_itself_and_its_shape_without_its_subject() -> None:
    names = of("we should meet in millbridge.")
    assert {name for name in names if "millbridge" in name} == {"w:millbridge"}


def test_what_follows_counts_and_whether_the_speaker_gives_the_floor() -> None:
    setting = TurnSetting(gives=0.6, reports=True, given=True)
    names = of("we should meet.", after="what do you think?", place=2, length=9, setting=setting)
    assert {"after:what", "is:asked after", "gives>0.5", "is:reports", "is:given the floor", "left>6"} <= names


def test_only_minutes_and_calls_are_read_by_the_rules_for_lines() -> None:
    line = "Anna to draft the text"
    told = {kind: of(line.lower(), printed=line, setting=TurnSetting(kind)) for kind in TextKind}
    assert "line cue:somebody to" in told[TextKind.MINUTES] & told[TextKind.CALL] - told[TextKind.FORUM]


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
    names = set(features(SentenceWords(""), NOTHING))
    assert names == {"bias", "^ $", "is:open end", "third:0"}
