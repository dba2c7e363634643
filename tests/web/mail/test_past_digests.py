"""What I was told, who else may read it, and ending it without signing in."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlmodel import func, select

from tests.factories import NOW, made, make_item
from tests.web.app.test_route_access import fingerprint
from tests.web.browsing import Browser
from tests.web.post_room import PostRoom
from tests.web.shelf import Shelf
from tracker import clock
from tracker.clock import real_now
from tracker.digests.models import Digest, Notice, NoticeKind
from tracker.history import ChangeWay, Event
from tracker.jobs.scheduler_lock import lock_for
from tracker.jobs.timetable import Bench, run
from tracker.mail.models import MailKind, MailState
from tracker.people.models import Body, Frequency, Subscription


@pytest.fixture
def post(app: Flask, shelf: Shelf) -> PostRoom:
    return PostRoom(app, shelf)


def frequency(post: PostRoom) -> Frequency:
    with post.shelf.writing() as session:
        return session.get_one(Subscription, post.shelf.world.member).frequency


#: what the button of the page sends
STOP = {"choice": "stop"}


def way_out(post: PostRoom) -> str:
    return f"/digests/stop/{post.token()}"


def test_i_find_what_i_was_told(post: PostRoom, member: Browser) -> None:
    number = post.digest()
    page = member.get("/digests").text
    assert f'href="/digests/{number}"' in page
    assert "1 overdue" in page
    assert "kept here" in page


def test_before_the_first_digest_the_page_says_what_comes(post: PostRoom, member: Browser) -> None:
    assert "Nothing yet" in member.get("/digests").text


def test_a_digest_is_shown_as_it_was_sent_and_escaped(post: PostRoom, member: Browser) -> None:
    page = member.get(f"/digests/{post.digest()}").text
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
    assert ("As it was written" in page, "As it was sent" in page) == (True, False)


def test_the_date_of_a_digest_says_which_clock_it_is_of(post: PostRoom, member: Browser) -> None:
    number = post.digest()
    assert "(by the real clock)" in member.get(f"/digests/{number}").text
    with post.shelf.writing() as session:
        clock.return_to_today(session)
    assert "by the real clock" not in member.get(f"/digests/{number}").text


def test_the_mail_comes_first_and_its_text_beside_it(post: PostRoom, member: Browser) -> None:
    number = post.digest()
    page = member.get(f"/digests/{number}").text
    frame, text = page.find(f'<iframe class="mail-frame" src="/digests/{number}/as-mail"'), page.find("As plain text")
    assert 0 < frame < text


def test_not_even_its_reader_gets_the_tokens_here(post: PostRoom, member: Browser) -> None:
    number = post.digest()
    for address in (f"/digests/{number}", f"/digests/{number}/as-mail"):
        assert not re.search(r"/(?:digests/stop|a)/[\w-]{8}", member.get(address).text)


def test_the_page_says_for_how_long_digests_are_kept(post: PostRoom, member: Browser) -> None:
    with post.shelf.writing() as session:
        made(session, post.shelf.board(session)).digest_months = 12
    assert "kept as it was sent, for 12 months; then it is removed" in member.get("/digests").text


def test_what_was_removed_is_no_longer_listed(app: Flask, post: PostRoom, member: Browser) -> None:
    number = post.digest()
    bench = Bench(app.extensions["sessions"], app.extensions["config"], lock_for(app.extensions["sessions"].engine))
    with app.app_context():
        assert run("clean-up", replace(bench, now=NOW + timedelta(days=700)))
        assert member.get(f"/digests/{number}").status_code == 200
        assert run("clean-up", replace(bench, now=NOW + timedelta(days=740)))
    assert member.get(f"/digests/{number}").status_code == 404
    assert list(post.folder.glob("digest*.eml")) == []


def test_the_mail_itself_is_shut_in(post: PostRoom, member: Browser) -> None:
    answer = member.get(f"/digests/{post.digest()}/as-mail")
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox allow-top-navigation-by-user-activation; default-src 'none'; style-src ")
    assert "script" not in policy
    assert "<script>alert" not in answer.text


def test_the_secretariat_reads_a_digest_of_its_register_without_the_way_out(
    post: PostRoom, secretariat: Browser
) -> None:
    number = post.digest()
    [name] = [path.name for path in post.folder.glob("*.eml")]
    for address in (f"/digests/{number}", f"/digests/{number}/as-mail"):
        answer = secretariat.get(address)
        assert answer.status_code == 200
        assert "/digests/stop/…" in answer.text
        assert not re.search(r"/digests/stop/\w", answer.text)
    assert re.search(r"/digests/stop/\w", (post.folder / name).read_text())


@pytest.mark.parametrize("name", ["chair", "rapporteur", "operator", "stranger_member"])
def test_nobody_else_reads_it(post: PostRoom, name: str, request: pytest.FixtureRequest) -> None:
    number = post.digest()
    browser: Browser = request.getfixturevalue(name)
    assert browser.get(f"/digests/{number}").status_code == 404
    assert browser.get(f"/digests/{number}/as-mail").status_code == 404


def test_the_secretariat_does_not_read_what_speaks_of_another_register_too(
    post: PostRoom, secretariat: Browser
) -> None:
    number = post.digest()
    assert "1 overdue" in secretariat.get("/mail").text
    with post.shelf.writing() as session:
        digest = session.get_one(Digest, number)
        told = str(digest.content).replace("library-board", "park-board")
        digest.content = eval(told)
    assert secretariat.get(f"/digests/{number}").status_code == 404
    page = secretariat.get("/mail").text
    assert ("It tells of another body." in page, "1 overdue" in page) == (True, False)


def test_a_notice_of_an_item_of_another_register_is_not_quoted_to_the_secretariat(
    post: PostRoom, secretariat: Browser, operator: Browser
) -> None:
    number = post.put(kind=MailKind.NOTICE, subject="1 request: No. 1 Prune", frozen_at=NOW, state=MailState.SENT)
    with post.shelf.writing() as session:
        park = session.get_one(Body, post.shelf.world.other_register)
        item = make_item(session, park, title="Prune")
        values = {"person_id": post.shelf.world.member, "event_id": session.exec(select(func.max(Event.id))).one()}
        session.add(Notice(outgoing_id=number, item_id=item.id, kind=NoticeKind.REQUEST, **values))
    assert "Prune" in operator.get("/mail").text
    page = secretariat.get("/mail").text
    assert ("It tells of another body." in page, "Prune" in page) == (True, False)


def test_looking_at_the_way_out_changes_nothing(app: Flask, post: PostRoom, visitor: Browser) -> None:
    post.digest()
    before = fingerprint(app)
    assert "Stop the digest" in visitor.get(way_out(post)).text
    visitor.client.head(way_out(post))
    visitor.client.options(way_out(post))
    assert fingerprint(app) == before


def test_one_click_of_a_mail_program_ends_the_digests_and_twice_is_the_same(
    app: Flask, post: PostRoom, visitor: Browser
) -> None:
    post.digest()
    one_click = {"data": {"List-Unsubscribe": "One-Click"}, "headers": {"Sec-Fetch-Site": "cross-site"}}
    assert visitor.client.post(way_out(post), **one_click).status_code == 200
    after_once = fingerprint(app)
    assert visitor.client.post(way_out(post), **one_click).status_code == 200
    assert fingerprint(app) == after_once
    assert frequency(post) is Frequency.NEVER


@pytest.mark.parametrize("fields", [{}, {"List-Unsubscribe": "no"}, {"choice": "other"}, {"choice": ""}])
def test_a_post_that_does_not_say_what_it_wants_shows_the_page_and_stops_nothing(
    app: Flask, post: PostRoom, visitor: Browser, fields: dict[str, str]
) -> None:
    post.digest()
    before = fingerprint(app)
    assert "Stop the digest for" in visitor.client.post(way_out(post), data=fields).text
    assert fingerprint(app) == before


def test_the_history_says_that_it_came_from_the_mail(post: PostRoom, visitor: Browser) -> None:
    post.digest()
    visitor.client.post(way_out(post), data=STOP)
    with post.shelf.writing() as session:
        last = session.exec(select(Event).order_by(Event.id.desc())).first()  # type: ignore[union-attr]
        assert last
        assert (last.verb, last.way, last.actor) == ("digest set", ChangeWay.MAIL, f"person:{post.shelf.world.member}")


@pytest.mark.parametrize(("days", "status"), [(89, 200), (91, 410)])
def test_a_way_out_is_good_for_a_quarter_of_a_year(post: PostRoom, visitor: Browser, days: int, status: int) -> None:
    post.subscribe()
    path = way_out(post)
    with time_machine.travel(real_now() + timedelta(days=days)):
        assert visitor.get(path).status_code == status
        assert visitor.client.post(path, data=STOP).status_code == status
    assert frequency(post) is (Frequency.NEVER if status == 200 else Frequency.WEEKLY)


def test_a_way_out_that_is_too_old_says_what_to_do_and_names_nobody(post: PostRoom, visitor: Browser) -> None:
    path = way_out(post)
    with time_machine.travel(real_now() + timedelta(days=91)):
        page = visitor.get(path).text
    assert "use the link in the latest digest" in page
    assert 'href="/account"' in page
    assert "Mira" not in page


def test_a_way_out_ends_with_the_sessions_of_its_person(post: PostRoom, visitor: Browser, member: Browser) -> None:
    post.subscribe()
    path = way_out(post)
    member.post("/account/out-everywhere")
    assert visitor.client.post(path, data=STOP).status_code == 410
    assert frequency(post) is Frequency.WEEKLY
    assert visitor.client.post(way_out(post), data=STOP).status_code == 200


@pytest.mark.parametrize("token", ["x", "MQ.forged", "%00", "1"])
def test_a_forged_way_out_changes_nothing(post: PostRoom, visitor: Browser, token: str) -> None:
    post.subscribe()
    assert visitor.get(f"/digests/stop/{token}").status_code == 404
    assert visitor.client.post(f"/digests/stop/{token}", data=STOP).status_code == 404
    assert frequency(post) is Frequency.WEEKLY


def test_the_way_out_signs_nobody_in_and_tells_no_other_site(post: PostRoom, visitor: Browser) -> None:
    post.subscribe()
    answer = visitor.client.post(way_out(post), data=STOP)
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert visitor.get("/account").status_code == 302


STILL_COMES = "These mails still come: requests to own an item"


@pytest.mark.parametrize("ways", [["stop"], ["stop", "monthly"], ["monthly"], ["stop", "resume"], ["monthly", "stop"]])
def test_whoever_stops_hears_what_still_comes_and_may_have_less_or_all_again(
    post: PostRoom, visitor: Browser, ways: list[str]
) -> None:
    post.subscribe()
    for way in ways:
        page = visitor.client.post(way_out(post), data={"choice": way}).text
    expected = {"stop": Frequency.NEVER, "monthly": Frequency.MONTHLY, "resume": Frequency.WEEKLY}[ways[-1]]
    assert frequency(post) is expected
    assert (STILL_COMES in page) == (expected is Frequency.NEVER)
    assert ("The next one comes Monday" in page) == (expected is not Frequency.NEVER)


def test_the_page_before_stopping_offers_less(post: PostRoom, visitor: Browser) -> None:
    post.subscribe()
    page = visitor.get(way_out(post)).text
    assert STILL_COMES in page
    assert "Send the digest once a month instead" in page
    visitor.client.post(way_out(post), data={"choice": "monthly"})
    assert "once a month instead" not in visitor.get(way_out(post)).text


def test_in_my_account_i_get_them_again(post: PostRoom, member: Browser) -> None:
    post.subscribe()
    member.client.post(way_out(post), data=STOP)
    assert "Get the digest again" in member.get("/account").text
    assert "Get the digest again" not in member.follow(member.post("/digests/again")).text
    assert frequency(post) is Frequency.WEEKLY


def test_my_page_leads_to_what_i_was_told(post: PostRoom, member: Browser) -> None:
    assert 'href="/digests"' in member.get("/").text
