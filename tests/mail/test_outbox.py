"""The outbox: what is put in leaves with the caller's commit, and only then."""

from dataclasses import replace

from sqlmodel import Session, select

from tests.factories import NOW, make_person
from tracker.clock import real_now
from tracker.mail import outbox
from tracker.mail.compose_email import Email
from tracker.mail.delivery_office import Written, as_queued
from tracker.mail.models import MailKind, MailState, Outgoing

LETTER = Email(to="ana@example.org", subject="Sign in", text="A link", html="<p>A link</p>")


def test_a_mail_waits_as_it_was_written(any_session: Session) -> None:
    ana = make_person(any_session)
    outbox.put(any_session, LETTER, person_id=ana.id, kind=MailKind.SIGN_IN, now=NOW)
    any_session.commit()
    row = any_session.exec(select(Outgoing)).one()
    assert (row.to_addr, row.subject, row.text, row.html) == (LETTER.to, LETTER.subject, LETTER.text, LETTER.html)
    assert (row.state, row.created_at) == (MailState.QUEUED, NOW)


def test_a_mail_keeps_its_headers_until_it_leaves(any_session: Session) -> None:
    email = replace(LETTER, sender_name="Library board", list_id="requests.board", reply_to="r+1@example.org")
    outbox.put(any_session, email, person_id=None, kind=MailKind.REQUEST, now=NOW)
    any_session.commit()
    assert as_queued(any_session, any_session.exec(select(Outgoing)).one()) == Written(email)


def test_a_mail_is_due_by_the_real_clock_whatever_day_the_installation_believes_in(session: Session) -> None:
    before = real_now()
    row = outbox.put(session, LETTER, person_id=None, kind=MailKind.TEST, now=NOW)
    assert before <= row.next_at <= real_now()


def test_a_mail_is_gone_with_the_change_that_was_rolled_back(any_session: Session) -> None:
    outbox.put(any_session, LETTER, person_id=None, kind=MailKind.TEST, now=NOW)
    any_session.rollback()
    assert any_session.exec(select(Outgoing)).all() == []


def test_two_mails_of_one_kind_have_names_of_their_own(session: Session) -> None:
    rows = [outbox.put(session, LETTER, person_id=None, kind=MailKind.TEST, now=NOW) for _ in range(2)]
    assert rows[0].message_id != rows[1].message_id
