"""How often a passage of a given score was a proposal, measured on meetings that the model had not seen.

`python -m tracker.detector.training.cross_validate FOLDER` prints the figures, for 18 texts with 743 clear passages.
"""

from collections.abc import Mapping

from tracker.detector.candidate import CLEAR, DOUBTFUL
from tracker.detector.portable_floats import add_up

#: lower ends of bands of scores, and which share of the passages in each were proposals
SHARES = ((0.8, 0.71), (0.65, 0.45), (CLEAR, 0.32), (0.35, 0.22), (DOUBTFUL, 0.12), (0.0, 0.0))
#: proposals below the lowest band, as a share of those above it
BELOW = 0.15


def share_in_clear(counts: Mapping[float, int]) -> float | None:
    """The share, 0 to 1, of a meeting's proposals that is to be expected among its clear candidates.

    `counts` says how many of all its candidates, clear and doubtful, stand in each band, by its lower end; None where
    there are none.
    """
    expected = {least: share * counts.get(least, 0) for least, share in SHARES}
    in_all = add_up(expected.values()) * (1 + BELOW)
    if in_all:
        return add_up(number for least, number in expected.items() if least >= CLEAR) / in_all
    return None
