"""A stored value is said by one word and one shape wherever it is shown."""

from enum import StrEnum
from xml.etree.ElementTree import fromstring

import pytest

from tests.catalogue import shipped_messages
from tracker.items.models import Progress
from tracker.items.party_models import ResponseState, Stance
from tracker.meetings.models import Visibility
from tracker.wording.language import ENGLISH
from tracker.wording.mark_drawings import DRAWINGS, svg_file
from tracker.wording.stored_values import SHAPES, WORDS, word_to_translate


@pytest.mark.parametrize("statuses", [Progress, ResponseState, Stance, Visibility])
def test_every_status_has_a_shape_of_its_own(statuses: type[StrEnum]) -> None:
    assert len({SHAPES[status] for status in statuses}) == len(statuses)


def test_every_shape_is_drawn_and_no_drawing_is_left_over() -> None:
    assert set(SHAPES.values()) == DRAWINGS.keys()


@pytest.mark.parametrize("sign", sorted(DRAWINGS))
def test_a_drawing_keeps_to_the_one_stroke_and_colour(sign: str) -> None:
    root = fromstring(svg_file(sign, "#1b1b1b"))
    shown = [element.attrib for element in root]
    assert {element.tag.rpartition("}")[2] for element in root} <= {"path", "circle"}
    assert not any("stroke-width" in attributes for attributes in shown)
    assert {attributes.get("fill", "none") for attributes in shown} <= {"none", "#1b1b1b"}


def test_every_shape_stands_beside_a_word() -> None:
    assert SHAPES.keys() <= WORDS.keys()


def test_every_word_is_in_the_catalogue() -> None:
    assert {(None, word) for word in WORDS.values()} <= shipped_messages()


@pytest.mark.parametrize(
    ("value", "word"), [("overtaken", "overtaken by events"), ("faith-groups", "faith groups"), ("own", "own capacity")]
)
def test_a_word_may_say_more_than_the_value(value: str, word: str) -> None:
    assert word_to_translate(value) == ENGLISH.word(value) == word
