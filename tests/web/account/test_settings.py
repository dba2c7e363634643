"""My account: what one sets oneself."""

from datetime import timedelta

import pytest
import time_machine
from sqlmodel import select

from tests.factories import made
from tests.web.account.test_sign_in import SECRET, give_password
from tests.web.browsing import Browser
from tests.web.world import World
from tracker.clock import real_now
from tracker.history import Event
from tracker.people import passwords
from tracker.people.models import Frequency, Person, Subscription

WANTED = {"language": "en", "timezone": "Asia/Kolkata", "frequency": "weekly", "weekday": "3", "hour": "18"}
NEW = "some seven other quiet words"


def version_in(page: str) -> str:
    return page.partition('name="version" type="hidden" value="')[2].partition('"')[0]


def save(browser: Browser, **changes: str) -> tuple[int, str]:
    version = version_in(browser.get("/account").text)
    answer = browser.post("/account", {**WANTED, "version": version, **changes})
    return answer.status_code, answer.text


def kept(browser: Browser, world: World) -> tuple[Person, Subscription | None]:
    with browser.session() as session:
        return session.get_one(Person, world.member), session.get(Subscription, world.member)


def test_preferences_are_kept(member: Browser, world: World) -> None:
    assert save(member)[0] == 302
    person, subscription = kept(member, world)
    assert person.timezone == "Asia/Kolkata"
    assert subscription
    assert (subscription.frequency, subscription.weekday, subscription.hour) == (Frequency.WEEKLY, 3, 18)


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize(
    ("changes", "announced"),
    [
        ({}, "The next one comes Thursday 15 November, 18:00 your time, if there is something to report."),
        ({"frequency": "daily", "hour": "8"}, "The next one comes Tuesday 13 November, 08:00 your time"),
        ({"frequency": "fortnightly", "weekday": "0"}, "The next one comes Monday 19 November, 18:00 your time"),
        ({"frequency": "monthly", "weekday": "0"}, "The next one comes Monday 3 December, 18:00 your time"),
        (
            {"paused_until": "2012-11-16"},
            "Paused until Friday 16 November 2012. The next one comes Thursday 22 November, 18:00 your time.",
        ),
        ({"paused_until": "2012-11-01"}, "The next one comes Thursday 15 November, 18:00 your time"),
        ({"frequency": "never"}, "No digest comes. Requests to own an item, sign-in links and receipts still come."),
    ],
)
def test_the_page_says_when_the_next_digest_comes(member: Browser, changes: dict[str, str], announced: str) -> None:
    save(member, **changes)
    assert announced in member.get("/account").text


def test_who_has_no_address_learns_why_no_digest_comes(member: Browser, world: World) -> None:
    with member.session() as session:
        person = session.get_one(Person, world.member)
        made(session, person).email = None
        session.commit()
    assert "You have no mail address here" in member.get("/account").text


def test_the_page_shows_what_is_kept(member: Browser) -> None:
    save(member)
    page = member.get("/account").text
    assert 'value="Asia/Kolkata"' in page
    assert '<option selected value="3">Thursday</option>' in page


def test_the_history_tells_of_preferences_but_of_no_secret(member: Browser, world: World) -> None:
    save(member)
    member.post("/account/password", {"new": NEW})
    with member.session() as session:
        lines = session.exec(select(Event).where(Event.actor == f"person:{world.member}")).all()
    assert {"preferences set", "digest set", "password set"} == {line.verb for line in lines}
    assert "argon2" not in repr([(line.before, line.after) for line in lines])


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("timezone", "Mars/Olympus"),
        ("weekday", "7"),
        ("weekday", ""),
        ("hour", "24"),
        ("hour", "x"),
        ("frequency", "hourly"),
        ("language", "xx"),
        ("paused_until", "soon"),
        ("paused_until", "9999-12-31"),
    ],
)
def test_what_is_no_choice_is_refused_beside_its_field(member: Browser, field: str, value: str) -> None:
    status, page = save(member, **{field: value})
    assert status == 422
    assert f'id="{field}-error"' in page


@pytest.mark.parametrize(
    "extra",
    [
        {"is_operator": "1"}, {"role": "secretariat"}, {"email": "x@example.org"}, {"token_epoch": "9"},
        {"person_id": "1"}, {"id": "1"}, {"name": "X"}, {"password_hash": "x"}, {"merged_into_id": "1"},
    ],
)  # fmt: skip
def test_what_is_not_on_the_form_cannot_be_set(member: Browser, world: World, extra: dict[str, str]) -> None:
    before, _ = kept(member, world)
    save(member, **extra)
    after, _ = kept(member, world)
    mine = {"timezone", "version"}
    assert before.model_dump(exclude=mine) == after.model_dump(exclude=mine)


def test_a_form_that_somebody_overtook_is_409_with_both_texts(member: Browser) -> None:
    old = version_in(member.get("/account").text)
    save(member)
    status, page = save(member, version=old, timezone="Europe/Zurich")
    assert status == 409
    assert "Asia/Kolkata" in page.partition("Saved meanwhile")[2]
    assert 'value="Europe/Zurich"' in page


@pytest.mark.parametrize("version", ["", "x", "999"])
def test_a_form_without_its_version_is_stale(member: Browser, version: str) -> None:
    assert save(member, version=version)[0] in (409, 422)


def test_a_new_password_signs_in(member: Browser) -> None:
    member.post("/account/password", {"new": NEW})
    form = {"email": "mira@example.org", "password": NEW}
    assert Browser(member.app).post("/sign-in/password", form).location == "/"


@pytest.mark.parametrize("password", ["", "short", "mira member!", "miramiramiramira", "aaaaaaaaaaaaaaaa", "x" * 201])
def test_a_password_that_is_easily_guessed_is_refused(member: Browser, world: World, password: str) -> None:
    answer = member.post("/account/password", {"new": password})
    assert answer.status_code == 422
    assert 'id="new-error"' in answer.text
    assert kept(member, world)[0].password_hash is None


def test_a_recent_sign_in_needs_no_old_password(member: Browser, world: World) -> None:
    give_password(member.app, world.member)
    assert member.post("/account/password", {"new": NEW}).status_code == 302


@pytest.mark.parametrize(("current", "status"), [("wrong", 422), ("", 422), (SECRET, 302)])
def test_later_the_old_password_is_asked_for(member: Browser, world: World, current: str, status: int) -> None:
    give_password(member.app, world.member)
    with time_machine.travel(real_now() + timedelta(minutes=16)):
        assert 'name="current"' in member.get("/account").text
        assert member.post("/account/password", {"current": current, "new": NEW}).status_code == status


def test_a_password_is_kept_as_argon2id(member: Browser, world: World) -> None:
    member.post("/account/password", {"new": NEW})
    assert (kept(member, world)[0].password_hash or "").startswith("$argon2id$")


def test_outside_of_tests_hashing_takes_its_effort() -> None:
    assert (passwords.STRONG.time_cost, passwords.STRONG.memory_cost) >= (2, 19456)


def test_in_another_register_the_account_is_the_same(member: Browser) -> None:
    assert "mira@example.org" in member.get("/b/park-board/account").text
