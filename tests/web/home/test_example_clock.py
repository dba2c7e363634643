"""The clock of an example: on every page, moved on a week at a time with the digests of that week, and returned."""

import re
from collections import Counter
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlmodel import select

from tests.factories import SYSTEM, made, make_item, make_person
from tests.web.browsing import Browser
from tests.web.items.test_pages import plain
from tests.web.post_room import PostRoom
from tests.web.shelf import Shelf
from tracker import clock
from tracker.digests.models import Digest
from tracker.digests.runs.send_times import WEEK
from tracker.history import Actor, ChangeWay, Event
from tracker.history_verbs import Verb
from tracker.items import ownership
from tracker.mail.models import MailKind, MailState, Outgoing
from tracker.people.models import Body, Person, Subscription
from tracker.seed.start_empty import begin_example, keep_example
from tracker.web.home import example_clock
from tracker.web.home.example_clock import make_digests_of_week

BELIEVED = datetime(2012, 11, 12, 9, tzinfo=UTC)
OFFSET = re.compile(r'name="offset" value="(\d+|-\d+)"')


@pytest.fixture
def in_2012(shelf: Shelf) -> None:
    """The installation believes it is November 2012."""
    with shelf.writing() as session:
        clock.start_at(session, BELIEVED)


@pytest.fixture
def example(in_2012: None, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """There is nothing here but the example; however slow the machine, a page waits for its digests."""
    monkeypatch.setattr(example_clock, "PATIENCE", 60.0)
    with shelf.writing() as session:
        sample = session.get_one(Body, shelf.world.other_register)
        sample.is_sample = True
        for register in (sample, shelf.board(session)):
            begin_example(session, register, by=SYSTEM, now=BELIEVED)


def press(browser: Browser, offset: str | None = None) -> str:
    """Press *Next week* on one's own page, and return the page that follows."""
    if offset is None:
        found = OFFSET.search(browser.get("/").text)
        assert found
        offset = found[1]
    return browser.follow(browser.post("/clock/next-week", {"offset": offset, "back": "/"})).text


def test_a_clock_of_its_own_is_said_on_every_page(in_2012: None, visitor: Browser) -> None:
    assert "clock is set to Mon 12 Nov 2012" in visitor.get("/sign-in").text


def test_only_the_operator_may_return_to_today(in_2012: None, member: Browser, operator: Browser) -> None:
    assert "Return to today" not in member.get("/").text
    assert member.post("/clock/return").status_code == 404
    assert "Return to today" in operator.get("/").text


def test_the_banner_leads_to_a_page_that_says_what_returning_does(in_2012: None, operator: Browser) -> None:
    assert 'href="/clock"' in operator.get("/").text
    assert "cannot be undone" in operator.get("/clock").text


def test_returning_to_today_ends_the_banner(in_2012: None, operator: Browser) -> None:
    operator.get("/")
    assert "now runs on today" in operator.follow(operator.post("/clock/return")).text
    assert "clock is set to" not in operator.get("/").text


def test_the_button_says_what_it_does_and_then_what_it_did(
    example: None, app: Flask, shelf: Shelf, secretariat: Browser
) -> None:
    room = PostRoom(app, shelf)
    room.subscribe()
    room.owe("Lend tools")
    assert "Next week, with its digests" in plain(secretariat.get("/").text)
    page = press(secretariat)
    assert "It is now Mon 19 Nov 2012. 1 digest was made. Read them" in plain(page)
    assert "clock is set to Mon 19 Nov 2012" in page
    [letter] = room.folder.glob("digest.2012-11-19.*.eml")
    assert b"Lend tools" in letter.read_bytes()


@pytest.mark.parametrize(
    ("has_reader", "reason"),
    [(False, "No digest was due."), (True, "No digest was made: nobody had news or something newly owed.")],
)
def test_a_week_without_digests_says_the_one_reason(
    example: None, app: Flask, shelf: Shelf, secretariat: Browser, has_reader: bool, reason: str
) -> None:
    if has_reader:
        PostRoom(app, shelf).subscribe()
    assert f"It is now Mon 19 Nov 2012. {reason}" in plain(press(secretariat))


def test_each_of_several_weeks_makes_its_digests_once(
    example: None, app: Flask, shelf: Shelf, secretariat: Browser
) -> None:
    room = PostRoom(app, shelf)
    room.subscribe()
    room.owe("Lend tools")
    days = ["Mon 19 Nov 2012", "Mon 26 Nov 2012", "Mon 3 Dec 2012", "Mon 10 Dec 2012"]
    for day in days:
        assert f"It is now {day}." in plain(press(secretariat))
    with shelf.writing() as session:
        made = session.exec(select(Outgoing).join(Digest).order_by(Outgoing.period)).all()
        assert [mail.period for mail in made] == ["2012-11-19", "2012-11-26", "2012-12-03", "2012-12-10"]
        assert {mail.state for mail in made} <= {MailState.SENT, MailState.EMPTY}
        moves = session.exec(select(Event).where(Event.verb == Verb.MOVED_ON)).all()
        assert [event.at.date().isoformat() for event in moves] == [mail.period for mail in made]


ZONES = ("America/Sao_Paulo", "Pacific/Pago_Pago", "Pacific/Honolulu", "Pacific/Kiritimati", "Asia/Kolkata")


def test_whatever_their_zone_every_week_has_one_digest_of_each_reader(example: None, app: Flask, shelf: Shelf) -> None:
    with shelf.writing() as session:
        for zone in ZONES:
            reader = make_person(session, f"{zone} Reader", timezone=zone)
            made(session, Subscription(person_id=reader.id, subscribed_at=BELIEVED))
        now = clock.now(session)
        for _ in range(48):
            now, began = clock.move_on(session, WEEK), now
            make_digests_of_week(session, app.extensions["config"], began, now)
            session.execute(sa.update(Outgoing).values(state=MailState.SENT))
        by_reader = Counter(session.scalars(sa.select(Outgoing.person_id)))
    assert sorted(by_reader.values()) == [48] * len(ZONES)


def test_the_week_is_not_over_before_the_last_of_its_digests(
    example: None, app: Flask, shelf: Shelf, secretariat: Browser
) -> None:
    room = PostRoom(app, shelf)
    room.subscribe()
    room.owe("Lend tools")
    with shelf.writing() as session:
        member = session.get_one(Person, shelf.world.member)
        member.timezone = "America/Sao_Paulo"
        made(session, member)
    assert "It is now Mon 19 Nov 2012. 1 digest was made." in plain(press(secretariat))


def test_a_notice_of_the_skipped_week_leaves_before_its_digest(
    example: None, app: Flask, shelf: Shelf, secretariat: Browser
) -> None:
    room = PostRoom(app, shelf)
    room.subscribe()
    by = Actor(shelf.world.secretariat, ChangeWay.BROWSER)
    with shelf.writing() as session:
        item = make_item(session, shelf.board(session), title="Lend tools")
        ownership.request_to_own(session, item, shelf.party(session, "member").id, by=by, now=clock.now(session))
    press(secretariat)
    with shelf.writing() as session:
        mails = session.exec(select(Outgoing.kind, Outgoing.state).order_by(Outgoing.id)).all()
    assert mails == [(MailKind.NOTICE, MailState.SENT), (MailKind.DIGEST, MailState.SENT)]
    [letter] = room.folder.glob("notice.*.eml")
    assert b"Lend tools" in letter.read_bytes()


def test_a_second_press_of_the_same_button_moves_nothing(example: None, secretariat: Browser) -> None:
    found = OFFSET.search(secretariat.get("/").text)
    assert found
    press(secretariat, found[1])
    page = press(secretariat, found[1])
    assert "Somebody has moved the clock already." in page
    assert "clock is set to Mon 19 Nov 2012" in page


@pytest.mark.parametrize("who", ["member", "chair", "operator", "visitor"])
def test_only_the_secretariat_moves_the_clock(example: None, who: str, request: pytest.FixtureRequest) -> None:
    browser: Browser = request.getfixturevalue(who)
    assert "Next week" not in browser.get("/").text
    browser.post("/clock/next-week", {"offset": "0"})
    assert "clock is set to Mon 12 Nov 2012" in browser.get("/").text


def test_a_register_of_somebodys_own_is_never_moved(in_2012: None, secretariat: Browser) -> None:
    assert "Next week" not in secretariat.get("/").text
    assert secretariat.post("/clock/next-week", {"offset": "0"}).status_code == 404


def test_an_example_that_was_kept_is_somebodys_own(example: None, shelf: Shelf, secretariat: Browser) -> None:
    with shelf.writing() as session:
        keep_example(session, shelf.board(session), by=SYSTEM, now=BELIEVED)
    assert secretariat.post("/clock/next-week", {"offset": "0"}).status_code == 404


def test_on_the_real_clock_there_is_no_week_to_move(shelf: Shelf, secretariat: Browser) -> None:
    with shelf.writing() as session:
        begin_example(session, shelf.board(session), by=SYSTEM, now=BELIEVED)
    assert "Next week" not in secretariat.get("/").text
