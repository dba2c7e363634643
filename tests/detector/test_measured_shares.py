"""What is to be expected of a queue's clear part follows from what was measured."""

import pytest

from tracker.detector.candidate import CLEAR, DOUBTFUL
from tracker.detector.measured_shares import ENOUGH, SHARES, BandDecisions, own_shares, share_in_clear


def test_a_higher_score_is_right_more_often() -> None:
    shares = [share for _, share in SHARES]
    assert shares == sorted(shares, reverse=True)
    assert {CLEAR, DOUBTFUL, 0.0} < {least for least, _ in SHARES}


def test_clear_ones_alone_still_leave_some_unfound() -> None:
    assert 0.8 < (share_in_clear({0.8: 1, 0.65: 1}) or 0) < 1


def test_doubtful_ones_take_from_the_clear_ones_share() -> None:
    assert (share_in_clear({0.8: 1, DOUBTFUL: 10}) or 1) < (share_in_clear({0.8: 1}) or 0)


@pytest.mark.parametrize(("decided", "shares"), [(ENOUGH - 1, {}), (ENOUGH, {DOUBTFUL: 0.9})])
def test_a_band_goes_by_its_own_decisions_once_there_are_enough(decided: int, shares: dict[float, float]) -> None:
    own = own_shares({DOUBTFUL: BandDecisions(decided, round(0.9 * decided))})
    assert own == pytest.approx(shares)
    counts = {0.8: 1, DOUBTFUL: 10}
    assert ((share_in_clear(counts, own) or 1) < (share_in_clear(counts) or 0)) is bool(shares)


@pytest.mark.parametrize("counts", [{}, {0.0: 3}])
def test_of_nothing_nothing_is_expected(counts: dict[float, int]) -> None:
    assert share_in_clear(counts) is None
