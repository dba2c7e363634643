"""The outcome table, row by row: what a mail's fate makes of its row, over real connections."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from tests.factories import NOW, SYSTEM, make_person
from tests.mail.offices import deliver_to, letter, office, opened, patient, put, row, rows
from tests.mail.relays import Inbox, Relay
from tracker.clock import real_now
from tracker.db import Sessions
from tracker.mail import outbox, relay_state
from tracker.mail.delivery import deliver
from tracker.mail.delivery_office import Dropped, Writer, Written, as_queued
from tracker.mail.delivery_outcome import DeliveryFate
from tracker.mail.models import MailKind, MailState, Outgoing, Suppression
from tracker.mail.queries import outbox_state
from tracker.people.sessions import make_link


def test_a_queued_mail_is_sent_once(any_sessions: Sessions, any_session: Session) -> None:
    put(any_session, "ana", "ben")
    inbox = Inbox()
    deliver_to(any_sessions, inbox)
    deliver_to(any_sessions, inbox)
    assert inbox.copies() == {"ana@example.org": 1, "ben@example.org": 1}
    assert {mail.state for mail in rows(any_session)} == {MailState.SENT}


def test_what_was_not_committed_is_not_sent(sessions: Sessions, session: Session) -> None:
    outbox.put(session, letter(), person_id=None, kind=MailKind.TEST, now=NOW)
    session.rollback()
    inbox = Inbox()
    deliver_to(sessions, inbox)
    assert inbox.taken == []


def test_a_mail_put_off_is_tried_again_later(any_sessions: Sessions, any_session: Session) -> None:
    put(any_session)
    deliver_to(any_sessions, Inbox(recipient=lambda _: "450 4.2.2 full"), patient())
    mail = row(any_session)
    assert (mail.state, mail.attempts, mail.last_code) == (MailState.QUEUED, 1, 450)
    assert timedelta(minutes=3) < mail.next_at - real_now() < timedelta(minutes=7)


def test_a_mail_put_off_does_not_hold_up_the_next(sessions: Sessions, session: Session) -> None:
    put(session, "ana", "ben")
    inbox = Inbox(recipient=lambda to: "450 full" if to.startswith("ana") else "250 OK")
    deliver_to(sessions, inbox, patient())
    assert inbox.copies() == {"ben@example.org": 1}


def test_a_mail_put_off_for_two_days_is_given_up(sessions: Sessions, session: Session) -> None:
    put(session)
    row(session).attempts = 17
    session.commit()
    deliver_to(sessions, Inbox(data=lambda _: "451 later"), patient())
    assert row(session).state is MailState.DEAD


@pytest.mark.parametrize(("answer", "state"), [("451 later", MailState.CANCELLED), (None, MailState.QUEUED)])
def test_a_digest_put_off_gives_way_to_the_next_unless_it_may_have_arrived(
    any_sessions: Sessions, any_session: Session, answer: str | None, state: MailState
) -> None:
    person_id = make_person(any_session, email="ana@example.org").id
    put(any_session, person_id=person_id, kind=MailKind.DIGEST, period="2012-11-12")

    def queue_the_next(_address: str) -> str | None:
        with any_sessions.writing() as session:
            later = outbox.put(
                session, letter(), person_id=person_id, kind=MailKind.DIGEST, now=NOW, period="2012-11-19"
            )
            later.next_at = real_now() + timedelta(hours=1)
        return answer

    deliver_to(any_sessions, Inbox(data=queue_the_next), patient())
    assert [mail.state for mail in rows(any_session)] == [state, MailState.QUEUED]


def alarms(session: Session) -> tuple[str, ...]:
    session.rollback()  # what delivery committed meanwhile
    found = outbox_state(session).alarms
    session.rollback()
    return found


def test_mail_waits_for_a_relay_that_does_not_encrypt(any_sessions: Sessions, any_session: Session) -> None:
    put(any_session, "ana", "ben")
    opened(any_sessions)
    with Relay(Inbox()) as to:
        deliver(office(any_sessions, to, patient(), wish="?starttls=yes"))
        mail = rows(any_session)[0]
        assert (mail.state, mail.attempts, "STARTTLS" in (mail.last_text or "")) == (MailState.QUEUED, 0, True)
        assert alarms(any_session) == ("relay-fails",)
        assert to.inbox.taken == []
        with any_sessions.writing() as session:
            relay_state.the_relay(session).retry_at = None  # its wait is over
        deliver(office(any_sessions, to, wish="?starttls=no"))
    assert to.inbox.copies() == {"ana@example.org": 1, "ben@example.org": 1}
    assert alarms(any_session) == ()


def test_an_address_that_does_not_exist_is_left_alone_from_then_on(
    any_sessions: Sessions, any_session: Session
) -> None:
    put(any_session)
    deliver_to(any_sessions, Inbox(recipient=lambda _: "550 5.1.1 no such user"))
    put(any_session)
    inbox = Inbox()
    deliver_to(any_sessions, inbox)
    assert inbox.taken == []
    assert [mail.state for mail in rows(any_session)] == [MailState.DEAD, MailState.CANCELLED]


def test_another_refusal_kills_the_mail_and_not_the_address(sessions: Sessions, session: Session) -> None:
    put(session)
    deliver_to(sessions, Inbox(recipient=lambda _: "550 5.7.1 policy"))
    assert (row(session).state, row(session).last_text) == (MailState.DEAD, "5.7.1 policy")
    assert session.exec(select(Suppression)).all() == []


def test_an_address_refused_in_three_different_weeks_is_left_alone(sessions: Sessions, session: Session) -> None:
    for weeks in (2, 1, 0):
        put(session)
        deliver_to(sessions, Inbox(recipient=lambda _: "550 5.7.1 policy"))
        mail = rows(session)[-1]
        mail.frozen_at = real_now() - timedelta(weeks=weeks)
        session.commit()
        assert (session.get(Suppression, "ana@example.org") is None) == (weeks > 0)


def test_refused_content_is_dead_and_the_address_stays(sessions: Sessions, session: Session) -> None:
    put(session)
    deliver_to(sessions, Inbox(data=lambda _: "554 5.7.1 spam"))
    assert (row(session).state, row(session).phase) == (MailState.DEAD, "data")
    assert session.exec(select(Suppression)).all() == []


def test_much_refused_content_is_said_loudly(
    sessions: Sessions, session: Session, caplog: pytest.LogCaptureFixture
) -> None:
    put(session, *(f"p{number}" for number in range(10)))
    deliver_to(sessions, Inbox(data=lambda to: "554 spam" if to.startswith("p3") else "250 OK"))
    assert "refused the content of 1 of 10 mails" in caplog.text


def test_a_connection_broken_before_the_dot_is_tried_again_at_once(
    any_sessions: Sessions, any_session: Session
) -> None:
    put(any_session)
    answers = iter([None, "250 OK"])
    inbox = Inbox(recipient=lambda _: next(answers))
    deliver_to(any_sessions, inbox, patient())
    assert (inbox.copies()["ana@example.org"], row(any_session).state) == (1, MailState.SENT)


def test_a_connection_broken_after_the_dot_is_ambiguous(any_sessions: Sessions, any_session: Session) -> None:
    put(any_session)
    deliver_to(any_sessions, Inbox(data=lambda _: None), patient())
    mail = row(any_session)
    assert (mail.state, mail.ambiguous) == (MailState.QUEUED, 1)
    assert timedelta(minutes=9) < mail.next_at - real_now() <= timedelta(minutes=10)


def test_a_copy_of_an_ambiguous_mail_is_the_same_to_the_byte(any_sessions: Sessions, any_session: Session) -> None:
    put(any_session)
    answers = iter([None, "250 OK"])
    inbox = Inbox(data=lambda _: next(answers))
    deliver_to(any_sessions, inbox)
    first, second = inbox.taken
    assert first == second


def test_three_ambiguous_tries_are_enough(
    sessions: Sessions, session: Session, caplog: pytest.LogCaptureFixture
) -> None:
    put(session)
    inbox = Inbox(data=lambda _: None)
    deliver_to(sessions, inbox)
    assert (row(session).state, len(inbox.taken)) == (MailState.DEAD, 3)
    assert "after 3 tries it is unknown" in caplog.text


def test_a_relay_at_fault_costs_no_mail_a_try(any_sessions: Sessions, any_session: Session) -> None:
    put(any_session, "ana", "ben")
    deliver_to(any_sessions, Inbox(sender=lambda _: "451 busy"), patient())
    assert [(mail.state, mail.attempts) for mail in rows(any_session)] == [(MailState.QUEUED, 0)] * 2
    assert relay_state.the_relay(any_session).failures == 1


def test_a_relay_at_fault_is_left_alone_for_a_while(sessions: Sessions, session: Session) -> None:
    put(session)
    senders: list[str] = []
    inbox = Inbox(sender=lambda who: senders.append(who) or "451 busy")
    for _ in range(3):
        deliver_to(sessions, inbox, patient())
    assert len(senders) == 1


def test_a_relay_that_answers_again_is_forgiven(sessions: Sessions, session: Session) -> None:
    put(session)
    answers = iter(["451 busy", "250 OK"])
    inbox = Inbox(sender=lambda _: next(answers))
    deliver_to(sessions, inbox)
    assert (inbox.copies().total(), relay_state.the_relay(session).failures) == (1, 0)
    assert relay_state.the_relay(session).failing_since is None


def test_a_mail_that_cannot_be_written_holds_up_nobody(sessions: Sessions, session: Session) -> None:
    def write(_session: Session, mail: Outgoing) -> Written | Dropped:
        if mail.to_addr.startswith("ana"):
            raise LookupError("a bug for Ana only")
        return as_queued(_session, mail)

    put(session, "ana", "ben", "cleo")
    inbox = Inbox()
    deliver_to(sessions, inbox, patient(), writers={MailKind.TEST: Writer(write)})
    assert inbox.copies() == {"ben@example.org": 1, "cleo@example.org": 1}
    assert rows(session)[0].last_text == "could not be written: LookupError"


def test_what_is_no_address_is_dead_and_holds_up_nobody(sessions: Sessions, session: Session) -> None:
    put(session, "an a", "ben")
    inbox = Inbox()
    deliver_to(sessions, inbox)
    assert inbox.copies() == {"ben@example.org": 1}
    assert rows(session)[0].state is MailState.DEAD


def test_a_mail_with_nothing_to_say_is_not_sent(sessions: Sessions, session: Session) -> None:
    put(session)
    writer = Writer(lambda _session, _row: Dropped(MailState.EMPTY))
    inbox = Inbox()
    deliver_to(sessions, inbox, writers={MailKind.TEST: writer})
    assert (inbox.taken, row(session).state) == ([], MailState.EMPTY)


def test_a_second_copy_is_not_sent_over_an_objection(sessions: Sessions, session: Session) -> None:
    put(session)
    writer = Writer(as_queued, objection=lambda _session, _row: "may no longer see item 14")
    inbox = Inbox(data=lambda _: None)
    deliver_to(sessions, inbox, writers={MailKind.TEST: writer})
    assert (len(inbox.taken), row(session).state) == (1, MailState.CANCELLED)
    assert row(session).last_text == "may no longer see item 14"


def test_a_mail_follows_the_person_to_a_new_address(sessions: Sessions, session: Session) -> None:
    ana = make_person(session, email="new@example.org")
    put(session, person_id=ana.id, kind=MailKind.REQUEST)
    inbox = Inbox()
    deliver_to(sessions, inbox)
    assert inbox.copies() == {"new@example.org": 1}


@pytest.mark.parametrize("values", [{"email": "new@example.org"}, {"email": None}, {"erased_on": NOW.date()}])
def test_a_sign_in_link_goes_only_to_the_address_it_was_requested_for(
    sessions: Sessions, session: Session, values: dict[str, object]
) -> None:
    ana = make_person(session, **values)
    put(session, person_id=ana.id, kind=MailKind.SIGN_IN, now=real_now())
    inbox = Inbox()
    deliver_to(sessions, inbox)
    assert (inbox.taken, row(session).state) == ([], MailState.CANCELLED)


def test_a_way_in_that_is_too_old_is_not_sent(sessions: Sessions, session: Session) -> None:
    put(session, kind=MailKind.SIGN_IN, now=real_now() - timedelta(hours=2))
    inbox = Inbox()
    deliver_to(sessions, inbox)
    assert (inbox.taken, row(session).state) == ([], MailState.CANCELLED)


@pytest.mark.parametrize("is_invitation", [False, True])
def test_a_way_in_goes_by_the_real_clock_though_that_of_the_installation_was_moved(
    sessions: Sessions, session: Session, is_invitation: bool
) -> None:
    ana = make_person(session)
    make_link(session, ana, now=real_now())
    put(session, person_id=ana.id, kind=MailKind.SIGN_IN, now=real_now() - timedelta(days=8))
    row(session).is_invitation = is_invitation
    session.commit()
    inbox = Inbox()
    deliver_to(sessions, inbox)
    assert inbox.copies() == {"ana@example.org": 1}


@pytest.mark.parametrize("kind", [MailKind.NOTICE, MailKind.RECEIPT, MailKind.DIGEST])
def test_only_digests_are_kept_as_sent(sessions: Sessions, session: Session, kind: MailKind) -> None:
    put(session, kind=kind)
    deliver_to(sessions, Inbox())
    [mail] = rows(session)
    assert (mail.message is not None, mail.text is not None) == (kind is MailKind.DIGEST, kind is MailKind.DIGEST)


def test_a_way_in_is_kept_nowhere_but_in_the_mailbox(sessions: Sessions, session: Session) -> None:
    put(session, kind=MailKind.SIGN_IN, now=real_now())
    deliver_to(sessions, Inbox())
    mail = row(session)
    assert (mail.state, mail.text, mail.html, mail.message) == (MailState.SENT, None, None, None)


def test_mail_is_held_when_a_relay_is_set_for_the_first_time(any_sessions: Sessions, any_session: Session) -> None:
    put(any_session, kind=MailKind.REQUEST)
    with Relay() as to:
        deliver(office(any_sessions, to))
        assert to.inbox.taken == []
        any_session.rollback()
        relay_state.release(any_session, by=SYSTEM, now=NOW)
        any_session.commit()
        deliver(office(any_sessions, to))
    assert to.inbox.copies() == {"ana@example.org": 1}


def test_the_hold_lets_pass_what_somebody_waits_for(sessions: Sessions, session: Session) -> None:
    put(session, "ana", kind=MailKind.SIGN_IN, now=real_now())
    put(session, "ben", kind=MailKind.REQUEST)
    with Relay() as to:
        deliver(office(sessions, to))
    assert to.inbox.copies() == {"ana@example.org": 1}


def test_delivery_stops_when_told(sessions: Sessions, session: Session) -> None:
    put(session, "ana", "ben", "cleo")
    answers = iter([True, True, False])
    inbox = Inbox()
    deliver_to(sessions, inbox, goes_on=lambda: next(answers))
    assert inbox.copies().total() == 2


def test_the_tally_tells_how_tries_ended(sessions: Sessions, session: Session) -> None:
    put(session, "ana", "ben")
    opened(sessions)
    with Relay(Inbox(recipient=lambda to: "550 5.1.1 no" if to.startswith("ana") else "250 OK")) as to:
        tally = deliver(office(sessions, to))
    assert tally == {DeliveryFate.SENT: 1, DeliveryFate.ADDRESS_REFUSED: 1}
