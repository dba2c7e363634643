"""Which things already there a passage may repeat."""

from typing import NamedTuple

#: two passages are the same when they share at least this part of the shorter one
SAME = 0.5


class Place(NamedTuple):
    """Characters start to end of one file."""

    sha256: str
    start: int
    end: int


def shared(one: Place, other: Place) -> float:
    """Return what part of the shorter passage both have, 0 to 1."""
    if one.sha256 != other.sha256:
        return 0.0
    common = min(one.end, other.end) - max(one.start, other.start)
    shorter = min(one.end - one.start, other.end - other.start)
    return max(0, common) / shorter if shorter else 0.0


def is_same(one: Place, other: Place) -> bool:
    """Tell whether two passages are the same words, cut a little differently."""
    return shared(one, other) >= SAME
