"""Words of two versions of a text are put beside each other, in time that does not grow with the square."""

import random
from time import process_time

import pytest

from tracker.transcripts.versions.align_words import WordRun, align, longest_rising
from tracker.transcripts.versions.word_lists import word_list

ALPHABET = " ".join(f"{sign}{other}" for sign in "abcdefgh" for other in "klmnopqrst")


def aligned(old: str, new: str) -> dict[str, str]:
    """Each word of the old text that has its place, and the word that stands there."""
    one, other = word_list(old), word_list(new)
    pairs = [(run.old + step, run.new + step) for run in align(one, other) for step in range(run.length)]
    return {one.plain[here]: other.plain[there] for here, there in pairs}


def test_a_text_is_its_own_one_run() -> None:
    words = word_list(ALPHABET)
    assert align(words, words) == [WordRun(0, 0, 80)]


def test_a_word_put_for_another_stands_in_its_place() -> None:
    assert aligned("look at the sites of the town", "look at the side of the town")["sites"] == "side"


def test_what_is_left_out_stands_nowhere() -> None:
    assert "well" not in aligned("so well we begin at nine", "so we begin at nine")


def test_a_part_that_was_moved_is_found() -> None:
    words = ALPHABET.split()
    moved = " ".join([*words[60:], *words[:60]])
    assert aligned(ALPHABET, moved) == {word: word for word in words}


def test_words_that_were_changed_in_a_moved_part_go_along() -> None:
    words = ALPHABET.split()
    corrected = [f"{word}x" if number in (66, 79) else word for number, word in enumerate(words)]
    found = aligned(ALPHABET, " ".join([*corrected[60:], *corrected[:60]]))
    assert (found[words[66]], found[words[79]]) == (corrected[66], corrected[79])


@pytest.mark.parametrize(("old", "new"), [("", ""), ("", "a b"), ("a b", ""), ("a", "b")])
def test_little_or_nothing_is_aligned_without_a_fault(old: str, new: str) -> None:
    assert sum(run.length for run in align(word_list(old), word_list(new))) == min(1, len(old), len(new))


def test_no_word_stands_twice() -> None:
    chance = random.Random(3)
    old, new = (" ".join(chance.choices(ALPHABET.split()[:12], k=400)) for _ in range(2))
    runs = align(word_list(old), word_list(new))
    places = [run.new + step for run in runs for step in range(run.length)]
    assert len(places) == len(set(places))


HOSTILE = [
    ("a " * 60_000, "a " * 59_000),
    ("a b " * 30_000, "b c " * 30_000),
    (" ".join(f"x{n}" for n in range(60_000)), " ".join(f"y{n}" for n in range(60_000))),
    (" ".join(f"x{n % 977}" for n in range(60_000)), " ".join(f"x{n * 7 % 977}" for n in range(60_000))),
]


@pytest.mark.parametrize(("old", "new"), HOSTILE)
def test_hostile_texts_take_no_longer_than_others(old: str, new: str) -> None:
    began = process_time()
    align(word_list(old), word_list(new))
    assert process_time() - began < 5


def test_the_longest_rising_part_is_kept() -> None:
    assert longest_rising([(0, 5), (1, 0), (2, 1), (3, 9), (4, 2)]) == [(1, 0), (2, 1), (4, 2)]
    assert longest_rising([]) == []
