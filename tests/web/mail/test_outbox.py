"""The outbox, the hold, refused addresses, kept messages and the next digests, as their office uses them."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlmodel import select

from tests.factories import NOW
from tests.web.browsing import Browser
from tests.web.items.test_pages import plain
from tests.web.post_room import PostRoom
from tests.web.shelf import Shelf
from tracker.clock import real_now
from tracker.history import Event
from tracker.jobs.models import JobRun
from tracker.mail import outbox
from tracker.mail.compose_email import Email
from tracker.mail.models import MailKind, MailState, Relay, Suppression
from tracker.web.app.shown_address import address_key


@pytest.fixture
def post(app: Flask, shelf: Shelf) -> PostRoom:
    return PostRoom(app, shelf)


def last_verb(post: PostRoom) -> str:
    with post.shelf.writing() as session:
        return session.exec(select(Event).order_by(Event.id.desc())).first().verb  # type: ignore[union-attr]


def test_a_mail_is_listed_with_its_reader_its_state_and_why_it_failed(post: PostRoom, secretariat: Browser) -> None:
    post.put(state=MailState.DEAD, last_code=550, last_text="5.7.1 <spam>")
    page = secretariat.get("/mail").text
    for words in ("Mira Member", "mira@example.org", "not delivered", "550 5.7.1 &lt;spam&gt;", "not delivered 1"):
        assert words in page


def test_a_hostile_subject_is_shown_and_not_run(post: PostRoom, secretariat: Browser) -> None:
    post.put()
    page = secretariat.get("/mail").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_mails_are_listed_by_state(post: PostRoom, secretariat: Browser) -> None:
    post.put(state=MailState.DEAD)
    assert "mira@example.org" in secretariat.get("/mail?state=dead").text
    assert "mira@example.org" not in secretariat.get("/mail?state=queued").text


def test_an_unknown_state_asks_for_nothing(post: PostRoom, secretariat: Browser) -> None:
    post.put()
    assert "mira@example.org" in secretariat.get("/mail?state='--").text


def test_whoever_runs_the_installation_sees_whether_mail_moves(
    post: PostRoom, secretariat: Browser, operator: Browser
) -> None:
    post.put(queued_at=real_now() - timedelta(hours=3), ambiguous=1)
    with post.shelf.writing() as session:
        session.add(JobRun(name="digests", started_at=NOW))
    words = (
        "A mail has waited for more than two hours.",
        "The scheduler has not run for five minutes.",
        "The oldest mail waits since",
        "Of 1 mail it was once unknown",
    )
    for browser, is_told in ((operator, True), (secretariat, False)):
        page = browser.get("/mail").text
        assert [text in page for text in words] == [is_told] * len(words)


def test_the_mail_of_another_register_is_shown_to_the_operator_alone(
    post: PostRoom, secretariat: Browser, operator: Browser
) -> None:
    post.put("stranger_member")
    assert "pia@example.org" not in secretariat.get("/mail").text
    assert "pia@example.org" in operator.get("/mail").text


def test_my_page_counts_the_mail_that_the_page_of_mails_lists(post: PostRoom, secretariat: Browser) -> None:
    post.put("stranger_member")
    post.put()
    assert "1 mail not yet sent" in plain(secretariat.get("/").text)
    assert "2 mail" not in plain(secretariat.get("/").text)


def test_a_mail_of_another_register_cannot_be_cancelled(post: PostRoom, secretariat: Browser) -> None:
    number = post.put("stranger_member")
    assert secretariat.post(f"/mail/{number}/cancel").status_code == 404
    assert post.state(number) is MailState.QUEUED


def test_a_mail_that_waits_is_cancelled(post: PostRoom, secretariat: Browser) -> None:
    number = post.put()
    secretariat.follow(secretariat.post(f"/mail/{number}/cancel"))
    assert post.state(number) is MailState.CANCELLED
    assert last_verb(post) == "cancelled"


@pytest.mark.parametrize("state", [MailState.SENDING, MailState.SENT, MailState.DEAD])
def test_a_mail_that_has_left_is_not_cancelled(post: PostRoom, secretariat: Browser, state: MailState) -> None:
    number = post.put(state=state)
    assert secretariat.post(f"/mail/{number}/cancel").status_code == 422
    assert post.state(number) is state


def test_a_mail_that_failed_is_queued_again(post: PostRoom, secretariat: Browser) -> None:
    number = post.put(state=MailState.DEAD, attempts=9)
    secretariat.follow(secretariat.post(f"/mail/{number}/again"))
    assert post.state(number) is MailState.QUEUED
    assert last_verb(post) == "sent again"


def test_a_sign_in_link_is_never_sent_again(post: PostRoom, secretariat: Browser) -> None:
    number = post.put(kind=MailKind.SIGN_IN, state=MailState.DEAD)
    assert secretariat.post(f"/mail/{number}/again").status_code == 422


def test_nothing_is_sent_again_to_a_refused_address(post: PostRoom, secretariat: Browser) -> None:
    number = post.put(state=MailState.DEAD)
    post.refuse()
    assert "m•••@example.org was refused" in secretariat.post(f"/mail/{number}/again").text
    assert post.state(number) is MailState.DEAD


def test_a_digest_that_a_later_one_covers_is_not_sent_again(post: PostRoom, secretariat: Browser) -> None:
    older = post.put(kind=MailKind.DIGEST, period="2012-11-05", state=MailState.DEAD)
    post.put(kind=MailKind.DIGEST, period="2012-11-12")
    assert secretariat.post(f"/mail/{older}/again").status_code == 422


def test_a_refused_address_is_shown_and_cleared(post: PostRoom, secretariat: Browser) -> None:
    post.put(state=MailState.DEAD)
    post.refuse()
    assert "5.1.1 no such user" in secretariat.get("/mail").text
    secretariat.follow(secretariat.post("/mail/addresses", {"address": address_key("mira@example.org")}))
    with post.shelf.writing() as session:
        assert session.exec(select(Suppression)).all() == []
    assert last_verb(post) == "address cleared"


def test_a_refused_address_of_others_cannot_be_cleared(post: PostRoom, secretariat: Browser) -> None:
    post.refuse("pia@example.org")
    assert secretariat.post("/mail/addresses", {"address": address_key("pia@example.org")}).status_code == 404


def test_the_operator_holds_and_releases_the_mail(post: PostRoom, operator: Browser) -> None:
    assert "Release the mail" in operator.follow(operator.post("/mail/hold")).text
    assert "Hold the mail" in operator.follow(operator.post("/mail/release")).text
    with post.shelf.writing() as session:
        assert session.get_one(Relay, 1).released_by == operator.person_id


def test_the_secretariat_sees_the_hold_and_has_no_button_for_it(post: PostRoom, secretariat: Browser) -> None:
    post.hold()
    page = secretariat.get("/mail").text
    assert "Mail is held since" in page
    assert "/mail/release" not in page


def test_a_kept_mail_is_read_in_the_browser(post: PostRoom, secretariat: Browser) -> None:
    number = post.digest()
    [path] = post.folder.glob("*.eml")
    assert f"/mail/kept/{path.stem}" in secretariat.get("/mail/kept").text
    page = secretariat.get(f"/mail/kept/{path.stem}").text
    assert "mira@example.org" in page
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
    assert post.state(number) is MailState.SENT


def test_the_way_out_of_another_ones_digest_is_not_shown(post: PostRoom, secretariat: Browser) -> None:
    post.digest()
    [path] = post.folder.glob("*.eml")
    assert "/digests/stop/…" in secretariat.get(f"/mail/kept/{path.stem}").text


@pytest.mark.parametrize("path", ["/a/AwEBhb3eDgRq9N0tq6bYw1nZ2Ck/done", "/a/undo/AwEBhb3eDgRq9N0tq6bYw1nZ2Ck"])
def test_a_link_by_which_another_answers_is_not_shown(post: PostRoom, secretariat: Browser, path: str) -> None:
    with post.shelf.writing() as session:
        mira = post.shelf.person(session, "member")
        email = Email(mira.email or "", "Saved", f"https://follow.example.org{path}\n", f'<a href="{path}">Undo</a>')
        outbox.put(session, email, person_id=mira.id, kind=MailKind.RECEIPT, now=NOW)
    post.deliver()
    [kept] = post.folder.glob("*.eml")
    page = secretariat.get(f"/mail/kept/{kept.stem}").text
    assert "https://follow.example.org/a/…" in page
    assert "AwEBhb3eDgRq" not in page


def test_a_kept_way_in_is_shown_to_the_operator_alone(post: PostRoom, secretariat: Browser, operator: Browser) -> None:
    post.put(kind=MailKind.SIGN_IN)
    post.deliver()
    [path] = post.folder.glob("*.eml")
    assert path.stem not in secretariat.get("/mail/kept").text
    assert secretariat.get(f"/mail/kept/{path.stem}").status_code == 404
    assert operator.get(f"/mail/kept/{path.stem}").status_code == 200


@pytest.mark.parametrize("name", ["..%2F..%2Fsecret-key", "../secret-key", "%2e%2e%2fsecret-key", "*", ".hidden"])
def test_no_name_leads_out_of_the_folder(post: PostRoom, operator: Browser, name: str) -> None:
    post.digest()
    (post.folder.parent / "secret-key.eml").write_text("Subject: secret\n\nsecret")
    assert operator.get(f"/mail/kept/{name}").status_code == 404


def test_a_link_in_the_folder_is_not_followed(post: PostRoom, operator: Browser) -> None:
    post.digest()
    (post.folder.parent / "outside.eml").write_text("Subject: secret\n\nsecret")
    (post.folder / "inside.eml").symlink_to(post.folder.parent / "outside.eml")
    assert operator.get("/mail/kept/inside").status_code == 404


def test_a_broken_message_is_shown_as_far_as_it_can_be_read(post: PostRoom, operator: Browser) -> None:
    post.folder.mkdir(parents=True)
    broken = b"Subject: =?utf-99?b?!!!?=\nTo: <<<@@\nContent-Type: text/plain; charset=none\n\n\xff<b>"
    (post.folder / "broken.eml").write_bytes(broken)
    page = operator.get("/mail/kept/broken")
    assert page.status_code == 200
    assert "<b>" not in page.text


def test_my_page_leads_to_the_mail(post: PostRoom, secretariat: Browser) -> None:
    assert 'href="/mail"' in secretariat.get("/").text


def test_without_a_mail_server_nothing_is_called_sent(post: PostRoom, secretariat: Browser) -> None:
    post.put(state=MailState.SENT)
    tabs = secretariat.get("/mail").text.partition('class="tabs"')[2].partition("</nav>")[0]
    assert ("kept here 1" in tabs, "sent" in tabs.replace("state=sent", "")) == (True, False)
