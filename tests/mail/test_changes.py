"""What the mail office does by hand: it sends a mail again, cancels one, or opens an address; and what is refused."""

from typing import Any

import pytest
from sqlmodel import Session

from tests.factories import NOW, SYSTEM, make_person
from tests.mail.test_outbox import LETTER
from tracker.errors import Refused
from tracker.history_queries import of_subject
from tracker.mail import changes, outbox
from tracker.mail.models import MailKind, MailState, Outgoing, Suppression


def a_mail(session: Session, **values: Any) -> Outgoing:
    """A test mail to Ana that was given up, unless the values say otherwise."""
    row = outbox.put(session, LETTER, person_id=None, kind=MailKind.TEST, now=NOW)
    row.state = MailState.DEAD
    for name, value in values.items():
        setattr(row, name, value)
    session.flush()
    return row


def verbs_of(session: Session, row: Outgoing) -> list[str]:
    return [event.verb for event in of_subject(session, f"mail:{row.id}")]


def send_again(session: Session, row: Outgoing) -> None:
    changes.send_again(session, row, by=SYSTEM, now=NOW)


def refusal_of_sending(session: Session, row: Outgoing) -> str:
    with pytest.raises(Refused) as refusal:
        send_again(session, row)
    return str(refusal.value)


@pytest.mark.parametrize("state", [MailState.DEAD, MailState.HELD])
def test_a_mail_that_is_stuck_is_queued_again_as_if_it_had_never_been_tried(
    any_session: Session, state: MailState
) -> None:
    row = a_mail(any_session, state=state, attempts=7, last_code=451)
    send_again(any_session, row)
    assert (row.state, row.attempts, row.last_code) == (MailState.QUEUED, 0, None)
    assert verbs_of(any_session, row) == ["sent again"]


@pytest.mark.parametrize("state", [MailState.QUEUED, MailState.SENDING, MailState.SENT, MailState.CANCELLED])
def test_a_mail_that_is_not_stuck_is_not_sent_twice(session: Session, state: MailState) -> None:
    row = a_mail(session, state=state)
    said = "Only a mail that was not delivered can be sent again. Reload the page."
    assert refusal_of_sending(session, row) == said
    assert (row.state, verbs_of(session, row)) == (state, [])


@pytest.mark.parametrize("values", [{"kind": MailKind.SIGN_IN}, {"kind": MailKind.REQUEST, "is_invitation": True}])
def test_a_way_in_is_not_sent_late(session: Session, values: dict[str, Any]) -> None:
    said = "A late sign-in link is of no use. Let its reader request a new one."
    assert refusal_of_sending(session, a_mail(session, **values)) == said


def test_a_refused_address_is_opened_before_a_mail_goes_there_again(session: Session) -> None:
    refused = Suppression(to_addr=LETTER.to, code=550, text="5.1.1", since=NOW)
    session.add(refused)
    row = a_mail(session)
    said = "Mail to %(address)s was refused. Let mail go to this address again first."
    with pytest.raises(Refused) as refusal:
        send_again(session, row)
    assert (refusal.value.message, refusal.value.values) == (said, {"address": "a•••@example.org"})
    changes.clear(session, refused, by=SYSTEM, now=NOW)
    send_again(session, row)
    assert row.state is MailState.QUEUED


def test_a_digest_that_a_later_one_covers_is_not_sent_after_it(any_session: Session) -> None:
    ana = make_person(any_session)
    weeks = {"kind": MailKind.DIGEST, "person_id": ana.id}
    first = a_mail(any_session, **weeks, period="2012-11-05")
    second = a_mail(any_session, **weeks, period="2012-11-12")
    said = "A later digest covers what this one would say. Look at that one."
    assert refusal_of_sending(any_session, first) == said
    send_again(any_session, second)
    assert second.state is MailState.QUEUED


@pytest.mark.parametrize("state", [MailState.QUEUED, MailState.HELD])
def test_a_mail_that_has_not_begun_to_leave_is_cancelled(any_session: Session, state: MailState) -> None:
    row = a_mail(any_session, state=state)
    changes.cancel(any_session, row, by=SYSTEM, now=NOW)
    assert row.state is MailState.CANCELLED
    assert verbs_of(any_session, row) == ["cancelled"]


@pytest.mark.parametrize("state", [MailState.SENDING, MailState.SENT, MailState.DEAD, MailState.CANCELLED])
def test_a_mail_that_has_begun_to_leave_is_not_cancelled(session: Session, state: MailState) -> None:
    row = a_mail(session, state=state)
    with pytest.raises(Refused) as refusal:
        changes.cancel(session, row, by=SYSTEM, now=NOW)
    assert str(refusal.value) == "This mail has already left or been cancelled."
    assert row.state is state
