"""What speaks against a proposal: the meeting's own running, what remains to be seen, and how things are."""

import pytest

from tracker.detector.sentence_weight import weigh


@pytest.mark.parametrize(
    ("said", "cue"),
    [
        ("next the moderators will lead us through the map, and we should listen.", "somebody speaks"),
        ("please prepare your questions, we will take them later.", "somebody speaks"),
        ("i would like to call on ms. rowan to present the harbour plan.", "handing on"),
        ("we will have to see what the parliament does with it.", "wait and see"),
        ("if it is stormy, the boats may stay in port and we could lose a day.", "if things are so"),
        ("let's go, without further ado, to the list of wells that we should mend.", "floor"),
        ("we commend the crew, they might go far.", "thanks"),
    ],
)
def test_what_proposes_nothing_is_heard(said: str, cue: str) -> None:
    assert cue in weigh(said).names


@pytest.mark.parametrize(
    "said",
    [
        "the moderators should be named by may.",
        "i recommend that the office answers within a week.",
        "if the office is willing, could we have the list by friday?",
        "if we had a second boat, we could run it on sundays.",
        "we have to see the accounts before the vote.",
    ],
)
def test_a_proposal_is_left_alone(said: str) -> None:
    against = {"somebody speaks", "handing on", "wait and see", "if things are so", "floor", "thanks"}
    assert against.isdisjoint(weigh(said).names)
