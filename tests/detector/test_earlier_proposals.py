"""Support and objection say of which earlier proposal they speak."""

from tests.detector.texts import found

FUND = (
    "BEN ELM: The board should set up a fund for clearing timber.\nCAT ASH: The council should print a map of sirens.\n"
)


def test_shared_words_tell_which() -> None:
    assert found(FUND + "DAN FIR: I fully support the map of the sirens.\n")[-1].refers_to == (1,)


def test_the_name_of_who_made_it_tells_which() -> None:
    assert found(FUND + "DAN FIR: I fully support what Ben Elm has proposed.\n")[-1].refers_to == (0,)


def test_who_agrees_with_an_objection_objects() -> None:
    text = FUND + "DAN FIR: I object to the fund for timber.\nEVA YEW: I agree with Dan Fir on the fund for timber.\n"
    last = found(text)[-1]
    assert (last.kind, last.refers_to) == ("objection", (0, 2))


def test_support_of_nothing_that_was_proposed_refers_to_nothing() -> None:
    assert found("DAN FIR: I fully support the delegation of Peru in every respect.\n")[-1].refers_to == ()


def test_a_recommendation_refers_to_nothing() -> None:
    assert [one.refers_to for one in found(FUND)] == [(), ()]
