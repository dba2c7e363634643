"""Erasing goes through everything: notes, answers, turns, mails, and reports that name the person."""

from datetime import timedelta

import pytest
from sqlmodel import Session, SQLModel, col, select

from tests.factories import (
    NOW,
    SYSTEM,
    TODAY,
    make_addressee,
    make_item,
    make_meeting,
    make_milestone,
    make_ownership,
    make_person,
    make_register,
    make_transcript,
    party_id_of,
    party_of,
)
from tests.mail.offices import deliver_to, put, row
from tests.mail.relays import Inbox
from tracker.db import Sessions
from tracker.erasure.erase_person import NOBODY, erase_everywhere
from tracker.history import leave
from tracker.history_queries import of_subject
from tracker.inbound.models import IncomingMessage, ReplyFate
from tracker.items.models import Item, SavedView
from tracker.items.party_models import Addressee, Ownership
from tracker.items.saved_lists import save_view
from tracker.mail.models import MailKind, MailState, Outgoing, Suppression
from tracker.meetings.models import Visibility
from tracker.people.models import Body, Person
from tracker.reports.changes import issue
from tracker.reports.models import Report
from tracker.reports.queries import is_withheld
from tracker.reports.snapshot import from_json
from tracker.transcripts.models import Turn
from tracker.updates.changes import record
from tracker.updates.models import Update


@pytest.fixture
def board(any_session: Session) -> Body:
    return make_register(any_session)


@pytest.fixture
def ana(any_session: Session) -> Person:
    return make_person(any_session)


def erase(session: Session, person: Person) -> list[Report]:
    issued = erase_everywhere(session, person, "Asked for it.", today=TODAY, by=SYSTEM, now=NOW).reports
    session.commit()
    return issued


def test_updates_stay_without_their_words(any_session: Session, board: Body, ana: Person) -> None:
    item = make_item(any_session, board)
    record(any_session, item, ana, "I, Ana, have begun.", by=SYSTEM, now=NOW)
    erase(any_session, ana)
    assert any_session.exec(select(Update.note)).one() == ""
    assert of_subject(any_session, f"item:{item.id}")[-1].verb == "words erased"


def test_a_note_on_a_request_to_own_is_gone(any_session: Session, board: Body, ana: Person) -> None:
    item = make_item(any_session, board)
    make_ownership(any_session, item, party_of(any_session, ana), answered_by=ana.id, note="Call me: 555")
    erase(any_session, ana)
    assert any_session.exec(select(Ownership.note)).one() is None


def test_the_proposers_note_is_gone(any_session: Session, board: Body, ana: Person) -> None:
    make_item(any_session, board, put_forward_by=party_id_of(any_session, ana), proposer_note="Not what I meant.")
    erase(any_session, ana)
    assert any_session.exec(select(Item.proposer_note)).one() is None


def test_the_name_of_who_answered_is_gone(any_session: Session, board: Body, ana: Person) -> None:
    make_addressee(any_session, make_item(any_session, board), party_of(any_session, board), answered_by="Ana Silva")
    erase(any_session, ana)
    assert any_session.exec(select(Addressee.answered_by)).one() == NOBODY


def test_the_turns_name_nobody(any_session: Session, board: Body, ana: Person) -> None:
    transcript = make_transcript(any_session, make_meeting(any_session, board), "ANA: Hello.\n\nBO: Good day.")
    turn = any_session.exec(select(Turn).where(col(Turn.label) == "ANA")).one()
    turn.person_id, turn.speaker = ana.id, "Ana Silva"
    leave(any_session, transcript, "speaker named", by=SYSTEM, now=NOW)
    erase(any_session, ana)
    labels = any_session.exec(select(Turn.label, Turn.speaker).order_by(col(Turn.seq))).all()
    assert labels == [(None, None), ("BO", None)]


def test_mails_are_emptied_and_those_that_wait_are_cancelled(any_session: Session, ana: Person) -> None:
    for number, state in enumerate((MailState.QUEUED, MailState.SENT)):
        kept = {"kind": MailKind.TEST, "message_id": f"<{number}@x>", "created_at": NOW, "next_at": NOW}
        any_session.add(
            Outgoing(person_id=ana.id, to_addr="ana@example.org", subject="Dear Ana", state=state, text="Ana", **kept)
        )
    erase(any_session, ana)
    rows = any_session.exec(select(Outgoing).order_by(col(Outgoing.id))).all()
    assert [row.state for row in rows] == [MailState.CANCELLED, MailState.SENT]
    assert {(row.to_addr, row.subject, row.text) for row in rows} == {(NOBODY, "", None)}


def test_a_mail_that_a_slow_relay_is_being_offered_is_not_sent(
    any_sessions: Sessions, any_session: Session, ana: Person
) -> None:
    number = ana.id
    put(any_session, "ana", person_id=number)

    def erase_meanwhile(_address: str) -> str:
        with any_sessions.writing() as session:
            erase_everywhere(session, session.get_one(Person, number), "Asked.", today=TODAY, by=SYSTEM, now=NOW)
        return "250 OK"

    inbox = Inbox(recipient=erase_meanwhile)
    deliver_to(any_sessions, inbox)
    assert inbox.taken == []
    assert row(any_session).state is MailState.CANCELLED


def test_what_mail_servers_said_of_them_goes_too(any_session: Session, ana: Person) -> None:
    kept = {"kind": MailKind.TEST, "message_id": "<1@x>", "created_at": NOW, "next_at": NOW, "subject": ""}
    texts = {"last_text": "550 ana@example.org?", "headers": {"reply_to": "reply+ana@example.org"}}
    any_session.add(Outgoing(person_id=ana.id, to_addr="ana@example.org", state=MailState.DEAD, **texts, **kept))
    any_session.add(Suppression(to_addr="ana@example.org", code=550, text="ana@example.org is gone", since=NOW))
    fate = {"fate": ReplyFate.RECORDED, "received_at": NOW}
    any_session.add(IncomingMessage(name="1@laptop-of-ana", person_id=ana.id, **fate))
    erase(any_session, ana)
    tables = [SQLModel.metadata.tables[name] for name in ("outgoing", "suppression", "incoming_message")]
    rows = [str(row) for table in tables for row in any_session.connection().execute(table.select())]
    assert [row for row in rows if "ana" in row] == []


def reported(session: Session, board: Body, person: Person) -> Report:
    milestone = make_milestone(session, board)
    values = {"visibility": Visibility.PUBLISHED, "milestone_id": milestone.id, "created_at": NOW - timedelta(days=1)}
    make_item(session, board, put_forward_by=party_id_of(session, person), **values)
    session.commit()
    return issue(session, milestone, as_of=TODAY, by=SYSTEM, now=NOW)


def test_a_report_that_names_the_person_gets_a_version_without_the_name(
    any_session: Session, board: Body, ana: Person
) -> None:
    first = reported(any_session, board, ana)
    issued = erase(any_session, ana)
    assert [report.number for report in issued] == [first.number + 1]
    assert "Ana Silva" not in str(issued[0].picture)
    any_session.refresh(first)
    assert "Ana Silva" not in str(first.picture)
    assert is_withheld(any_session, first, from_json(first.picture))


def test_a_report_without_the_name_stays_the_last(any_session: Session, board: Body, ana: Person) -> None:
    reported(any_session, board, make_person(any_session, "Bo Berg"))
    assert erase(any_session, ana) == []


def test_private_lists_go_and_shared_ones_stay(any_session: Session, board: Body, ana: Person) -> None:
    for name, is_shared in (("Mine", False), ("For all", True)):
        values = {"is_shared": is_shared, "by": SYSTEM, "now": NOW}
        save_view(any_session, board.id, ana.id, name, "late=1", **values)
    erase(any_session, ana)
    assert any_session.exec(select(SavedView.name)).all() == ["For all"]
