"""The digests to come: who gets one and when, what it will say, holding a run, and a copy for oneself."""

import re
from dataclasses import replace
from datetime import date

import pytest
from flask import Flask
from sqlmodel import select

from tests.factories import NOW, made, make_item, make_ownership, make_person, make_term
from tests.statements import statements
from tests.web.app.test_route_access import fingerprint
from tests.web.browsing import Browser
from tests.web.items.test_pages import plain
from tests.web.post_room import HOSTILE, PostRoom
from tests.web.shelf import Shelf
from tracker import clock
from tracker.digests.models import DigestHold, HoldReason
from tracker.digests.runs.holds import hold_digests
from tracker.digests.runs.queue_digests import queue_due
from tracker.digests.runs.send_times import WEEK
from tracker.history import Actor, ChangeWay
from tracker.mail.models import MailKind, MailState, Outgoing
from tracker.people.models import Frequency, Subscription
from tracker.web.mail.next_mails import PER_PAGE


@pytest.fixture
def post(app: Flask, shelf: Shelf) -> PostRoom:
    return PostRoom(app, shelf)


@pytest.fixture
def mira(post: PostRoom) -> int:
    """Mira, who is late with an item and gets a digest."""
    post.subscribe()
    post.owe()
    return post.shelf.world.member


def set_times(post: PostRoom, number: int, **values: object) -> None:
    with post.shelf.writing() as session:
        made(session, session.get_one(Subscription, number)).sqlmodel_update(values)


def mails(post: PostRoom) -> list[Outgoing]:
    with post.app.extensions["sessions"].reader() as session:
        return list(session.exec(select(Outgoing)).all())


def test_the_list_says_who_gets_what_and_when_and_keeps_nothing(
    app: Flask, post: PostRoom, mira: int, secretariat: Browser
) -> None:
    before = fingerprint(app)
    page = plain(secretariat.get("/mail/next").text)
    assert f"/mail/next/{mira}" in secretariat.get("/mail/next").text
    assert re.search(r"Mira Member Monday 12 November, 08:00 1 overdue – .* 1 ", page)
    assert fingerprint(app) == before


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "1 person’s turn comes within a week."),
        ("?on=2012-12-24", "1 person’s turn comes in the week from Monday 24 December 2012."),
        ("?q=MIRA", "1 person of this name gets digests."),
        ("?q=nobody", "Nobody of this name gets digests here."),
        # What was sent before today is in past digests; what is no day is none.
        ("?on=2012-01-01", "1 person’s turn comes within a week."),
        ("?on=soon&page=-3", "1 person’s turn comes within a week."),
    ],
)
def test_any_day_and_any_person_can_be_looked_at(mira: int, secretariat: Browser, query: str, expected: str) -> None:
    assert mira
    assert expected in plain(secretariat.get(f"/mail/next{query}").text)


def test_whose_digest_comes_later_than_in_a_week_is_found_by_name(
    post: PostRoom, mira: int, secretariat: Browser
) -> None:
    set_times(post, mira, frequency=Frequency.MONTHLY, set_at=NOW)
    assert "No digest is due" in secretariat.get("/mail/next").text
    assert "Monday 3 December, 08:00" in plain(secretariat.get("/mail/next?q=mira").text)


def test_one_is_shown_as_it_will_be_and_acts_for_nobody(mira: int, secretariat: Browser) -> None:
    page = secretariat.get(f"/mail/next/{mira}").text
    assert f'src="/mail/next/{mira}/as-mail"' in page
    assert "&lt;script&gt;alert(1)" in page
    answer = secretariat.get(f"/mail/next/{mira}/as-mail")
    assert "sandbox allow-top-navigation-by-user-activation;" in answer.headers["Content-Security-Policy"]
    assert "script" not in answer.headers["Content-Security-Policy"]
    assert not re.search(r"/(?:digests/stop|a)/[\w-]{8}", page + answer.text)


def test_a_later_day_shows_what_will_be_late_then(post: PostRoom, secretariat: Browser) -> None:
    post.subscribe()
    with post.shelf.writing() as session:
        item = make_item(session, post.shelf.board(session), own_due_on=date(2013, 2, 14))
        make_ownership(session, item, post.shelf.party(session, "member"))
    address = f"/mail/next/{post.shelf.world.member}"
    assert "overdue" not in plain(secretariat.get(address).text)
    later = plain(secretariat.get(f"{address}?on=2013-02-17").text)
    assert "It comes Monday 18 February, 08:00 their time." in later
    assert "1 overdue" in later


def test_it_says_when_there_is_nothing_to_say(post: PostRoom, secretariat: Browser) -> None:
    post.subscribe()
    assert "There is nothing to report then" in secretariat.get(f"/mail/next/{post.shelf.world.member}").text
    assert secretariat.get(f"/mail/next/{post.shelf.world.member}/as-mail").status_code == 404


def test_nobody_of_another_body_is_shown(post: PostRoom, secretariat: Browser) -> None:
    post.subscribe("stranger_member")
    assert "No digest is due" in secretariat.get("/mail/next").text
    assert secretariat.get(f"/mail/next/{post.shelf.world.stranger_member}").status_code == 404


def test_a_copy_goes_to_whoever_looks_marked_and_without_tokens(
    post: PostRoom, mira: int, secretariat: Browser
) -> None:
    page = secretariat.follow(secretariat.post(f"/mail/next/{mira}/copy"))
    assert "A copy is on its way to sara@example.org." in page.text
    [copy] = mails(post)
    assert (copy.to_addr, copy.kind, copy.person_id) == ("sara@example.org", MailKind.TEST, secretariat.person_id)
    assert copy.subject.startswith("Copy for Mira Member: ")
    for text in (copy.text or "", copy.html or ""):
        assert "A copy of what Mira Member would get. Its links answer nothing." in text
        assert not re.search(r"/(?:digests/stop|a)/[\w-]{8}", text)
    assert HOSTILE not in (copy.html or "")


def test_a_run_is_held_and_released(post: PostRoom, mira: int, secretariat: Browser) -> None:
    page = secretariat.follow(secretariat.post("/mail/next/hold")).text
    assert "Held since Mon 12 Nov 2012, 09:00 by Sara Secretary." in plain(page)
    with post.shelf.writing() as session:
        queue_due(session, now=clock.now(session), secret=post.secret)
    assert "1 digest waits for your release" in secretariat.get("/mail/next").text
    assert [mail.state for mail in mails(post)] == [MailState.HELD]
    assert secretariat.post("/mail/next/hold").status_code == 422
    page = secretariat.follow(secretariat.post("/mail/next/release")).text
    assert "1 digest is released." in page
    assert [(mail.state, mail.person_id) for mail in mails(post)] == [(MailState.QUEUED, mira)]
    assert secretariat.post("/mail/next/release").status_code == 404


def test_a_held_run_is_cancelled(post: PostRoom, mira: int, secretariat: Browser) -> None:
    secretariat.post("/mail/next/hold")
    with post.shelf.writing() as session:
        queue_due(session, now=clock.now(session), secret=post.secret)
    page = secretariat.follow(secretariat.post("/mail/next/cancel")).text
    assert "1 digest is cancelled. The next one covers it." in page
    assert [(mail.state, mail.person_id) for mail in mails(post)] == [(MailState.CANCELLED, mira)]


@pytest.mark.parametrize("verb", ["release", "cancel"])
def test_a_hold_that_held_nothing_ends_without_a_number(secretariat: Browser, verb: str) -> None:
    secretariat.post("/mail/next/hold")
    page = secretariat.follow(secretariat.post(f"/mail/next/{verb}")).text
    assert "The digests are no longer held. None was due." in page


def test_why_an_unusual_run_waits_is_said_on_every_page_of_the_secretariat(
    post: PostRoom, secretariat: Browser, member: Browser
) -> None:
    with post.shelf.writing() as session:
        job = Actor(None, ChangeWay.JOB)
        board = post.shelf.board(session)
        hold_digests(session, board, reason=HoldReason.MORE_MAILS, number=120, usual=50, by=job, now=NOW)
    assert "The digests wait for your release" in secretariat.get("/items").text
    assert "wait for your release" not in member.get("/items").text
    page = plain(secretariat.get("/mail/next").text)
    assert "120 people get a digest this week; in the five weeks before, it was 50 at most." in page
    assert "They leave by themselves on Tue 13 Nov 2012, 09:00." in page


@pytest.mark.parametrize(("smtp_url", "is_announced"), [("smtp://127.0.0.1:9", True), (None, False)])
def test_an_unusual_week_is_announced_where_it_would_be_held(
    app: Flask, mira: int, secretariat: Browser, smtp_url: str | None, *, is_announced: bool
) -> None:
    assert mira
    app.extensions["config"] = replace(app.extensions["config"], smtp_url=smtp_url)
    page = plain(secretariat.get("/mail/next").text)
    said = "This week is unusual. These are the first digests of this body: 1 person gets one." in page
    assert said is is_announced


def test_of_many_a_page_is_shown_with_as_many_statements(post: PostRoom, secretariat: Browser) -> None:
    counts = []
    for numbers in (range(PER_PAGE), range(PER_PAGE, 3 * PER_PAGE)):
        with post.shelf.writing() as session:
            for number in numbers:
                person = make_person(session, f"P{number:02} Reader")
                make_term(session, person, post.shelf.board(session))
                made(session, Subscription(person_id=person.id, subscribed_at=NOW - WEEK))
        secretariat.get("/mail/next")
        with statements(post.app) as seen:
            page = secretariat.get("/mail/next").text
        counts.append(len(seen))
    assert counts[0] == counts[1]
    assert "Page 1 of 3" in plain(page)
    assert "P59 Reader" in secretariat.get("/mail/next?page=3").text


def test_only_the_secretariat_holds(post: PostRoom, member: Browser) -> None:
    for way in ("hold", "release", "cancel"):
        assert member.post(f"/mail/next/{way}").status_code in (403, 404)
    with post.shelf.writing() as session:
        assert session.exec(select(DigestHold)).all() == []
