"""A month as weeks, and which milestones of a series a list shows."""

from datetime import date
from typing import Any

from tracker.meetings.milestone_list import listed
from tracker.meetings.models import Milestone, Repeats, Series
from tracker.meetings.month_sheet import neighbours, weeks

TODAY = date(2012, 11, 12)


def milestone(number: int, first: date, last: date | None = None, **values: Any) -> Milestone:
    return Milestone(
        id=number, body_id=1, slug=str(number), title="x", starts_on=first, ends_on=last or first, **values
    )


def of_series(number: int, day: date, series_day: date | None = None, **values: Any) -> Milestone:
    return milestone(number, day, series_id=1, series_day=series_day or day, **values)


def shown(milestones: list[Milestone], busy: set[int] = frozenset(), ended: date | None = None) -> list[int | None]:  # type: ignore[assignment]
    series = Series(id=1, body_id=1, title="x", first_day=TODAY, repeats=Repeats.WEEKS, ended_on=ended)
    return [one.id for one in listed(milestones, [series], busy, TODAY)]


def test_a_month_is_whole_weeks_from_monday() -> None:
    sheet = weeks(date(2013, 2, 14), [])
    assert [week[0].date.isoformat() for week in sheet] == [
        "2013-01-28", "2013-02-04", "2013-02-11", "2013-02-18", "2013-02-25"
    ]  # fmt: skip
    assert [day.is_inside for day in sheet[0]] == [False] * 4 + [True] * 3


def test_a_week_may_begin_on_another_day() -> None:
    assert weeks(date(2013, 2, 1), [], first_weekday=6)[0][0].date == date(2013, 1, 27)


def test_a_milestone_stands_on_each_of_its_days_and_a_tentative_one_on_none() -> None:
    three = milestone(1, date(2013, 2, 25), date(2013, 2, 27))
    year = milestone(2, date(2013, 1, 1), date(2013, 12, 31), tentative=True)
    days = [day for week in weeks(date(2013, 2, 1), [three, year]) for day in week]
    assert [day.date.day for day in days if day.milestones] == [25, 26, 27]


def test_the_months_beside_one_go_over_the_years_end() -> None:
    assert neighbours(date(2013, 1, 31)) == (date(2012, 12, 1), date(2013, 2, 1))
    assert neighbours(date(2012, 12, 1)) == (date(2012, 11, 1), date(2013, 1, 1))


def test_single_milestones_are_always_listed() -> None:
    assert shown([milestone(1, date(2000, 1, 1)), milestone(2, date(2020, 1, 1))]) == [1, 2]


def test_of_a_series_the_next_is_listed_and_what_is_near() -> None:
    far = [of_series(1, date(2012, 10, 1)), of_series(2, date(2013, 2, 1)), of_series(3, date(2013, 3, 1))]
    assert shown(far) == [2]
    assert shown([*far, of_series(4, date(2012, 11, 20)), of_series(5, date(2012, 12, 1))]) == [4, 5]


def test_of_a_series_it_is_listed_where_something_is_due() -> None:
    assert shown([of_series(1, date(2012, 10, 1)), of_series(2, date(2013, 9, 1))], busy={1}) == [1, 2]


def test_what_moved_or_was_cancelled_is_listed_but_no_meeting_after_the_end() -> None:
    near, moved = of_series(1, date(2012, 11, 13)), of_series(2, date(2013, 5, 2), date(2013, 5, 1))
    gone = of_series(3, date(2013, 6, 1), is_cancelled=True)
    assert shown([near, moved, gone]) == [1, 2, 3]
    assert shown([near, moved, gone], ended=date(2013, 5, 30)) == [1, 2]
