"""The guess that a passage complains of the secretariat."""

import pytest

from tracker.triage.second_person import complains_of_secretariat, is_delicate

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


@pytest.mark.parametrize(
    "before",
    [
        "Our leaflets were taken away from the stand. Nobody told us why. ",
        "The guard confiscated two books. ",
        "A member of the board was accused of taking money. We are worried. It is late. ",
    ],
)
def test_a_demand_after_a_delicate_story_needs_two(before: str) -> None:
    assert is_delicate(before, "We ask the host to explain what happened.")


@pytest.mark.parametrize(
    "before",
    [
        "We were forbidden to distribute them here. ",
        "Some reports could not be displayed in the hall. ",
        "The stand with our posters was not allowed. ",
        "Which UN rules are these? ",
        "The security staff stopped us at the door. ",
        "She was refused entry. ",
        "We have complained twice. ",
        "The secretariat was overzealous. ",
        "They followed the rules for documents. ",
        "Removal of the poster must be explained. ",
        "The secretariat took my leaflets. ",
        "The Secretariat's conduct in the selection needs a review. ",
        "The protocol of the United Nations was used against us. ",
        "Materials, including flyers, should be allowed. ",
    ],
)
def test_materials_guards_rules_of_the_house_and_complaints_need_two(before: str) -> None:
    assert is_delicate(before, "We ask for a written answer.") or complains_of_secretariat(before)
    assert is_delicate("", before) or complains_of_secretariat(before)


@pytest.mark.parametrize(
    "quote",
    [
        "Security and privacy should be one session next year.",
        "The board should distribute the programme by March.",
        "We propose that rules of procedure be written.",
        "A report on cyber security should be published.",
    ],
)
def test_security_rules_and_reports_as_subjects_of_a_meeting_need_no_second(quote: str) -> None:
    assert not is_delicate("", quote)


@pytest.mark.parametrize("quote", ["The director should resign.", "The chair must apologise to the delegate."])
def test_a_demand_about_a_person_needs_two(quote: str) -> None:
    assert is_delicate("", quote)


@pytest.mark.parametrize(
    "before",
    ["", "The books are in the hall. ", "We removed the last item from the agenda. ", "Our stand was full. "],
)
def test_an_ordinary_demand_needs_no_second(before: str) -> None:
    assert not is_delicate(before, "We ask the board to publish the list.")


def test_what_was_said_long_before_does_not_count() -> None:
    before = "The guard confiscated two books. " + "That was it. We went on. We had lunch. "
    assert not is_delicate(before, "We ask the board to publish the list.")
