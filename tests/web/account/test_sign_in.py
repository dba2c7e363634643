"""Signing in by link and by password, and out again; on both kinds of database."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from argon2 import PasswordHasher
from flask import Flask
from sqlmodel import select

from tests.factories import SYSTEM
from tests.web.browsing import Browser
from tests.web.world import World, make_world
from tracker.clock import real_now
from tracker.db import Sessions
from tracker.history import leave
from tracker.mail.models import Outgoing
from tracker.people import passwords, sessions
from tracker.people.models import Person

SECRET = "grey harbour under seven lamps"


def give_password(app: Flask, person_id: int) -> None:
    with app.extensions["sessions"].writing() as session:
        person = session.get_one(Person, person_id)
        person.password_hash = passwords.CHEAP.hash(SECRET)
        leave(session, person, "password set", by=SYSTEM, now=real_now())


def mails(app: Flask) -> list[Outgoing]:
    with app.extensions["sessions"].reader() as session:
        return list(session.exec(select(Outgoing)))


def link_for(app: Flask, person_id: int) -> str:
    with app.extensions["sessions"].writing() as session:
        return "/sign-in/" + sessions.make_link(session, session.get_one(Person, person_id), now=real_now())


def is_signed_in(browser: Browser) -> bool:
    return browser.get("/account").status_code == 200


@pytest.fixture
def any_world(any_app: Flask) -> World:
    return make_world(any_app.extensions["sessions"])


@pytest.fixture
def stranger(any_app: Flask, any_world: World) -> Browser:
    """Somebody who is not signed in yet, on either kind of database."""
    return Browser(any_app)


def test_a_mailed_link_signs_in(stranger: Browser) -> None:
    stranger.post("/sign-in/link", {"email": "Mira@Example.org "})
    path = re.search(r"http://localhost:8000(/sign-in/\S+)", mails(stranger.app)[0].text or "")
    assert path
    stranger.get(path[1])
    assert stranger.post(path[1]).location == "/"
    assert is_signed_in(stranger)


def test_a_link_leads_on_to_where_one_wanted_to_go(visitor: Browser) -> None:
    visitor.get("/sign-in?next=/account")
    visitor.post("/sign-in/link", {"email": "mira@example.org", "next": "/account"})
    path = re.search(r"localhost:8000(/sign-in/\S+)", mails(visitor.app)[0].text or "")
    assert path
    assert 'name="next" value="/account"' in visitor.get(path[1]).text
    assert visitor.post(path[1], {"next": "/account"}).location == "/account"


def test_looking_at_a_link_does_not_use_it_up(stranger: Browser, any_world: World) -> None:
    path = link_for(stranger.app, any_world.member)
    for _scanner in range(3):
        stranger.client.head(path)
        stranger.client.options(path)
        stranger.get(path)
    assert stranger.post(path).location == "/"


def test_a_link_works_once(stranger: Browser, any_world: World) -> None:
    path = link_for(stranger.app, any_world.member)
    stranger.post(path)
    second = Browser(stranger.app)
    assert second.post(path).location == f"{path}?next=/"
    assert not is_signed_in(second)


def test_a_link_dies_after_an_hour(stranger: Browser, any_world: World) -> None:
    path = link_for(stranger.app, any_world.member)
    with time_machine.travel(real_now() + timedelta(hours=1, seconds=1)):
        assert "does not work any more" in stranger.get(path).text
        stranger.post(path)
        assert not is_signed_in(stranger)


def test_a_link_dies_with_the_sessions_of_its_person(app: Flask, world: World, member: Browser) -> None:
    path = link_for(app, world.member)
    member.post("/account/out-everywhere")
    assert Browser(app).get(path).status_code == 404


@pytest.mark.parametrize("change", ["x", "0", ".0", ".1"])
def test_a_tampered_link_is_refused(visitor: Browser, world: World, change: str) -> None:
    path = link_for(visitor.app, world.member)
    assert visitor.get(path.removesuffix(".0") + change + ("" if change[0] == "." else ".0")).status_code == (
        200 if change == ".0" else 404
    )


def test_a_password_signs_in(stranger: Browser, any_world: World) -> None:
    give_password(stranger.app, any_world.member)
    assert stranger.post("/sign-in/password", {"email": "mira@example.org", "password": SECRET}).location == "/"
    assert is_signed_in(stranger)


@pytest.mark.parametrize(("email", "password"), [("mira@example.org", "wrong"), ("nobody@example.org", SECRET)])
def test_a_wrong_password_and_an_unknown_address_are_answered_alike(
    visitor: Browser, world: World, email: str, password: str
) -> None:
    give_password(visitor.app, world.member)
    answer = visitor.post("/sign-in/password", {"email": email, "password": password})
    assert answer.status_code == 422
    assert "The address or the password is wrong" in answer.text
    assert not is_signed_in(visitor)


def masked(text: str, email: str) -> str:
    return re.sub(r'csrf_token" value="[^"]+"', "", text).replace(email, "ADDRESS")


def test_no_answer_tells_whether_an_address_is_known(app: Flask, world: World) -> None:
    give_password(app, world.member)
    answers = []
    for email in ("mira@example.org", "nobody@example.org", "sara@example.org"):
        browser = Browser(app)
        by_password = browser.post("/sign-in/password", {"email": email, "password": "wrong"})
        by_link = browser.post("/sign-in/link", {"email": email})
        answers.append((masked(by_password.text, email), by_link.status_code, browser.follow(by_link).text))
    assert answers[0] == answers[1] == answers[2]


def test_an_unknown_address_costs_the_same_work(monkeypatch: pytest.MonkeyPatch) -> None:
    verified = []
    monkeypatch.setattr(PasswordHasher, "verify", lambda _self, kept, _password: verified.append(kept) or True)
    assert not passwords.is_right(None, "anything", passwords.CHEAP)
    assert passwords.CHEAP.check_needs_rehash(verified[0]) is False


def test_no_mail_goes_to_an_unknown_address(visitor: Browser) -> None:
    visitor.post("/sign-in/link", {"email": "nobody@example.org"})
    assert mails(visitor.app) == []


def test_whoever_is_erased_gets_no_link(visitor: Browser, world: World) -> None:
    with visitor.session() as session:
        person = session.get_one(Person, world.member)
        person.erased_on = real_now().date()
        leave(session, person, "erased", by=SYSTEM, now=real_now())
        session.commit()
    visitor.post("/sign-in/link", {"email": "mira@example.org"})
    assert mails(visitor.app) == []


@pytest.mark.parametrize("email", ["", "mira", "mira@", "a b@example.org", "mira@example.org\nBcc: x@example.org"])
def test_what_is_no_address_is_said_beside_the_field(visitor: Browser, email: str) -> None:
    answer = visitor.post("/sign-in/link", {"email": email})
    assert answer.status_code == 422
    assert 'id="link-email-error"' in answer.text


def test_signing_out_says_so(member: Browser) -> None:
    member.get("/account")
    assert "You are signed out." in member.follow(member.post("/sign-in/out")).text
    assert not is_signed_in(member)


def uses(any_sessions: Sessions, token: str) -> bool:
    with any_sessions.writing() as session:
        return sessions.use_link(session, token, now=real_now()) is not None


def test_of_many_who_use_a_link_at_the_same_time_one_is_signed_in(any_sessions: Sessions) -> None:
    number = make_world(any_sessions).member
    with any_sessions.writing() as session:
        token = sessions.make_link(session, session.get_one(Person, number), now=real_now())
    with ThreadPoolExecutor(8) as pool:
        tries = [pool.submit(uses, any_sessions, token) for _try in range(24)]
    assert sum(tried.result() for tried in tries) == 1
