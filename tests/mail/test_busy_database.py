"""Delivery where others hold the database: nothing is sent that cannot be noted, and nothing twice."""

import logging
import sqlite3
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from sqlmodel import Session

from tests.mail.offices import deliver_to, patient, put, row
from tests.mail.relays import Inbox
from tracker import db
from tracker.clock import real_now
from tracker.db import Sessions, make_engine
from tracker.mail import mail_claims, outbox
from tracker.mail.models import MailState


class Holder(logging.Handler):
    """Somebody who writes for as long as the deliverer has not complained of it."""

    def __init__(self, url: str) -> None:
        super().__init__()
        path = url.removeprefix("sqlite:///")
        self.connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self.times = 0

    def hold(self, _address: str = "") -> str:
        """Begin to write, the first time that the relay is spoken to."""
        self.times += 1
        if self.times == 1:
            self.connection.execute("BEGIN IMMEDIATE")
        return "250 OK"

    def emit(self, record: logging.LogRecord) -> None:
        """Let go when the deliverer says that it has waited for too long."""
        if "held the database" in record.getMessage() and self.connection.in_transaction:
            self.connection.execute("ROLLBACK")


@pytest.fixture
def holder(sqlite_url: str) -> Iterator[Holder]:
    held = Holder(sqlite_url)
    logging.getLogger("tracker.mail").addHandler(held)
    yield held
    logging.getLogger("tracker.mail").removeHandler(held)
    held.connection.close()


@pytest.fixture
def impatient(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sessions]:
    """Sessions whose writers wait for no more than a moment."""
    monkeypatch.setattr(db, "LONGEST_WAIT", 0.05)
    sessions = Sessions(make_engine(sqlite_url))
    yield sessions
    sessions.engine.dispose()


def test_an_answer_is_noted_however_long_others_write(impatient: Sessions, session: Session, holder: Holder) -> None:
    put(session)
    inbox = Inbox(data=holder.hold)
    deliver_to(impatient, inbox)
    deliver_to(impatient, inbox)
    assert (row(session).state, inbox.copies().total()) == (MailState.SENT, 1)


def test_what_cannot_be_noted_as_handed_over_is_not_sent_and_costs_no_try(
    impatient: Sessions, session: Session, holder: Holder
) -> None:
    put(session)
    inbox = Inbox(recipient=holder.hold)
    deliver_to(impatient, inbox)
    assert (row(session).state, inbox.copies().total(), row(session).attempts) == (MailState.SENT, 1, 1)
    assert holder.times == 2


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    """Let time pass for the outbox."""
    ahead = [timedelta(0)]
    monkeypatch.setattr(outbox, "real_now", lambda: real_now() + ahead[0])
    return lambda wait: ahead.__setitem__(0, wait)


def test_a_delivery_whose_lease_ended_while_it_waited_does_not_send(
    sessions: Sessions, session: Session, later: Callable[[timedelta], None]
) -> None:
    put(session)
    stalled: list[str] = []

    def stall(address: str) -> str:
        stalled.append(address)
        later(timedelta(minutes=16))
        return "250 OK"

    inbox = Inbox(recipient=stall)
    deliver_to(sessions, inbox, patient())
    assert len(stalled) == 2  # offered again, under a lease of its own
    assert (row(session).state, inbox.copies().total()) == (MailState.SENT, 1)


def test_handing_over_begins_a_new_lease(any_session: Session) -> None:
    put(any_session)
    durations = patient()
    [claim] = mail_claims.claim(any_session, durations)
    any_session.commit()
    row(any_session).lease_until = real_now() + timedelta(minutes=1)
    any_session.commit()
    assert mail_claims.into_data(any_session, claim, durations)
    any_session.commit()
    assert (row(any_session).lease_until or real_now()) > real_now() + timedelta(minutes=14)


def test_a_lease_that_is_over_is_no_leave_to_send(any_session: Session) -> None:
    put(any_session)
    [claim] = mail_claims.claim(any_session, patient())
    any_session.commit()
    row(any_session).lease_until = real_now() - timedelta(seconds=1)
    any_session.commit()
    assert not mail_claims.into_data(any_session, claim, patient())
