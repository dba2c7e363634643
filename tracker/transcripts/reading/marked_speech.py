"""What a file says beside its words: speeches that it marks itself, and the times of a recording."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Marked:
    """A speech that the file marks as one: characters start to end without the label; seconds into the recording."""

    label: str | None
    start: int
    end: int
    said_at: int | None = None


@dataclass(frozen=True)
class Stamp:
    """What stands from character `at` on was said so many seconds into the recording."""

    at: int
    seconds: int


def said_at(stamps: Sequence[Stamp], place: int) -> int | None:
    """The seconds of the last stamp at or before a character; None where there is none. Stamps are in order."""
    before = bisect_right(stamps, place, key=lambda stamp: stamp.at)
    if before:
        return stamps[before - 1].seconds
    return None
