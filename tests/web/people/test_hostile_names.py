"""Names with code in them stay names, on every page of the frame."""

import pytest
from flask import Flask
from sqlmodel import Session

from tests.factories import SYSTEM
from tests.web.browsing import Browser
from tests.web.hostile import PAYLOADS, acting
from tests.web.world import World
from tracker.clock import real_now
from tracker.history import leave
from tracker.people import sessions
from tracker.people.models import Body, Person

PAGES = ["/", "/account", "/sign-in", "/nowhere", "/b/park-board/"]


def rename(session: Session, row: Body | Person, name: str) -> None:
    row.name = name
    session.add(row)
    leave(session, row, "renamed", by=SYSTEM, now=real_now())


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_hostile_name_never_acts(app: Flask, world: World, payload: str) -> None:
    with app.extensions["sessions"].writing() as session:
        for row in (session.get_one(Body, world.register), session.get_one(Body, world.other_register)):
            rename(session, row, payload)
        member = session.get_one(Person, world.member)
        rename(session, member, payload)
        link = "/sign-in/" + sessions.make_link(session, member, now=real_now())
    for browser in (Browser(app), Browser(app, world.member)):
        assert [fault for page in [*PAGES, link] for fault in acting(browser.get(page).text)] == []


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_hostile_address_in_a_form_never_acts(visitor: Browser, payload: str) -> None:
    answer = visitor.post("/sign-in/link", {"email": payload, "next": payload})
    assert answer.status_code == 422
    assert list(acting(answer.text)) == []


@pytest.mark.parametrize(
    "html", ["<script>x</script>", "<p onclick=x>", "<a href=javascript:x>", "<img src=//e.example>", "<p style=x>"]
)
def test_the_judge_sees_what_acts(html: str) -> None:
    assert list(acting(html))
