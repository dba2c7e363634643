"""How a register stood is told by its history: every verb that moves a figure can be walked back."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlmodel import Session

from tests.factories import NOW
from tests.reports.registers import TODAY, Register, minutes
from tracker.items.models import Progress
from tracker.reports.past_state import end_of, last_event
from tracker.reports.snapshot import ReportedItem, Scope
from tracker.reports.take_snapshot import SnapshotRequest, take


def entries(register: Register, through: int) -> list[ReportedItem]:
    """The items of the register after that line, without what is not walked back: the day of an earlier answer."""
    register.session.flush()
    wanted = SnapshotRequest("may", TODAY, through, Scope.INTERNAL)
    found = take(register.session, register.body, wanted).entries
    return [
        replace(entry, answers=tuple(sorted((replace(a, responded_on=None) for a in entry.answers), key=repr)))
        for entry in found
    ]


def test_every_moment_of_a_life_can_be_recomputed_afterwards(any_session: Session) -> None:
    register, moments, seen = Register(any_session), minutes(), {}
    seen[last_event(any_session)] = entries(register, last_event(any_session))
    for happens in register.life():
        happens(next(moments))
        seen[last_event(any_session)] = entries(register, last_event(any_session))
    assert len(seen) == 30
    for through, then in seen.items():
        assert entries(register, through) == then


def test_looking_back_changes_nothing(session: Session) -> None:
    register, moments = Register(session), minutes()
    start = last_event(session)
    for happens in register.life():
        happens(next(moments))
    session.commit()
    entries(register, start)
    assert not session.dirty
    assert not session.new
    assert register.item.progress is Progress.DONE


def test_an_item_begun_later_is_not_there_yet(session: Session) -> None:
    register = Register(session)
    before = last_event(session)
    register.begin(title="Count the books")
    assert [entry.title for entry in entries(register, before)] == ["Keep an archive"]


@pytest.mark.parametrize(("zone", "hour"), [("UTC", 23), ("Europe/Zurich", 22), ("Asia/Tokyo", 14)])
def test_a_day_ends_where_the_body_is(session: Session, zone: str, hour: int) -> None:
    register = Register(session)
    register.body.timezone = zone
    assert end_of(date(2012, 11, 12), register.body).astimezone(UTC).hour == hour


def test_the_last_line_up_to_a_moment_is_found(session: Session) -> None:
    register = Register(session)
    assert last_event(session, NOW) == last_event(session)
    assert last_event(session, datetime(2012, 1, 1, tzinfo=UTC)) == 0
    assert entries(register, 0) == []
