"""Parts become passages: what points back is joined, what is too little is left."""

import pytest

from tests.detector.texts import found, quotes
from tracker.detector.detect import every_part
from tracker.detector.sentence_parts import parts
from tracker.transcripts.reading.turns import turns

ORDER = "MS OAK: We propose that the board publish the list. This should be done by May.\n"


def test_a_sentence_that_points_back_joins_the_one_before() -> None:
    assert quotes(ORDER) == [ORDER[8:].strip()]


def test_a_part_knows_what_was_said_before() -> None:
    ((_, said),) = parts("MR ELM: Who does it? I will.\n", turns("MR ELM: Who does it? I will.\n"))
    assert [(one.said.before, one.said.opening) for one in said] == [("", True), ("who does it?", False)]


def test_every_part_has_a_score_shown_or_not() -> None:
    text = "MS OAK: The board should publish the list. The weather may be fine.\n"
    scores = [one.score for one in every_part(text, turns(text))]
    assert len(scores) == 2
    assert scores[0] > 0.5 > scores[1]


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("Cut the number of workshops to half.", "recommendation"),
        ("I would be grateful for a table of who was refused.", "request"),
        ("You will have the first draft by Friday.", "commitment"),
        ("There is room for a second hall next year.", "recommendation"),
        ("Plus one to Nadia.", "support"),
    ],
)
def test_who_proposes_without_saying_so_is_heard(said: str, kind: str) -> None:
    assert [one.kind for one in found(f"MS OAK: {said}\n")] == [kind]


def test_a_french_or_spanish_text_does_no_harm() -> None:
    assert found("MME DUPIN: Merci, nous avons écouté. Señor, ¿qué hacemos? 。\n") == []
