"""Whether time words mean the first day of a milestone, or its last."""

import pytest

from tracker.detector.due_words import means_last_day


@pytest.mark.parametrize("words", ["at the next forum", "at the end of the forum", "During the consultations"])
def test_at_a_milestone_is_its_last_day(words: str) -> None:
    assert means_last_day(words)


@pytest.mark.parametrize(
    "words", ["before the forum", "by the next meeting", "for the consultations", "at the beginning of the forum", None]
)
def test_before_a_milestone_is_its_first_day(words: str | None) -> None:
    assert not means_last_day(words)
