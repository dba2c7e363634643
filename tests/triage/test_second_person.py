"""The guess that a passage complains of the secretariat."""

import pytest

from tracker.triage.second_person import complains_of_secretariat

COMPLAINS = [
    "The secretariat did not answer our letters.",
    "We were told nothing: the Secretariat's failure to consult is why I speak.",
    "It is unacceptable that the secretariat decides without any notice.",
    "Thank you. I regret that the secretariat hasn't published the list.",
]
DOES_NOT = [
    "The secretariat should publish the list by March.",
    "We thank the secretariat for its work.",
    "The hall was badly lit. The secretariat should publish the list.",
    "The board did not answer our letters.",
    "",
]


@pytest.mark.parametrize("quote", COMPLAINS)
def test_words_of_complaint_beside_the_secretariat_are_one(quote: str) -> None:
    assert complains_of_secretariat(quote)


@pytest.mark.parametrize("quote", DOES_NOT)
def test_praise_requests_and_what_is_said_of_others_are_none(quote: str) -> None:
    assert not complains_of_secretariat(quote)


def test_what_is_put_to_the_secretariat_need_not_name_it() -> None:
    assert complains_of_secretariat("You have never answered us.", "the secretariat")
    assert not complains_of_secretariat("You have never answered us.", "the host country")
