"""The second look is learned from labelled parts, and measured on the order in which passages are shown."""

import json
from typing import Any

import numpy as np
import pytest

from tests.detector.training.cross_validate import HeldText
from tests.detector.training.outside_texts import LabelledText
from tests.detector.training.test_outside_texts import PASSAGES, TALK
from tests.detector.training.train_second_look import LabelledParts, labelled_parts, learn, serialize
from tracker.detector.encoder.minilm import SIZE
from tracker.detector.judge_passages import weighed_parts
from tracker.detector.minutes import TextKind
from tracker.detector.model import Scorer
from tracker.detector.sentence_parts import TextParts, floor_is_given
from tracker.detector.training.evaluation import labels
from tracker.transcripts.reading.turns import hear
from tracker.transcripts.text_positions import Span


def parts(scores: list[float], proposed: list[bool], encoded: Any = None, **values: Any) -> LabelledParts:
    numbers = encoded
    if numbers is None:
        numbers = np.zeros((len(scores), SIZE), np.float32)
    fields = {"name": "talk", "kind": TextKind.CALL, "is_left": False, **values}
    return LabelledParts(scores=scores, proposed=np.array(proposed), encoded=numbers, **fields)


def test_what_the_encoder_tells_is_learned() -> None:
    chance = np.random.default_rng(3)
    encoded = chance.normal(size=(200, SIZE)).astype(np.float32)
    proposed = [bool(number > 0) for number in encoded[:, 5]]
    look = learn([parts([0.5] * 200, proposed, encoded), parts([0.5] * 200, proposed, encoded, kind=TextKind.MINUTES)])
    assert int(np.argmax(look.numbers)) == 5
    scores = look.scores([0.5] * 200, encoded)
    assert np.mean([(score > 0.5) == right for score, right in zip(scores, proposed, strict=True)]) > 0.9


def test_where_the_encoder_tells_nothing_the_first_score_counts() -> None:
    look = learn([parts([0.2, 0.3, 0.4, 0.6, 0.7, 0.8] * 5, [False, False, True, False, True, True] * 5)])
    assert look.first > 0.5
    assert not look.numbers.any()


@pytest.mark.parametrize(
    ("first", "second", "proposed", "is_left", "precision"),
    [
        # two clear ones change places
        ([0.7, 0.6], [0.1, 0.8], [False, True], False, (0.5, 1.0)),
        # a session that is left as it is
        ([0.7, 0.6], [0.1, 0.8], [False, True], True, (0.5, 0.5)),
        # a doubtful one stays behind a clear one, one that was sure stays first, and what is not shown does not count
        ([0.6, 0.3], [0.1, 0.8], [False, True], False, (0.5, 0.5)),
        ([0.95, 0.6], [0.1, 0.999], [False, True], False, (0.5, 0.5)),
        ([0.6, 0.1], [0.5, 0.9], [True, True], False, (1.0, 1.0)),
    ],
)
def test_the_order_is_measured_in_which_passages_are_shown(
    first: list[float], second: list[float], proposed: list[bool], precision: tuple[float, float], *, is_left: bool
) -> None:
    assert parts(first, proposed, is_left=is_left).average_precision(second) == precision


def test_a_text_teaches_its_parts_but_for_what_readers_may_differ_on() -> None:
    gold = labels("\n".join(json.dumps(row) for row in [PASSAGES[0], PASSAGES[1] | {"confidence": "borderline"}]))
    turns = hear(TALK).turns
    model = Scorer(("recommendation",), {"bias": [9.0, 0.0]})
    weighed = [list(weighed_parts(turn, model)) for _, turn in TextParts.of(TALK, turns).turns]
    text = labelled_parts(HeldText(LabelledText("talk", TALK, turns, gold), TextKind.FORUM, weighed, model))
    assert list(text.proposed) == [True, False, False]
    assert text.encoded.shape == (3, SIZE)
    assert not text.is_left


def test_the_same_weights_make_the_same_text() -> None:
    look = learn([parts([0.2, 0.8], [False, True])])
    content = json.loads(serialize(look, []))
    assert (content["first"], len(content["numbers"]), content["learned_from"]) == (look.first, SIZE, [])


@pytest.mark.parametrize(
    ("words", "is_given"),
    [
        ("Thank you. You have the floor.|We should meet more often.", True),
        ("That is all from me.|We should meet more often.", False),
        ("We should meet more often.", False),
        ("", False),
    ],
)
def test_a_session_is_told_by_its_floor(words: str, *, is_given: bool) -> None:
    turns = []
    for speech in words.split("|"):
        begin = words.index(speech)
        turns.append(Span(begin, begin + len(speech)))
    assert floor_is_given(words, turns) is is_given
