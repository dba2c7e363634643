"""Words are compared without case, stops and accents, and keep their places."""

import pytest

from tracker.transcripts.text_positions import Span
from tracker.transcripts.versions.word_lists import bare, word_list


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Don’t stop, please!", ["don", "t", "stop", "please"]),
        ("ÉCOLE e\u0301cole école", ["ecole", "ecole", "ecole"]),
        ("re\u0301sume\u0301", ["resume"]),
        ("会议 at 9", ["会", "议", "at", "9"]),
        ("Straße", ["strasse"]),
        ("… — !", []),
    ],
)
def test_words_are_bare(text: str, words: list[str]) -> None:
    assert word_list(text).plain == words


def test_words_know_their_characters() -> None:
    words = word_list("So, we begin.")
    assert words.span(1, 2) == Span(4, 12)
    assert words.within(4, 12) == range(1, 3)
    assert words.within(13, 13) == range(3, 3)


def test_a_mark_alone_stays_itself() -> None:
    assert bare("\u0301") == "\u0301"
