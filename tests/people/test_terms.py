"""Roles run from one day to another; digests come when somebody said so."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session

from tests.factories import NOW, SYSTEM, TODAY, make_person, make_register
from tests.people.roles import roles_in
from tracker.errors import Refused
from tracker.history import Actor, ChangeWay
from tracker.history_queries import of_subject
from tracker.people.models import Frequency, Party, Role
from tracker.people.queries import party_by_slug
from tracker.people.terms import Days, add_term, end_term, make_operator, set_stewards, subscribe

JANUARY = Days(date(2012, 1, 1), date(2012, 1, 31))


def test_a_role_ends_with_its_last_day(any_session: Session) -> None:
    board, ana = make_register(any_session), make_person(any_session)
    term = add_term(any_session, ana, board, Role.MEMBER, Days(date(2012, 1, 1)), by=SYSTEM, now=NOW)
    end_term(any_session, term, TODAY, by=SYSTEM, now=NOW)
    any_session.commit()
    assert roles_in(any_session, ana, board, NOW) == {Role.MEMBER}
    assert roles_in(any_session, ana, board, NOW + timedelta(days=1)) == set()


def test_the_last_of_the_secretariat_does_not_go_unnoticed(any_session: Session) -> None:
    board, ana, bo = make_register(any_session), make_person(any_session), make_person(any_session, "Bo Berg")
    term = add_term(any_session, ana, board, Role.SECRETARIAT, Days(date(2012, 1, 1)), by=SYSTEM, now=NOW)
    with pytest.raises(Refused, match="no secretariat who can sign in"):
        end_term(any_session, term, TODAY, by=SYSTEM, now=NOW)
    end_term(any_session, term, TODAY, may_be_last=True, by=SYSTEM, now=NOW)
    add_term(any_session, bo, board, Role.SECRETARIAT, Days(TODAY), by=SYSTEM, now=NOW)
    end_term(any_session, term, TODAY - timedelta(days=1), by=SYSTEM, now=NOW)
    assert term.last_day == TODAY - timedelta(days=1)


@pytest.mark.parametrize("days", [JANUARY, Days(date(2012, 1, 31)), Days(date(2011, 1, 1), date(2012, 1, 1))])
def test_nobody_has_a_role_twice_on_one_day(session: Session, days: Days) -> None:
    board, ana = make_register(session), make_person(session)
    add_term(session, ana, board, Role.MEMBER, JANUARY, by=SYSTEM, now=NOW)
    with pytest.raises(Refused, match="has that role"):
        add_term(session, ana, board, Role.MEMBER, days, by=SYSTEM, now=NOW)


@pytest.mark.parametrize("days", [Days(date(2012, 2, 1)), Days(date(2011, 1, 1), date(2011, 12, 31))])
def test_a_role_may_come_again_in_other_days(session: Session, days: Days) -> None:
    board, ana = make_register(session), make_person(session)
    add_term(session, ana, board, Role.MEMBER, JANUARY, by=SYSTEM, now=NOW)
    assert add_term(session, ana, board, Role.MEMBER, days, by=SYSTEM, now=NOW).id


def test_a_term_does_not_end_before_it_begins(session: Session) -> None:
    board, ana = make_register(session), make_person(session)
    with pytest.raises(Refused, match="before the first"):
        add_term(session, ana, board, Role.CHAIR, Days(TODAY, TODAY - timedelta(days=1)), by=SYSTEM, now=NOW)


def test_a_changed_role_ends_the_sessions_of_whoever_has_it(session: Session) -> None:
    board, ana = make_register(session), make_person(session)
    add_term(session, ana, board, Role.MEMBER, JANUARY, by=SYSTEM, now=NOW)
    assert ana.token_epoch == 1


@pytest.mark.parametrize(("days", "ended"), [(-1, 1), (0, 0), (40, 0)])
def test_only_a_last_day_that_is_past_ends_the_sessions(session: Session, days: int, ended: int) -> None:
    board, ana = make_register(session), make_person(session)
    term = add_term(session, ana, board, Role.MEMBER, Days(date(2012, 1, 1)), by=SYSTEM, now=NOW)
    before = ana.token_epoch
    end_term(session, term, TODAY + timedelta(days=days), by=SYSTEM, now=NOW)
    assert ana.token_epoch - before == ended


def test_a_role_that_is_over_comes_back_without_the_old_sessions(session: Session) -> None:
    board, ana = make_register(session), make_person(session)
    term = add_term(session, ana, board, Role.MEMBER, JANUARY, by=SYSTEM, now=NOW)
    before = ana.token_epoch
    end_term(session, term, TODAY + timedelta(days=40), by=SYSTEM, now=NOW)
    assert ana.token_epoch == before + 1


def test_whoever_gives_themselves_a_role_stays_signed_in(session: Session) -> None:
    board, ana = make_register(session), make_person(session)
    add_term(session, ana, board, Role.MEMBER, JANUARY, by=Actor(ana.id, ChangeWay.BROWSER), now=NOW)
    assert ana.token_epoch == 0


def stewarded(session: Session) -> Party:
    board = make_register(session)
    party = party_by_slug(session, board.slug)
    assert party is not None
    return party


def test_a_body_gets_two_who_answer_for_it(any_session: Session) -> None:
    party, ana, bo = stewarded(any_session), make_person(any_session), make_person(any_session, "Bo Berg")
    set_stewards(any_session, party, ana, bo, by=SYSTEM, now=NOW)
    any_session.commit()
    assert (party.steward_id, party.second_id) == (ana.id, bo.id)
    assert of_subject(any_session, f"party:{party.id}")[-1].verb == "stewards set"


def test_the_second_one_is_somebody_else(session: Session) -> None:
    party, ana = stewarded(session), make_person(session)
    with pytest.raises(Refused, match="somebody else"):
        set_stewards(session, party, ana, ana, by=SYSTEM, now=NOW)


def test_a_person_needs_no_steward(session: Session) -> None:
    ana = make_person(session)
    party = party_by_slug(session, ana.slug)
    assert party is not None
    with pytest.raises(Refused, match="answers for themselves"):
        set_stewards(session, party, ana, None, by=SYSTEM, now=NOW)


def test_a_digest_set_anew_keeps_the_moment_it_began(any_session: Session) -> None:
    ana = make_person(any_session)
    subscribe(any_session, ana, since=NOW, by=SYSTEM, now=NOW)
    later = NOW + timedelta(days=9)
    kept = subscribe(any_session, ana, weekday=4, frequency=Frequency.NEVER, by=SYSTEM, now=later)
    any_session.commit()
    assert (kept.subscribed_at, kept.weekday, kept.frequency) == (NOW, 4, Frequency.NEVER)


def test_who_runs_the_installation_is_remembered(session: Session) -> None:
    ana = make_person(session)
    make_operator(session, ana, by=SYSTEM, now=NOW)
    assert of_subject(session, f"person:{ana.id}")[-1].after == {"is_operator": True}
