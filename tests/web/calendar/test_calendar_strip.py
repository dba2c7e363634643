"""The strip above the calendar: no name over another, none cut off, and all of it mirrored for right-to-left."""

import re
from datetime import date, timedelta

import pytest

from tracker.meetings.calendar_views import Timeline, timeline
from tracker.meetings.models import Milestone
from tracker.web.calendar.calendar_strip import SIZES, StripSize, place_names, strip

FIRST = date(2012, 11, 6)


def line_of(*days_and_titles: tuple[int, str]) -> Timeline:
    """The timeline of milestones so many days after the first."""
    stops = []
    for days, title in days_and_titles:
        day = FIRST + timedelta(days=days)
        stops.append(Milestone(body_id=1, slug=title, title=title, starts_on=day, ends_on=day))
    return timeline(stops, FIRST + timedelta(days=3))


CROWD = line_of(
    (0, "Autumn forum"), (100, "Review of the plan in Paris"), (102, "February consultations"), (400, "The last one")
)


@pytest.mark.parametrize("size", SIZES)
def test_no_name_stands_over_another_or_reaches_over_the_end(size: StripSize) -> None:
    names = place_names(CROWD.stops, size)
    assert len(names) == 4
    assert all(0 <= name.begin < name.end <= 100 for name in names)
    for name in names:
        beside = [other for other in names if other is not name and other.lane == name.lane]
        assert all(other.end <= name.begin or name.end <= other.begin for other in beside)


@pytest.mark.parametrize("size", SIZES)
def test_a_name_of_a_later_day_stands_below_those_that_reach_over_it(size: StripSize) -> None:
    lanes = {name.text: name.lane for name in place_names(CROWD.stops, size)}
    assert lanes["February consultations"] < lanes["Review of the plan in Paris"]


def test_names_without_room_are_left_to_the_list() -> None:
    many = line_of(*((day, f"Consultations number {day}") for day in range(40)))
    narrow = SIZES[-1]
    assert len(place_names(many.stops, narrow)) <= narrow.lanes
    assert str(strip(many, today="today", rtl=False)).count('class="timeline-stop"') == 80


def test_a_long_name_is_cut_and_every_name_is_escaped() -> None:
    drawing = str(strip(line_of((0, "<b>" + "very " * 20 + "long")), today="today", rtl=False))
    assert "&lt;b&gt;very" in drawing
    assert "…" in drawing
    assert "<b>" not in drawing


def places(drawing: str, kind: str) -> list[float]:
    return [float(share) for share in re.findall(rf'class="{kind}" x1="([\d.]+)%"', drawing)]


def test_the_line_is_mirrored_where_text_runs_from_the_right() -> None:
    to_right, to_left = (places(str(strip(CROWD, today="today", rtl=rtl)), "timeline-stop") for rtl in (False, True))
    assert to_right == sorted(to_right[:4]) + sorted(to_right[4:])
    assert to_left == pytest.approx([100 - share for share in to_right], abs=0.11)


def test_years_and_today_are_named() -> None:
    words = re.findall(r"<text[^>]*>([^<]*)</text>", str(strip(CROWD, today="today", rtl=False)))
    assert {"2012", "2013", "today"} <= set(words)


def test_no_milestones_make_no_strip() -> None:
    assert strip(timeline([], FIRST), today="today", rtl=False) == ""
