"""What may repeat what: by place in the text, by words."""

import pytest

from tracker.proposals.similarity import KnownText, PassagePlace, is_same, resembling, shared

HERE = PassagePlace("a", 100, 200)


@pytest.mark.parametrize(
    ("start", "end", "part"),
    [(100, 200, 1.0), (150, 250, 0.5), (190, 400, 0.1), (0, 100, 0.0), (200, 300, 0.0), (120, 140, 1.0)],
)
def test_what_is_shared_counts_from_the_shorter_one(start: int, end: int, part: float) -> None:
    assert shared(HERE, PassagePlace("a", start, end)) == pytest.approx(part)


def test_passages_of_two_files_share_nothing() -> None:
    assert shared(HERE, PassagePlace("b", 100, 200)) == 0


@pytest.mark.parametrize(("start", "same"), [(150, True), (151, False)])
def test_half_of_the_shorter_one_is_the_same(start: int, same: bool) -> None:
    assert is_same(HERE, PassagePlace("a", start, start + 100)) is same


ARCHIVE = KnownText(1, "Keep an archive of all sessions")
GARDEN = KnownText(2, "Plant a garden behind the library")
SUNDAYS = KnownText(3, "Open the library on Sundays", (PassagePlace("a", 150, 400),))
KNOWN = [ARCHIVE, GARDEN, SUNDAYS]


def numbers(words: str, place: PassagePlace = HERE, known: list[KnownText] = KNOWN) -> list[int]:
    return [match.number for match in resembling(words, place, known)]


def test_the_same_place_comes_before_the_same_words() -> None:
    assert numbers("We should keep archives of the sessions") == [3, 1]


def test_words_are_alike_by_their_beginnings() -> None:
    assert numbers("somebody should be archiving the sessions", PassagePlace("b", 0, 9)) == [1]


def test_rare_words_count_more_than_common_ones() -> None:
    common = [KnownText(number, f"the library should do this {number}") for number in range(4, 20)]
    assert numbers("the library should have a garden", PassagePlace("b", 0, 9), [GARDEN, *common])[0] == 2


def test_of_many_only_the_likeliest_are_named() -> None:
    assert len(numbers("open it", known=[KnownText(number, "open it") for number in range(9)])) == 3


@pytest.mark.parametrize("words", ["", "thank you very much", "会議の記録を残す"])
def test_nothing_in_common_is_no_match(words: str) -> None:
    assert numbers(words, PassagePlace("b", 0, 9)) == []


def test_with_nothing_there_nothing_is_repeated() -> None:
    assert numbers("keep an archive", known=[]) == []
