"""A milestone that is not held: what hangs from it is shown, and moves only as far as a person says."""

from datetime import date

import pytest
from sqlmodel import Session, col, select

from tests.factories import NOW, SYSTEM, TODAY, make_item, make_milestone, make_register
from tracker.calendar.cancel_milestone import (
    ItemsToMove,
    cancel_milestone,
    end_series,
    later_meetings,
    open_items_due_at,
)
from tracker.calendar.move_milestone import NewDays, move_milestone
from tracker.errors import Refused, Stale
from tracker.history_queries import of_subject, wordings
from tracker.items.changes import DueRule, set_due
from tracker.items.models import DueFrom, Item, Progress
from tracker.meetings.changes import reinstate
from tracker.meetings.models import Milestone, Repeats, Series
from tracker.meetings.recurrence import Rule
from tracker.meetings.series import SeriesDetails, add_series, extend
from tracker.people.models import Body

FEBRUARY, MAY = date(2013, 2, 28), date(2013, 5, 21)


def calendar(session: Session) -> tuple[Milestone, Milestone, list[Item]]:
    """February with two open items and a done one, and May after it."""
    board = make_register(session)
    february = make_milestone(session, board)
    may = make_milestone(session, board, slug="may", title="May", starts_on=MAY)
    due = {"milestone_id": february.id, "offset_days": -14, "promised_on": date(2013, 2, 14)}
    items = [make_item(session, board, **due) for _ in range(2)]
    make_item(session, board, progress=Progress.DONE, **due)
    session.commit()
    return february, may, items


def cancel(session: Session, milestone: Milestone, to_move: ItemsToMove | None = None, reason="Flood.") -> list[Item]:
    seen = milestone.version
    moved = cancel_milestone(session, milestone, to_move=to_move, reason=reason, seen_version=seen, by=SYSTEM, now=NOW)
    session.commit()
    return moved


def test_what_hangs_from_it_is_shown_but_nothing_that_is_closed(any_session: Session) -> None:
    february, _, items = calendar(any_session)
    assert open_items_due_at(any_session, february) == items


def test_nothing_moves_unasked(any_session: Session) -> None:
    february, _, items = calendar(any_session)
    assert cancel(any_session, february) == []
    assert february.is_cancelled
    assert [item.milestone_id for item in items] == [february.id, february.id]


def test_only_what_was_chosen_moves_and_keeps_its_distance(any_session: Session) -> None:
    february, may, (first, second) = calendar(any_session)
    assert cancel(any_session, february, ItemsToMove(may, [first.id])) == [first]
    assert (first.milestone_id, first.offset_days, first.promised_on) == (may.id, -14, date(2013, 2, 14))
    assert second.milestone_id == february.id


def test_what_counts_from_the_last_day_counts_from_that_of_the_other(session: Session) -> None:
    february, may, _ = calendar(session)
    board = session.get_one(Body, february.body_id)
    item = make_item(session, board, milestone_id=february.id, due_from=DueFrom.LAST_DAY)
    cancel(session, february, ItemsToMove(may, [item.id]))
    assert (item.milestone_id, item.due_from) == (may.id, DueFrom.LAST_DAY)


def test_an_item_that_moves_tells_from_where_to_where_and_why(session: Session) -> None:
    february, may, (first, _) = calendar(session)
    cancel(session, february, ItemsToMove(may, [first.id]))
    line = of_subject(session, first.history_key())[-1]
    assert (line.before["due_on"], line.after["due_on"]) == ("2013-02-14", "2013-05-07")
    assert wordings(session, [line])[line.after["reason"]["wording"]] == "Flood."


def test_it_is_not_cancelled_without_a_reason(session: Session) -> None:
    february, *_ = calendar(session)
    with pytest.raises(Refused, match="Say why"):
        cancel(session, february, reason=" ")


def test_whoever_cancels_what_has_moved_meanwhile_is_told(session: Session) -> None:
    february, *_ = calendar(session)
    with pytest.raises(Stale):
        cancel_milestone(session, february, reason="Flood.", seen_version=0, by=SYSTEM, now=NOW)


def test_nothing_moves_to_what_is_not_held_either(session: Session) -> None:
    february, may, (first, _) = calendar(session)
    cancel(session, may)
    with pytest.raises(Refused) as refusal:
        cancel(session, february, ItemsToMove(may, [first.id]))
    assert refusal.value.field == "to"


def test_no_item_is_hung_from_a_cancelled_milestone_and_it_does_not_move(session: Session) -> None:
    _, may, (first, _) = calendar(session)
    cancel(session, may)
    rule = DueRule(milestone_id=may.id)
    with pytest.raises(Refused, match="cancelled"):
        set_due(session, first, rule, reason="x", seen_version=1, by=SYSTEM, now=NOW)
    with pytest.raises(Refused, match="cancelled"):
        move_milestone(session, may, NewDays(MAY, MAY), reason="x", seen_version=2, by=SYSTEM, now=NOW)


def test_it_can_be_held_after_all(session: Session) -> None:
    february, *_ = calendar(session)
    cancel(session, february)
    reinstate(session, february, version=february.version, by=SYSTEM, now=NOW)
    assert not february.is_cancelled


def weekly(session: Session) -> tuple[Series, list[Milestone]]:
    details = SeriesDetails("Call", Rule(date(2012, 11, 13), Repeats.WEEKS, times=4))
    series = add_series(session, make_register(session).id, details, today=TODAY, by=SYSTEM, now=NOW)
    return series, list(session.exec(select(Milestone).order_by(col(Milestone.starts_on))))


def test_a_series_that_ends_cancels_what_comes_later_and_makes_no_more(any_session: Session) -> None:
    series, found = weekly(any_session)
    last = date(2012, 11, 20)
    assert later_meetings(any_session, series, last) == found[2:]
    end_series(any_session, series, last, reason="No need.", seen_version=1, by=SYSTEM, now=NOW)
    any_session.commit()
    assert [one.is_cancelled for one in found] == [False, False, True, True]
    assert extend(any_session, series, today=TODAY, by=SYSTEM, now=NOW) == []


def test_what_is_due_at_the_cancelled_ones_moves_where_a_person_says(session: Session) -> None:
    series, found = weekly(session)
    item = make_item(session, session.get_one(type(make_register(session, slug="b")), series.body_id))
    set_due(session, item, DueRule(milestone_id=found[3].id), seen_version=1, by=SYSTEM, now=NOW)
    to, last = found[1], date(2012, 11, 20)
    assert end_series(session, series, last, to=to, reason="So.", seen_version=1, by=SYSTEM, now=NOW) == [item]
    assert item.milestone_id == to.id
