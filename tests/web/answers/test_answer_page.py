"""The page that a link opens: who answers, what, and that nothing changes before the button is pressed."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlmodel import col, select

from tests.factories import NOW
from tests.web.answers.mailbox import MailBox
from tests.web.app.test_route_access import fingerprint
from tests.web.shelf import Shelf
from tracker.history import Actor, ChangeWay
from tracker.items.models import Progress
from tracker.items.party_models import Ownership, OwnerState
from tracker.meetings.models import Visibility
from tracker.people.models import Person
from tracker.updates.changes import record
from tracker.web.answers import light_page
from tracker.web.answers.light_page import policy

HEAVY = 10_000
#: how programs come to a link that nobody has clicked
SCANNERS: dict[str, tuple[str, dict[str, str]]] = {
    "a person": ("GET", {}),
    "a mail scanner": ("GET", {"User-Agent": "Mozilla/5.0 (compatible; SafeLinks)", "Accept": "*/*"}),
    "a preview": ("GET", {"User-Agent": "Slackbot-LinkExpanding 1.0", "Range": "bytes=0-32768"}),
    "a browser that looks ahead": ("GET", {"Sec-Purpose": "prefetch", "Purpose": "prefetch", "X-Moz": "prefetch"}),
    "a browser that draws ahead": ("GET", {"Sec-Purpose": "prefetch;prerender"}),
    "a link checker": ("HEAD", {}),
    "another site's script": ("OPTIONS", {"Origin": "https://mail.example", "Access-Control-Request-Method": "POST"}),
    "a strange verb": ("PUT", {}),
}


def test_the_page_says_who_answers_what(mailbox: MailBox) -> None:
    number = mailbox.owned(title="Buy lamps", own_due_on=NOW.date())
    page = mailbox.browser.get(mailbox.link(number)).text
    for words in ("You answer as Mira Member", "Library Board", f"{number}. Buy lamps", "due Mon 12 Nov 2012"):
        assert words in page
    assert "not a Library Board outcome" in page
    assert re.search(r'<input checked[^>]* value="done">', page)


def test_a_request_says_who_asks_and_why(mailbox: MailBox, shelf: Shelf) -> None:
    number = mailbox.requested()
    with shelf.item(number) as (session, item):
        request = session.exec(select(Ownership).where(col(Ownership.item_id) == item.id)).one()
        request.requested_by = shelf.world.secretariat
        request.note = "You know <b>lamps</b>"
    page = mailbox.browser.get(mailbox.link(number, "take-it")).text
    assert "Sara Secretary asks you: “You know lamps”" in page


@pytest.mark.parametrize("answer", ["in-progress", "nonsense", "take-it"])
def test_only_an_answer_that_applies_is_chosen_beforehand(mailbox: MailBox, answer: str) -> None:
    link = mailbox.link(mailbox.owned()).replace("/done", f"/{answer}")
    chosen = re.findall(r'<input checked[^>]* value="([^"]+)">', mailbox.browser.get(link).text)
    assert chosen == ([answer] if answer == "in-progress" else [])


@pytest.mark.parametrize("who", SCANNERS)
def test_opening_changes_nothing(app: Flask, mailbox: MailBox, who: str) -> None:
    number = mailbox.owned()
    mailbox.answer(mailbox.link(number), note="All of it")
    links = (
        mailbox.link(number),
        mailbox.link(mailbox.requested(), "take-it"),
        mailbox.link(number, age=timedelta(days=31)),
        mailbox.undo_link(mailbox.receipts()[0].id),
    )
    before = fingerprint(app)
    method, headers = SCANNERS[who]
    for link in links * 2:
        mailbox.browser.client.open(link, method=method, headers=headers)
    assert fingerprint(app) == before


def test_the_page_comes_alone_and_tells_nobody(mailbox: MailBox) -> None:
    text = "We should keep an archive of what was said, for those who come after us. " * 20
    number = mailbox.owned(title="A long title that fills two lines of a telephone, as titles often do", text=text)
    answer = mailbox.browser.get(mailbox.link(number))
    assert len(answer.data) + len(str(answer.headers)) < HEAVY
    assert re.findall(r'(?:src|href)="([^"]+)"', answer.text) == ["data:,", f"/items/{number}"]
    assert answer.headers["Content-Security-Policy"] == policy()
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert "Set-Cookie" not in answer.headers


def test_a_link_signs_in_to_nothing_else(mailbox: MailBox) -> None:
    number = mailbox.owned()
    mailbox.answer(mailbox.link(number), note="All of it")
    assert mailbox.browser.get("/account").status_code == 302
    assert mailbox.browser.get(f"/items/{number}").status_code == 404


def test_an_internal_note_is_shown_to_who_may_read_it_only(shelf: Shelf, mailbox: MailBox, app: Flask) -> None:
    rafa = MailBox(app, shelf, "rapporteur")
    number = rafa.owned(visibility=Visibility.PUBLISHED)
    with shelf.item(number) as (session, item):
        by = Actor(shelf.world.member, ChangeWay.BROWSER)
        record(session, item, session.get_one(Person, shelf.world.member), "For us alone", by=by, now=NOW)
    # An owner reads what is internal of their item, though they are a rapporteur only.
    assert "For us alone" in rafa.browser.get(rafa.link(number)).text
    with shelf.item(number) as (session, item):
        item.put_forward_by = shelf.party(session, "rapporteur").id
        item.progress = Progress.DONE
        ownership = session.exec(select(Ownership)).one()
        ownership.state = OwnerState.ENDED
    page = rafa.browser.get(rafa.link(number, "satisfied")).text
    assert "You answer as Rafa" in page
    assert "For us alone" not in page


def test_no_log_holds_a_link_though_its_page_fails(
    app: Flask, mailbox: MailBox, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    path = mailbox.link(mailbox.owned())
    app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setattr(light_page, "render_template", lambda *_values, **_more: 1 // 0)
    caplog.set_level("DEBUG")
    assert mailbox.browser.get(path).status_code == 500
    token = path.split("/")[2]
    assert "ZeroDivisionError" in caplog.text
    assert token not in caplog.text
