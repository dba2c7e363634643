"""When a digest is due: pure sums on a reader's own wall clock (docs/mail.md: the days on which clocks change).

A period is named by the Monday on which its week begins, where the reader is: never a week number, never an instant.
Due moments are worked out afresh each time, because the rules of time zones change.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WEEK = timedelta(days=7)
#: a missed digest is not caught up this short before the next one, which covers both
SOON = timedelta(hours=24)
#: digests further away from now than this were made by a wrong clock, and are ignored
MEMORY = timedelta(days=60)


@dataclass(frozen=True)
class Rhythm:
    """A weekday (0 is Monday) and an hour on the wall of a place."""

    weekday: int
    hour: int
    zone: ZoneInfo


def due_at(period: date, rhythm: Rhythm) -> datetime:
    """Return the moment (UTC) at which the digest of the week that begins on that Monday is due.

    An hour that a clock change leaves out moves on by the length of the gap; of one that comes twice the first counts.
    """
    day = period + timedelta(days=rhythm.weekday)
    return datetime.combine(day, time(rhythm.hour), tzinfo=rhythm.zone).astimezone(UTC)


def latest_period(now: datetime, rhythm: Rhythm) -> date:
    """Return the last week whose digest is due by now."""
    today = now.astimezone(rhythm.zone).date()
    period = today - timedelta(days=today.weekday()) + WEEK
    while due_at(period, rhythm) > now:
        period -= WEEK
    return period


def period_to_send(now: datetime, rhythm: Rhythm, *, subscribed_at: datetime, last_made: date | None) -> date | None:
    """Return the week whose digest is to be made now; None if none is.

    `last_made` is the latest week that has one already, among those made within MEMORY of now in either direction.
    After several missed weeks there is one digest, not one for each.
    """
    period = latest_period(now, rhythm)
    due = due_at(period, rhythm)
    if due <= subscribed_at or (last_made is not None and last_made >= period):
        return None
    if due_at(period + WEEK, rhythm) - now < SOON:
        return None
    return period
