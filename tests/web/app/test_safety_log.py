"""What matters to safety is logged, one line of JSON an event, without secrets."""

import json
import logging

import pytest

from tests.web.account.test_sign_in import SECRET, give_password, link_for
from tests.web.browsing import Browser
from tests.web.world import World

EVIL = 'x"}\n{"event": "signed in", "person": 1'


def logged(caplog: pytest.LogCaptureFixture) -> list[dict[str, object]]:
    return [json.loads(line.getMessage()) for line in caplog.records if line.name == "tracker.safety"]


@pytest.fixture(autouse=True)
def everything(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "tracker.safety")


def test_signing_in_and_out_is_logged(visitor: Browser, world: World, caplog: pytest.LogCaptureFixture) -> None:
    visitor.post(link_for(visitor.app, world.member))
    visitor.get("/account")
    visitor.post("/sign-in/out")
    assert [(line["event"], line["person"]) for line in logged(caplog)] == [
        ("signed in", world.member),
        ("signed out", world.member),
    ]


def test_a_wrong_password_is_logged_with_its_network(visitor: Browser, caplog: pytest.LogCaptureFixture) -> None:
    visitor.post("/sign-in/password", {"email": "mira@example.org", "password": "wrong"})
    assert [(line["what"], line["network"]) for line in logged(caplog)] == [("wrong password", "127.0.0.0/24")]


def test_a_page_beyond_the_readers_role_is_logged(member: Browser, caplog: pytest.LogCaptureFixture) -> None:
    member.get("/account")
    member.post("/clock/return")
    assert [(line["what"], line["page"]) for line in logged(caplog)] == [("role", "clock.return_to_today")]


def test_forged_forms_are_logged(member: Browser, caplog: pytest.LogCaptureFixture) -> None:
    member.client.post("/account/out-everywhere")
    member.client.post("/account/out-everywhere", headers={"Sec-Fetch-Site": "cross-site"})
    assert [line["what"] for line in logged(caplog)] == ["form without its token", "form of another site"]


def test_no_secret_and_no_forged_line_is_logged(
    visitor: Browser, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    give_password(visitor.app, world.member)
    link = link_for(visitor.app, world.member)
    visitor.post("/sign-in/password", {"email": "mira@example.org", "password": "a wrong secret"})
    visitor.post("/sign-in/password", {"email": "mira@example.org", "password": SECRET, "next": EVIL})
    visitor.post(link, headers={"User-Agent": EVIL.replace("\n", " ")})
    text = caplog.text
    assert not any(secret in text for secret in (SECRET, "a wrong secret", link, "mira@", 'x"}'))
    assert all("\n" not in record.getMessage() for record in caplog.records)
