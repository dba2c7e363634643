"""One process reads an arrival, and another takes it up when that one is gone: on both databases."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from tests.factories import NOW, SYSTEM, make_register
from tracker.clock import real_now
from tracker.db import Sessions
from tracker.intake.models import Upload, UploadState, UploadStep
from tracker.intake.upload_leases import LEASE, claim, is_any_due, leased, note_step
from tracker.intake.upload_steps import Sent, keep


@pytest.fixture
def two(any_session: Session) -> list[int]:
    """Two files that wait."""
    board = make_register(any_session)
    sent = [Sent("a.txt", b"MS OAK: Hello."), Sent("b.txt", b"MR ELM: Hello.")]
    kept = keep(any_session, board.id, sent, by=SYSTEM, now=NOW)
    numbers = [one.id for one in kept]
    any_session.commit()
    return numbers


def lease_ends(session: Session, number: int, after: timedelta) -> None:
    row = session.get_one(Upload, number)
    row.lease_until = real_now() + after
    session.add(row)
    session.commit()


def test_each_file_is_taken_once_the_oldest_first(any_session: Session, two: list[int]) -> None:
    taken = [claim(any_session), claim(any_session), claim(any_session)]
    assert [one and one.id for one in taken] == [*two, None]


def test_two_processes_never_read_the_same(any_sessions: Sessions, any_session: Session, two: list[int]) -> None:
    with any_sessions.writing() as one:
        first = claim(one)
    with any_sessions.writing() as other:
        second = claim(other)
    assert first
    assert second
    assert {first.id, second.id} == set(two)


@pytest.mark.parametrize("after", [timedelta(seconds=-1), 3 * LEASE])
def test_what_was_left_is_taken_up_again(any_session: Session, two: list[int], after: timedelta) -> None:
    first = claim(any_session)
    lease_ends(any_session, two[0], after)
    again = claim(any_session)
    assert first
    assert again
    assert (again.id, again.tries) == (two[0], 2)
    assert leased(any_session, first) is None
    assert leased(any_session, again) is not None


def test_a_step_makes_the_lease_last(any_session: Session, two: list[int]) -> None:
    taken = claim(any_session)
    assert taken is not None
    lease_ends(any_session, two[0], timedelta(seconds=1))
    note_step(any_session, taken, UploadStep.PROPOSALS)
    row = any_session.get_one(Upload, two[0])
    assert row.step is UploadStep.PROPOSALS
    assert row.lease_until is not None
    assert row.lease_until > real_now() + LEASE / 2


def test_a_step_of_a_lost_lease_changes_nothing(any_session: Session, two: list[int]) -> None:
    taken = claim(any_session)
    lease_ends(any_session, two[0], timedelta(seconds=-1))
    claim(any_session)
    assert taken is not None
    note_step(any_session, taken, UploadStep.STORING)
    assert any_session.get_one(Upload, two[0]).step is UploadStep.FILE


def test_nothing_is_due_while_somebody_reads(any_session: Session, two: list[int]) -> None:
    assert is_any_due(any_session)
    claim(any_session)
    assert not is_any_due(any_session)
    lease_ends(any_session, two[0], timedelta(seconds=-1))
    assert is_any_due(any_session)


def test_what_is_over_is_not_taken(any_session: Session, two: list[int]) -> None:
    for row in any_session.exec(select(Upload)):
        row.state = UploadState.REFUSED
    any_session.commit()
    assert claim(any_session) is None
