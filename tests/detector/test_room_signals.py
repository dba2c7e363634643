"""A passage is marked where words are missing, and where two people talk."""

import pytest

from tests.detector.texts import found
from tracker.detector.room_signals import has_hole, is_exchange


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
