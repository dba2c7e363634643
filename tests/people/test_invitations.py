"""Inviting somebody: to whom, how often, and how far they are on the way to their first sign-in."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from tests.factories import NOW, SYSTEM, TODAY, make_person, make_register, make_term
from tracker.errors import Refused
from tracker.people.invitations import InvitationProgress, invitation_states, invite, withdraw_invitation
from tracker.people.models import Body, Person
from tracker.people.sessions import start, use_link


@pytest.fixture
def board(session: Session) -> Body:
    return make_register(session)


@pytest.fixture
def ana(session: Session, board: Body) -> Person:
    person = make_person(session)
    make_term(session, person, board)
    return person


def send(session: Session, person: Person, board: Body, *, seen: int = 0, after: timedelta = timedelta(0)) -> str:
    moment = NOW + after
    return invite(session, person, board.id, seen=seen, today=TODAY, real_now=moment, by=SYSTEM, now=moment)


def progress(session: Session, person: Person, board: Body, after: timedelta = timedelta(0)) -> InvitationProgress:
    return invitation_states(session, board.id, now=NOW + after, only=[person.id])[person.id].state


def test_the_way_to_the_first_sign_in(session: Session, board: Body, ana: Person) -> None:
    assert progress(session, ana, board) is InvitationProgress.NOT_INVITED
    token = send(session, ana, board)
    assert progress(session, ana, board) is InvitationProgress.INVITED
    assert progress(session, ana, board, timedelta(days=8)) is InvitationProgress.EXPIRED
    assert use_link(session, token, now=NOW) == ana
    start(session, ana, now=NOW)
    assert progress(session, ana, board) is InvitationProgress.SIGNED_IN


def test_a_second_press_of_the_button_is_refused(session: Session, board: Body, ana: Person) -> None:
    send(session, ana, board)
    with pytest.raises(Refused, match=r"invited in the meantime\. Reload the page"):
        send(session, ana, board)


def test_nobody_is_invited_twice_within_an_hour(session: Session, board: Body, ana: Person) -> None:
    first = send(session, ana, board)
    with pytest.raises(Refused, match="less than an hour ago"):
        send(session, ana, board, seen=1, after=timedelta(minutes=59))
    send(session, ana, board, seen=1, after=timedelta(hours=1))
    assert use_link(session, first, now=NOW) is None


def test_a_withdrawn_invitation_signs_nobody_in(session: Session, board: Body, ana: Person) -> None:
    token = send(session, ana, board)
    withdraw_invitation(session, ana, board.id, by=SYSTEM, now=NOW)
    assert use_link(session, token, now=NOW) is None
    with pytest.raises(Refused, match="no invitation to withdraw"):
        withdraw_invitation(session, ana, board.id, by=SYSTEM, now=NOW)


def test_somebody_without_address_or_role_is_not_invited(session: Session, board: Body) -> None:
    with pytest.raises(Refused, match=r"has no mail address\. Add one first"):
        send(session, make_person(session, "Bo Berg", email=None), board)
    with pytest.raises(Refused, match=r"has no role here\. Add one first"):
        send(session, make_person(session, "Cy Cole"), board)
