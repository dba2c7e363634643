"""An erased person leaves a tombstone, and no hole in the history."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select

from tests.factories import NOW, SYSTEM, TODAY, make_person, make_register, make_term
from tracker.erasure.erase_person import NOBODY, erase_records
from tracker.errors import Refused
from tracker.history import Actor, ChangeWay, Event, Wording, Words, leave
from tracker.history_queries import of_subject
from tracker.people.changes import add_label, add_person, edit_person
from tracker.people.details import PersonDetails
from tracker.people.merged_records import merge
from tracker.people.models import Label, Party, Person, SignInSession, Subscription, Term
from tracker.people.queries import first_of_secretariat, person_by_email
from tracker.people.sessions import start
from tracker.people.terms import subscribe

ANA = PersonDetails("Ana Silva", affiliation="River Watch", email="ana@example.org")


def ana(session: Session) -> Person:
    return add_person(session, ANA, by=SYSTEM, now=NOW)


def erased(session: Session, person: Person) -> Person:
    erase_records(session, person, "Asked for it on 9 November.", today=TODAY, by=SYSTEM, now=NOW)
    session.commit()
    return person


def test_name_address_and_affiliation_are_gone(any_session: Session) -> None:
    person = erased(any_session, ana(any_session))
    assert (person.name, person.email, person.affiliation) == (NOBODY, None, None)
    assert "ana" not in person.slug
    assert person_by_email(any_session, "ana@example.org") is None


def test_the_tombstone_says_when_and_on_what_ground(any_session: Session) -> None:
    person = erased(any_session, ana(any_session))
    assert person.erased_on == TODAY
    assert of_subject(any_session, f"person:{person.id}")[-1].after["ground"] == "Asked for it on 9 November."


def test_the_party_remains_without_its_name(session: Session) -> None:
    person = erased(session, ana(session))
    party = session.exec(select(Party).where(col(Party.person_id) == person.id)).one()
    assert party.slug == person.slug


def test_what_others_wrote_of_the_person_is_emptied_and_its_line_stays(any_session: Session) -> None:
    person = ana(any_session)
    edit_person(any_session, person, PersonDetails("Ana Sousa"), version=1, by=SYSTEM, now=NOW)
    lines = any_session.exec(select(sa.func.count(col(Event.id)))).one()
    erased(any_session, person)
    assert set(any_session.exec(select(Wording.text))) == {None}
    assert any_session.exec(select(sa.func.count(col(Event.id)))).one() > lines


def test_what_the_person_wrote_elsewhere_is_emptied(session: Session) -> None:
    person, board = ana(session), make_register(session)
    leave(session, board, "noted", by=Actor(person.id, ChangeWay.BROWSER), now=NOW, after={"note": Words("By me, Ana")})
    leave(session, board, "noted", by=SYSTEM, now=NOW, after={"note": Words("By another")})
    erased(session, person)
    assert "By me, Ana" not in session.exec(select(Wording.text)).all()
    assert "By another" in session.exec(select(Wording.text)).all()


def test_names_as_printed_digest_and_sessions_are_gone(any_session: Session) -> None:
    person, board = ana(any_session), make_register(any_session)
    add_label(any_session, person, board.id, "MS SILVA", by=SYSTEM, now=NOW)
    subscribe(any_session, person, by=SYSTEM, now=NOW)
    start(any_session, person, now=NOW)
    erased(any_session, person)
    assert [any_session.exec(select(table)).all() for table in (Label, Subscription, SignInSession)] == [[], [], []]


def test_roles_end_today(session: Session) -> None:
    person, board = ana(session), make_register(session)
    make_term(session, person, board)
    make_term(session, person, board, first_day=TODAY + timedelta(days=9))
    erased(session, person)
    assert session.exec(select(Term.last_day).order_by(col(Term.id))).all() == [TODAY, TODAY + timedelta(days=9)]


def test_a_role_that_has_ended_keeps_its_last_day(session: Session) -> None:
    person, board = ana(session), make_register(session)
    make_term(session, person, board, last_day=date(2012, 3, 1))
    erased(session, person)
    assert session.exec(select(Term.last_day)).one() == date(2012, 3, 1)


def test_records_merged_into_the_persons_go_too(any_session: Session) -> None:
    person, other = ana(any_session), add_person(any_session, PersonDetails("A Silva"), by=SYSTEM, now=NOW)
    merge(any_session, other, person, by=SYSTEM, now=NOW)
    erased(any_session, person)
    assert (other.name, other.erased_on) == (NOBODY, TODAY)


def test_nobody_erased_is_signed_in(session: Session) -> None:
    person, board = ana(session), make_register(session)
    make_term(session, person, board)
    erased(session, person)
    assert not person.is_active
    assert first_of_secretariat(session, NOW) is None


@pytest.mark.parametrize("ground", ["", "\u200b "])
def test_erasing_needs_a_ground(session: Session, ground: str) -> None:
    with pytest.raises(Refused) as refusal:
        erase_records(session, ana(session), ground, today=TODAY, by=SYSTEM, now=NOW)
    assert (str(refusal.value), refusal.value.field) == ("Give the ground, as in: requested on 3 May.", "ground")


def test_who_runs_the_installation_hands_over_first(session: Session) -> None:
    person = make_person(session, "Olga", is_operator=True)
    with pytest.raises(Refused, match="runs this installation"):
        erase_records(session, person, "Asked.", today=TODAY, by=SYSTEM, now=NOW)


def test_a_merged_record_is_erased_with_the_one_it_belongs_to(session: Session) -> None:
    person, other = ana(session), add_person(session, PersonDetails("A Silva"), by=SYSTEM, now=NOW)
    merge(session, other, person, by=SYSTEM, now=NOW)
    with pytest.raises(Refused, match="Erase that one"):
        erase_records(session, other, "Asked.", today=TODAY, by=SYSTEM, now=NOW)
