"""What a made-up register is made of: days, words, and how work lies among people."""

import random
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from tracker.history import ChangeWay

BEGAN = datetime(2012, 1, 9, 9, tzinfo=UTC)
THINGS = (
    "access archive budget calendar caption charter council data forum guide host index language library list map "
    "meeting member network note paper partner plan policy portal principle programme project record region report "
    "review room rule school service session standard summary survey team theme training translation visit workshop"
)
WORDS = THINGS.split()


def sentence(chance: random.Random) -> str:
    """Return something to be done, of nine to fifteen words."""
    return f"We should make a {' '.join(chance.choices(WORDS, k=chance.randint(4, 10)))} for all."


def event(subject: str, verb: str, at: datetime, person: int = 1, **after: Any) -> dict[str, Any]:
    """Return one line of history."""
    told = {"actor": f"person:{person}", "way": ChangeWay.BROWSER, "verb": verb, "subject": subject, "body_id": 1}
    return {"at": at, **told, "before": {}, "after": after}


def spread(chance: random.Random, among: Iterable[int], how_many: int) -> list[int]:
    """Return so many of these, the first very often and the last seldom: as work lies among people."""
    numbers = list(among)
    return chance.choices(numbers, weights=[1 / (place + 3) for place in range(len(numbers))], k=how_many)
