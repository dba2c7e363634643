"""Digests that wait for the secretariat: none is lost or doubled, whatever becomes of the hold."""

import threading
from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from tests.digests.runs.test_queue_digests import WEEK, mails, settle, tick
from tests.digests.stage import MONDAY, SINCE, Stage, make_stage
from tests.factories import SYSTEM, make_register, make_term
from tracker.db import Sessions
from tracker.digests.models import Digest, DigestHold, HoldReason
from tracker.digests.runs.holds import LONGEST_HOLD, cancel_digests, hold_digests, release_digests, release_overdue
from tracker.digests.runs.queue_digests import queue_due
from tracker.errors import Refused
from tracker.history import Event
from tracker.mail import mail_claims
from tracker.mail.delivery_times import Durations
from tracker.mail.models import MailState
from tracker.people.models import Body

HOUR = timedelta(hours=1)


@pytest.fixture
def stage(any_session: Session) -> Stage:
    return make_stage(any_session)


def hold(stage: Stage, body: Body | None = None, reason: HoldReason = HoldReason.BY_HAND) -> DigestHold:
    row = hold_digests(stage.session, body or stage.board, reason=reason, by=stage.by(stage.sara), now=MONDAY)
    stage.session.commit()
    return row


def release(stage: Stage, row: DigestHold, later: timedelta = HOUR) -> int:
    count = release_digests(stage.session, row, by=stage.by(stage.sara), now=MONDAY + later)
    stage.session.commit()
    return count


def states(stage: Stage) -> list[MailState]:
    return [mail.state for mail in mails(stage.session)]


@pytest.mark.parametrize("is_first", [True, False])
def test_what_is_queued_before_or_during_a_hold_waits(stage: Stage, is_first: bool) -> None:
    if is_first:
        hold(stage)
    assert tick(stage.session) == 1
    if not is_first:
        hold(stage)
    assert states(stage) == [MailState.HELD]


def test_what_a_process_has_claimed_and_not_handed_over_waits_too(stage: Stage) -> None:
    tick(stage.session)
    [claim] = mail_claims.claim(stage.session, Durations())
    mails(stage.session)[0].message = b"written ahead"
    stage.session.commit()
    hold(stage)
    [mail] = mails(stage.session)
    assert (mail.state, mail.message, mail.attempts) == (MailState.HELD, None, 0)
    assert not mail_claims.into_data(stage.session, claim, Durations())


def test_what_may_have_arrived_is_not_held(stage: Stage) -> None:
    tick(stage.session)
    [claim] = mail_claims.claim(stage.session, Durations())
    mail_claims.into_data(stage.session, claim, Durations())
    hold(stage)
    assert states(stage) == [MailState.SENDING]


def test_a_released_digest_keeps_its_name_and_tells_of_the_time_until_then(stage: Stage) -> None:
    row = hold(stage)
    tick(stage.session)
    [mail] = mails(stage.session)
    period, name = mail.period, mail.message_id
    assert release(stage, row) == 1
    [mail] = mails(stage.session)
    assert (mail.state, mail.period, mail.message_id) == (MailState.QUEUED, period, name)
    digest = stage.session.get_one(Digest, mail.id)
    assert (digest.window_from, digest.window_to, digest.hold_id) == (SINCE, MONDAY + HOUR, None)
    assert tick(stage.session, MONDAY + 2 * HOUR) == 0


def test_a_cancelled_run_is_covered_by_the_next_digest(stage: Stage) -> None:
    row = hold(stage)
    tick(stage.session)
    assert cancel_digests(stage.session, row, by=SYSTEM, now=MONDAY + HOUR) == 1
    assert tick(stage.session, MONDAY + 2 * HOUR) == 0
    assert tick(stage.session, MONDAY + WEEK) == 1
    assert states(stage) == [MailState.CANCELLED, MailState.QUEUED]
    assert stage.session.get_one(Digest, mails(stage.session)[-1].id).window_from == SINCE


def test_the_next_digest_covers_one_that_is_still_held(stage: Stage) -> None:
    row = hold(stage)
    for week in range(2):
        tick(stage.session, MONDAY + week * WEEK)
    assert states(stage) == [MailState.CANCELLED, MailState.HELD]
    assert release(stage, row, WEEK + HOUR) == 1
    assert states(stage) == [MailState.CANCELLED, MailState.QUEUED]


def test_after_a_hold_digests_leave_as_before(stage: Stage) -> None:
    release(stage, hold(stage))
    tick(stage.session)
    assert states(stage) == [MailState.QUEUED]


@pytest.mark.parametrize("state", [MailState.SENT, MailState.CANCELLED, MailState.SENDING])
def test_what_became_of_a_mail_meanwhile_stays(stage: Stage, state: MailState) -> None:
    row = hold(stage)
    tick(stage.session)
    settle(stage.session, state)
    assert release(stage, row) == 0
    assert states(stage) == [state]


def test_a_release_lets_no_digest_that_left_before_cover_the_time_since(stage: Stage) -> None:
    """The secretariat may have sent one of them alone: what happened after that is for its reader's next digest."""
    row = hold(stage)
    tick(stage.session)
    [mail] = mails(stage.session)
    mail.state = MailState.SENT
    stage.session.commit()
    assert release(stage, row) == 0
    assert stage.session.get_one(Digest, mail.id).window_to == MONDAY


def test_a_mail_that_may_have_arrived_is_not_held(stage: Stage) -> None:
    tick(stage.session)
    mails(stage.session)[0].ambiguous = 1
    hold(stage)
    assert states(stage) == [MailState.QUEUED]


def test_another_body_s_people_get_theirs(stage: Stage) -> None:
    park = make_register(stage.session, name="Park Board", slug="park")
    hold(stage, park)
    tick(stage.session)
    assert states(stage) == [MailState.QUEUED]


def test_who_serves_in_two_bodies_waits_for_both(stage: Stage) -> None:
    park = make_register(stage.session, name="Park Board", slug="park")
    make_term(stage.session, stage.ana, park)
    first, second = hold(stage), hold(stage, park)
    tick(stage.session)
    for row, expected in ((second, MailState.HELD), (first, MailState.QUEUED)):
        release(stage, row)
        assert states(stage) == [expected]


def test_a_body_s_digests_are_held_once(stage: Stage) -> None:
    row = hold(stage)
    with pytest.raises(Refused, match="These mails are held already"):
        hold(stage)
    release(stage, row)
    with pytest.raises(Refused, match="These mails are no longer held"):
        release(stage, row)


@pytest.mark.parametrize(("reason", "ends"), [(HoldReason.BY_HAND, False), (HoldReason.MORE_MAILS, True)])
def test_only_a_hold_by_the_program_ends_by_itself(stage: Stage, reason: HoldReason, ends: bool) -> None:
    hold(stage, reason=reason)
    tick(stage.session)
    assert release_overdue(stage.session, now=MONDAY + LONGEST_HOLD - HOUR) == 0
    assert release_overdue(stage.session, now=MONDAY + LONGEST_HOLD) == int(ends)
    stage.session.commit()
    assert states(stage) == [MailState.QUEUED if ends else MailState.HELD]


def test_the_history_says_who_held_and_released_and_how_many(stage: Stage) -> None:
    row = hold(stage)
    tick(stage.session)
    release(stage, row)
    lines = stage.session.exec(select(Event).where(Event.subject == row.history_key()).order_by(col(Event.id))).all()
    assert [(line.verb, line.actor, line.body_id) for line in lines] == [
        (verb, f"person:{stage.sara.id}", stage.board.id) for verb in ("held", "released")
    ]
    assert lines[-1].after == {"mails": 1}


def test_a_hold_during_a_pass_catches_what_the_pass_queues(any_sessions: Sessions, any_session: Session) -> None:
    stage = make_stage(any_session)
    board_id = stage.board.id
    any_session.commit()

    def hold_board() -> None:
        with any_sessions.writing() as session:
            hold_digests(session, session.get_one(Body, board_id), by=SYSTEM, now=MONDAY)

    holding = threading.Thread(target=hold_board)
    with any_sessions.writing() as session:
        assert queue_due(session, now=MONDAY, secret="a secret") == 1
        holding.start()
        # It waits for the pass: without that it would find nothing to hold by then.
        holding.join(timeout=0.3)
    holding.join(timeout=60)
    any_session.expire_all()
    assert states(stage) == [MailState.HELD]


def test_a_restored_mail_is_not_released_with_a_run(stage: Stage) -> None:
    tick(stage.session)
    settle(stage.session, MailState.HELD)
    release(stage, hold(stage))
    assert states(stage) == [MailState.HELD]
