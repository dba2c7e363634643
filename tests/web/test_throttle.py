"""Wrong tries are counted by account and by network, by all processes together."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlmodel import Session

from tests.factories import NOW
from tests.web.browsing import Browser
from tests.web.test_sign_in import SECRET, give_password, is_signed_in, link_for
from tests.web.world import World
from tracker.clock import real_now
from tracker.db import Sessions
from tracker.people import throttle
from tracker.people.signing import network_of
from tracker.people.throttle import PER_ACCOUNT, PER_NETWORK, TooMany

WRONG = {"email": "mira@example.org", "password": "wrong"}
RIGHT = {"email": "mira@example.org", "password": SECRET}


def attack(browser: Browser, times: int, **options: object) -> list[int]:
    return [browser.post("/sign-in/password", WRONG, **options).status_code for _try in range(times)]


@pytest.fixture
def attacked(visitor: Browser, world: World) -> Browser:
    """A stranger after ten wrong tries on Mira's account."""
    give_password(visitor.app, world.member)
    assert attack(visitor, PER_ACCOUNT) == [422] * PER_ACCOUNT
    return visitor


def test_the_eleventh_try_is_refused_and_told_when_to_come_back(attacked: Browser) -> None:
    answer = attacked.post("/sign-in/password", WRONG)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 600


def test_the_right_password_does_not_help_any_more_either(attacked: Browser) -> None:
    assert attacked.post("/sign-in/password", RIGHT).status_code == 429


def test_another_account_is_not_touched(attacked: Browser) -> None:
    assert attacked.post("/sign-in/password", {**WRONG, "email": "sara@example.org"}).status_code == 422


def test_the_victim_can_still_sign_in_by_link(attacked: Browser, world: World) -> None:
    victim = Browser(attacked.app)
    assert victim.post("/sign-in/link", {"email": "mira@example.org"}).status_code == 302
    victim.post(link_for(attacked.app, world.member))
    assert is_signed_in(victim)


def test_after_ten_minutes_one_may_try_again(attacked: Browser) -> None:
    with time_machine.travel(real_now() + timedelta(minutes=10, seconds=1)):
        assert attacked.post("/sign-in/password", RIGHT).status_code == 302


def test_a_header_does_not_make_another_network(visitor: Browser, app: Flask) -> None:
    for number in range(PER_NETWORK):
        email = f"person{number}@example.org"
        headers = {"X-Forwarded-For": f"203.0.113.{number}"}
        visitor.post("/sign-in/password", {**WRONG, "email": email}, headers=headers)
    assert attack(visitor, 1, headers={"X-Forwarded-For": "198.51.100.7"}) == [429]


def test_right_tries_are_forgiven(visitor: Browser, world: World) -> None:
    give_password(visitor.app, world.member)
    answers = {Browser(visitor.app).post("/sign-in/password", RIGHT).status_code for _try in range(PER_ACCOUNT + 2)}
    assert answers == {302}


def test_links_are_counted_too(visitor: Browser) -> None:
    answers = [visitor.post("/sign-in/link", {"email": "mira@example.org"}).status_code for _try in range(11)]
    assert answers == [302] * 10 + [429]


def test_guessing_the_old_password_in_the_account_is_counted(member: Browser, world: World) -> None:
    give_password(member.app, world.member)
    member.get("/account")
    with time_machine.travel(real_now() + timedelta(minutes=16)):
        form = {"current": "wrong", "new": "some seven other quiet words"}
        answers = [member.post("/account/password", form).status_code for _try in range(11)]
    assert answers == [422] * 10 + [429]


def is_admitted(sessions: Sessions, account: str, network: str, at: datetime) -> bool:
    try:
        with sessions.writing() as session:
            throttle.count_try(session, account, network, now=at)
    except TooMany:
        return False
    return True


def test_tries_at_the_same_time_do_not_slip_through(any_sessions: Sessions) -> None:
    with ThreadPoolExecutor(8) as pool:
        tries = [pool.submit(is_admitted, any_sessions, "a", f"n{number}", NOW) for number in range(40)]
    assert sum(tried.result() for tried in tries) == PER_ACCOUNT


def test_a_network_has_a_limit_of_its_own(any_sessions: Sessions) -> None:
    admitted = [is_admitted(any_sessions, f"a{number}", "n", NOW) for number in range(PER_NETWORK + 1)]
    assert admitted == [True] * PER_NETWORK + [False]


def test_what_was_counted_is_forgotten_after_the_window(any_session: Session) -> None:
    for _try in range(PER_ACCOUNT):
        throttle.count_try(any_session, "a", "n", now=NOW)
    later = throttle.count_try(any_session, "a", "n", now=NOW + throttle.WINDOW)
    assert len(later) == 2


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("nonsense", "unknown"),
        (None, "unknown"),
    ],
)
def test_a_network_is_24_or_64_bits(address: str | None, network: str) -> None:
    assert network_of(address) == network


def test_the_typed_address_is_not_kept() -> None:
    assert "mira" not in throttle.account_key("password", "mira@example.org")
    assert throttle.account_key("password", " Mira@example.org") == throttle.account_key("password", "mira@example.org")
