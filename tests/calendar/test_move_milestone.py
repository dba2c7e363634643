"""A milestone moves after a preview, and every due date that hangs from it with it; no promise is forgotten."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from tests.factories import (
    NOW,
    SYSTEM,
    make_item,
    make_milestone,
    make_ownership,
    make_person,
    make_register,
    party_of,
)
from tracker.calendar.move_milestone import NewDays, move_milestone, preview_move
from tracker.errors import Refused, Stale
from tracker.history_queries import of_subject, wordings
from tracker.history_verbs import Verb
from tracker.items.due import due_of, due_on
from tracker.items.models import DueFrom, Item, Progress
from tracker.meetings.models import Milestone
from tracker.people.models import Body

OLD, NEW = date(2013, 2, 28), date(2013, 3, 14)
TO_MARCH = NewDays(NEW, NEW)


def february(session: Session, *offsets: int) -> tuple[Milestone, list[Item]]:
    """The February consultations with an item of each offset, promised for the day it gives."""
    board = make_register(session)
    milestone = make_milestone(session, board, starts_on=OLD)
    days = {"milestone_id": milestone.id}
    items = [
        make_item(session, board, offset_days=offset, promised_on=OLD + timedelta(days=offset), **days)
        for offset in offsets
    ]
    make_item(session, board, own_due_on=OLD)
    make_item(session, board, milestone_id=make_milestone(session, board, slug="other").id)
    session.commit()
    return milestone, items


def move(session: Session, milestone: Milestone, days: NewDays = TO_MARCH, reason: str = "The host asked.") -> None:
    seen = milestone.version
    move_milestone(session, milestone, days, reason=reason, seen_version=seen, by=SYSTEM, now=NOW)
    session.commit()


def test_the_preview_names_what_moves_from_where_to_where(any_session: Session) -> None:
    milestone, items = february(any_session, 0, -14)
    moved = preview_move(any_session, milestone, TO_MARCH)
    assert [one.item.number for one in moved] == [item.number for item in items]
    assert [(one.due_before, one.due_after) for one in moved] == [
        (date(2013, 2, 28), date(2013, 3, 14)),
        (date(2013, 2, 14), date(2013, 2, 28)),
    ]


def test_the_preview_names_who_owns_what_moves(session: Session) -> None:
    milestone, items = february(session, 0, 7)
    make_ownership(session, items[0], party_of(session, make_person(session)))
    assert [one.owner for one in preview_move(session, milestone, TO_MARCH)] == ["Ana Silva", None]


def test_a_meeting_that_grows_moves_what_counts_from_its_last_day(any_session: Session) -> None:
    milestone, (first,) = february(any_session, 0)
    board = any_session.get_one(Body, milestone.body_id)
    last = make_item(any_session, board, milestone_id=milestone.id, offset_days=3, due_from=DueFrom.LAST_DAY)
    longer = NewDays(OLD, OLD + timedelta(days=2))
    move(any_session, milestone, longer)
    days = [due.day for item in (first, last) if (due := due_of(item, milestone))]
    assert days == [OLD, OLD + timedelta(days=5)]
    assert of_subject(any_session, first.history_key())[-1].verb != Verb.MOVED
    assert of_subject(any_session, last.history_key())[-1].after["due_on"] == "2013-03-05"


def test_the_preview_changes_nothing(session: Session) -> None:
    milestone, _ = february(session, 0)
    preview_move(session, milestone, TO_MARCH)
    assert not session.dirty
    assert milestone.starts_on == OLD


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    offsets=st.lists(st.integers(-400, 400), max_size=4),
    first=st.dates(date(2012, 1, 1), date(2015, 1, 1)),
    length=st.integers(0, 400),
    tentative=st.booleans(),
)
def test_what_the_preview_says_is_what_comes(
    session: Session, offsets: list[int], first: date, length: int, tentative: bool
) -> None:
    board = make_register(session)
    milestone = make_milestone(session, board)
    items = [
        make_item(session, board, offset_days=offset, milestone_id=milestone.id, due_from=due_from)
        for offset in offsets
        for due_from in DueFrom
    ]
    due_before = {item.id: due_on(item, milestone) for item in items}
    days = NewDays(first, first + timedelta(days=length), tentative)
    told = {one.item.id: one.due_after for one in preview_move(session, milestone, days)}
    move_milestone(session, milestone, days, reason="So.", seen_version=1, by=SYSTEM, now=NOW)
    due_after = {item.id: due_on(item, milestone) for item in items}
    assert told == {number: day for number, day in due_after.items() if day != due_before[number]}
    session.rollback()


def test_each_item_gets_its_own_line_with_the_reason(any_session: Session) -> None:
    milestone, items = february(any_session, 0, -14)
    move(any_session, milestone)
    for item, before, after in zip(items, ("2013-02-28", "2013-02-14"), ("2013-03-14", "2013-02-28"), strict=True):
        line = of_subject(any_session, f"item:{item.id}")[-1]
        assert (line.verb, line.before["due_on"], line.after["due_on"]) == ("moved", before, after)
        assert wordings(any_session, [line])[line.after["reason"]["wording"]] == "The host asked."


def test_the_day_first_promised_stays_and_slippage_counts_from_it(any_session: Session) -> None:
    milestone, items = february(any_session, 0)
    move(any_session, milestone)
    due = due_of(items[0], milestone)
    assert due is not None
    assert (due.first_set_on, due.day, due.slipped_days) == (OLD, NEW, 14)


def test_what_hangs_from_nothing_or_from_another_milestone_stays(session: Session) -> None:
    milestone, items = february(session, 0)
    move(session, milestone)
    lines = [of_subject(session, f"item:{number}") for number in range(1, 4)]
    assert sum(line[-1].verb == "moved" for line in lines) == len(items)


def test_a_closed_item_moves_too(session: Session) -> None:
    milestone, items = february(session, 0)
    items[0].progress = Progress.DONE
    assert len(preview_move(session, milestone, TO_MARCH)) == 1
    session.rollback()


def test_a_longer_meeting_that_begins_on_its_day_moves_nothing(session: Session) -> None:
    milestone, _ = february(session, 0)
    move(session, milestone, NewDays(OLD, NEW), reason="")
    assert milestone.ends_on == NEW
    assert of_subject(session, f"milestone:{milestone.id}")[-1].verb == "moved"


def test_days_that_become_tentative_count_to_the_last(session: Session) -> None:
    milestone, items = february(session, 0)
    move(session, milestone, NewDays(OLD, NEW, tentative=True))
    due = due_of(items[0], milestone)
    assert due is not None
    assert (due.day, due.is_tentative) == (NEW, True)


@pytest.mark.parametrize("reason", ["", " \u200b"])
def test_dates_do_not_move_without_a_reason(session: Session, reason: str) -> None:
    milestone, _ = february(session, 0)
    with pytest.raises(Refused, match="Say why"):
        move(session, milestone, reason=reason)


@pytest.mark.parametrize(
    ("days", "field"),
    [(NewDays(NEW, OLD), "ends_on"), (NewDays(date(9999, 12, 31), date(9999, 12, 31)), "starts_on")],
)
def test_days_that_cannot_be_are_refused_with_their_field(session: Session, days: NewDays, field: str) -> None:
    milestone, _ = february(session, 14)
    with pytest.raises(Refused) as refusal:
        move(session, milestone, days)
    assert refusal.value.field == field


def test_a_milestone_that_moved_meanwhile_is_stale(any_session: Session) -> None:
    milestone, _ = february(any_session, 0)
    move(any_session, milestone)
    with pytest.raises(Stale):
        move_milestone(any_session, milestone, TO_MARCH, reason="Again.", seen_version=1, by=SYSTEM, now=NOW)


def test_moving_it_to_where_it_is_leaves_nothing(session: Session) -> None:
    milestone, _ = february(session, 0)
    before = of_subject(session, f"milestone:{milestone.id}")
    move(session, milestone, NewDays(OLD, OLD), reason="")
    assert of_subject(session, f"milestone:{milestone.id}") == before
