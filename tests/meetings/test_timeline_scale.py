"""A calendar as a line: stops in order, today between them."""

from datetime import date

from tracker.meetings.models import Milestone
from tracker.meetings.timeline_scale import LENGTH, timeline


def milestone(slug: str, first: date, last: date | None = None) -> Milestone:
    return Milestone(body_id=1, slug=slug, title=slug, starts_on=first, ends_on=last or first)


AUTUMN = milestone("autumn", date(2012, 11, 6), date(2012, 11, 9))
SPRING = milestone("spring", date(2013, 2, 28))


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
