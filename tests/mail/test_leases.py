"""Leases: what a process leaves behind when it dies, stalls, or shares the outbox with another."""

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlmodel import Session

from tests.mail.offices import BRIEF, deliver_to, office, opened, patient, put, row, rows
from tests.mail.relays import Inbox, Relay
from tracker.clock import real_now
from tracker.db import Sessions
from tracker.mail import mail_claims, outbox
from tracker.mail.delivery import deliver
from tracker.mail.delivery_times import Durations
from tracker.mail.mail_claims import MailClaim
from tracker.mail.models import MailState

PATIENT = Durations()


@pytest.fixture
def claimed(any_session: Session) -> MailClaim:
    """A mail that a process has claimed before it died."""
    put(any_session)
    return claim(any_session)


def claim(session: Session, durations: Durations = PATIENT) -> MailClaim:
    [taken] = mail_claims.claim(session, durations)
    session.commit()
    return taken


def expire(session: Session) -> None:
    row(session).lease_until = real_now() - timedelta(seconds=1)
    session.commit()


def recover(session: Session, **values: bool) -> None:
    outbox.recover(session, PATIENT, **values)
    session.commit()


def test_a_claimed_mail_is_nobody_else_s(any_session: Session, claimed: MailClaim) -> None:
    assert mail_claims.claim(any_session, PATIENT) == []


def test_the_mail_that_waited_longest_comes_first(session: Session) -> None:
    put(session, "ana", "ben")
    rows(session)[1].next_at -= timedelta(minutes=5)
    session.commit()
    assert claim(session).id == rows(session)[1].id


def test_a_live_lease_is_respected(any_session: Session, claimed: MailClaim) -> None:
    recover(any_session)
    assert row(any_session).state is MailState.SENDING


def test_a_sender_that_died_before_the_body_costs_no_try(any_session: Session, claimed: MailClaim) -> None:
    expire(any_session)
    recover(any_session)
    mail = row(any_session)
    assert (mail.state, mail.attempts, mail.ambiguous) == (MailState.QUEUED, 0, 0)


def test_what_nobody_has_is_written_anew_after_its_sender_died(any_session: Session, claimed: MailClaim) -> None:
    """It may wait long until its turn comes again, for instance held by the secretariat."""
    mail = row(any_session)
    mail.message, mail.frozen_at = b"old news", real_now()
    expire(any_session)
    recover(any_session)
    assert (row(any_session).message, row(any_session).frozen_at) == (None, None)


@pytest.mark.parametrize("ambiguous", [0, 1])
def test_what_is_queued_again_is_written_anew_unless_somebody_may_have_it(
    any_session: Session, claimed: MailClaim, ambiguous: int
) -> None:
    mail = row(any_session)
    mail.message, mail.ambiguous = b"old news", ambiguous
    outbox.back(mail, real_now(), "its lease was over", counts=False)
    assert (mail.message is not None) == (ambiguous > 0)


def test_a_sender_that_died_after_the_body_leaves_doubt(any_session: Session, claimed: MailClaim) -> None:
    mail_claims.into_data(any_session, claimed, PATIENT)
    any_session.commit()
    expire(any_session)
    recover(any_session)
    mail = row(any_session)
    assert (mail.state, mail.ambiguous) == (MailState.QUEUED, 1)
    assert mail.next_at > real_now() + timedelta(minutes=9)


def test_who_holds_the_lock_need_not_wait_for_a_dead_predecessor(any_session: Session, claimed: MailClaim) -> None:
    recover(any_session, predecessor_is_dead=True)
    assert row(any_session).state is MailState.QUEUED


def test_a_sender_that_was_taken_over_may_not_begin_to_send(any_session: Session, claimed: MailClaim) -> None:
    recover(any_session, predecessor_is_dead=True)
    claim(any_session)
    assert not mail_claims.into_data(any_session, claimed, PATIENT)


def test_a_sender_that_was_taken_over_and_not_yet_replaced_may_not_either(session: Session) -> None:
    put(session)
    taken = claim(session)
    recover(session, predecessor_is_dead=True)
    assert not mail_claims.into_data(session, taken, PATIENT)


def test_a_lease_absurdly_far_ahead_is_over(any_session: Session, claimed: MailClaim) -> None:
    row(any_session).lease_until = real_now() + timedelta(days=365)
    any_session.commit()
    recover(any_session)
    assert row(any_session).state is MailState.QUEUED


def test_a_turn_absurdly_far_ahead_has_come(any_session: Session) -> None:
    put(any_session)
    row(any_session).next_at = real_now() + timedelta(days=365)
    any_session.commit()
    assert mail_claims.claim(any_session, PATIENT)


def test_a_turn_still_to_come_is_waited_for(any_session: Session) -> None:
    put(any_session)
    row(any_session).next_at = real_now() + timedelta(hours=4)
    any_session.commit()
    assert mail_claims.claim(any_session, PATIENT) == []


def test_two_processes_share_an_outbox_without_a_copy(any_sessions: Sessions, any_session: Session) -> None:
    put(any_session, *(f"p{number}" for number in range(30)))
    opened(any_sessions)
    with Relay() as to:
        threads = [threading.Thread(target=deliver, args=(office(any_sessions, to),)) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
    assert to.inbox.copies() == {f"p{number}@example.org": 1 for number in range(30)}


class Stalled:
    """A relay that keeps its answer to the dot back until released."""

    def __init__(self) -> None:
        self.reached, self.released = threading.Event(), threading.Event()
        self.inbox = Inbox(data=self.wait)

    def wait(self, _address: str) -> str:
        self.reached.set()
        assert self.released.wait(timeout=30)
        return "250 OK"


@pytest.fixture
def stalled() -> Iterator[Stalled]:
    made = Stalled()
    yield made
    made.released.set()


def test_a_process_that_stalls_past_its_lease_and_then_succeeds_is_believed(
    any_sessions: Sessions, any_session: Session, stalled: Stalled
) -> None:
    put(any_session)
    sender = threading.Thread(target=deliver_to, args=(any_sessions, stalled.inbox))
    sender.start()
    assert stalled.reached.wait(timeout=30)
    expire(any_session)
    recover(any_session)
    stalled.released.set()
    sender.join(timeout=30)
    assert (row(any_session).state, stalled.inbox.copies().total()) == (MailState.SENT, 1)


def test_a_process_that_stalls_until_another_has_sent_the_copy_overwrites_nothing(
    sessions: Sessions, session: Session, stalled: Stalled, caplog: pytest.LogCaptureFixture
) -> None:
    put(session)
    sender = threading.Thread(target=deliver_to, args=(sessions, stalled.inbox))
    sender.start()
    assert stalled.reached.wait(timeout=30)
    expire(session)
    other = Inbox()
    deliver_to(sessions, other)
    stalled.released.set()
    sender.join(timeout=30)
    assert other.message_ids("ana@example.org") == stalled.inbox.message_ids("ana@example.org")
    assert "lease lost" in caplog.text


def test_the_whole_of_a_try_ends_before_its_lease() -> None:
    durations = patient()
    assert durations.before_body + durations.after_dot <= timedelta(minutes=13) < durations.lease


def test_tries_are_given_up_after_two_days() -> None:
    waits = [PATIENT.retry_after(attempts) for attempts in range(1, 30)]
    assert waits[:7] == [timedelta(minutes=minutes) for minutes in (5, 15, 30, 60, 120, 240, 240)]
    assert sum((wait for wait in waits if wait), timedelta(0)) <= PATIENT.give_up
    assert waits[-1] is None


def test_a_relay_at_fault_is_left_alone_for_longer_each_time() -> None:
    waits = [PATIENT.relay_after(failures) for failures in range(1, 8)]
    assert waits == [timedelta(minutes=minutes) for minutes in (1, 2, 5, 10, 30, 30, 30)]


def test_a_wait_varies_by_a_fifth() -> None:
    waits = {BRIEF.varied(timedelta(seconds=100)) for _ in range(50)}
    assert timedelta(seconds=80) <= min(waits) < max(waits) <= timedelta(seconds=120)
