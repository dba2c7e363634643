"""Items in piles and along the calendar: where each stands, how many there are, in one statement and its lines."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session

from tests.factories import TODAY, make_item, make_milestone, make_ownership, make_register, party_of
from tests.statements import statements
from tracker.calendar.timeline import StopKind, TimelineStop, timeline_points, timeline_stops
from tracker.items.list_conditions import due_day
from tracker.items.list_filter import ItemFilter
from tracker.items.list_groups import Pile, piles
from tracker.items.models import Item, Progress
from tracker.meetings.models import Milestone
from tracker.people.models import Body
from tracker.people.queries import STRANGER, Sight

NOTHING = ItemFilter()


@pytest.fixture
def board(any_session: Session) -> Body:
    return make_register(any_session)


@pytest.fixture
def sight(board: Body) -> Sight:
    return Sight(None, frozenset({board.id}), frozenset())


def stone(day: date, **values: object) -> Milestone:
    return Milestone(slug="x", title="x", body_id=1, **{"starts_on": day, "ends_on": day, **values})


def test_today_stands_before_a_milestone_of_today() -> None:
    last, now = stone(TODAY - timedelta(days=1)), stone(TODAY)
    assert timeline_points([now, last], TODAY) == [(last.day, last), (TODAY, None), (TODAY, now)]


def test_a_tentative_milestone_stands_at_its_last_day() -> None:
    some_day = stone(TODAY, ends_on=TODAY + timedelta(days=99), tentative=True)
    sure = stone(TODAY + timedelta(days=5))
    assert timeline_points([some_day, sure], TODAY) == [(TODAY, None), (sure.day, sure), (some_day.day, some_day)]


def said(stop: TimelineStop) -> tuple[str, list[str]]:
    titles = [line.item.title for line in stop.pile.lines] if stop.pile else []
    return stop.milestone.slug if stop.milestone else stop.kind.value, titles


def test_each_item_stands_in_its_place(any_session: Session, board: Body, sight: Sight) -> None:
    february = make_milestone(any_session, board)
    make_milestone(any_session, board, slug="nothing-due", starts_on=date(2013, 5, 1))
    make_item(any_session, board, title="Undated")
    make_item(any_session, board, title="In March", own_due_on=date(2013, 3, 1))
    make_item(any_session, board, title="Later", milestone_id=february.id)
    make_item(any_session, board, title="Before", milestone_id=february.id, offset_days=-200)
    make_item(any_session, board, title="Late", own_due_on=TODAY - timedelta(days=1))
    make_item(any_session, board, title="Today", own_due_on=TODAY)
    make_item(any_session, board, title="If asked", milestone_id=february.id, condition="if asked")
    make_item(any_session, board, title="If paid", own_due_on=date(2013, 3, 1), condition="if paid")
    stops = timeline_stops(any_session, board.id, sight, NOTHING, most=9, today=TODAY)
    assert [said(stop) for stop in stops] == [
        ("own-day", ["Late"]),
        ("today", []),
        ("own-day", ["Today"]),
        ("feb-2013-consultations", ["Before", "Later", "If asked"]),
        ("own-day", ["In March"]),
        ("condition", ["If paid"]),
        ("no-date", ["Undated"]),
    ]
    assert [stop.pile.past_unpromised for stop in stops if stop.pile] == [1, 0, 1, 0, 0, 0]


def test_where_there_is_no_milestone_there_is_today(any_session: Session, board: Body, sight: Sight) -> None:
    stops = timeline_stops(any_session, board.id, sight, NOTHING, most=9, today=TODAY)
    assert [stop.kind for stop in stops] == [StopKind.TODAY]


def by_progress(session: Session, board: Body, sight: Sight, most: int) -> dict[Progress, Pile]:
    return piles(session, board.id, sight, NOTHING, Item.progress, due_day(), Item.number, most=most, today=TODAY)


def test_a_pile_counts_all_and_shows_the_first(any_session: Session, board: Body, sight: Sight) -> None:
    for days in (5, -1, 3):
        item = make_item(any_session, board, title=f"in {days}", own_due_on=TODAY + timedelta(days=days))
        make_ownership(any_session, item, party_of(any_session, board))
    make_item(any_session, board, title="unaccepted", own_due_on=TODAY - timedelta(days=1))
    make_item(any_session, board, progress=Progress.DONE)
    found = by_progress(any_session, board, sight, most=2)
    open_ones = found[Progress.NOT_STARTED]
    assert (open_ones.total, open_ones.overdue, open_ones.past_unpromised) == (4, 1, 1)
    assert [line.item.title for line in open_ones.lines] == ["in -1", "unaccepted"]
    assert found[Progress.DONE].total == 1


def test_a_stranger_sees_no_pile_of_what_is_internal(any_session: Session, board: Body) -> None:
    make_item(any_session, board)
    assert by_progress(any_session, board, STRANGER, most=2) == {}


def test_ten_items_take_as_many_statements_as_one(any_session: Session, board: Body, sight: Sight) -> None:
    counts = []
    for more in (1, 9):
        for number in range(more):
            make_item(any_session, board, own_due_on=TODAY + timedelta(days=number))
        any_session.flush()
        with statements(any_session) as seen:
            timeline_stops(any_session, board.id, sight, NOTHING, most=20, today=TODAY)
            by_progress(any_session, board, sight, most=20)
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 13
