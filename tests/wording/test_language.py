"""Days and messages in a language."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tracker.wording.language import ENGLISH

FEBRUARY = date(2013, 2, 28)


def test_days_carry_their_weekday() -> None:
    assert ENGLISH.day(FEBRUARY) == "Thu 28 Feb 2013"
    assert ENGLISH.long_day(FEBRUARY) == "Thursday 28 February 2013"


@pytest.mark.parametrize(
    ("days", "text"),
    [(0, "0 days"), (1, "1 day"), (27, "27 days"), (28, "4 weeks"), (130, "4 months"), (1461, "4 years")],
)
def test_a_duration_keeps_to_the_unit_that_tells_most(days: int, text: str) -> None:
    assert ENGLISH.duration(timedelta(days=days)) == text


def test_no_day_is_nothing() -> None:
    assert ENGLISH.day(None) == ""


def test_a_single_day_is_said_once() -> None:
    assert ENGLISH.days(FEBRUARY, FEBRUARY) == "Thu 28 Feb 2013"
    assert ENGLISH.days(FEBRUARY, date(2013, 3, 1)) == "Thu 28 Feb 2013 – Fri 1 Mar 2013"


@pytest.mark.parametrize(("language", "day"), [("fr", "jeu. 28 févr. 2013"), ("ru", "чт 28 февр. 2013")])
def test_days_are_said_in_the_language(language: str, day: str) -> None:
    assert replace(ENGLISH, code=language).day(FEBRUARY) == day


@pytest.mark.parametrize(("number", "said"), [(0, "0 items"), (1, "1 item"), (2, "2 items")])
def test_a_message_depends_on_its_number(number: int, said: str) -> None:
    assert ENGLISH.ngettext("%(num)d item", "%(num)d items", number) == said


def test_a_message_without_values_may_hold_a_percent_sign() -> None:
    assert ENGLISH.gettext("100 %") == "100 %"
