"""Who proposes without saying so: what is relayed, what falls short, what matters, and what does no harm."""

import pytest

from tracker.detector.sentence_weight import weigh


@pytest.mark.parametrize(
    ("said", "cue"),
    [
        ("a suggestion was made in our room for a shared calendar.", "relayed"),
        ("the wish of the smaller towns was that the fees go down.", "relayed"),
        ("the session on ferries called for a common ticket.", "relayed"),
        ("the plan names the mapping of wells as its next step.", "as a step"),
        ("two nurses for nine islands are not enough.", "falls short"),
        ("there is a lack of benches along the quay.", "falls short"),
        ("we do not have a rule for drones yet.", "falls short"),
        ("it is essential that we train the drivers.", "important we"),
        ("i see no harm in a second reading.", "no harm"),
        ("it fits well with what the lady from the orchard said.", "no harm"),
    ],
)
def test_what_is_put_forward_without_saying_so_is_heard(said: str, cue: str) -> None:
    assert cue in weigh(said).names


@pytest.mark.parametrize(
    "said",
    [
        "the room was called the lantern after the old inn.",
        "the suggestion box is by the door.",
        "she worked as a teacher and then as a nurse.",
        "that was enough for all of us, and the rest was kept.",
        "we have a rule for drones.",
        "it is important to me.",
        "the storm did some harm to the roof.",
    ],
)
def test_what_only_sounds_alike_is_not(said: str) -> None:
    assert {"relayed", "as a step", "falls short", "important we", "no harm"}.isdisjoint(weigh(said).names)
