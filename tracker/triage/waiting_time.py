"""How long what waits may take: a person's own pace, breaks left out, or a sober guess."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from math import ceil
from statistics import median

#: seconds that a passage takes until one's own pace is known
USUAL = 45.0
#: a longer gap is a break, a shorter one a decision on several at once
BREAK = timedelta(minutes=5)
AT_ONCE = timedelta(seconds=1)
#: gaps from which a pace can be told
ENOUGH = 8


def seconds_each(decided_at: Sequence[datetime]) -> float:
    """Return how many seconds a passage takes somebody who decided at these moments, in whatever order."""
    gaps = [later - earlier for earlier, later in pairwise(sorted(decided_at))]
    steady = [gap.total_seconds() for gap in gaps if AT_ONCE <= gap <= BREAK]
    if len(steady) >= ENOUGH:
        return median(steady)
    return USUAL


def minutes_left(count: int, seconds: float) -> int:
    """Return the minutes that so many passages take at that pace; in steps of five where it is a long time."""
    minutes = ceil(count * seconds / 60)
    if minutes <= 20:
        return minutes
    return 5 * ceil(minutes / 5)
