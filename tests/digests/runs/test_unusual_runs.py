"""The first digests of a body, and far more than usual, wait for the secretariat; all else leaves."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlmodel import Session, col, select

from tests.digests.runs.test_queue_digests import WEEK, tick
from tests.digests.stage import MONDAY, SINCE, Stage, make_stage
from tests.factories import SYSTEM, made, make_person, make_term
from tracker.digests.models import HoldReason
from tracker.digests.runs.holds import open_hold, release_digests
from tracker.digests.runs.unusual_runs import (
    FEW_CHANGES,
    FEW_READERS,
    UnusualRun,
    hold_unusual,
    look_ahead,
    look_at_run,
    unusual_run,
)
from tracker.history import leave
from tracker.history_verbs import Verb
from tracker.jobs.scheduler_lock import lock_for
from tracker.jobs.timetable import Bench, run
from tracker.mail.models import MailKind, MailState, Outgoing
from tracker.mail.relay_state import the_relay
from tracker.people.models import Subscription

QUIET = [0, 0, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("readers", "changes", "expected"),
    [
        ([50, 50, 50, 50, 50, 50], QUIET, None),
        # Twice as many is not more than twice as many.
        ([100, 50, 50, 50, 50, 50], QUIET, None),
        ([101, 50, 50, 50, 50, 50], QUIET, UnusualRun(HoldReason.MORE_MAILS, 101, 50)),
        # The week with the monthly and fortnightly digests counts, however long ago.
        ([60, 20, 20, 20, 20, 45], QUIET, None),
        ([FEW_READERS, 1, 1, 1, 1, 1], QUIET, None),
        ([FEW_READERS, 0, 0, 0, 0, 0], QUIET, UnusualRun(HoldReason.MORE_MAILS, FEW_READERS, 0)),
        ([50] * 6, [FEW_CHANGES - 1, 0, 0, 0, 0, 0], None),
        ([50] * 6, [200, 90, 20, 20, 20, 20], UnusualRun(HoldReason.MORE_CHANGES, 200, 90)),
        ([50] * 6, [200, 20, 20, 20, 100, 20], None),
    ],
)
def test_a_week_is_unusual_beside_the_busiest_of_five(
    readers: list[int], changes: list[int], expected: UnusualRun | None
) -> None:
    assert unusual_run(readers, changes, is_first=False) == expected


def test_the_first_run_is_unusual_however_small() -> None:
    assert unusual_run([1, 0, 0, 0, 0, 0], QUIET, is_first=True) == UnusualRun(HoldReason.FIRST, 1, 0)


@pytest.fixture
def stage(any_session: Session) -> Stage:
    return make_stage(any_session)


def readers(stage: Stage, count: int) -> None:
    for number in range(count):
        person = make_person(stage.session, f"P{number} Reader")
        make_term(stage.session, person, stage.board)
        made(stage.session, Subscription(person_id=person.id, subscribed_at=SINCE))


def held(stage: Stage, now: datetime = MONDAY) -> list[HoldReason]:
    """Queue what is due and return why it waits."""
    tick(stage.session, now)
    reasons = [hold.reason for hold in hold_unusual(stage.session, now=now)]
    stage.session.commit()
    return reasons


def release(stage: Stage, now: datetime) -> None:
    hold = open_hold(stage.session, stage.board.id)
    assert hold
    release_digests(stage.session, hold, by=SYSTEM, now=now)
    stage.session.commit()


def test_the_first_run_is_held_and_the_second_is_not(stage: Stage) -> None:
    assert held(stage) == [HoldReason.FIRST]
    assert stage.session.exec(select(Outgoing.state)).all() == [MailState.HELD]
    release(stage, MONDAY + timedelta(hours=1))
    assert held(stage, MONDAY + WEEK) == []


def test_many_new_readers_are_held_once_a_week(stage: Stage) -> None:
    held(stage)
    release(stage, MONDAY)
    readers(stage, FEW_READERS)
    stage.session.commit()
    assert held(stage, MONDAY + WEEK) == [HoldReason.MORE_MAILS]
    release(stage, MONDAY + WEEK + timedelta(hours=1))
    late = make_person(stage.session, "Lima Late", timezone="America/Lima")
    make_term(stage.session, late, stage.board)
    made(stage.session, Subscription(person_id=late.id, subscribed_at=SINCE))
    stage.session.commit()
    assert held(stage, MONDAY + WEEK + timedelta(hours=7)) == []


def test_many_changes_are_held(stage: Stage) -> None:
    held(stage)
    release(stage, MONDAY)
    for number in range(FEW_CHANGES):
        leave(
            stage.session, f"item:{number}", Verb.UPDATED, by=SYSTEM, now=MONDAY + timedelta(days=2),
            body_id=stage.board.id,
        )  # fmt: skip
    stage.session.commit()
    coming = look_at_run(stage.session, stage.board, now=MONDAY + timedelta(days=3))
    assert coming == UnusualRun(HoldReason.MORE_CHANGES, FEW_CHANGES, 0)
    assert held(stage, MONDAY + WEEK) == [HoldReason.MORE_CHANGES]


@pytest.mark.parametrize(("coming", "is_unusual"), [(FEW_READERS, False), (FEW_READERS + 1, True)])
def test_the_week_ahead_is_compared_with_the_last_one(stage: Stage, coming: int, *, is_unusual: bool) -> None:
    held(stage)
    release(stage, MONDAY)
    assert (look_ahead(stage.session, stage.board, now=MONDAY, coming=coming) is not None) is is_unusual


def test_a_body_that_wants_no_holds_has_none(stage: Stage) -> None:
    made(stage.session, stage.board).holds_unusual = False
    assert held(stage) == []


@pytest.mark.parametrize(
    ("relay", "is_held", "expected"),
    [
        ("smtp://localhost:1", False, [MailState.HELD, MailState.QUEUED]),
        # All mail waits already, or becomes files that nobody gets.
        ("smtp://localhost:1", True, [MailState.QUEUED]),
        (None, False, [MailState.QUEUED]),
    ],
)
def test_the_secretariat_hears_at_once_of_a_held_run(
    app: Flask, relay: str | None, is_held: bool, expected: list[MailState]
) -> None:
    sessions, config = app.extensions["sessions"], app.extensions["config"]
    with sessions.writing() as session:
        stage = make_stage(session)
        the_relay(session).held_since = MONDAY if is_held else None
        sara = stage.sara.id
    bench = Bench(sessions, replace(config, smtp_url=relay), lock_for(sessions.engine), now=MONDAY)
    with app.app_context():
        assert run("digests", bench)
    with sessions.reader() as session:
        mails = session.exec(select(Outgoing).order_by(col(Outgoing.id))).all()
    assert [mail.state for mail in mails] == expected
    for mail in mails[1:]:
        assert (mail.kind, mail.person_id) == (MailKind.WARNING, sara)
        assert mail.subject == "The digests wait for your release – Library Board"
        assert "/mail/next" in (mail.text or "")
