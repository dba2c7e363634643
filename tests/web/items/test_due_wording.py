"""A due rule in words, with the day that was first set where it is another."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from flask import Flask

from tracker.items.due import Due
from tracker.items.models import DueFrom
from tracker.meetings.models import Milestone
from tracker.web.items.due_wording import lateness, rule, rule_beside_day

DAY = date(2013, 2, 14)
FEBRUARY = Milestone(
    body_id=1, slug="feb", title="February consultations", starts_on=date(2013, 2, 28), ends_on=date(2013, 2, 28)
)
PENCILLED = FEBRUARY.model_copy(update={"tentative": True})


@pytest.fixture(autouse=True)
def page(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


class Standing:
    def __init__(self, *, is_overdue: bool = False, is_past_unpromised: bool = False) -> None:
        self.is_overdue = is_overdue
        self.is_past_unpromised = is_past_unpromised


@pytest.mark.parametrize(
    ("offset", "text"),
    [
        (0, "at February consultations: Thursday 14 February 2013"),
        (-1, "1 day before February consultations: Thursday 14 February 2013"),
        (3, "3 days after February consultations: Thursday 14 February 2013"),
        (-7, "1 week before February consultations: Thursday 14 February 2013"),
        (14, "2 weeks after February consultations: Thursday 14 February 2013"),
    ],
)
def test_a_distance_is_told_in_weeks_where_it_comes_to_whole_ones(offset: int, text: str) -> None:
    assert rule(Due(DAY, FEBRUARY, offset, None)) == text


@pytest.mark.parametrize(
    ("due_from", "offset", "text"),
    [
        ("first-day", 0, "at the start of IGF 2013"),
        ("last-day", 0, "at the end of IGF 2013"),
        ("first-day", -14, "2 weeks before IGF 2013"),
        ("first-day", 3, "3 days after the first day of IGF 2013"),
        ("last-day", 3, "3 days after the last day of IGF 2013"),
        ("last-day", -7, "1 week before the last day of IGF 2013"),
    ],
)
def test_a_milestone_of_several_days_says_from_which_it_counts(due_from: str, offset: int, text: str) -> None:
    igf = FEBRUARY.model_copy(update={"title": "IGF 2013", "ends_on": date(2013, 3, 3)})
    assert rule(Due(DAY, igf, offset, None, due_from=DueFrom(due_from))) == f"{text}: Thursday 14 February 2013"


def test_a_day_of_its_own_is_only_a_day() -> None:
    assert rule(Due(DAY, None, 0, None)) == "Thursday 14 February 2013"


def test_a_tentative_milestone_makes_no_certain_day() -> None:
    text = rule(Due(DAY, PENCILLED, 0, None))
    assert text == "at February consultations: Thursday 14 February 2013 at the latest, tentative"


@pytest.mark.parametrize(
    ("days", "is_promised", "text"),
    [
        (-1, True, "Thursday 14 February 2013; first promised for Friday 15 February 2013"),
        (1, False, "Thursday 14 February 2013; first set for Wednesday 13 February 2013, 1 day earlier"),
        (2, True, "Thursday 14 February 2013; first promised for Tuesday 12 February 2013, 2 days earlier"),
    ],
)
def test_a_day_that_was_moved_says_from_where(days: int, is_promised: bool, text: str) -> None:
    assert rule(Due(DAY, None, 0, DAY - timedelta(days=days), is_promised)) == text


@pytest.mark.parametrize(
    ("due", "text"),
    [
        (Due(DAY, None, 0, None), ""),
        (Due(DAY, FEBRUARY, -7, None), "1 week before February consultations"),
        (Due(DAY, PENCILLED, 0, None), "at February consultations, tentative"),
        (
            Due(DAY, FEBRUARY, 0, DAY - timedelta(days=1)),
            "at February consultations; first set for Wednesday 13 February 2013, 1 day earlier",
        ),
        (
            Due(DAY, None, 0, DAY - timedelta(days=1), is_promised=True),
            "first promised for Wednesday 13 February 2013, 1 day earlier",
        ),
    ],
)
def test_beside_the_day_the_rule_does_not_tell_it_again(due: Due, text: str) -> None:
    assert rule_beside_day(due) == text


def test_only_what_was_accepted_is_overdue() -> None:
    assert lateness(Standing(is_overdue=True)) == "overdue"
    assert lateness(Standing(is_past_unpromised=True)) == "past its date, not accepted"
    assert lateness(Standing()) == ""
