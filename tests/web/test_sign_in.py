"""Signing in by link and by password, and out again."""

import re

from flask import Flask
from sqlmodel import select

from tests.web.browsing import Browser
from tests.web.world import make_world
from tracker.clock import real_now
from tracker.mail.models import Outgoing
from tracker.people import passwords, sessions
from tracker.people.models import Person

WORDS = "grey harbour under seven lamps"


def give_password(app: Flask, person_id: int, password: str = WORDS) -> None:
    with app.extensions["sessions"].writer() as session:
        person = session.get_one(Person, person_id)
        person.password_hash = passwords.CHEAP.hash(password)
        session.info["recorded"] = {person.history_key()}
        session.commit()


def mails(browser: Browser) -> list[Outgoing]:
    with browser.app.extensions["sessions"].reader() as session:
        return list(session.exec(select(Outgoing)))


def link_for(app: Flask, person_id: int) -> str:
    with app.extensions["sessions"].writing() as session:
        return "/sign-in/" + sessions.make_link(session, session.get_one(Person, person_id), now=real_now())


def is_signed_in(browser: Browser) -> bool:
    return browser.get("/account").status_code == 200


def test_a_mailed_link_signs_in(any_app: Flask) -> None:
    make_world(any_app.extensions["sessions"])
    browser = Browser(any_app)
    browser.post("/sign-in/link", {"email": "Mira@example.org"})
    path = re.search(r"http://localhost:8000(/sign-in/\S+)", mails(browser)[0].text or "")
    assert path
    browser.get(path[1])
    assert browser.post(path[1]).location == "/"
    assert is_signed_in(browser)
