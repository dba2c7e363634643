"""What is to be expected of a queue's clear part follows from what was measured."""

import pytest

from tracker.detector.candidate import CLEAR, DOUBTFUL
from tracker.detector.measured_shares import SHARES, share_in_clear, share_right


def test_a_higher_score_is_right_more_often() -> None:
    shares = [share for _, share in SHARES]
    assert shares == sorted(shares, reverse=True)
    assert share_right(1.0) > share_right(CLEAR) > share_right(DOUBTFUL) > share_right(0.0)


def test_clear_ones_alone_still_leave_some_unfound() -> None:
    assert 0.8 < (share_in_clear([0.9, 0.7]) or 0) < 1


def test_doubtful_ones_take_from_the_clear_ones_share() -> None:
    assert (share_in_clear([0.9] + [0.3] * 10) or 1) < (share_in_clear([0.9]) or 0)


@pytest.mark.parametrize("scores", [[], [0.0]])
def test_of_nothing_nothing_is_expected(scores: list[float]) -> None:
    assert share_in_clear(scores) is None
