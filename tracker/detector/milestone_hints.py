"""Which milestone a passage means: by its name, its days, its place, or as the next one of the meeting's own series."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from tracker.detector.time_words import MONTHS, days_meant
from tracker.transcripts.reading.word_list import words

STOPWORDS = words("the of and for on in at to a an next open meeting overall annual")
GATHERING = re.compile(
    r"\b(?:meet|meetings?|consultations?|igf|forum|sessions?|hearing|board|event|review|conference|summit|assembly|mag"
    r"|plenary"
    r"|exercise|release|workshop)\b"
)
NEXT = re.compile(r"\b(?:next|coming|upcoming|following)\b")
UNITS = re.compile(
    r"\b(?:days?|weeks?|months?|years?|quarters?|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b"
)
SEASON = 92  # days
HALF_YEAR = 183


class DatedMilestone(Protocol):
    """A point of the calendar that a due date can hang from."""

    @property
    def slug(self) -> str:
        """Its name in addresses."""

    @property
    def title(self) -> str:
        """Its name for people."""

    @property
    def starts_on(self) -> date:
        """Its first day."""

    @property
    def ends_on(self) -> date:
        """Its last day."""

    @property
    def place(self) -> str | None:
        """Where it is held."""


@dataclass(frozen=True)
class Calendar:
    """What lies ahead of a meeting, soonest first, and the title words of the series that the meeting belongs to."""

    held_on: date
    ahead: tuple[DatedMilestone, ...]
    series: frozenset[str]

    @classmethod
    def of(cls, held_on: date, days: Sequence[DatedMilestone]) -> "Calendar":
        """The calendar as seen on the meeting's day."""
        here = [day for day in days if day.starts_on <= held_on <= day.ends_on]
        ahead = sorted((day for day in days if day.starts_on > held_on), key=lambda day: day.starts_on)
        return cls(held_on, tuple(ahead), frozenset(_named(here[0]) if here else ()))


def milestone(hint: str | None, passage: str, calendar: Calendar) -> str | None:
    """The slug of the milestone that a passage means by its time words (both in small letters), or None."""
    span = days_meant(hint, calendar.held_on) if hint else None
    inside = [day for day in calendar.ahead if span is None or (day.starts_on <= span[1] and span[0] <= day.ends_on)]
    found = _by_name(passage, inside) or _by_place(passage, inside)
    if found is None and hint and span:
        found = _by_days(hint, passage, span, inside, calendar)
    if found is None and hint and not span:
        found = _next(hint, calendar)
    if found:
        return found.slug
    return None


def _title(day: DatedMilestone) -> set[str]:
    return set(re.findall(r"[a-z0-9+]+", day.title.lower())) - STOPWORDS


def _named(day: DatedMilestone) -> set[str]:
    """The title words that name a series: no year, no month."""
    return {word for word in _title(day) if not word.isdigit()} - set(MONTHS)


def _by_name(passage: str, inside: Sequence[DatedMilestone]) -> DatedMilestone | None:
    """The one whose title, year aside, stands in the passage with at least two words."""
    said = set(re.findall(r"[a-z0-9+]+", re.sub(r" plus (?:ten|10)\b", "+10", passage)))
    titles = [(day, {word for word in _title(day) if not word.isdigit()}) for day in inside]
    fits = [(len(title), day) for day, title in titles if len(title) > 1 and title <= said]
    if fits:
        return max(fits, key=lambda fit: fit[0])[1]
    return None


def _by_place(passage: str, inside: Sequence[DatedMilestone]) -> DatedMilestone | None:
    """The only one ahead in a place that the passage names, where it speaks of a gathering."""
    if not GATHERING.search(passage):
        return None
    fits = [day for day in inside if day.place and re.search(rf"\bin {re.escape(_town(day.place))}\b", passage)]
    if len(fits) == 1:
        return fits[0]
    return None


def _town(place: str) -> str:
    return place.split(",")[-1].strip().lower()


def _by_days(
    hint: str, passage: str, span: tuple[date, date], inside: Sequence[DatedMilestone], calendar: Calendar
) -> DatedMilestone | None:
    """Exact days mean what begins on them; a month needs a word for a gathering; a year means the same series."""
    length = (span[1] - span[0]).days
    exact = [day for day in inside if day.starts_on == span[0] and length < 31]
    if exact or not inside:
        if exact:
            return exact[0]
        return None
    if length > HALF_YEAR:
        return next((day for day in inside if calendar.series and _named(day) == calendar.series), None)
    if length > SEASON or not (GATHERING.search(hint) or (length < 31 and GATHERING.search(passage))):
        return None
    gathering = set(re.findall(r"[a-z+0-9]+", hint))
    return next((day for day in inside if _named(day) & gathering), inside[0] if len(inside) == 1 else None)


def _next(hint: str, calendar: Calendar) -> DatedMilestone | None:
    """`at the next IGF`: the next of the meeting's own series, or of what the hint names."""
    if not NEXT.search(hint) or UNITS.search(hint):
        return None
    said = set(re.findall(r"[a-z0-9+]+", hint))
    named = [day for day in calendar.ahead if _named(day) and _named(day) <= said]
    same = [day for day in calendar.ahead if calendar.series and _named(day) == calendar.series]
    if not named and same and (calendar.series & said or said & {"forum", "session", "time"}):
        return same[0]
    partly = [day for day in calendar.ahead if _named(day) & said]
    return next(iter(named or partly), None)
