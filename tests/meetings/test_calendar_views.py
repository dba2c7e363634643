"""The calendar as a list, as the sheet of a month and as a timeline."""

from datetime import date
from typing import Any

from tracker.meetings.calendar_views import LENGTH, listed, neighbours, timeline, weeks
from tracker.meetings.models import Milestone, Repeats, Series

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
    assert [week.days[0].date.isoformat() for week in sheet] == [
        "2013-01-28", "2013-02-04", "2013-02-11", "2013-02-18", "2013-02-25"
    ]  # fmt: skip
    assert [day.is_inside for day in sheet[0].days] == [False] * 4 + [True] * 3


def test_a_week_may_begin_on_another_day() -> None:
    assert weeks(date(2013, 2, 1), [], first_weekday=6)[0].days[0].date == date(2013, 1, 27)


def lanes(month: date, *milestones: Milestone) -> list[list[str]]:
    """Say of each lane of the month what stands in it: the milestone's number for each of its days, a dot for none."""
    drawn = []
    for week in weeks(month, milestones):
        for lane in week.lanes:
            drawn.append("".join("." if bar is None else str(bar.milestone.id) * bar.days for bar in lane))
    return drawn


def test_a_milestone_is_one_bar_a_week_and_a_tentative_one_none() -> None:
    three = milestone(1, date(2013, 2, 25), date(2013, 2, 27))
    year = milestone(2, date(2013, 1, 1), date(2013, 12, 31), tentative=True)
    assert lanes(date(2013, 2, 1), three, year) == ["111...."]


def test_a_bar_goes_on_in_the_next_week() -> None:
    long = milestone(1, date(2013, 2, 16), date(2013, 2, 18))
    sheet = weeks(date(2013, 2, 1), [long])
    assert lanes(date(2013, 2, 1), long) == [".....11", "1......"]
    bars = [bar for week in sheet for lane in week.lanes for bar in lane if bar]
    assert [(bar.begins, bar.ends) for bar in bars] == [(True, False), (False, True)]


def test_bars_that_meet_hang_below_each_other_the_longest_on_top() -> None:
    short, long = milestone(1, date(2013, 2, 12)), milestone(2, date(2013, 2, 12), date(2013, 2, 14))
    after = milestone(3, date(2013, 2, 13), date(2013, 2, 15))
    assert lanes(date(2013, 2, 1), short, long, after) == [".222...", ".1333.."]


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


def on_timeline(slug: str, first: date, last: date | None = None) -> Milestone:
    return Milestone(body_id=1, slug=slug, title=slug, starts_on=first, ends_on=last or first)


AUTUMN = on_timeline("autumn", date(2012, 11, 6), date(2012, 11, 9))
SPRING = on_timeline("spring", date(2013, 2, 28))


def test_stops_stand_in_order_of_date() -> None:
    line = timeline([SPRING, AUTUMN], date(2012, 11, 12))
    assert [stop.milestone.slug for stop in line.stops] == ["autumn", "spring"]
    assert 0 < line.stops[0].at < line.stops[0].until < line.stops[1].at < LENGTH


def test_a_milestone_is_past_the_day_after_its_last() -> None:
    assert not timeline([AUTUMN], date(2012, 11, 9)).stops[0].is_past
    assert timeline([AUTUMN], date(2012, 11, 10)).stops[0].is_past


def test_today_stands_between_what_was_and_what_comes() -> None:
    line = timeline([AUTUMN, SPRING], date(2012, 12, 24))
    assert line.today is not None
    assert line.stops[0].until < line.today < line.stops[1].at


def test_a_day_far_off_the_line_is_left_out() -> None:
    assert timeline([AUTUMN, SPRING], date(2020, 1, 1)).today is None


def test_a_year_that_begins_on_the_line_is_marked() -> None:
    line = timeline([AUTUMN, SPRING], date(2012, 12, 24))
    assert [year for year, _ in line.years] == [2013]


def test_no_milestones_make_no_line() -> None:
    assert timeline([], date(2013, 1, 1)).stops == []
