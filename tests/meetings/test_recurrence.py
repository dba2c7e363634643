"""On which days a series meets."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.meetings.models import Repeats
from tracker.meetings.recurrence import Rule, days, horizon, week_of_month

TUESDAY = date(2012, 11, 13)  # the second of its month
END = date(2013, 3, 31)


def of(rule: Rule, since: date | None = None, last: date = END) -> list[str]:
    return [day.isoformat() for day in days(rule, since or rule.first_day, last)]


def test_every_second_tuesday() -> None:
    on_days = of(Rule(TUESDAY, Repeats.WEEKS, every=2), last=date(2013, 1, 1))
    assert on_days == ["2012-11-13", "2012-11-27", "2012-12-11", "2012-12-25"]


def test_the_second_tuesday_of_each_month() -> None:
    assert of(Rule(TUESDAY, Repeats.MONTH_WEEKDAY)) == [
        "2012-11-13", "2012-12-11", "2013-01-08", "2013-02-12", "2013-03-12"
    ]  # fmt: skip


def test_a_fifth_weekday_is_the_last_of_its_month() -> None:
    fifth = date(2012, 10, 30)
    assert of(Rule(fifth, Repeats.MONTH_WEEKDAY)) == of(Rule(fifth, Repeats.MONTH_LAST_WEEKDAY))
    assert of(Rule(fifth, Repeats.MONTH_WEEKDAY))[1] == "2012-11-27"


def test_a_month_without_that_day_meets_on_its_last() -> None:
    on_days = of(Rule(date(2012, 12, 31), Repeats.MONTH_DAY), last=date(2013, 4, 30))
    assert on_days == ["2012-12-31", "2013-01-31", "2013-02-28", "2013-03-31", "2013-04-30"]


def test_a_day_that_every_month_has_stays_that_day() -> None:
    on_days = of(Rule(date(2013, 1, 15), Repeats.MONTH_DAY, every=2), last=date(2013, 6, 1))
    assert on_days == ["2013-01-15", "2013-03-15", "2013-05-15"]


@pytest.mark.parametrize(
    "end", [{"until": date(2012, 11, 27)}, {"until": date(2012, 12, 3)}, {"times": 3}], ids=["on", "between", "times"]
)
def test_it_ends_on_a_day_or_after_so_many_times(end: dict[str, object]) -> None:
    assert of(Rule(TUESDAY, Repeats.WEEKS, **end)) == ["2012-11-13", "2012-11-20", "2012-11-27"]  # type: ignore[arg-type]


def test_times_count_from_the_first_day_wherever_one_looks_from() -> None:
    assert of(Rule(TUESDAY, Repeats.WEEKS, times=3), since=date(2012, 11, 21)) == ["2012-11-27"]


def test_the_horizon_is_a_year_ahead_also_from_a_leap_day() -> None:
    assert horizon(date(2012, 2, 29)) == date(2013, 2, 28)


@given(first=st.dates(date(2000, 1, 1), date(2040, 1, 1)), repeats=st.sampled_from(Repeats), every=st.integers(1, 24))
def test_every_rule_begins_on_its_first_day_unless_it_is_for_the_last_weekday(
    first: date, repeats: Repeats, every: int
) -> None:
    on_days = days(Rule(first, repeats, every), first, first + timedelta(days=800))
    assert on_days == sorted(set(on_days))
    assert repeats is Repeats.MONTH_LAST_WEEKDAY or on_days[0] == first
    assert repeats in (Repeats.MONTH_DAY,) or {day.weekday() for day in on_days} <= {first.weekday()}


@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)))
def test_only_a_fifth_week_counts_from_the_end(day: date) -> None:
    assert (week_of_month(day) == -1) == (day.day > 28)
