"""The kind that words say outright goes before the one that was guessed."""

import pytest

from tracker.detector.kinds import settled_kind


@pytest.mark.parametrize(
    ("words", "guessed", "kind"),
    [
        ("i couldn't agree more.", "objection", "support"),
        ("i am not opposed to the fund.", "objection", "support"),
        ("i would not go as far as a ban.", "recommendation", "objection"),
        ("we'll send the draft to everybody next week.", "recommendation", "commitment"),
        ("i commit myself to finding a hall.", "objection", "commitment"),
        ("the harbour office will print the map.", "recommendation", "commitment"),
        ("tara to write to the mills.", "recommendation", "commitment"),
        ("we are happy to host the next meeting.", "recommendation", "offer"),
        ("if you need a room, we can lend you ours.", "recommendation", "offer"),
        ("could you send us the list?", "recommendation", "request"),
        ("please let the office know.", "recommendation", "request"),
        ("everybody who has an idea, please write to the mailing list.", "recommendation", "call"),
        ("the call for papers should go out earlier.", "call", "recommendation"),
        ("i would encourage more workshops on wells.", "call", "recommendation"),
        ("we are happy to support a school of the valley.", "recommendation", "offer"),
        ("we are happy to support that proposal.", "recommendation", "support"),
        ("i will send it because i like your maps.", "support", "commitment"),
        ("i hope that we are going to repeat it next year.", "commitment", "recommendation"),
    ],
)
def test_words_say_the_kind(words: str, guessed: str, kind: str) -> None:
    assert settled_kind(words, guessed) == kind


@pytest.mark.parametrize("words", ["i am not sure that we should do that.", "is it not too early for that?"])
def test_a_doubt_is_asked_and_not_opposed(words: str) -> None:
    assert settled_kind(words, "objection") == "request"


def test_what_says_nothing_of_its_kind_keeps_the_guess() -> None:
    assert settled_kind("a map of the wells for every village.", "call") == "call"


def test_a_side_that_no_word_takes_is_not_guessed() -> None:
    assert settled_kind("a map of the wells for every village.", "objection") == "recommendation"
