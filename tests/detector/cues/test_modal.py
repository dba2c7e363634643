"""A modal weighs by its subject and by the verb that it governs."""

import pytest

from tracker.detector.cues.modal import duties


def weight(sentence: str) -> float:
    return max(duty.weight for duty in duties(sentence))


@pytest.mark.parametrize(
    ("deed", "value"),
    [
        ("governments should publish their data", "the internet should be free"),
        ("the report should be translated", "the report should be clear"),
        ("we need to create an archive", "we need to understand the problem"),
        ("the spec should say what happens", "people should say what happens"),
        ("we need a list", "children need protection"),
    ],
)
def test_a_deed_weighs_more_than_a_value(deed: str, value: str) -> None:
    assert weight(deed) > weight(value) + 0.5


def test_what_one_will_do_oneself_is_promised() -> None:
    assert [duty.promised for duty in duties("we will publish it, and the market will decide")] == [True, False]


def test_a_refusal_promises_nothing() -> None:
    assert weight("we will not translate it") < weight("we will translate it") - 1


def test_a_sentence_without_modal_has_no_duty() -> None:
    assert list(duties("the river rose in march")) == []
