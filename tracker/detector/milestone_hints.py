"""Which milestone a passage means: by its name, its days, its place, or as the next one of the meeting's own series."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from tracker.detector.time_words import MONTHS, days_meant
from tracker.text import words

#: words of titles that tell no milestone from another
STOPWORDS = words("the of and for on in at to a an next open meeting overall annual")
#: words that say that people meet
GATHERING = re.compile(
    r"\b(?:meet|meetings?|consultations?|igf|forum|sessions?|hearing|board|event|review|conference|summit"
    r"|assembly|mag"
    r"|plenary"
    r"|exercise|release|workshop)\b"
)
NEXT = re.compile(r"\b(?:next|coming|upcoming|following)\b")
WORD = re.compile(r"[a-z0-9+]+")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
NUMBERED = re.compile(r"[a-z].*\d")
LIMIT = re.compile(r"(?:by|before|for|until|in time for|ahead of)\b")
#: words that point at what was said before
POINTS_BACK = re.compile(
    r"\b(?:this|that|these|those|such) (?!i\b|we\b|you\b|they\b|the\b|an?\b|is\b|it\b|was\b|should\b|will\b"
    r"|are\b|can\b|could\b)\w+"
    r"|^(?:\w+ ){0,2}(?:it|this|that|they|these)\b|\bafterwards\b|^then\b"
)
#: gatherings that are named by one word: the soonest is meant
ONE_WORD = frozenset(
    {"consultations", "consultation", "board", "hearing", "assembly", "plenary", "summit", "exercise", "sprint"}
)
UNTIL = re.compile(
    r"\b(?:before|until|at|for|when|during|after|by|into|ahead of|prior to|in time for) (?:the |our |its "
    r"|their |next |open |\w+ begins? its )*"
    r"(?P<word>[a-z]+)\b"
)
#: `next week` is no milestone
UNITS = re.compile(
    r"\b(?:days?|weeks?|months?|years?|quarters?|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b"
)
#: days, at most, of what a hint may mean
MONTH = 31
SEASON = 92
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
        running = [day for day in days if day.starts_on <= held_on <= day.ends_on]
        ahead = sorted((day for day in days if day.starts_on > held_on), key=lambda day: day.starts_on)
        series: set[str] = set()
        if running:
            series = _series_words(running[0])
        return cls(held_on, tuple(ahead), frozenset(series))


def milestone(hint: str | None, passage: str, calendar: Calendar, before: str = "") -> str | None:
    """The slug of the milestone that a passage means by its time words, or None; all three in small letters.

    `before` is what was said just before it: a passage that points back may mean the milestone named there.
    """
    span = None
    if hint:
        span = days_meant(hint, calendar.held_on)
    inside = [day for day in calendar.ahead if span is None or (day.starts_on <= span[1] and span[0] <= day.ends_on)]
    # A name says more than days do, and days more than "next".
    day = _by_name(passage, inside) or _by_place(passage, inside) or _of_series(passage, calendar)
    if day is None and hint and span:
        day = _by_days(hint, passage, span, inside, calendar) or _by_month(hint, span, inside, before + passage)
    if day is None and hint and not span:
        day = _next(hint, calendar)
    if day is None and span is None:
        day = _by_one_word(passage, calendar)
    if day is None and before and (span is None or inside):
        day = _meant_before(passage, before, calendar)
    if day:
        return day.slug
    return None


def _title(day: DatedMilestone) -> set[str]:
    return set(re.findall(r"[a-z0-9+]+", day.title.lower())) - STOPWORDS


def _series_words(day: DatedMilestone) -> set[str]:
    """The title words that name a series: no year, no month."""
    return {word for word in _title(day) if not word.isdigit()} - set(MONTHS)


def _by_name(passage: str, inside: Sequence[DatedMilestone]) -> DatedMilestone | None:
    """The one whose title, year aside, stands in the passage with at least two words."""
    passage_words = set(re.findall(r"[a-z0-9+]+", re.sub(r" plus (?:ten|10)\b", "+10", passage)))
    years = {int(year) for year in YEAR.findall(passage)}
    inside = [day for day in inside if not years or years & {day.starts_on.year, day.ends_on.year}]
    titles = [(day, {word for word in _title(day) if not word.isdigit()}) for day in inside]
    fits = [(len(title), day) for day, title in titles if len(title) > 1 and title <= passage_words]
    if fits:
        return max(fits, key=lambda fit: fit[0])[1]
    # A word with a number in it (`WSIS+10`) names its milestone alone, where people are to meet.
    named = [day for day, title in titles if any(NUMBERED.search(word) for word in title & passage_words)]
    if named and GATHERING.search(passage):
        return named[0]
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


def _of_series(passage: str, calendar: Calendar) -> DatedMilestone | None:
    """`in the coming forums`, `the 2013 meeting of the forum`: one of the meeting's own series."""
    same = [day for day in calendar.ahead if calendar.series and _series_words(day) == calendar.series]
    if not same:
        return None
    name = r" (?:\w+ )?".join(word for word in WORD.findall(same[0].title.lower()) if word in calendar.series)
    for day in same:
        year = day.starts_on.year
        if re.search(rf"\b{year} (?:\w+ ){{0,3}}?{name}\b|\b{name} (?:\w+ ){{0,2}}?{year}\b", passage):
            return day
    if re.search(rf"\b(?:next|coming|upcoming|following) (?:annual )?{name}(?:'?s)?\b", passage):
        return next(iter(same), None)
    return None


def _by_one_word(passage: str, calendar: Calendar) -> DatedMilestone | None:
    """`before the consultations`: the soonest whose title has that word."""
    words_said = {hit["word"] for hit in UNTIL.finditer(passage)} & ONE_WORD
    return next((day for day in calendar.ahead if words_said & _title(day)), None)


def _by_month(hint: str, span: tuple[date, date], inside: Sequence[DatedMilestone], said: str) -> DatedMilestone | None:
    """`ready by February`, where people spoke of a gathering: the first of that month."""
    if (span[1] - span[0]).days < MONTH and LIMIT.match(hint) and GATHERING.search(said):
        return next(iter(inside), None)
    return None


def _meant_before(passage: str, before: str, calendar: Calendar) -> DatedMilestone | None:
    """The one that the sentence before names, where the passage points back at what was said there."""
    if not POINTS_BACK.search(passage):
        return None
    return _by_name(before, calendar.ahead) or _by_place(before, calendar.ahead) or _of_series(before, calendar)


def _by_days(
    hint: str, passage: str, span: tuple[date, date], inside: Sequence[DatedMilestone], calendar: Calendar
) -> DatedMilestone | None:
    """Exact days mean what begins on them; a month needs a word for a gathering; a year means the same series."""
    length = (span[1] - span[0]).days
    exact = [day for day in inside if day.starts_on == span[0] and length < MONTH]
    if exact:
        return exact[0]
    if not inside:
        return None
    if length > HALF_YEAR:
        return next((day for day in inside if calendar.series and _series_words(day) == calendar.series), None)
    speaks_of_gathering = GATHERING.search(hint) or (length < MONTH and GATHERING.search(passage))
    if length > SEASON or not speaks_of_gathering:
        return None
    hint_words = set(re.findall(r"[a-z+0-9]+", hint))
    for day in inside:
        if _series_words(day) & hint_words:
            return day
    if len(inside) == 1:
        return inside[0]
    return None


def _next(hint: str, calendar: Calendar) -> DatedMilestone | None:
    """`at the next IGF`: the next of the meeting's own series, or of what the hint names."""
    if not NEXT.search(hint) or UNITS.search(hint):
        return None
    hint_words = set(re.findall(r"[a-z0-9+]+", hint))
    named = [day for day in calendar.ahead if _series_words(day) and _series_words(day) <= hint_words]
    same = [day for day in calendar.ahead if calendar.series and _series_words(day) == calendar.series]
    if not named and same and (calendar.series & hint_words or hint_words & {"forum", "session", "time"}):
        return same[0]
    partly = [day for day in calendar.ahead if _series_words(day) & hint_words]
    return next(iter(named or partly), None)
