"""The encoder is the one that was published, and a second look tells proposals from what only sounds like one."""

import json

import numpy as np
import pytest

from tracker.detector.encoder.minilm import PASSAGE_PIECES, SIZE, EncodedWords, encode
from tracker.detector.encoder.second_look import BEFORE, WEIGHTS, logits, shipped, words_at, work

LIST = "The board should publish the list by June."
#: the first numbers of LIST after "The lake is cold in May.", by the same network in single precision
FIRST_NUMBERS = [0.110, -0.305, -0.044, 0.044, 0.402, 0.556, -0.444, -0.039]


def test_it_is_the_network_that_was_published() -> None:
    [numbers] = encode([EncodedWords(LIST, "The lake is cold in May.")])
    assert numbers.shape == (SIZE,)
    assert numbers[: len(FIRST_NUMBERS)] == pytest.approx(FIRST_NUMBERS, abs=0.05)
    assert float(np.linalg.norm(numbers)) == pytest.approx(6.73, abs=0.1)


def test_what_stands_before_is_heard_and_what_is_too_long_is_cut() -> None:
    words = "list " * PASSAGE_PIECES
    alone, after, long, longer = encode(
        [EncodedWords(LIST), EncodedWords(LIST, "Nothing."), EncodedWords(words), EncodedWords(words + LIST)]
    )
    assert not np.allclose(alone, after)
    assert np.allclose(long, longer)


def test_nothing_is_encoded_as_nothing_and_an_empty_passage_as_something() -> None:
    assert encode([]).shape == (0, SIZE)
    assert np.isfinite(encode([EncodedWords("")])).all()


@pytest.mark.parametrize(
    ("proposal", "other"),
    [
        ("We ought to write down who answers for the archive.", "The archive has been in the tower since the war."),
        ("Could the library lend its hall to the choir?", "Could you repeat the second part of that?"),
        ("I will send the minutes round on Monday.", "I was in the north on Monday."),
        ("Let's drop the second column and rename the first.", "It drops the second column and renames the first."),
        ("It would help if each region named a contact.", "It was cold when each region was counted."),
    ],
)
def test_a_proposal_is_ranked_before_what_sounds_like_one(proposal: str, other: str) -> None:
    first, second = work({"passages": [[proposal, "", 0.4], [other, "", 0.4]]}, b"")
    assert 0 < second < first < 1


def test_of_the_same_words_the_one_with_the_better_first_score_comes_first() -> None:
    scores = work({"passages": [[LIST, "", score] for score in (0.2, 0.5, 0.8)]}, b"")
    assert scores == sorted(set(scores))


def test_scores_without_doubt_are_finite() -> None:
    assert np.isfinite(logits([0.0, 1.0])).all()
    assert logits([0.5]) == pytest.approx([0], abs=1e-6)


def test_a_passage_is_read_with_what_stands_before_it() -> None:
    text = "x" * 500 + " Well.\n" + LIST
    passage = words_at(text, text.index(LIST), len(text))
    assert passage == EncodedWords(LIST, "x" * (BEFORE - 7) + " Well.")


def test_the_weights_are_small_and_say_what_they_were_learned_from() -> None:
    content = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    assert len(shipped().numbers) == SIZE
    assert all(source["licence"] and source["by"] and len(source["sha256"]) == 64 for source in content["learned_from"])
    assert not [source for source in content["learned_from"] if "SA" in source["licence"]]
