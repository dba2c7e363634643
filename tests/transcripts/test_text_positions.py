"""Selected words are found again in the text."""

import pytest

from tracker.transcripts.text_positions import Span, find_words

TEXT = "Keep it.  Open\xa0it\n\non Sundays (all year)."
ALL = Span(0, len(TEXT))


@pytest.mark.parametrize(
    ("words", "span"),
    [
        ("Keep it.", Span(0, 8)),
        ("Open it on", Span(10, 21)),
        (" it\n on ", Span(15, 21)),
        ("(all year).", Span(30, 41)),
    ],
)
def test_words_are_found_whatever_the_white_space(words: str, span: Span) -> None:
    assert find_words(TEXT, ALL, words) == span


@pytest.mark.parametrize("words", ["", "  ", "Open them", "(.*)"])
def test_words_that_do_not_stand_there_are_not_found(words: str) -> None:
    assert find_words(TEXT, ALL, words) is None


def test_words_are_looked_for_within_the_span_only() -> None:
    assert find_words(TEXT, Span(9, 21), "Keep") is None
