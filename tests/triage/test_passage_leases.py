"""Who is looking at which passage: nobody else is led to it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import Session

from tests.factories import make_meeting, make_person, make_proposal, make_register
from tracker.clock import real_now
from tracker.db import Sessions
from tracker.proposals.models import TriageLease
from tracker.triage import passage_leases
from tracker.triage.passage_leases import LEASE, claim_next, held_by, held_by_others


@pytest.fixture
def rows(any_sessions: Sessions) -> tuple[list[int], list[int]]:
    """Numbers of three passages and of two persons."""
    with any_sessions.writing() as session:
        meeting = make_meeting(session, make_register(session))
        passages = [make_proposal(session, meeting).id for _ in range(3)]
        return passages, [make_person(session, name).id for name in ("Ana Silva", "Ben Berg")]


def claims(sessions: Sessions, passages: list[int], person: int) -> int | None:
    with sessions.writing() as session:
        return claim_next(session, passages, person)


def test_the_second_is_led_past_what_the_first_holds(any_sessions: Sessions, rows: tuple[list[int], list[int]]) -> None:
    passages, (ana, ben) = rows
    assert claims(any_sessions, passages, ana) == passages[0]
    assert claims(any_sessions, passages, ben) == passages[1]
    assert claims(any_sessions, passages, ana) == passages[0]
    with any_sessions.reader() as session:
        holder = held_by_others(session, [*passages], ana)[passages[1]]
        assert (holder.name, holder.minutes, held_by(session, ana)) == ("Ben Berg", 10, passages[0])


def test_one_holds_one_passage_at_a_time(any_sessions: Sessions, rows: tuple[list[int], list[int]]) -> None:
    passages, (ana, ben) = rows
    claims(any_sessions, passages, ana)
    claims(any_sessions, passages[1:], ana)
    assert claims(any_sessions, passages, ben) == passages[0]
    assert claims(any_sessions, passages[1:2], ben) is None


@pytest.mark.parametrize("until", [-timedelta(seconds=1), 3 * LEASE])
def test_a_lease_that_is_over_or_longer_than_any_binds_nobody(
    any_sessions: Sessions, rows: tuple[list[int], list[int]], until: timedelta
) -> None:
    passages, (ana, ben) = rows
    with any_sessions.writing() as session:
        session.add(TriageLease(proposal_id=passages[0], person_id=ana, until=real_now() + until))
    assert claims(any_sessions, passages, ben) == passages[0]


def test_two_at_once_never_get_the_same(any_sessions: Sessions, rows: tuple[list[int], list[int]]) -> None:
    passages, people = rows
    for _ in range(10):
        with ThreadPoolExecutor(2) as pool:
            taken = list(pool.map(lambda person: claims(any_sessions, passages, person), people))
        assert len(set(taken)) == 2
        with any_sessions.writing() as session:
            _release_all(session, people)


def _release_all(session: Session, people: list[int]) -> None:
    for person in people:
        passage_leases.release(session, person)
