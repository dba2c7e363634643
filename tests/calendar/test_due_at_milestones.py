"""What is due at each milestone is counted as far as the reader may see it."""

from datetime import date

import pytest
from sqlmodel import Session

from tests.factories import make_item, make_meeting, make_milestone, make_register
from tracker.calendar.due_at_milestones import counts_by_milestone, due_by_day, visible_milestones
from tracker.items.models import Progress, ProposerView
from tracker.items.status import DOUBTS
from tracker.meetings.models import Milestone, Visibility
from tracker.people.models import Body
from tracker.people.queries import STRANGER, Sight


def inside(board: Body) -> Sight:
    return Sight(person_id=None, register_ids=frozenset({board.id}), secretariat_of=frozenset())


def spring(session: Session) -> tuple[Body, Milestone]:
    board = make_register(session)
    return board, make_milestone(session, board)


def test_items_are_counted_by_progress_in_its_order(any_session: Session) -> None:
    board, milestone = spring(any_session)
    for progress in (Progress.DONE, Progress.NOT_STARTED, Progress.DONE):
        make_item(any_session, board, milestone_id=milestone.id, progress=progress)
    make_item(any_session, board, own_due_on=date(2013, 1, 1))
    counts = counts_by_milestone(any_session, board.id, inside(board))
    assert list(counts[milestone.id].items()) == [(Progress.NOT_STARTED, 1), (Progress.DONE, 2)]


@pytest.mark.parametrize("view", [ProposerView.PARTLY, ProposerView.DISPUTES])
def test_a_doubted_done_is_counted_apart(any_session: Session, view: ProposerView) -> None:
    board, milestone = spring(any_session)
    for said in (view, ProposerView.SATISFIED, None):
        make_item(any_session, board, milestone_id=milestone.id, progress=Progress.DONE, proposer_view=said)
    counts = counts_by_milestone(any_session, board.id, inside(board))
    assert list(counts[milestone.id].items()) == [(Progress.DONE, 2), (DOUBTS[view], 1)]


def test_a_stranger_counts_what_is_published(session: Session) -> None:
    board, milestone = spring(session)
    make_item(session, board, milestone_id=milestone.id)
    make_item(session, board, milestone_id=milestone.id, visibility=Visibility.PUBLISHED)
    counts = counts_by_milestone(session, board.id, STRANGER)
    assert counts == {milestone.id: {Progress.NOT_STARTED: 1}}


def test_its_own_people_see_the_whole_calendar(session: Session) -> None:
    board, milestone = spring(session)
    assert visible_milestones(session, board.id, inside(board)) == [milestone]


def test_a_stranger_sees_no_milestone_at_which_nothing_is_published(session: Session) -> None:
    board, milestone = spring(session)
    make_item(session, board, milestone_id=milestone.id)
    assert visible_milestones(session, board.id, STRANGER) == []


def test_a_stranger_sees_the_milestone_of_a_published_meeting(session: Session) -> None:
    board, milestone = spring(session)
    make_meeting(session, board, milestone_id=milestone.id, visibility=Visibility.PUBLISHED)
    assert visible_milestones(session, board.id, STRANGER) == [milestone]


def test_another_registers_calendar_is_not_ours(session: Session) -> None:
    board, _ = spring(session)
    make_milestone(session, make_register(session, slug="park-board"))
    assert len(visible_milestones(session, board.id, inside(board))) == 1


def test_each_day_has_its_open_items_the_first_of_them_by_title(any_session: Session) -> None:
    board, milestone = spring(any_session)
    for title in ("First", "Second", "Third"):
        make_item(any_session, board, milestone_id=milestone.id, offset_days=-1, title=title)
    make_item(any_session, board, own_due_on=date(2013, 2, 1), title="Own day")
    make_item(any_session, board, own_due_on=date(2013, 2, 1), progress=Progress.DONE)
    make_item(any_session, board, own_due_on=date(2013, 2, 1), condition="if asked")
    make_item(any_session, board, own_due_on=date(2013, 3, 1))
    days = (date(2013, 2, 1), date(2013, 2, 28))
    due = due_by_day(any_session, board.id, inside(board), days, most=2)
    shown = {day.day: (row.total, [item.title for item in row.first]) for day, row in due.items()}
    assert shown == {1: (1, ["Own day"]), 27: (3, ["First", "Second"])}
    assert due_by_day(any_session, board.id, STRANGER, days, most=2) == {}
