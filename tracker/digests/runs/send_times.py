"""When a digest is due: pure sums on a reader's own wall clock (docs/mail.md, "How often").

A period is named by the day on which it begins, where the reader is: never a week number, never an instant. Due moments
are worked out afresh each time, because the rules of time zones change.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tracker.people.models import Frequency

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
FORTNIGHT = timedelta(days=14)
#: the Monday from which fortnights are counted, everywhere and for everybody
FIRST_FORTNIGHT = date(2001, 1, 1)
#: a missed digest is not caught up this short before the next one, which covers both
SOON = timedelta(hours=24)
NEVER_PAUSED = datetime(1900, 1, 1, tzinfo=UTC)
#: digests further away from now than this were made by a wrong clock, and are ignored
MEMORY = timedelta(days=60)
#: a digest that covers more time than this says since when: its period, and a day for a change of hour or zone
USUAL = {
    Frequency.DAILY: 2 * DAY,
    Frequency.WEEKLY: WEEK + DAY,
    Frequency.FORTNIGHTLY: FORTNIGHT + DAY,
    # From the first Monday of a month to that of the next are five weeks at most.
    Frequency.MONTHLY: 5 * WEEK + DAY,
}


@dataclass(frozen=True)
class Rhythm:
    """How often, on which weekday (0 is Monday) and at which hour on the wall of a place."""

    weekday: int
    hour: int
    zone: ZoneInfo
    frequency: Frequency = Frequency.WEEKLY


def period_of(day: date, frequency: Frequency) -> date:
    """Return the first day of the period that the day belongs to; raises ValueError for a frequency without any."""
    match frequency:
        case Frequency.DAILY:
            return day
        case Frequency.WEEKLY:
            return day - timedelta(days=day.weekday())
        case Frequency.FORTNIGHTLY:
            return day - (day - FIRST_FORTNIGHT) % FORTNIGHT
        case Frequency.MONTHLY:
            return day.replace(day=1)
    raise ValueError(f"no digest comes {frequency}")


def next_period(period: date, frequency: Frequency) -> date:
    """Return the first day of the period after that one."""
    if frequency is Frequency.MONTHLY:
        return (period + timedelta(days=31)).replace(day=1)
    return period + {Frequency.DAILY: DAY, Frequency.WEEKLY: WEEK, Frequency.FORTNIGHTLY: FORTNIGHT}[frequency]


def period_before(period: date, frequency: Frequency) -> date:
    """Return the first day of the period before that one."""
    return period_of(period - DAY, frequency)


def due_at(period: date, rhythm: Rhythm) -> datetime:
    """Return the moment (UTC) at which the digest of the period that begins on that day is due.

    It comes on the first such weekday of the period; a daily one on the day itself. An hour that a clock change leaves
    out moves on by the length of the gap; of one that comes twice the first counts.
    """
    day = period
    if rhythm.frequency is not Frequency.DAILY:
        day += timedelta(days=(rhythm.weekday - period.weekday()) % 7)
    return datetime.combine(day, time(rhythm.hour), tzinfo=rhythm.zone).astimezone(UTC)


def latest_period(now: datetime, rhythm: Rhythm) -> date:
    """Return the last period whose digest is due by now."""
    period = next_period(period_of(now.astimezone(rhythm.zone).date(), rhythm.frequency), rhythm.frequency)
    while due_at(period, rhythm) > now:
        period = period_before(period, rhythm.frequency)
    return period


def due_after(now: datetime, rhythm: Rhythm) -> datetime:
    """Return the first moment (UTC) after now at which a digest is due."""
    return due_at(next_period(latest_period(now, rhythm), rhythm.frequency), rhythm)


def period_to_send(
    now: datetime,
    rhythm: Rhythm,
    *,
    subscribed_at: datetime,
    last_made: date | None,
    paused_until: date | None = None,
) -> date | None:
    """Return the period whose digest is to be made now; None if none is.

    `last_made` is the latest period that has one already, among those made within MEMORY of now in either direction.
    After several missed periods there is one digest, not one for each. What falls due before `paused_until`, a day
    where the reader is, is left to the first digest after it.
    """
    period = latest_period(now, rhythm)
    due = due_at(period, rhythm)
    if due <= subscribed_at or (last_made is not None and last_made >= period):
        return None
    if due < _pause_end(rhythm, paused_until):
        return None
    # The next daily digest is always this near: leaving the missed one to it would leave all of them.
    if rhythm.frequency is not Frequency.DAILY and due_after(now, rhythm) - now < SOON:
        return None
    return period


def next_due(
    now: datetime,
    rhythm: Rhythm,
    *,
    subscribed_at: datetime,
    last_made: date | None,
    paused_until: date | None = None,
) -> datetime:
    """Return when the next digest is due, if there is something to say: a moment after now, or the one overdue."""
    missed = period_to_send(now, rhythm, subscribed_at=subscribed_at, last_made=last_made, paused_until=paused_until)
    if missed is not None:
        return due_at(missed, rhythm)
    pause_end = _pause_end(rhythm, paused_until)
    # A first digest that is years ahead, or a long pause, leaves out all the periods between.
    period = latest_period(max(now, subscribed_at, pause_end), rhythm)
    due = due_at(period, rhythm)
    while due <= max(now, subscribed_at) or due < pause_end or (last_made is not None and last_made >= period):
        period = next_period(period, rhythm.frequency)
        due = due_at(period, rhythm)
    return due


def is_paused(paused_until: date | None, today: date) -> bool:
    """Tell whether digests are paused today, where the reader is; on the day `paused_until` they come again."""
    return paused_until is not None and today < paused_until


def _pause_end(rhythm: Rhythm, paused_until: date | None) -> datetime:
    """Return the beginning of the first day after the pause; without a pause a moment long past."""
    if paused_until is None:
        return NEVER_PAUSED
    return datetime.combine(paused_until, time(), tzinfo=rhythm.zone).astimezone(UTC)
