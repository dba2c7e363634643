"""How the outbox stands, and when a person should look."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session

from tests.factories import NOW
from tests.mail.offices import put, rows
from tracker.clock import real_now
from tracker.mail import relay_state
from tracker.mail.delivery_outcome import DeliveryFate, DeliveryOutcome
from tracker.mail.delivery_times import Durations
from tracker.mail.models import MailState
from tracker.mail.queries import OutboxState, outbox_state


def state(session: Session) -> OutboxState:
    session.flush()
    return outbox_state(session)


def wait(session: Session, span: timedelta) -> None:
    """Let every mail have waited for so long by the real clock."""
    for row in rows(session):
        row.queued_at = real_now() - span


def settled(session: Session, **values: Any) -> None:
    """Let every mail in the outbox have ended so, just now."""
    for row in rows(session):
        row.sqlmodel_update({"frozen_at": real_now(), **values})
    session.flush()


def test_an_empty_outbox_alarms_nobody(any_session: Session) -> None:
    outbox = state(any_session)
    assert (outbox.counts[MailState.QUEUED], outbox.oldest, outbox.alarms) == (0, None, ())


def test_mails_are_counted_by_state(any_session: Session) -> None:
    put(any_session, "ana", "ben", "cleo")
    rows(any_session)[0].state = MailState.DEAD
    outbox = state(any_session)
    assert (outbox.counts[MailState.QUEUED], outbox.counts[MailState.DEAD]) == (2, 1)
    assert outbox.oldest == rows(any_session)[1].queued_at


@pytest.mark.parametrize(("hours", "alarms"), [(1, ()), (3, ("mail-waits",))])
def test_mail_that_waits_too_long_alarms(any_session: Session, hours: int, alarms: tuple[str, ...]) -> None:
    put(any_session)
    wait(any_session, timedelta(hours=hours))
    assert state(any_session).alarms == alarms


def test_a_mail_of_an_examples_past_week_has_not_waited(session: Session) -> None:
    put(session)
    rows(session)[0].created_at = NOW - timedelta(weeks=60)
    assert state(session).alarms == ()


def test_mail_that_waits_because_it_is_held_alarms_nobody(session: Session) -> None:
    put(session)
    wait(session, timedelta(days=3))
    relay_state.the_relay(session).held_since = NOW
    assert state(session).alarms == ()


@pytest.mark.parametrize(
    ("needs_person", "minutes", "alarms"), [(False, 29, ()), (False, 31, ("relay-fails",)), (True, 0, ("relay-fails",))]
)
def test_a_relay_that_fails_alarms_after_a_while_or_at_once(
    any_session: Session, needs_person: bool, minutes: int, alarms: tuple[str, ...]
) -> None:
    row = relay_state.the_relay(any_session)
    outcome = DeliveryOutcome(DeliveryFate.RELAY_FAILED, 535, "no", needs_person=needs_person)
    relay_state.failed(row, outcome, Durations(), real_now() - timedelta(minutes=minutes))
    outbox = state(any_session)
    assert (outbox.alarms, outbox.relay_error) == (alarms, "535 no")


def test_a_mail_of_which_nobody_knows_alarms(any_session: Session) -> None:
    put(any_session)
    settled(any_session, state=MailState.DEAD, ambiguous=3)
    outbox = state(any_session)
    assert (outbox.alarms, outbox.ambiguous) == (("arrival-unknown",), 1)


@pytest.mark.parametrize(("refused", "alarms"), [(1, ()), (2, ("content-refused",))])
def test_more_than_one_refused_in_twenty_alarms(session: Session, refused: int, alarms: tuple[str, ...]) -> None:
    put(session, *(f"p{number}" for number in range(20 + refused)))
    for place, row in enumerate(rows(session)):
        is_refused = place < refused
        row.frozen_at = row.sent_at = real_now()
        row.state = MailState.DEAD if is_refused else MailState.SENT
        row.phase, row.last_code = "data", 554 if is_refused else 250
        row.sent_at = None if is_refused else real_now()
    assert state(session).alarms == alarms


def test_what_was_refused_long_ago_alarms_nobody(session: Session) -> None:
    put(session)
    settled(session, state=MailState.DEAD, phase="data", last_code=554, frozen_at=real_now() - timedelta(days=2))
    assert state(session).alarms == ()


def test_a_refused_address_is_no_matter_of_content(session: Session) -> None:
    put(session)
    settled(session, state=MailState.DEAD, phase=None, last_code=550)
    assert state(session).alarms == ()
