"""Which party spoken words may mean."""

import pytest

from tracker.people.spoken_party import party_meant

NAMES = {1: "Multistakeholder Advisory Group", 2: "IGF Secretariat", 3: "Governments", 4: "Government of Brazil"}
SLUGS = {1: "mag", 2: "igf-secretariat", 3: "governments", 4: "government-of-brazil"}


@pytest.mark.parametrize(
    ("words", "party"),
    [
        ("the MAG", 1),
        ("the Multistakeholder Advisory Group", 1),
        ("our secretariat", 2),
        ("all governments", 3),
        ("Goverments", 3),
        ("the government of Brazil", 4),
    ],
)
def test_a_party_is_known_by_its_name_its_short_name_or_nearly(words: str, party: int) -> None:
    assert party_meant(words, NAMES, SLUGS) == party


@pytest.mark.parametrize("words", [None, "", "the", "everybody in this room", "advisory", "people"])
def test_words_that_name_nobody_guess_nobody(words: str | None) -> None:
    assert party_meant(words, NAMES, SLUGS) is None


def test_words_that_may_mean_two_guess_neither() -> None:
    assert party_meant("the secretariat", {**NAMES, 5: "Library Secretariat"}, SLUGS) is None


def test_an_abbreviation_is_known_without_its_slug() -> None:
    assert party_meant("MAG", NAMES, {}) == 1
