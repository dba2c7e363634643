"""Sums and exponentials that give the same bits on every machine, so that a model trained anywhere is the same file.

`sum` adds with a compensation from Python 3.12 on, and `math.exp` is the C library's own: both differ in the last bit.
What is left here is +, -, * and /, which IEEE 754 defines to the bit.
"""

import math
import operator
from collections.abc import Iterable
from functools import reduce

LN2 = 0.6931471805599453
#: of the series: more change nothing where |x| is at most half of ln 2
TERMS = 18
#: beyond it a score is 0 or 1 to 13 digits
FARTHEST = 30.0


def add_up(values: Iterable[float]) -> float:
    """Return the sum from left to right; 0.0 of nothing."""
    return reduce(operator.add, values, 0.0)


def exponential(x: float) -> float:
    """Return e to the power x, right to some 15 digits."""
    doublings = round(x / LN2)
    rest = x - doublings * LN2
    series = 1.0
    for term in range(TERMS, 0, -1):
        series = 1.0 + rest * series / term
    return math.ldexp(series, doublings)


def logistic(x: float) -> float:
    """Return a sum of weights as a number from 0 to 1: one half at 0."""
    bounded = max(-FARTHEST, min(FARTHEST, x))
    return 1 / (1 + exponential(-bounded))
