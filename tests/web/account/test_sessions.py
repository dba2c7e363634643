"""Sessions are kept on the server: a copied cookie dies with them."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlmodel import col, select

from tests.factories import SYSTEM
from tests.web.account.test_sign_in import is_signed_in, link_for
from tests.web.browsing import Browser
from tests.web.world import World, make_world
from tracker.clock import real_now
from tracker.history import leave
from tracker.people.changes import edit_person
from tracker.people.details import PersonDetails
from tracker.people.models import Body, Person, Role, SignInSession
from tracker.people.terms import Days, add_term


def copy_of(browser: Browser) -> Browser:
    """A thief with the same cookie."""
    thief = Browser(browser.app)
    cookie = browser.client.get_cookie("intersession")
    assert cookie
    thief.client.set_cookie("intersession", cookie.value)
    return thief


@pytest.fixture
def any_member(any_app: Flask) -> Browser:
    """Mira, on either kind of database."""
    return Browser(any_app, make_world(any_app.extensions["sessions"]).member)


def test_signing_in_makes_a_new_identifier(visitor: Browser, world: World) -> None:
    visitor.get("/sign-in")
    fixed = copy_of(visitor)
    visitor.post(link_for(visitor.app, world.member))
    assert is_signed_in(visitor)
    assert not is_signed_in(fixed)


def test_signing_in_again_ends_the_session_before(member: Browser, world: World) -> None:
    before = copy_of(member)
    member.get("/account")
    member.post(link_for(member.app, world.member))
    assert not is_signed_in(before)


def test_signing_out_ends_a_copied_cookie_too(any_member: Browser) -> None:
    thief = copy_of(any_member)
    assert is_signed_in(thief)
    any_member.post("/sign-in/out")
    assert not is_signed_in(thief)


def test_a_new_password_ends_every_other_session(any_member: Browser) -> None:
    thief = copy_of(any_member)
    any_member.get("/account")
    any_member.post("/account/password", {"new": "grey harbour under seven lamps"})
    assert is_signed_in(any_member)
    assert not is_signed_in(thief)


def test_a_new_role_ends_the_sessions(member: Browser, world: World) -> None:
    with member.session() as session:
        person, board = session.get_one(Person, world.member), session.get_one(Body, world.register)
        days = Days(real_now().date())
        add_term(session, person, board, Role.SECRETARIAT, days, by=SYSTEM, now=real_now())
        session.commit()
    assert not is_signed_in(member)


def test_a_new_address_ends_the_sessions(member: Browser, world: World) -> None:
    with member.session() as session:
        person = session.get_one(Person, world.member)
        details = PersonDetails(name=person.name, email="new@example.org")
        edit_person(session, person, details, version=person.version, by=SYSTEM, now=real_now())
        session.commit()
    assert not is_signed_in(member)


def test_signing_out_everywhere_ends_all(member: Browser) -> None:
    thief = copy_of(member)
    member.get("/account")
    member.post("/account/out-everywhere")
    assert not is_signed_in(member)
    assert not is_signed_in(thief)


def test_whoever_is_merged_into_another_is_signed_out(member: Browser, world: World) -> None:
    with member.session() as session:
        person = session.get_one(Person, world.member)
        person.merged_into_id = world.chair
        leave(session, person, "merged", by=SYSTEM, now=real_now())
        session.commit()
    assert not is_signed_in(member)


def test_a_session_ends_when_it_is_idle_for_twelve_hours(any_member: Browser) -> None:
    with time_machine.travel(real_now() + timedelta(hours=11, minutes=59)):
        assert is_signed_in(any_member)
    with time_machine.travel(real_now() + timedelta(hours=24, minutes=1)):
        assert not is_signed_in(any_member)


def test_a_session_ends_after_fourteen_days_however_busy(member: Browser) -> None:
    start = real_now()
    for step in range(1, 42):
        with time_machine.travel(start + step * timedelta(hours=8)):
            assert is_signed_in(member) == (step < 42)
    with time_machine.travel(start + timedelta(days=14, seconds=1)):
        assert not is_signed_in(member)


def seen_at(browser: Browser) -> object:
    with browser.session() as session:
        return session.exec(select(SignInSession.seen_at)).one()


@pytest.mark.parametrize(("minutes", "is_written"), [(9, False), (10, True), (60, True)])
def test_being_seen_is_written_at_most_every_ten_minutes(member: Browser, minutes: int, is_written: bool) -> None:
    before = seen_at(member)
    with time_machine.travel(real_now() + timedelta(minutes=minutes, seconds=1)):
        member.get("/account")
    assert (seen_at(member) != before) == is_written


def test_being_seen_does_not_stand_in_the_way_of_the_own_post(any_member: Browser) -> None:
    any_member.get("/account")
    with time_machine.travel(real_now() + timedelta(minutes=30), tick=True):
        assert any_member.post("/account/out-everywhere").status_code == 302


def test_the_database_does_not_hold_what_the_cookie_holds(member: Browser) -> None:
    with member.client.session_transaction() as cookie:
        identifier = cookie["sid"]
    with member.session() as session:
        assert session.exec(select(SignInSession).where(col(SignInSession.id_hash) == identifier)).all() == []


def test_sessions_long_dead_are_swept_away(member: Browser, world: World) -> None:
    with time_machine.travel(real_now() + timedelta(days=15)):
        Browser(member.app, world.chair)
        with member.session() as session:
            assert session.exec(select(SignInSession.person_id)).all() == [world.chair]
