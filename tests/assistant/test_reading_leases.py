"""One process reads a part, and another takes it up when that one is gone: on both databases."""

from datetime import timedelta
from threading import Thread

import pytest
from sqlmodel import Session

from tests.factories import NOW, SYSTEM, make_meeting, make_register, make_transcript
from tracker.assistant.call_faults import LONGEST_WAIT
from tracker.assistant.models import AssistantReading
from tracker.assistant.reading_leases import LEASE, claim_reading, is_any_due, leased_reading
from tracker.assistant.reading_steps import start_reading
from tracker.clock import real_now
from tracker.config import AssistantServer
from tracker.db import Sessions
from tracker.errors import Refused
from tracker.transcripts.models import Transcript

SERVER = AssistantServer("http://localhost:1/v1", "small")


@pytest.fixture
def two(any_session: Session) -> list[int]:
    """Two readings that wait."""
    board = make_register(any_session)
    numbers = []
    for slug in ("spring", "autumn"):
        transcript = make_transcript(any_session, make_meeting(any_session, board, slug=slug), f"MS OAK: {slug}.")
        numbers.append(start_reading(any_session, transcript, SERVER, by=SYSTEM, now=NOW).id)
    any_session.commit()
    return numbers


def change(session: Session, number: int, **values: object) -> None:
    reading = session.get_one(AssistantReading, number)
    for name, value in values.items():
        setattr(reading, name, value)
    session.add(reading)
    session.commit()


def test_each_is_taken_once_the_oldest_first(any_session: Session, two: list[int]) -> None:
    claims = [claim_reading(any_session), claim_reading(any_session), claim_reading(any_session)]
    assert [claim and claim.id for claim in claims] == [*two, None]
    assert not is_any_due(any_session)


def test_two_processes_never_read_the_same(any_sessions: Sessions, two: list[int]) -> None:
    with any_sessions.writing() as session:
        first = claim_reading(session)
    with any_sessions.writing() as session:
        second = claim_reading(session)
    assert {claim and claim.id for claim in (first, second)} == set(two)


@pytest.mark.parametrize("after", [timedelta(seconds=-1), 3 * LEASE])
def test_whoever_comes_back_too_late_can_no_longer_write(
    any_session: Session, two: list[int], after: timedelta
) -> None:
    first = claim_reading(any_session)
    change(any_session, two[0], lease_until=real_now() + after)
    again = claim_reading(any_session)
    assert first
    assert again
    assert (again.id, again.tries) == (two[0], 2)
    assert leased_reading(any_session, first) is None
    assert leased_reading(any_session, again) is not None


@pytest.mark.parametrize(
    ("wait", "is_due"), [(timedelta(minutes=5), False), (timedelta(seconds=-1), True), (3 * LONGEST_WAIT, True)]
)
def test_a_reading_that_waits_for_the_server_is_due_in_its_time(
    any_session: Session, two: list[int], wait: timedelta, is_due: bool
) -> None:
    claim_reading(any_session)
    change(any_session, two[1], not_before=real_now() + wait)
    assert is_any_due(any_session) is is_due


def test_two_who_start_at_once_start_one_reading(any_sessions: Sessions) -> None:
    with any_sessions.writing() as session:
        transcript = make_transcript(session, make_meeting(session, make_register(session)), "MS OAK: Spring.").id
    refusals: list[str] = []

    def start() -> None:
        try:
            with any_sessions.writing() as session:
                start_reading(session, session.get_one(Transcript, transcript), SERVER, by=SYSTEM, now=NOW)
        except Refused as refused:
            refusals.append(refused.message)

    other = Thread(target=start)
    with any_sessions.writing() as session:
        start_reading(session, session.get_one(Transcript, transcript), SERVER, by=SYSTEM, now=NOW)
        other.start()
        # Either it waits for this one, or it does not wait and is done by then.
        other.join(0.5)
    other.join()
    assert len(refusals) == 1
