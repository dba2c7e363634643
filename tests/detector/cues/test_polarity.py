"""Each sentence of the table beside this takes the side that is written before it, and no stronger one."""

from pathlib import Path

import pytest

from tracker.detector.cues.polarity import polarity

NO_SIDE = "-"
TABLE = Path(__file__).with_name("polarity.tsv")


def rows() -> list[tuple[str, str]]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    return [(side, sentence) for side, sentence in (line.split("\t", 1) for line in lines)]


@pytest.mark.parametrize(("side", "sentence"), rows())
def test_a_sentence_takes_its_side(side: str, sentence: str) -> None:
    assert (polarity(sentence.lower()) or NO_SIDE) == side


def test_the_table_holds_enough_of_each_side() -> None:
    sides = [side for side, _ in rows()]
    assert min(sides.count(side) for side in ("support", "objection", "asks", NO_SIDE)) >= 30


def test_signs_of_word_processors_and_doubled_blanks_change_nothing() -> None:
    assert polarity("i couldn’t  agree\u2009more") == "support"


def test_who_supports_and_then_doubts_only_asks() -> None:
    assert polarity("we support the fund. i am not sure about the date.") == "asks"
