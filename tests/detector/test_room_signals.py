"""A passage is marked where words are missing, where two people talk, and where others' words are told."""

import pytest

from tests.detector.texts import found
from tracker.detector.room_signals import has_hole, is_exchange, is_reported


def test_a_passage_with_unheard_words_has_a_hole() -> None:
    heard, unheard = found("MS OAK: The board should publish the list. The office (inaudible) should send the map.\n")
    assert (heard.hole, unheard.hole) == (False, True)


def test_a_captioners_other_marks_are_no_hole() -> None:
    text = "We  Ian to here  should [applause] meet."
    assert not has_hole(text, 0, len(text))


@pytest.mark.parametrize(
    "said",
    [
        "can you repeat that, please?",
        "please speak up.",
        "could you answer my question now?",
        "my question is to mr elm.",
    ],
)
def test_a_demand_between_two_people_is_an_exchange(said: str) -> None:
    assert is_exchange(said)


@pytest.mark.parametrize(
    "said",
    [
        "could you please explain this in writing?",
        "can you give us the figures by friday?",
        "the office should publish the map.",
    ],
)
def test_what_is_asked_for_later_is_none(said: str) -> None:
    assert not is_exchange(said)


@pytest.mark.parametrize(
    "said",
    [
        "it was suggested that the fund be doubled.",
        "the workshop recommended a map.",
        "one speaker also wanted a list.",
    ],
)
def test_what_others_have_said_is_reported(said: str) -> None:
    assert is_reported(said, 0, len(said), rapporteur=False)


def test_what_one_says_oneself_is_not() -> None:
    said = "i suggest that the workshop be repeated."
    assert not is_reported(said, 0, len(said), rapporteur=False)


def test_a_rapporteur_reports_but_for_what_he_says_of_himself() -> None:
    text = "MS OAK: I am reporting from workshop 7. The board should publish the list. I will send the map by May.\n"
    assert [one.reported for one in found(text)] == [True, False]
