"""How often a passage of a given score was a proposal: here, or else on meetings that the model had not seen.

`python -m tests.detector.training.cross_validate FOLDER` prints the figures, for 18 texts with 743 clear passages.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from tracker.detector.candidate import CLEAR, DOUBTFUL
from tracker.detector.portable_floats import add_up

#: lower ends of bands of scores, and which share of the passages in each were proposals
SHARES = ((0.8, 0.71), (0.65, 0.45), (CLEAR, 0.32), (0.35, 0.22), (DOUBTFUL, 0.12), (0.0, 0.0))
#: proposals below the lowest band, as a share of those above it
BELOW = 0.15
#: decisions of a band from which its own share is used: from so many on, it is at most 14 points off in 19 of 20 cases
ENOUGH = 50


@dataclass(frozen=True)
class BandDecisions:
    """What people decided of the passages of one band of scores: how many, and how many of these were proposals."""

    decided: int
    right: int


def own_shares(decisions: Mapping[float, BandDecisions]) -> dict[float, float]:
    """Return the share of proposals in each band, by its lower end, of which a register has decided enough."""
    return {least: band.right / band.decided for least, band in decisions.items() if band.decided >= ENOUGH}


def share_in_clear(counts: Mapping[float, int], own: Mapping[float, float] | None = None) -> float | None:
    """The share, 0 to 1, of a meeting's proposals that is to be expected among its clear candidates.

    `counts` says how many of all its candidates, clear and doubtful, stand in each band, by its lower end; `own`
    are shares of proposals that a register measured itself, which go before the others. None where there are none.
    """
    shares = {**dict(SHARES), **(own or {})}
    expected = {least: share * counts.get(least, 0) for least, share in shares.items()}
    in_all = add_up(expected.values()) * (1 + BELOW)
    if in_all:
        return add_up(number for least, number in expected.items() if least >= CLEAR) / in_all
    return None
