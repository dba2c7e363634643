"""A due date is a rule: its own day, or a milestone and days."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.factories import NOW
from tracker.items.due import (
    Due,
    comes_before,
    due_of,
    due_on,
    has_passed,
    is_overdue,
    is_past_unpromised,
    is_waiting,
    waits_for_condition,
)
from tracker.items.models import DueFrom, Item, ItemKind, Progress
from tracker.meetings.models import Milestone

FEBRUARY = Milestone(
    id=1, body_id=1, slug="feb", title="February", starts_on=date(2013, 2, 28), ends_on=date(2013, 3, 1)
)
SOME_TIME_2015 = Milestone(
    id=2,
    body_id=1,
    slug="2015",
    title="Review",
    starts_on=date(2015, 1, 1),
    ends_on=date(2015, 12, 31),
    tentative=True,
)
DAY = date(2013, 2, 14)


def item(**values: Any) -> Item:
    return Item(
        body_id=1, number=1, title="Keep an archive", kind=ItemKind.CALL, created_at=NOW, changed_at=NOW, **values
    )


def test_a_day_of_its_own_is_the_due_day() -> None:
    assert due_on(item(own_due_on=DAY), None) == DAY


@pytest.mark.parametrize(("offset", "day"), [(0, date(2013, 2, 28)), (-14, DAY), (1, date(2013, 3, 1))])
def test_a_milestone_counts_from_its_first_day(offset: int, day: date) -> None:
    assert due_on(item(milestone_id=1, offset_days=offset), FEBRUARY) == day


def test_a_tentative_milestone_counts_from_its_last_day() -> None:
    assert due_on(item(milestone_id=2), SOME_TIME_2015) == date(2015, 12, 31)


@pytest.mark.parametrize(("offset", "day"), [(0, date(2013, 3, 1)), (-1, date(2013, 2, 28)), (3, date(2013, 3, 4))])
def test_a_rule_may_count_from_the_last_day(offset: int, day: date) -> None:
    due = due_of(item(milestone_id=1, offset_days=offset, due_from=DueFrom.LAST_DAY), FEBRUARY)
    assert due is not None
    assert (due.day, due.due_from) == (day, DueFrom.LAST_DAY)


def test_what_counts_from_the_last_day_moves_with_it_when_the_meeting_grows() -> None:
    longer = FEBRUARY.model_copy(update={"ends_on": date(2013, 3, 5)})
    assert due_on(item(milestone_id=1, due_from=DueFrom.LAST_DAY), longer) == date(2013, 3, 5)
    assert due_on(item(milestone_id=1), longer) == FEBRUARY.starts_on


def test_without_a_rule_nothing_is_due() -> None:
    assert due_on(item(), None) is None
    assert due_of(item(promised_on=DAY), None) is None


def test_moving_the_milestone_moves_the_day_and_keeps_the_promise() -> None:
    moved = Milestone(**{**FEBRUARY.model_dump(), "starts_on": date(2013, 3, 14), "ends_on": date(2013, 3, 14)})
    due = due_of(item(milestone_id=1, offset_days=-14, promised_on=DAY), moved)
    assert due is not None
    assert (due.day, due.first_set_on, due.slipped_days) == (date(2013, 2, 28), DAY, 14)


def test_a_day_of_its_own_has_no_offset() -> None:
    due = due_of(item(own_due_on=DAY, offset_days=-14), None)
    assert due is not None
    assert (due.offset_days, due.slipped_days, due.is_tentative) == (0, 0, False)


def test_an_item_due_today_is_not_overdue() -> None:
    assert not has_passed(item(), DAY, today=DAY)
    assert has_passed(item(), DAY, today=DAY + timedelta(days=1))


@pytest.mark.parametrize("progress", [Progress.DONE, Progress.NO_LONGER_PURSUED])
def test_what_is_closed_is_not_late(progress: Progress) -> None:
    assert not has_passed(item(progress=progress), DAY, today=DAY + timedelta(days=9))


def test_what_waits_for_a_condition_is_not_late_until_it_is_met() -> None:
    late = DAY + timedelta(days=9)
    assert not has_passed(item(condition="if the money comes"), DAY, late)
    assert has_passed(item(condition="if the money comes", condition_met_on=DAY), DAY, late)


def test_what_has_no_due_day_is_never_late() -> None:
    assert not has_passed(item(), None, today=date(2099, 1, 1))


@pytest.mark.parametrize(("is_promised", "overdue"), [(True, True), (False, False)])
def test_only_what_somebody_has_accepted_is_late(is_promised: bool, overdue: bool) -> None:
    due, later = Due(DAY, None, 0, DAY, is_promised), DAY + timedelta(days=1)
    assert is_overdue(item(), due, later) is overdue
    assert is_past_unpromised(item(), due, later) is not overdue
    assert not is_overdue(item(), due, DAY)
    assert not is_past_unpromised(item(), due, DAY)


@pytest.mark.parametrize(
    ("due_from", "offset", "today", "overdue"),
    [
        ("first-day", 0, date(2013, 3, 1), False),
        ("first-day", 0, date(2013, 3, 2), True),
        ("first-day", -14, date(2013, 3, 1), True),
        ("first-day", 1, date(2013, 3, 1), False),
        ("first-day", 1, date(2013, 3, 2), True),
        ("last-day", -1, date(2013, 3, 1), False),
        ("last-day", -2, date(2013, 3, 1), True),
        ("last-day", 0, date(2013, 3, 2), True),
    ],
)
def test_nothing_due_at_a_milestone_is_overdue_while_it_runs(
    due_from: str, offset: int, today: date, overdue: bool
) -> None:
    rule = {"milestone_id": 1, "offset_days": offset, "due_from": DueFrom(due_from)}
    due = due_of(item(**rule), FEBRUARY, is_promised=True)
    assert is_overdue(item(), due, today) is overdue


def test_without_a_due_day_nothing_is_past() -> None:
    assert not is_overdue(item(), None, date(2099, 1, 1))
    assert not is_past_unpromised(item(), None, date(2099, 1, 1))


@pytest.mark.parametrize(("days", "comes"), [(-1, False), (0, True), (7, True), (8, False)])
def test_what_comes_next_is_due_from_today_to_the_last_day(days: int, comes: bool) -> None:
    assert comes_before(item(), DAY + timedelta(days=days), DAY, DAY + timedelta(days=7)) is comes


def test_what_waits_is_named_by_progress_or_by_condition() -> None:
    assert is_waiting(item(progress=Progress.WAITING))
    assert is_waiting(item(condition="if the money comes"))
    assert not is_waiting(item(condition="if the money comes", progress=Progress.DONE))
    assert not waits_for_condition(item(condition=""))
