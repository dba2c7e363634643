"""Long sentences are cut where a new proposal begins; a sentence that points back is joined."""

import pytest

from tests.detector.texts import quotes


def test_two_proposals_in_one_long_sentence_are_two() -> None:
    first = "We should publish the full report on the page of the office in June, with all the tables that we saw today"
    second = (
        "we need to translate at least the summary of it into French and Spanish before the meeting in autumn begins."
    )
    assert quotes(f"MS OAK: {first}, and {second}") == [first, second]


def test_a_condition_stays_with_its_promise() -> None:
    text = "MS OAK: If the board pays for the paper, we will print the whole report for you."
    assert quotes(text) == ["If the board pays for the paper, we will print the whole report for you."]


def test_a_sentence_that_points_back_is_joined() -> None:
    text = "MS OAK: I suggest that the board publish a map. That should show all the gauges."
    assert quotes(text) == ["I suggest that the board publish a map. That should show all the gauges."]


def test_what_a_promise_gives_belongs_to_it() -> None:
    text = "MS OAK: We will analyse the old plan. You will have the study in May. The weather is fine."
    assert quotes(text) == ["We will analyse the old plan. You will have the study in May."]


def test_no_more_than_three_sentences_are_joined() -> None:
    text = "MS OAK: We should publish a map." + " That should show all the gauges." * 5
    assert max(quote.count(".") for quote in quotes(text)) <= 3


@pytest.mark.parametrize("lead", ["And ", "So, ", "Secondly, ", "But "])
def test_what_only_leads_over_is_left_out(lead: str) -> None:
    assert quotes(f"MS OAK: {lead}the board should publish a map.") == ["the board should publish a map."]


def test_closing_thanks_are_left_out() -> None:
    assert quotes("MS OAK: The board should publish a map, thank you very much.") == ["The board should publish a map"]
