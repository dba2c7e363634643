"""Terms begin and end with the day of their register, wherever its people and the machine are."""

from datetime import UTC, date, datetime

import pytest
from sqlmodel import Session

from tests.factories import SYSTEM, made, make_person, make_register, make_term
from tests.people.roles import roles_in
from tracker.people import sessions
from tracker.people.models import Body, Role
from tracker.people.queries import first_of_secretariat, sight_of
from tracker.people.terms import end_term

#: half an hour before midnight in UTC, half past noon of the next day in Auckland
LATE = datetime(2012, 11, 12, 23, 30, tzinfo=UTC)
MONDAY, TUESDAY = date(2012, 11, 12), date(2012, 11, 13)
ZONES = [("Pacific/Auckland", TUESDAY), ("UTC", MONDAY), ("America/Los_Angeles", MONDAY)]


@pytest.mark.parametrize(("zone", "day"), ZONES)
@pytest.mark.parametrize("own", ["Pacific/Auckland", "America/Los_Angeles", None])
def test_a_term_begins_and_ends_with_the_day_of_its_register(
    any_session: Session, zone: str, day: date, own: str | None
) -> None:
    board = make_register(any_session, timezone=zone)
    ana, ben = make_person(any_session, timezone=own), make_person(any_session, "Ben Ng", timezone=own)
    make_term(any_session, ana, board, first_day=TUESDAY)
    make_term(any_session, ben, board, last_day=MONDAY)
    assert bool(roles_in(any_session, ana, board, LATE)) == (day == TUESDAY)
    assert bool(roles_in(any_session, ben, board, LATE)) == (day == MONDAY)


def test_a_body_goes_by_the_day_of_the_register_it_belongs_to(session: Session) -> None:
    board = make_register(session, timezone="Pacific/Auckland")
    group = made(session, Body(slug="group", name="Group", parent_id=board.id, timezone="UTC"))
    ana = make_person(session)
    make_term(session, ana, group, first_day=TUESDAY)
    assert roles_in(session, ana, board, LATE) == {Role.MEMBER}


def test_each_register_goes_by_its_own_day_for_one_reader(session: Session) -> None:
    north = make_register(session, timezone="UTC")
    south = make_register(session, slug="south", timezone="Pacific/Auckland")
    ana = make_person(session)
    for board in (north, south):
        make_term(session, ana, board, first_day=TUESDAY)
    assert sight_of(session, ana, LATE).register_ids == {south.id}


def test_the_first_of_the_secretariat_goes_by_the_day_of_their_register(session: Session) -> None:
    for name, zone in (("Una Utc", "UTC"), ("Zoe Zealand", "Pacific/Auckland")):
        board = make_register(session, slug=name.split()[0].lower(), timezone=zone)
        make_term(session, make_person(session, name), board, Role.SECRETARIAT, first_day=TUESDAY)
    first = first_of_secretariat(session, LATE)
    assert first is not None
    assert first.name == "Zoe Zealand"


@pytest.mark.parametrize(("zone", "stays"), [("Pacific/Auckland", False), ("UTC", True)])
def test_who_leaves_is_signed_out_by_the_day_of_the_register(session: Session, zone: str, stays: bool) -> None:
    board, ana = make_register(session, timezone=zone), make_person(session)
    term = make_term(session, ana, board)
    token = sessions.start(session, ana, now=LATE)
    end_term(session, term, MONDAY, by=SYSTEM, now=LATE)
    assert bool(sessions.find_session(session, token, now=LATE)) == stays
