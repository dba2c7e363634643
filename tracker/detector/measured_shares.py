"""How often a passage of a given score was a proposal, measured on meetings that the model had not seen.

`python -m tracker.detector.training.cross_validate FOLDER` prints the figures, for 18 texts with 743 clear passages.
"""

from collections.abc import Iterable

from tracker.detector.candidate import CLEAR, DOUBTFUL
from tracker.detector.portable_floats import add_up

#: lower ends of bands of scores, and which share of the passages in each were proposals
SHARES = ((0.8, 0.71), (0.65, 0.45), (CLEAR, 0.32), (0.35, 0.22), (DOUBTFUL, 0.12), (0.0, 0.0))
#: proposals below the lowest band, as a share of those above it
BELOW = 0.15


def share_right(score: float) -> float:
    """The share, 0 to 1, of passages with such a score that were proposals."""
    return next(share for least, share in SHARES if score >= least)


def share_in_clear(scores: Iterable[float]) -> float | None:
    """The share, 0 to 1, of a meeting's proposals that is to be expected among its clear candidates.

    `scores` are those of all its candidates, clear and doubtful; None where there are none.
    """
    expected = [(score, share_right(score)) for score in scores]
    in_all = add_up(share for _, share in expected) * (1 + BELOW)
    if in_all:
        return add_up(share for score, share in expected if score >= CLEAR) / in_all
    return None
