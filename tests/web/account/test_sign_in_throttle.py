"""Tries are counted by account, client and network, by all processes together; too many are slowed down."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
import time_machine
from flask import Flask

from tests.factories import NOW, SYSTEM
from tests.web.account.test_sign_in import SECRET, give_password, is_signed_in, link_for, mails, masked
from tests.web.browsing import Browser
from tests.web.world import World, make_world
from tracker import create_app
from tracker.clock import real_now
from tracker.db import Sessions
from tracker.history import leave
from tracker.people import sign_in_throttle
from tracker.people.models import Person
from tracker.people.sign_in_rules import network_of
from tracker.people.sign_in_throttle import (
    LINKS_PER_ACCOUNT,
    LINKS_PER_CLIENT,
    PER_ACCOUNT,
    PER_CLIENT,
    PER_NETWORK,
    UNHINDERED,
    Counters,
    Pace,
    TooMany,
    guesses,
)

WRONG = {"email": "mira@example.org", "password": "wrong"}
RIGHT = {"email": "mira@example.org", "password": SECRET}
FREE = PER_CLIENT.free


def attack(browser: Browser, times: int, **options: object) -> list[int]:
    return [browser.post("/sign-in/password", WRONG, **options).status_code for _try in range(times)]


def somewhere(number: int) -> dict[str, dict[str, str]]:
    """A client in a network of its own."""
    return {"environ_overrides": {"REMOTE_ADDR": f"198.51.{number}.7"}}


@pytest.fixture
def attacked(visitor: Browser, world: World) -> Browser:
    """A stranger after as many wrong tries on Mira's account as are free."""
    give_password(visitor.app, world.member)
    assert attack(visitor, FREE) == [422] * FREE
    return visitor


def test_the_next_try_is_refused_and_told_when_to_come_back(attacked: Browser) -> None:
    answer = attacked.post("/sign-in/password", WRONG)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 30


def test_the_right_password_does_not_help_any_more_either(attacked: Browser) -> None:
    assert attacked.post("/sign-in/password", RIGHT).status_code == 429


def test_whoever_waits_as_long_as_told_may_try_and_waits_longer_the_next_time(attacked: Browser) -> None:
    now, waits = real_now(), []
    for _try in range(4):
        with time_machine.travel(now, tick=False):
            waits.append(int(attacked.post("/sign-in/password", WRONG).headers["Retry-After"]))
            now += timedelta(seconds=waits[-1])
        with time_machine.travel(now, tick=False):
            assert attack(attacked, 1) == [422]
    assert waits[1:] == [60, 120, 240]


def test_another_account_is_not_touched(attacked: Browser) -> None:
    assert attacked.post("/sign-in/password", {**WRONG, "email": "sara@example.org"}).status_code == 422


def test_the_account_is_not_shut_to_its_owner_elsewhere(attacked: Browser) -> None:
    assert attack(attacked, 20) == [429] * 20
    assert Browser(attacked.app).post("/sign-in/password", RIGHT, **somewhere(1)).status_code == 302


def test_an_account_that_is_tried_from_many_networks_is_slowed_down(visitor: Browser, world: World) -> None:
    answers = [attack(visitor, 1, **somewhere(number))[0] for number in range(PER_ACCOUNT.free + 1)]
    assert answers == [422] * PER_ACCOUNT.free + [429]


@pytest.fixture
def owner(visitor: Browser, world: World) -> Browser:
    """Mira's own browser, in which she has signed in before."""
    give_password(visitor.app, world.member)
    browser = Browser(visitor.app)
    assert browser.post("/sign-in/password", RIGHT).status_code == 302
    browser.get("/account")
    browser.post("/sign-in/out")
    browser.get("/sign-in")
    return browser


def test_a_browser_that_has_signed_in_before_is_not_slowed_by_what_others_guess(
    owner: Browser, visitor: Browser
) -> None:
    for number in range(3):
        attack(visitor, 8, **somewhere(number))
    assert attack(visitor, 1, **somewhere(9)) == [429]
    assert owner.post("/sign-in/password", RIGHT).status_code == 302
    assert is_signed_in(owner)


def test_a_flood_in_its_own_network_does_not_slow_it_either(owner: Browser, visitor: Browser) -> None:
    attack(visitor, FREE)
    for number in range(PER_NETWORK.free + 2):
        visitor.post("/sign-in/password", {**WRONG, "email": f"nobody-{number}@example.org"})
    assert owner.post("/sign-in/password", RIGHT).status_code == 302


def test_its_own_guesses_are_counted_and_slow_down_nobody_else(owner: Browser, visitor: Browser) -> None:
    assert attack(owner, FREE + 1) == [422] * FREE + [429]
    assert attack(visitor, FREE + 1) == [422] * FREE + [429]


def test_a_browser_is_known_for_the_account_that_signed_in_there_and_for_half_a_year(
    owner: Browser, visitor: Browser
) -> None:
    attack(visitor, FREE + 1, **somewhere(1))
    sara = {"email": "sara@example.org", "password": "wrong"}
    guesses_at_sara = [owner.post("/sign-in/password", sara, **somewhere(1)).status_code for _ in range(FREE + 1)]
    assert guesses_at_sara == [422] * FREE + [429]
    with time_machine.travel(real_now() + timedelta(days=181)):
        for browser in (visitor, owner):
            browser.get("/sign-in")
        attack(visitor, FREE, **somewhere(1))
        assert attack(owner, 1, **somewhere(1)) == [429]


def test_two_people_at_one_browser_have_an_allowance_each(owner: Browser, visitor: Browser, world: World) -> None:
    owner.post(link_for(owner.app, world.secretariat))
    owner.get("/account")
    owner.post("/sign-in/out")
    owner.get("/sign-in")
    for number in range(3):
        attack(visitor, 8, **somewhere(number))
    assert owner.post("/sign-in/password", RIGHT).status_code == 302


@pytest.mark.parametrize("cookie", ["", "x", "WyJhIiwiYiJd.aaaa.bbbb"])
def test_a_forged_cookie_of_a_device_counts_for_nothing(attacked: Browser, cookie: str) -> None:
    attacked.client.set_cookie("intersession-device", cookie)
    assert attack(attacked, 1) == [429]


def test_the_victim_can_still_sign_in_by_link(attacked: Browser, world: World) -> None:
    victim = Browser(attacked.app)
    assert victim.post("/sign-in/link", {"email": "mira@example.org"}).status_code == 302
    victim.post(link_for(attacked.app, world.member))
    assert is_signed_in(victim)


def test_after_ten_minutes_all_is_forgotten(attacked: Browser) -> None:
    with time_machine.travel(real_now() + timedelta(minutes=10, seconds=1)):
        assert attack(attacked, FREE) == [422] * FREE


def tries_of_many(browser: Browser, times: int, each: int = UNHINDERED + 1, **options: object) -> list[int]:
    """Wrong tries on many accounts, so many on each."""
    forms = [{"email": f"person{number // each}@example.org", "password": "wrong"} for number in range(times)]
    return [browser.post("/sign-in/password", form, **options).status_code for form in forms]


def test_a_crowd_does_not_shut_its_network_out(visitor: Browser, world: World) -> None:
    give_password(visitor.app, world.member)
    now = real_now()
    with time_machine.travel(now, tick=False):
        assert 429 in tries_of_many(visitor, 100)
        assert attack(Browser(visitor.app), UNHINDERED + 1) == [422] * UNHINDERED + [429]
    with time_machine.travel(now + timedelta(seconds=16), tick=False):
        assert Browser(visitor.app).post("/sign-in/password", RIGHT).status_code == 302


@pytest.mark.parametrize("each", [1, UNHINDERED, UNHINDERED + 1])
def test_a_flood_does_not_starve_whoever_behaves(visitor: Browser, world: World, each: int) -> None:
    give_password(visitor.app, world.member)
    with time_machine.travel(real_now(), tick=False):
        tries_of_many(visitor, 120, each)
        assert attack(Browser(visitor.app), 1) == [422]
        assert Browser(visitor.app).post("/sign-in/password", RIGHT).status_code == 302


def test_who_invents_addresses_does_not_prolong_the_wait_of_others(visitor: Browser, world: World) -> None:
    now = real_now()
    with time_machine.travel(now, tick=False):
        tries_of_many(visitor, 120)
        assert attack(visitor, FREE)[-1] == 429
    with time_machine.travel(now + timedelta(seconds=8), tick=False):
        tries_of_many(visitor, 30, 1)
    with time_machine.travel(now + timedelta(seconds=16), tick=False):
        assert attack(visitor, 1) == [422]


def test_a_flood_tells_not_whether_an_address_is_known(visitor: Browser, world: World) -> None:
    give_password(visitor.app, world.member)
    with time_machine.travel(real_now(), tick=False):
        tries_of_many(visitor, 120)
        strange = [
            visitor.post("/sign-in/password", {**WRONG, "email": "nobody@example.org"}).status_code for _ in range(FREE)
        ]
        assert strange == attack(visitor, FREE)


def test_a_link_is_mailed_whatever_others_of_the_network_do(visitor: Browser, world: World) -> None:
    tries_of_many(visitor, 2 * PER_NETWORK.free)
    for number in range(100):
        assert visitor.post("/sign-in/link", {"email": f"person{number}@example.org"}).status_code == 302
    assert Browser(visitor.app).post("/sign-in/link", {"email": "mira@example.org"}).status_code == 302
    assert [mail.to_addr for mail in mails(visitor.app)] == ["mira@example.org"]


def test_a_header_does_not_make_another_client(attacked: Browser) -> None:
    assert attack(attacked, 1, headers={"X-Forwarded-For": "203.0.113.7"}) == [429]


def behind(visitor: Browser, settings: dict[str, str], proxies: str) -> Browser:
    """A browser of the same installation behind so many proxies."""
    app = create_app({**settings, "TRUSTED_PROXIES": proxies})
    app.config["TESTING"] = True
    return Browser(app)


def test_behind_a_trusted_proxy_clients_are_told_apart(visitor: Browser, settings: dict[str, str]) -> None:
    browser = behind(visitor, settings, "1")
    assert attack(browser, FREE + 1, headers={"X-Forwarded-For": "203.0.113.7"}) == [422] * FREE + [429]
    assert attack(browser, 1, headers={"X-Forwarded-For": "192.0.2.7"}) == [422]


def test_what_a_client_itself_says_before_the_trusted_proxies_is_ignored(
    visitor: Browser, settings: dict[str, str]
) -> None:
    browser = behind(visitor, settings, "2")
    for number in range(FREE):
        attack(browser, 1, headers={"X-Forwarded-For": f"192.0.{number}.7, 203.0.113.7, 10.0.0.1"})
    assert attack(browser, 1, headers={"X-Forwarded-For": "192.0.9.7, 203.0.113.7, 10.0.0.1"}) == [429]


def test_right_tries_are_forgiven(visitor: Browser, world: World) -> None:
    give_password(visitor.app, world.member)
    answers = {Browser(visitor.app).post("/sign-in/password", RIGHT).status_code for _try in range(FREE + 2)}
    assert answers == {302}


def test_a_right_try_forgives_the_wrong_ones_before_it(visitor: Browser, world: World) -> None:
    give_password(visitor.app, world.member)
    for _day in range(PER_ACCOUNT.free):
        attack(visitor, FREE - 1)
        assert Browser(visitor.app).post("/sign-in/password", RIGHT).status_code == 302
    assert attack(visitor, FREE) == [422] * FREE


def test_signing_in_by_link_forgives_too(attacked: Browser, world: World) -> None:
    Browser(attacked.app).post(link_for(attacked.app, world.member))
    assert attack(attacked, FREE) == [422] * FREE


def links(browser: Browser, times: int, email: str = "mira@example.org", **options: object) -> list[int]:
    return [browser.post("/sign-in/link", {"email": email}, **options).status_code for _try in range(times)]


def test_many_requests_for_links_are_answered_alike_and_mail_a_few(visitor: Browser) -> None:
    assert links(visitor, 20) == [302] * 20
    assert len(mails(visitor.app)) == LINKS_PER_CLIENT.free


def test_a_flood_from_many_networks_mails_a_few_links(visitor: Browser) -> None:
    for number in range(30):
        links(visitor, 2, **somewhere(number))
    assert len(mails(visitor.app)) == LINKS_PER_ACCOUNT.free


def test_whose_links_others_asked_for_gets_one_at_once(visitor: Browser) -> None:
    links(visitor, 20)
    links(Browser(visitor.app), 1, **somewhere(1))
    assert len(mails(visitor.app)) == LINKS_PER_CLIENT.free + 1


def flood_with_links(browser: Browser) -> None:
    for number in range(2, 32):
        links(browser, 2, **somewhere(number))


def test_after_signing_out_everywhere_a_link_is_mailed_at_once(visitor: Browser, member: Browser) -> None:
    flood_with_links(visitor)
    member.post("/account/out-everywhere")
    links(Browser(visitor.app), 1, **somewhere(1))
    assert len(mails(visitor.app)) == LINKS_PER_ACCOUNT.free + 1


def test_a_link_is_mailed_at_once_to_an_address_that_was_not_known_before(visitor: Browser, world: World) -> None:
    for number in range(2, 32):
        links(visitor, 2, "new@example.org", **somewhere(number))
    with visitor.app.extensions["sessions"].writing() as session:
        session.get_one(Person, world.member).email = "new@example.org"
        leave(session, f"person:{world.member}", "edited", by=SYSTEM, now=NOW)
    links(Browser(visitor.app), 1, "new@example.org", **somewhere(1))
    assert [mail.to_addr for mail in mails(visitor.app)] == ["new@example.org"]


def test_the_next_link_is_mailed_after_a_minute(visitor: Browser) -> None:
    links(visitor, 20)
    with time_machine.travel(real_now() + timedelta(seconds=61)):
        links(visitor, 2)
    assert len(mails(visitor.app)) == LINKS_PER_CLIENT.free + 1


def test_no_count_tells_whether_an_address_is_known(app: Flask, world: World) -> None:
    give_password(app, world.member)
    answers = []
    with time_machine.travel(real_now(), tick=False):
        for email in ("mira@example.org", "nobody@example.org"):
            browser = Browser(app)
            tries = [browser.post("/sign-in/password", {"email": email, "password": "wrong"}) for _ in range(FREE + 2)]
            refused = [(one.status_code, one.headers.get("Retry-After"), masked(one.text, email)) for one in tries]
            sent = [browser.follow(browser.post("/sign-in/link", {"email": email})).text for _ in range(FREE + 2)]
            answers.append((refused, sent))
    assert answers[0] == answers[1]


def guess_in_account(member: Browser) -> list[int]:
    form = {"current": "wrong", "new": "some seven other quiet words"}
    return [member.post("/account/password", form).status_code for _try in range(FREE + 1)]


def test_guessing_the_old_password_in_the_account_is_counted(member: Browser, world: World) -> None:
    give_password(member.app, world.member)
    member.get("/account")
    with time_machine.travel(real_now() + timedelta(minutes=16)):
        assert guess_in_account(member) == [422] * FREE + [429]


def test_what_strangers_guess_at_the_door_does_not_count_in_the_account(member: Browser, world: World) -> None:
    give_password(member.app, world.member)
    member.get("/account")
    with time_machine.travel(real_now() + timedelta(minutes=16)):
        attack(Browser(member.app), FREE + 1)
        assert guess_in_account(member)[0] == 422


def is_admitted(sessions: Sessions, counters: Counters, at: datetime) -> bool:
    try:
        with sessions.writing() as session:
            sign_in_throttle.count_try(session, counters, now=at)
    except TooMany:
        return False
    return True


def test_tries_at_the_same_time_do_not_slip_through(any_sessions: Sessions) -> None:
    everywhere = [guesses("password", "mira@example.org", f"198.51.{number}.7") for number in range(40)]
    with ThreadPoolExecutor(8) as pool:
        tries = [pool.submit(is_admitted, any_sessions, counters, NOW) for counters in everywhere]
    assert sum(tried.result() for tried in tries) == PER_ACCOUNT.free


def test_four_workers_count_together(any_url: str, settings: dict[str, str], any_sessions: Sessions) -> None:
    make_world(any_sessions)
    workers = [create_app({**settings, "DATABASE_URL": any_url}) for _worker in range(4)]
    for worker in workers:
        worker.config["TESTING"] = True
    answers = [attack(Browser(workers[number % 4]), 1)[0] for number in range(FREE + 4)]
    for worker in workers:
        worker.extensions["sessions"].engine.dispose()
    assert answers == [422] * FREE + [429] * 4


@pytest.mark.parametrize(("pace", "most"), [(PER_CLIENT, 10), (PER_ACCOUNT, 10), (PER_NETWORK, 100)])
def test_no_ten_minutes_see_more_tries_than_promised(pace: Pace, most: int) -> None:
    tries: list[int] = []
    for second in range(2 * 3600):
        for _at_once in range(most + 1):
            recent = [at for at in tries if at > second - 600]
            if recent and second < recent[-1] + pace.wait(len(recent)).total_seconds():
                break
            tries.append(second)
    assert max(sum(0 <= at - begin < 600 for at in tries) for begin in tries) <= most


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("203.0.113.77:51820", "203.0.113.0/24"),
        ("[2001:db8:1:2:3:4:5:6]:443", "2001:db8:1:2::/64"),
        ("nonsense", "unknown"),
        (None, "unknown"),
    ],
)
def test_a_network_is_24_or_64_bits(address: str | None, network: str) -> None:
    assert network_of(address) == network


def test_the_typed_address_is_not_kept() -> None:
    kept = guesses("password", "mira@example.org", "192.0.2.1")
    assert "mira" not in "".join(kept.keys)
    assert guesses("password", " Mira@example.org", "192.0.2.1") == kept
