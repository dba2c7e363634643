"""Whom a chair calls, and whom they thank."""

import time

import pytest

from tracker.transcripts.speakers.floor_giving import find_called, find_thanked


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Let me give the floor to our moderator, Tomas Keeler.", "Tomas Keeler"),
        ("Thank you, Rafael. Next is Karen van der Oak.", "Karen van der Oak"),
        ("I have Pilar on my list, then we stop.", "Pilar"),
        ("Mr Tanabe, you have the floor.", "Mr Tanabe"),
        ("It is better now. Oleg, over to you.", "Oleg"),
        ("Over to you, Grace.", "Grace"),
        ("Who wants to answer? Ilse, please.", "Ilse"),
        ("Gracias. Tiene la palabra Igor.", "Igor"),
        ("Ghana, you have the floor.", None),
        ("Who is next? Yes, the gentleman at the back.", None),
        ("I call on governments to pay.", None),
        ("Thank you, Chair.", None),
    ],
)
def test_the_last_one_called_is_next(text: str, name: str | None) -> None:
    assert find_called(text, 0, len(text)) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Thank you, Grace. Next.", "Grace"),
        ("Okay, great. Thank you very much, Mr Oak.", "Mr Oak"),
        ("Thank you, Chair. I agree.", None),
        ("Thanks. Two remarks.", None),
        ("I thank Grace.", None),
    ],
)
def test_who_is_thanked_at_the_beginning_has_spoken(text: str, name: str | None) -> None:
    assert find_thanked(text, 0, len(text)) == name


@pytest.mark.parametrize("text", ["Aa " * 200_000, "next is " * 100_000, "to the " * 100_000, "Thank you " * 90_000])
def test_a_hostile_text_takes_no_time(text: str) -> None:
    begun = time.process_time()
    find_called(text, 0, len(text))
    find_thanked(text, 0, len(text))
    assert time.process_time() - begun < 0.5
