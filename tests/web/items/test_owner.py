"""Who is asked says I'll take it, not mine, or pass to; nobody answers for another who can."""

import re

import pytest
from sqlmodel import col, select

from tests.web.browsing import Browser
from tests.web.items.test_pages import plain
from tests.web.shelf import Shelf
from tracker import clock
from tracker.digests.notice_mail import NoticePress
from tracker.digests.notices import queue_notices
from tracker.items.party_models import Ownership, OwnerState
from tracker.mail.delivery_office import Written
from tracker.mail.models import MailKind, Outgoing


def party_id(shelf: Shelf, name: str = "member") -> int:
    with shelf.writing() as session:
        return shelf.party(session, name).id


def person_id(shelf: Shelf, name: str) -> int:
    number: int = getattr(shelf.world, name)
    return number


def states(shelf: Shelf) -> list[OwnerState]:
    with shelf.writing() as session:
        return [row.state for row in session.exec(select(Ownership).order_by(col(Ownership.id)))]


def test_a_member_who_is_asked_sees_it_and_takes_it(shelf: Shelf, secretariat: Browser, member: Browser) -> None:
    number = shelf.put()
    assert "Send the request" in secretariat.get(f"/items/{number}/owner").text
    form = {"party": party_id(shelf), "message": "You know *lamps*."}
    secretariat.follow(secretariat.post(f"/items/{number}/owner/request", form))
    assert f"/items/{number}/owner/answer" in member.get(f"/items/{number}").text
    assert "<em>lamps</em>" in member.get(f"/items/{number}/owner/answer").text
    page = member.follow(member.post(f"/items/{number}/owner/accept", {"message": "Gladly"}))
    assert "has its owner." in page.text
    assert states(shelf) == [OwnerState.ACCEPTED]


def test_who_is_asked_declines(shelf: Shelf, member: Browser) -> None:
    number = shelf.owned("member", OwnerState.REQUESTED)
    member.post(f"/items/{number}/owner/decline", {"message": "Not my field"})
    assert states(shelf) == [OwnerState.DECLINED]


def test_who_is_asked_passes_on(shelf: Shelf, member: Browser, chair: Browser) -> None:
    number = shelf.owned("member", OwnerState.REQUESTED)
    member.post(f"/items/{number}/owner/pass", {"party": party_id(shelf, "chair")})
    assert states(shelf) == [OwnerState.PASSED_ON, OwnerState.REQUESTED]
    assert chair.get(f"/items/{number}/owner/answer").status_code == 200


@pytest.mark.parametrize("to", ["", "4711", "member"])
def test_one_passes_to_somebody_else(shelf: Shelf, member: Browser, to: str) -> None:
    number = shelf.owned("member", OwnerState.REQUESTED)
    sent = {"party": party_id(shelf) if to == "member" else to, "message": "Typed with care"}
    answer = member.post(f"/items/{number}/owner/pass", sent)
    assert answer.status_code == 422
    assert "Typed with care" in answer.text
    assert states(shelf) == [OwnerState.REQUESTED]


@pytest.mark.parametrize("path", ["accept", "decline", "pass"])
def test_nobody_answers_for_another_who_can(shelf: Shelf, chair: Browser, secretariat: Browser, path: str) -> None:
    number = shelf.owned("member", OwnerState.REQUESTED)
    for browser in (chair, secretariat):
        assert browser.get(f"/items/{number}/owner/answer").status_code == 404
        assert browser.post(f"/items/{number}/owner/{path}", {"party": "1"}).status_code == 404
    assert states(shelf) == [OwnerState.REQUESTED]


def test_the_secretariat_writes_down_what_who_cannot_sign_in_says(shelf: Shelf, secretariat: Browser) -> None:
    number = shelf.owned("register", OwnerState.REQUESTED)
    assert secretariat.post(f"/items/{number}/owner/accept", {"message": "By letter"}).status_code == 404
    page = secretariat.get(f"/items/{number}").text
    [path] = re.findall(rf"/items/{number}/record-answer/\d+", page)
    form = {"answer": "take-it", "on_word": "letter of 3 March", "version": "1", "key": "k"}
    secretariat.follow(secretariat.post(path, form))
    with shelf.writing() as session:
        owned = session.exec(select(Ownership)).one()
        assert (owned.state, owned.answers_for_id) == (OwnerState.ACCEPTED, None)


def test_a_request_answered_already_is_gone(shelf: Shelf, member: Browser) -> None:
    number = shelf.owned("member", OwnerState.DECLINED)
    page = member.follow(member.get(f"/items/{number}/owner/answer")).text
    assert "You are no longer asked to own this item" in page
    assert member.post(f"/items/{number}/owner/accept").status_code == 404


@pytest.mark.parametrize("state", [OwnerState.WITHDRAWN, OwnerState.PASSED_ON, OwnerState.ENDED])
def test_who_was_asked_and_is_no_more_is_not_called_owner_and_may_be_asked_again(
    shelf: Shelf, secretariat: Browser, member: Browser, state: OwnerState
) -> None:
    number = shelf.owned("member", state)
    assert "No owner yet" in member.get(f"/items/{number}").text
    secretariat.post(f"/items/{number}/owner/request", {"party": party_id(shelf)})
    assert "Will Mira Member own this item?" in member.get(f"/items/{number}/owner/answer").text
    assert "No owner yet" in member.get(f"/items/{number}").text


@pytest.mark.parametrize("party", ["", "4711"])
def test_asking_nobody_is_refused(shelf: Shelf, secretariat: Browser, party: str) -> None:
    number = shelf.put()
    answer = secretariat.post(f"/items/{number}/owner/request", {"party": party, "message": "Typed with care"})
    assert answer.status_code == 422
    assert "Typed with care" in answer.text


def test_a_request_is_taken_back(shelf: Shelf, secretariat: Browser) -> None:
    number = shelf.owned("member", OwnerState.REQUESTED)
    assert "Withdraw the request" in secretariat.get(f"/items/{number}/owner").text
    secretariat.post(f"/items/{number}/owner/withdraw")
    assert states(shelf) == [OwnerState.WITHDRAWN]
    assert secretariat.post(f"/items/{number}/owner/withdraw").status_code == 404


def test_an_owner_gives_it_back_and_others_cannot(shelf: Shelf, member: Browser, chair: Browser) -> None:
    number = shelf.owned("member")
    assert chair.get(f"/items/{number}/owner").status_code == 404
    assert chair.post(f"/items/{number}/owner/end").status_code == 404
    member.follow(member.post(f"/items/{number}/owner/end", {"reason": "No time"}))
    assert states(shelf) == [OwnerState.ENDED]


def test_helpers_come_and_go(shelf: Shelf, member: Browser) -> None:
    number, path = shelf.owned("member"), "owner/helpers"
    chair_id = person_id(shelf, "chair")
    page = member.follow(member.post(f"/items/{number}/{path}", {"person": chair_id}))
    assert "Helped by Chen Chair" in plain(page.text)
    assert member.post(f"/items/{number}/{path}", {"person": chair_id}).status_code == 422
    member.post(f"/items/{number}/{path}/{chair_id}/remove")
    assert "Helped by" not in member.get(f"/items/{number}").text


def test_a_body_that_owns_has_somebody_who_answers(shelf: Shelf, secretariat: Browser) -> None:
    number = shelf.owned("register")
    sent = {"answers_for": person_id(shelf, "member"), "second": person_id(shelf, "chair")}
    page = secretariat.follow(secretariat.post(f"/items/{number}/owner/answerers", sent))
    assert "answered for by Mira Member second: Chen Chair" in plain(page.text)
    assert secretariat.post(f"/items/{number}/owner/answerers", {"answers_for": ""}).status_code == 422


def mails(shelf: Shelf) -> list[tuple[str, str, str]]:
    """What is told at once, were its quarter of an hour over: to whom, subject and text."""
    press = NoticePress("a secret", "http://localhost:8000")
    with shelf.app.app_context(), shelf.writing() as session:
        queue_notices(session, now=clock.now(session))
        rows = session.exec(select(Outgoing).where(col(Outgoing.kind) == MailKind.NOTICE).order_by(col(Outgoing.id)))
        written = [press.write(session, row) for row in rows.all()]
        return [(mail.email.to, mail.email.subject, mail.email.text) for mail in written if isinstance(mail, Written)]


def test_who_is_asked_is_told_by_mail_with_a_link_that_only_shows(
    shelf: Shelf, secretariat: Browser, member: Browser
) -> None:
    number = shelf.put(title="Buy lamps")
    secretariat.post(f"/items/{number}/owner/request", {"party": party_id(shelf), "message": "You know lamps."})
    [(to, subject, text)] = mails(shelf)
    assert (to, subject) == ("mira@example.org", f"1 request: No. {number} Buy lamps – Library Board")
    assert "Sara Secretary asks you" in text
    assert "You know lamps." in text
    assert "Answer: http://localhost:8000/a/" in text
    assert member.get(f"/items/{number}/owner/answer").status_code == 200
    assert states(shelf) == [OwnerState.REQUESTED]


def test_whoever_it_is_passed_to_is_told(shelf: Shelf, member: Browser) -> None:
    number = shelf.owned("member", OwnerState.REQUESTED)
    member.post(f"/items/{number}/owner/pass", {"party": party_id(shelf, "chair")})
    assert [to for to, _subject, _text in mails(shelf)] == ["chen@example.org"]


def test_who_may_not_see_the_item_or_asks_themselves_gets_no_mail(shelf: Shelf, secretariat: Browser) -> None:
    for name in ("operator", "secretariat", "register"):
        secretariat.post(f"/items/{shelf.put()}/owner/request", {"party": party_id(shelf, name)})
    assert mails(shelf) == []


def test_for_a_body_the_one_named_is_told(shelf: Shelf, secretariat: Browser) -> None:
    form = {"party": party_id(shelf, "register"), "answers_for": person_id(shelf, "chair")}
    secretariat.post(f"/items/{shelf.put()}/owner/request", form)
    assert [to for to, _subject, _text in mails(shelf)] == ["chen@example.org"]


def test_where_no_mail_reaches_who_is_asked_the_secretariat_is_told(shelf: Shelf, secretariat: Browser) -> None:
    number = shelf.put()
    page = secretariat.follow(
        secretariat.post(f"/items/{number}/owner/request", {"party": party_id(shelf, "register")})
    )
    assert "No mail can reach Library Board" in page.text
    assert ("The request is recorded." in page.text, "Requests leave by mail" in page.text) == (True, False)


def test_a_request_that_is_refused_mails_nobody(shelf: Shelf, secretariat: Browser) -> None:
    number = shelf.owned("member", OwnerState.REQUESTED)
    assert secretariat.post(f"/items/{number}/owner/request", {"party": party_id(shelf, "chair")}).status_code == 422
    assert mails(shelf) == []
