"""Mails claimed and written together: many at once, and as true as if written the moment before."""

from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from tests.factories import NOW, SYSTEM
from tests.mail.offices import BRIEF, deliver_to, letter, patient, put, rows
from tests.mail.relays import Inbox
from tracker.db import Sessions
from tracker.history import leave
from tracker.mail.compose_email import Email
from tracker.mail.delivery_office import Dropped, Writer, Written
from tracker.mail.models import MailKind, MailState, Outgoing

NAMES = tuple(f"p{number}" for number in range(20))


class Clerk:
    """Writes many mails at once, and notes how many each time and what was kept of them."""

    def __init__(self, fault: Callable[[], None] = lambda: None) -> None:
        self.batches: list[int] = []
        self.kept: list[str] = []
        self.fault = fault
        self.subject = "First"

    @property
    def writers(self) -> dict[MailKind, Writer]:
        return {MailKind.TEST: Writer(self.write, write_all=self.write_all)}

    def write(self, _session: Session, row: Outgoing) -> Written | Dropped:
        name = row.to_addr.partition("@")[0]
        if name.startswith("empty"):
            return Dropped(MailState.EMPTY)
        return Written(letter(name, self.subject), keep=lambda _session: self.kept.append(name))

    def write_all(self, session: Session, outgoing: Sequence[Outgoing]) -> dict[int, Written | Dropped]:
        self.batches.append(len(outgoing))
        self.fault()
        return {row.id: self.write(session, row) for row in outgoing}


def test_many_are_written_at_once_and_each_is_sent_once(any_sessions: Sessions, any_session: Session) -> None:
    put(any_session, *NAMES)
    clerk, inbox = Clerk(), Inbox()
    deliver_to(any_sessions, inbox, writers=clerk.writers)
    assert inbox.copies() == {f"{name}@example.org": 1 for name in NAMES}
    assert (clerk.batches, sorted(clerk.kept)) == ([16, 4], sorted(NAMES))


def test_what_has_nothing_to_say_is_ended_on_the_way(any_sessions: Sessions, any_session: Session) -> None:
    put(any_session, "empty1", "empty2", "empty3", "ana", "empty4")
    inbox = Inbox()
    deliver_to(any_sessions, inbox, writers=Clerk().writers)
    assert inbox.copies() == {"ana@example.org": 1}
    assert {mail.state for mail in rows(any_session)} == {MailState.EMPTY, MailState.SENT}


def test_what_changed_meanwhile_is_written_anew(sessions: Sessions, session: Session) -> None:
    put(session, *NAMES)
    clerk = Clerk()

    def change(address: str) -> str:
        if address == "p2@example.org":
            clerk.subject = "Second"
            with sessions.writing() as writer:
                leave(writer, "item:1", "updated", by=SYSTEM, now=NOW)
        return "250 OK"

    inbox = Inbox(recipient=change)
    deliver_to(sessions, inbox, writers=clerk.writers)
    said = {to: b"Subject: First" in raw for to, raw in inbox.taken}
    assert said == {f"{name}@example.org": name in NAMES[:3] for name in NAMES}


def test_what_is_old_is_written_anew(sessions: Sessions, session: Session) -> None:
    put(session, *NAMES[:6])
    clerk, inbox = Clerk(), Inbox()
    deliver_to(sessions, inbox, patient(ahead=timedelta(0)), writers=clerk.writers)
    assert (inbox.copies().total(), clerk.batches[0], len(clerk.batches)) == (6, 6, 6)


def test_what_cannot_be_written_at_once_is_written_one_by_one(sessions: Sessions, session: Session) -> None:
    put(session, *NAMES)
    clerk, inbox = Clerk(fault=lambda: 1 // 0 and None), Inbox()
    deliver_to(sessions, inbox, writers=clerk.writers)
    assert inbox.copies().total() == len(NAMES)


def test_one_that_cannot_be_put_into_a_message_costs_the_others_no_try(sessions: Sessions, session: Session) -> None:
    put(session, *NAMES)
    clerk = Clerk()

    def write(writing: Session, row: Outgoing) -> Written | Dropped:
        if row.to_addr.startswith("p7@"):
            return Written(Email(row.to_addr, "Subject", None, None))  # type: ignore[arg-type] # a bug in a template
        return clerk.write(writing, row)

    def write_all(writing: Session, outgoing: Sequence[Outgoing]) -> dict[int, Written | Dropped]:
        clerk.batches.append(len(outgoing))
        return {row.id: write(writing, row) for row in outgoing}

    inbox = Inbox()
    deliver_to(sessions, inbox, patient(), writers={MailKind.TEST: Writer(write, write_all=write_all)})
    assert inbox.copies() == {f"{name}@example.org": 1 for name in NAMES if name != "p7"}
    # It was written with the first batches, and then alone; the others never were.
    assert len(clerk.batches) < 8


def test_a_fault_in_what_is_kept_loses_no_end_of_another_mail(sessions: Sessions, session: Session) -> None:
    put(session, *NAMES[:3])
    clerk = Clerk()
    faults = [LookupError("a bug")]

    def keep(_session: Session) -> None:
        if faults:
            raise faults.pop()

    def write_all(_session: Session, outgoing: Sequence[Outgoing]) -> dict[int, Written | Dropped]:
        return {row.id: Written(letter(row.to_addr[:2]), keep=keep) for row in outgoing if row.to_addr[:2] == "p2"}

    inbox = Inbox()
    deliver_to(sessions, inbox, BRIEF, writers={MailKind.TEST: Writer(clerk.write, write_all=write_all)})
    assert inbox.copies() == {f"{name}@example.org": 1 for name in NAMES[:3]}


def test_what_a_stopped_process_had_claimed_is_free_at_once(any_sessions: Sessions, any_session: Session) -> None:
    put(any_session, *NAMES[:6])
    answers = iter([True, True, False])
    inbox = Inbox()
    deliver_to(any_sessions, inbox, patient(), writers=Clerk().writers, goes_on=lambda: next(answers))
    left = [(mail.state, mail.attempts, mail.message) for mail in rows(any_session)[2:]]
    assert (inbox.copies().total(), left) == (2, [(MailState.QUEUED, 0, None)] * 4)


def test_an_address_that_is_refused_stops_its_other_mails_of_the_batch(sessions: Sessions, session: Session) -> None:
    put(session, "p1", "p1", "p2")
    inbox = Inbox(recipient=lambda to: "550 5.1.1 no such mailbox" if to.startswith("p1") else "250 OK")
    deliver_to(sessions, inbox, writers=Clerk().writers)
    states = [mail.state for mail in rows(session)]
    assert (states, inbox.copies().total()) == ([MailState.DEAD, MailState.CANCELLED, MailState.SENT], 1)


@pytest.mark.parametrize("quick", [timedelta(0), timedelta(minutes=1)])
def test_a_mail_is_never_in_doubt_beside_another(
    any_sessions: Sessions, any_session: Session, quick: timedelta
) -> None:
    """Whatever is known while the relay has a message: whoever looks sees at most one that may have arrived."""
    put(any_session, *NAMES[:5])
    in_doubt: list[int] = []

    def look(_address: str) -> str:
        with any_sessions.reader() as session:
            phases = session.exec(select(Outgoing.phase).where(Outgoing.state == MailState.SENDING)).all()
            in_doubt.append(phases.count("data"))
        return "250 OK"

    deliver_to(any_sessions, Inbox(data=look), patient(quick=quick), writers=Clerk().writers)
    assert in_doubt == [1] * 5


@pytest.mark.parametrize(("quick", "in_doubt"), [(timedelta(0), 0), (timedelta(minutes=1), 1)])
def test_only_before_a_quick_relay_the_record_of_a_mail_waits_for_the_next(
    sessions: Sessions, session: Session, quick: timedelta, in_doubt: int
) -> None:
    put(session, *NAMES[:5])
    unrecorded: list[int] = []

    def look(_address: str) -> str:
        with sessions.reader() as reading:
            unrecorded.append(
                len(
                    reading.exec(
                        select(Outgoing.id).where(Outgoing.phase == "data", Outgoing.state == MailState.SENDING)
                    ).all()
                )
            )
        return "250 OK"

    deliver_to(sessions, Inbox(recipient=look), patient(quick=quick), writers=Clerk().writers)
    assert unrecorded == [0, *[in_doubt] * 4]


@pytest.mark.parametrize(("answer", "is_kept"), [("451 later", False), (None, True)])
def test_only_a_try_that_may_have_arrived_keeps_its_bytes(
    sessions: Sessions, session: Session, answer: str | None, is_kept: bool
) -> None:
    put(session)
    deliver_to(sessions, Inbox(data=lambda _: answer), patient(), writers=Clerk().writers)
    assert (session.exec(select(Outgoing.message)).one() is not None) == is_kept
