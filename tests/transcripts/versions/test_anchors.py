"""Quotes are cut by offset, context by words, sentences by their stops."""

from collections.abc import Sequence
from typing import Any

import pytest

from tracker.transcripts.text_positions import Span, context, digest, place_holding, quote, split_sentences


def said(text: str) -> list[str]:
    return [text[span.start : span.end] for span in split_sentences(text, 0, len(text))]


def test_a_quote_is_the_slice() -> None:
    assert quote("the river rises", 4, 9) == "river"


@pytest.mark.parametrize(("start", "end"), [(3, 3), (-1, 2), (0, 16), (5, 4)])
def test_a_place_that_the_text_does_not_have_is_an_error(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="15 characters"):
        quote("the river rises", start, end)


def test_context_is_cut_between_words() -> None:
    found = context("one two three four five six", 8, 13, size=6)
    assert (found.before, found.quote, found.after) == ("two ", "three", " four")


def test_context_reaches_the_ends_of_a_short_text() -> None:
    found = context("one two three", 4, 7)
    assert (found.before, found.after) == ("one ", " three")


def test_a_digest_names_the_bytes() -> None:
    assert digest(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One.  Two!\xa0Three?", ["One.", "Two!", "Three?"]),
        ("Mr. Rose met Dr. Lind. They left.", ["Mr. Rose met Dr. Lind.", "They left."]),
        ("We paid 3.5 million, i.e. too much. Yes.", ["We paid 3.5 million, i.e. too much.", "Yes."]),
        ("Roads, water etc. Then more.", ["Roads, water etc.", "Then more."]),
        ('She said "no." Then left.', ['She said "no."', "Then left."]),
        ("I am... from the harbour. Good.", ["I am... from the harbour.", "Good."]),
        ("No stop here\n\nNew paragraph", ["No stop here", "New paragraph"]),
        ("A line\nthat goes on. End.", ["A line\nthat goes on.", "End."]),
        ("So did I. Now go.", ["So did I.", "Now go."]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    assert said(text) == expected


def test_a_text_without_stops_is_cut_between_words() -> None:
    found = said("word " * 1_000)
    assert len(found) == 3
    assert all(len(sentence) <= 2_000 and sentence.endswith("word") for sentence in found)


class Touched(Sequence[Span]):
    """Ranges that count how often one of them was looked at."""

    def __init__(self, count: int) -> None:
        self.spans, self.looks = [Span(10 * number, 10 * number + 8) for number in range(count)], 0

    def __len__(self) -> int:
        return len(self.spans)

    def __getitem__(self, place: Any) -> Any:
        self.looks += 1
        return self.spans[place]


@pytest.mark.parametrize(("position", "place"), [(0, 0), (7, 0), (8, None), (10, 1), (99_997, 9_999), (99_998, None)])
def test_the_turn_that_holds_a_character_is_found_in_few_looks_among_ten_thousand(
    position: int, place: int | None
) -> None:
    ranges = Touched(10_000)
    assert place_holding(ranges, position) == place
    assert ranges.looks < 20
