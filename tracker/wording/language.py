"""A language to write in: messages, stored values and days. Whoever writes hands it in, so that no rule needs Flask."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from babel.dates import format_date, format_timedelta

from tracker.wording.stored_values import word_to_translate


class Gettext(Protocol):
    """A message with its values: gettext("%(n)s items", n=3)."""

    def __call__(self, message: str, /, **values: object) -> str:
        """Return the message in the reader's language."""


class Ngettext(Protocol):
    """A message that depends on a number, which it is also given as `num`."""

    def __call__(self, singular: str, plural: str, num: int, /, **values: object) -> str:
        """Return the right one of the two in the reader's language."""


@dataclass(frozen=True)
class Language:
    """Everything that turns values into words; `code` is as "en" or "pt_BR"."""

    code: str
    gettext: Gettext
    ngettext: Ngettext
    #: "taken-up-in-part" is "taken up in part"
    word: Callable[[str], str]
    is_rtl: bool = False

    def day(self, day: date | None) -> str:
        """Return a day for a table: Thu 14 Feb 2013; empty for none."""
        if day:
            return format_date(day, "EEE d MMM y", locale=self.code)
        return ""

    def long_day(self, day: date) -> str:
        """Return a day for a sentence: Thursday 14 February 2013."""
        return format_date(day, "EEEE d MMMM y", locale=self.code)

    def duration(self, time: timedelta) -> str:
        """Return how long a time is, in whole days, weeks, months or years: 12 days, 6 weeks, 14 years."""
        # a unit is used from four of it on: fewer would hide half a month
        return format_timedelta(time, granularity="day", threshold=4, locale=self.code)

    def days(self, first: date, last: date) -> str:
        """Return a span of days, or the one day."""
        if first == last:
            return self.day(first)
        return f"{self.day(first)} – {self.day(last)}"


def _english(message: str, /, **values: object) -> str:
    if values:
        return message % values
    return message


def _english_number(singular: str, plural: str, num: int, /, **values: object) -> str:
    if num == 1:
        return singular % {"num": num, **values}
    return plural % {"num": num, **values}


ENGLISH = Language("en", _english, _english_number, word_to_translate)
