"""Rapporteurs of a meeting: named, dropped, and what they may read of others."""

import pytest
from sqlmodel import Session, select

from tests.factories import NOW, SYSTEM, make_meeting, make_person, make_register, make_term
from tracker.errors import Refused
from tracker.history_queries import of_subject
from tracker.meetings.changes import drop_rapporteur, name_rapporteur
from tracker.meetings.models import Meeting, Visibility
from tracker.meetings.queries import may_read_meeting, rapporteur_of, rapporteurs
from tracker.people.models import Body, Person, Role
from tracker.people.queries import sight_of


@pytest.fixture
def board(any_session: Session) -> Body:
    return make_register(any_session)


@pytest.fixture
def rafa(any_session: Session, board: Body) -> Person:
    person = make_person(any_session, "Rafa Reis")
    make_term(any_session, person, board, Role.RAPPORTEUR)
    return person


@pytest.fixture
def meeting(any_session: Session, board: Body) -> Meeting:
    return make_meeting(any_session, board)


def readable(session: Session, person: Person) -> set[str]:
    return set(session.exec(select(Meeting.slug).where(may_read_meeting(sight_of(session, person, NOW)))))


def test_a_rapporteur_is_named_and_dropped_with_a_line_of_history_each(
    any_session: Session, board: Body, meeting: Meeting, rafa: Person
) -> None:
    name_rapporteur(any_session, meeting, rafa, by=SYSTEM, now=NOW)
    assert rapporteurs(any_session, meeting.id) == [rafa]
    assert rapporteur_of(any_session, board.id, rafa.id) == {meeting.id}
    drop_rapporteur(any_session, meeting, rafa.id, by=SYSTEM, now=NOW)
    assert rapporteurs(any_session, meeting.id) == []
    verbs = [line.verb for line in of_subject(any_session, meeting.history_key())]
    assert verbs[-2:] == ["rapporteur named", "rapporteur dropped"]


def test_nobody_is_named_twice_or_dropped_who_is_not(any_session: Session, meeting: Meeting, rafa: Person) -> None:
    with pytest.raises(Refused, match="not rapporteur"):
        drop_rapporteur(any_session, meeting, rafa.id, by=SYSTEM, now=NOW)
    name_rapporteur(any_session, meeting, rafa, by=SYSTEM, now=NOW)
    with pytest.raises(Refused, match="Rafa Reis is already rapporteur"):
        name_rapporteur(any_session, meeting, rafa, by=SYSTEM, now=NOW)


def test_who_is_rapporteur_only_reads_their_meeting_and_what_is_published(
    any_session: Session, board: Body, meeting: Meeting, rafa: Person
) -> None:
    make_meeting(any_session, board, slug="closed")
    make_meeting(any_session, board, slug="open", visibility=Visibility.PUBLISHED)
    assert readable(any_session, rafa) == {"open"}
    name_rapporteur(any_session, meeting, rafa, by=SYSTEM, now=NOW)
    assert readable(any_session, rafa) == {"open", "taking-stock"}


def test_a_member_who_is_rapporteur_reads_what_members_read(
    any_session: Session, board: Body, meeting: Meeting, rafa: Person
) -> None:
    make_meeting(any_session, board, slug="closed")
    make_term(any_session, rafa, board, Role.MEMBER)
    assert readable(any_session, rafa) == {"closed", "taking-stock"}


def test_a_rapporteur_whose_term_is_over_reads_nothing_internal(
    any_session: Session, board: Body, meeting: Meeting
) -> None:
    former = make_person(any_session, "Former Person")
    name_rapporteur(any_session, meeting, former, by=SYSTEM, now=NOW)
    assert readable(any_session, former) == set()
