"""A text without labels never is one endless turn."""

import time

import pytest

from tracker.transcripts.reading.turns import turns
from tracker.transcripts.reading.unlabelled_text import cut_unlabelled


def pieces(text: str) -> list[str]:
    return [text[part.start : part.end] for part in cut_unlabelled(text)]


def test_paragraphs_stay_as_they_are() -> None:
    assert pieces("One.\n\nTwo, a\nlonger one.") == ["One.", "Two, a\nlonger one."]


def test_a_text_in_one_line_is_cut_at_sentences() -> None:
    found = pieces("We speak of the tide today. " * 1_000)
    assert len(found) > 5
    assert all(len(piece) < 3_100 and piece.endswith(".") for piece in found)


def test_a_text_without_an_end_is_cut_all_the_same() -> None:
    assert max(map(len, pieces("and so on " * 2_000))) < 6_000


def test_captions_under_their_times_are_joined_to_sentences() -> None:
    text = "".join(f"0:{n:02}\nwe speak of the tide\n0:{n + 1:02}\nand of the moon.\n" for n in range(0, 58, 2))
    found = turns(text)
    assert 3 <= len(found) <= 10
    assert text[found[0].start : found[0].end].startswith("we speak")
    assert [turn.said_at for turn in found][:1] == [0]


@pytest.mark.parametrize(
    "text", ["word " * 200_000, "0:12\n" * 200_000, "a.\n\n" * 200_000], ids=["line", "times", "many"]
)
def test_a_hostile_text_takes_linear_time(text: str) -> None:
    begun = time.process_time()
    list(cut_unlabelled(text))
    assert time.process_time() - begun < 3
