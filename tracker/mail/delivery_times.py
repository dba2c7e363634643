"""How long each step of delivery may take or must wait: one value, so that a test can pass seconds."""

import random
from dataclasses import dataclass, field
from datetime import timedelta


def _minutes(*counts: int) -> tuple[timedelta, ...]:
    return tuple(timedelta(minutes=count) for count in counts)


@dataclass(frozen=True)
class Durations:
    """Defaults follow RFC 5321 4.5.3.2; the whole of one attempt must end before its lease does."""

    connect: timedelta = timedelta(seconds=30)
    command: timedelta = timedelta(seconds=60)
    #: everything before the body goes out
    before_body: timedelta = timedelta(minutes=3)
    #: between the final dot and the answer; a shorter wait makes duplicates
    after_dot: timedelta = timedelta(minutes=10)
    lease: timedelta = timedelta(minutes=15)
    #: a relay that asks for a message within this time of being offered it is quick: the record that it has taken one
    #: then shares a commit with the mark of the next
    quick: timedelta = timedelta(milliseconds=50)
    #: how long before its turn a mail may be written
    ahead: timedelta = timedelta(minutes=1)
    #: between tries that the recipient's side postponed
    retries: tuple[timedelta, ...] = field(default=_minutes(5, 15, 30, 60, 120, 240))
    give_up: timedelta = timedelta(hours=48)
    #: share by which a wait is varied, so that what failed together does not come back together
    spread: float = 0.2
    #: after a try whose end is unknown
    ambiguous: timedelta = timedelta(minutes=10)
    ambiguous_most: int = 3
    #: between tries while the relay itself is at fault
    breaker: tuple[timedelta, ...] = field(default=_minutes(1, 2, 5, 10, 30))
    relay_alarm: timedelta = timedelta(minutes=30)

    def retry_after(self, attempts: int) -> timedelta | None:
        """Return how long to wait after that many tries; None when it is time to give up."""
        waits = [self._at(self.retries, number) for number in range(attempts)]
        if sum(waits, timedelta(0)) <= self.give_up:
            return waits[-1]
        return None

    def relay_after(self, failures: int) -> timedelta:
        """Return how long to leave the relay alone after that many failures in a row."""
        return self._at(self.breaker, failures - 1)

    def varied(self, wait: timedelta) -> timedelta:
        """Return the wait, somewhat longer or shorter."""
        return wait * (1 + random.uniform(-self.spread, self.spread))  # noqa: S311 - no secret

    @property
    def longest_wait(self) -> timedelta:
        """Return the longest time that a row may wait; twice that ahead means the clock stepped back."""
        return max(*self.retries, self.ambiguous) * (1 + self.spread)

    @staticmethod
    def _at(waits: tuple[timedelta, ...], number: int) -> timedelta:
        return waits[min(number, len(waits) - 1)]
