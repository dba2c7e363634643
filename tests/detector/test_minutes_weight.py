"""In minutes, people's duties and indirect speech count, and a design's duties do not."""

import pytest

from tracker.detector.minutes_weight import reweighed
from tracker.detector.sentence_weight import weigh


def kind(words: str) -> str | None:
    plain = words.lower()
    weight = reweighed(words, plain, weigh(plain))
    return weight.kind if weight.score >= 0.5 else None


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("She suggested that the secretariat should write a guide.", "recommendation"),
        ("He proposed moving the annex to the front.", "recommendation"),
        ("Moved by Cllr Fenn, seconded by Cllr Hart, that the fee be halved.", "recommendation"),
        ("It was suggested that the list be printed.", "recommendation"),
        ("let's add a test before we merge it", "recommendation"),
        ("Need to bring the printers in.", "recommendation"),
        ("can we move the call to Thursday", "recommendation"),
        ("The delegate requested the secretariat to circulate the figures.", "request"),
        ("Members were asked to send comments by 3 May.", "request"),
        ("could you send the link to the list?", "request"),
        ("please tell your users about the change", "request"),
        ("He urged the council to close the road.", "call"),
        ("The bank was willing to supply the rates every month.", "offer"),
        ("I can host the next meeting", "offer"),
        ("The Secretary said that he would circulate a draft.", "commitment"),
        ("I'll file an issue tomorrow", "commitment"),
        ("will ask the legal office this week", "commitment"),
        ("Lena Voss to update the page", "commitment"),
        ("Several members supported the proposal.", "support"),
        ("She did not agree with the change.", "objection"),
    ],
)
def test_what_people_put_forward_is_found(words: str, expected: str) -> None:
    assert kind(words) == expected


@pytest.mark.parametrize(
    "words",
    [
        "The length field must be unsigned.",
        "It should return null in that case.",
        "A receiver needs to accept both forms.",
        "values should be rounded before they are stored",
        "that should not be observable from the page",
        "By law ramps must have a slope of one in twelve.",
        "People must know this or things break.",
        "He asked whether the committee should publish the list.",
        "Cllr Cho moved to approve the agenda.",
        "It was noted that the report needed to be cleared.",
        "Will do.",
        "When we can host more depends on the room.",
    ],
)
def test_a_designs_duties_questions_and_routine_are_not(words: str) -> None:
    assert kind(words) is None


def test_the_kind_of_a_plain_proposal_is_not_lost_to_a_word_in_it() -> None:
    assert kind("The proposal is to merge the two lists if nobody objects.") == "recommendation"
