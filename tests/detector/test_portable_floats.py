"""Sums and powers that every machine rounds alike."""

import math

import pytest

from tracker.detector.portable_floats import add_up, exponential, logistic


def test_numbers_are_added_from_left_to_right() -> None:
    # A compensated sum, as `sum` makes it from Python 3.12 on, would be 2.0.
    assert add_up([1.0, 1e100, 1.0, -1e100]) == 0.0


def test_the_sum_of_nothing_is_zero() -> None:
    assert add_up([]) == 0.0


@pytest.mark.parametrize("x", [-30.0, -2.5, -0.35, -1e-9, 0.0, 0.34, 1.0, 7.7, 30.0])
def test_a_power_of_e_is_right_to_fourteen_digits(x: float) -> None:
    assert exponential(x) == pytest.approx(math.exp(x), rel=1e-14)


@pytest.mark.parametrize(
    ("x", "bits"),
    [(-2.5, "0x1.50385c094f424p-4"), (0.5, "0x1.a61298e1e069cp+0"), (3.3, "0x1.b1cd5e7807b7bp+4")],
)
def test_a_power_of_e_has_the_same_bits_everywhere(x: float, bits: str) -> None:
    assert exponential(x).hex() == bits


def test_a_score_stays_between_nothing_and_certainty() -> None:
    assert logistic(0.0) == 0.5
    assert 0.0 < logistic(-1e9) < 1e-12
    assert 1 - 1e-12 < logistic(1e9) < 1.0
