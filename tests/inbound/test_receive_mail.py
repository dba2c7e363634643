"""A reply answers what its mail spoke of, for whom the address names, once; everything else changes nothing."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlmodel import col, select

from tests.digests.stage import MONDAY, Stage, make_stage
from tests.inbound.stage import DESK, address, receive, reply, sent_digest
from tests.inbound.test_incoming_mail import bounce
from tests.mail.expected import assert_mail_as_expected
from tracker.answers.reply_address import LONGEST_LOCAL_PART, read_reply_address, reply_address
from tracker.clock import real_now
from tracker.history import ChangeWay, Event
from tracker.inbound.models import IncomingMessage, ReplyFate
from tracker.inbound.receive_mail import MOST_ANSWERS, MOST_REPLIES
from tracker.inbound.reply_lines import EXAMPLES
from tracker.items import ownership
from tracker.items.details import open_request
from tracker.items.models import Item, Progress
from tracker.items.party_models import Ownership, OwnerState
from tracker.mail.models import MailKind, MailState, Outgoing, Suppression
from tracker.people.models import Person, Term
from tracker.updates import changes as updates
from tracker.updates.models import Update


@pytest.fixture
def stage(app: Flask) -> Iterator[Stage]:
    with app.app_context(), app.extensions["sessions"].writer() as session:
        yield make_stage(session)


def answered(stage: Stage) -> list[Outgoing]:
    """Receipts and what says that something was not understood."""
    return list(stage.session.exec(select(Outgoing).where(col(Outgoing.kind) == MailKind.RECEIPT)))


def notes(stage: Stage) -> list[str]:
    return [update.note or "" for update in stage.session.exec(select(Update).order_by(col(Update.id)))]


def test_done_by_reply(stage: Stage) -> None:
    item = stage.overdue(number=3)
    row = sent_digest(stage)
    assert receive(stage, reply(address(stage.ana, row), "done\nIt is on the page.")) is ReplyFate.RECORDED
    assert (item.progress, notes(stage)) == (Progress.DONE, ["It is on the page."])
    event = stage.session.exec(select(Event).order_by(col(Event.id).desc())).first()
    assert event
    assert (event.way, event.actor) == (ChangeWay.MAIL, f"person:{stage.ana.id}")
    [receipt] = answered(stage)
    assert receipt.to_addr == "ana@example.org"
    assert "/a/undo/" in (receipt.text or "")


@pytest.mark.parametrize(
    ("text", "progress", "due_on", "receipt"),
    [
        ("in progress", Progress.IN_PROGRESS, date(2012, 11, 8), "is saved: in progress"),
        ("waiting: Ben Ng", Progress.WAITING, date(2012, 11, 8), "Waits for: Ben Ng"),
        ("waiting: the printer", Progress.WAITING, date(2012, 11, 8), "Waits for: printer"),
        ("due: 14 March\nIt is late.", Progress.NOT_STARTED, date(2013, 3, 14), "date: Thursday 14 March 2013"),
    ],
)
def test_each_answer_by_reply(stage: Stage, text: str, progress: Progress, due_on: date, receipt: str) -> None:
    item = stage.overdue()
    receive(stage, reply(address(stage.ana, sent_digest(stage)), text))
    assert (item.progress, item.own_due_on) == (progress, due_on)
    assert item.waiting_for == (stage.party(stage.ben) if "Ben" in text else None)
    [mail] = answered(stage)
    assert receipt in (mail.text or "")
    assert receipt in (mail.html or "")


def test_words_without_a_command_become_a_note(stage: Stage) -> None:
    item = stage.overdue()
    receive(stage, reply(address(stage.ana, sent_digest(stage)), "Half of the names are in."))
    assert (item.progress, notes(stage)) == (Progress.NOT_STARTED, ["Half of the names are in."])


def test_several_items_by_their_numbers(stage: Stage) -> None:
    first = stage.overdue(number=3)
    second = stage.overdue("Answer the letter", number=9)
    receive(stage, reply(address(stage.ana, sent_digest(stage)), "3 done\n9 in progress\nBegun."))
    assert (first.progress, second.progress) == (Progress.DONE, Progress.IN_PROGRESS)


def test_the_only_item_to_answer_needs_no_number(stage: Stage) -> None:
    owed = stage.overdue(number=3)
    told = stage.item("Keep an archive", stage.ben, number=21, put_forward_by=stage.party(stage.ana))
    begun = {"progress": Progress.IN_PROGRESS, "by": stage.by(stage.ben), "now": MONDAY}
    updates.record(stage.session, told, stage.ben, "Begun.", **begun)
    receive(stage, reply(address(stage.ana, sent_digest(stage)), "done: it is on the page"))
    assert (owed.progress, told.progress) == (Progress.DONE, Progress.IN_PROGRESS)


def test_without_a_number_of_several_nothing_is_guessed(stage: Stage) -> None:
    items = [stage.overdue(number=3), stage.overdue(number=9)]
    assert receive(stage, reply(address(stage.ana, sent_digest(stage)), "done")) is ReplyFate.ANSWERED
    assert {item.progress for item in items} == {Progress.NOT_STARTED}
    [mail] = answered(stage)
    assert mail.subject == "Your reply was not understood – Library Board"
    assert_mail_as_expected("reply_not_understood", mail.subject, mail.text, mail.html)


def test_what_is_understood_is_saved_and_the_rest_is_said(stage: Stage) -> None:
    first = stage.overdue(number=3)
    second = stage.overdue(number=9)
    text = "3 done\nNo. 9 Due: some day\nwe shall see"
    assert receive(stage, reply(address(stage.ana, sent_digest(stage)), text)) is ReplyFate.ANSWERED
    assert (first.progress, second.own_due_on) == (Progress.DONE, date(2012, 11, 8))
    mail = max(answered(stage), key=lambda mail: mail.subject)
    assert mail.subject == "Part of your reply was not understood – Library Board"
    assert "“No. 9 Due: some day we shall see”" in (mail.text or "")


def test_every_line_of_a_reply_is_answered(stage: Stage) -> None:
    items = [stage.overdue(number=number) for number in (3, 9, 102)]
    text = "102 done in part: 60 of 135\n12345 done\n3 done\nIt is on the page.\n9 due: some day"
    assert receive(stage, reply(address(stage.ana, sent_digest(stage)), text)) is ReplyFate.ANSWERED
    assert [item.progress for item in items] == [Progress.DONE, Progress.NOT_STARTED, Progress.DONE_IN_PART]
    assert (items[2].done_count, items[2].total_count, notes(stage)) == (60, 135, ["", "It is on the page."])
    mails = {mail.subject: mail.text or "" for mail in answered(stage)}
    said = " ".join(mails["Part of your reply was not understood – Library Board"].split())
    for words in ("No. 102: done in part No. 3: done", "“12345 done”", "no item 12345", "“9 due: some day”"):
        assert words in said
    assert any("60 of 135 parts are done" in text for text in mails.values())


def test_done_in_part_by_reply_to_one_item(stage: Stage) -> None:
    item = stage.overdue(number=3)
    receive(stage, reply(address(stage.ana, sent_digest(stage)), "done in part: 3 of 6\nThe rest follows."))
    assert (item.progress, item.done_count, item.total_count) == (Progress.DONE_IN_PART, 3, 6)
    assert notes(stage) == ["The rest follows."]


def test_counts_that_cannot_be_are_refused(stage: Stage) -> None:
    item = stage.overdue(number=3)
    assert receive(stage, reply(address(stage.ana, sent_digest(stage)), "done in part: 7 of 6")) is ReplyFate.ANSWERED
    assert item.progress is Progress.NOT_STARTED


def test_only_answers_that_apply_are_offered_to_who_was_not_understood(stage: Stage) -> None:
    item = stage.item()
    ownership.request_to_own(stage.session, item, stage.party(stage.ana), by=stage.by(stage.sara), now=MONDAY)
    receive(stage, reply(address(stage.ana, sent_digest(stage)), "waiting: Ben Ng"))
    [mail] = answered(stage)
    lines = [line.strip() for line in (mail.text or "").splitlines()]
    assert "This answer no longer applies" in (mail.text or "")
    assert [line for line in lines if line in EXAMPLES.values()] == ["take it", "not mine", "pass to: ana@example.org"]


@pytest.mark.parametrize(
    ("text", "state", "words"),
    [
        ("pass to: Ben Ng", OwnerState.PASSED_ON, "Passed to: Ben Ng"),
        ("I'll take it", OwnerState.ACCEPTED, "is saved: I’ll take it"),
        ("not mine\nI know nothing of rooms.", OwnerState.DECLINED, "“I know nothing of rooms.”"),
    ],
)
def test_a_request_is_answered_by_reply(stage: Stage, text: str, state: OwnerState, words: str) -> None:
    request = ownership.request_to_own(
        stage.session, stage.item(), stage.party(stage.ana), by=stage.by(stage.sara), now=MONDAY
    )
    receive(stage, reply(address(stage.ana, sent_digest(stage)), text))
    assert request.state is state
    assert words in "".join(mail.text or "" for mail in answered(stage))


def test_the_same_mail_twice_is_one_answer(stage: Stage) -> None:
    stage.overdue()
    raw = reply(address(stage.ana, sent_digest(stage)), "in progress")
    assert (receive(stage, raw), receive(stage, raw)) == (ReplyFate.RECORDED, None)
    assert len(stage.session.exec(select(Update)).all()) == 1


def test_the_from_line_proves_nothing(stage: Stage) -> None:
    item = stage.overdue()
    row = sent_digest(stage)
    good = address(stage.ana, row)
    forged = good[:20] + ("a" if good[20] != "a" else "b") + good[21:]
    assert receive(stage, reply(forged, "done")) is ReplyFate.UNKNOWN
    assert receive(stage, reply("reply@example.org", "done", name="2")) is ReplyFate.UNKNOWN
    sender = "Somebody <else@example.net>"
    assert receive(stage, reply(address(stage.ana, row), "done", name="3", sender=sender)) is ReplyFate.RECORDED
    assert (item.progress, notes(stage)) == (Progress.DONE, ["done"])


@pytest.mark.parametrize("header", ["Auto-Submitted: auto-replied", "Precedence: bulk", "Return-Path: <>"])
def test_a_program_is_never_answered(stage: Stage, header: str) -> None:
    item = stage.overdue()
    raw = f"{header}\n".encode() + reply(address(stage.ana, sent_digest(stage)), "I am away. done?\ndone")
    assert receive(stage, raw) is ReplyFate.AUTOMATIC
    assert (item.progress, answered(stage)) == (Progress.NOT_STARTED, [])


def end_term(stage: Stage) -> None:
    for term in stage.session.exec(select(Term).where(col(Term.person_id) == stage.ana.id)):
        term.last_day = date(2012, 11, 1)


def sign_out(stage: Stage) -> None:
    stage.ana.token_epoch += 1


def change_address(stage: Stage) -> None:
    stage.ana.email = "new@example.org"


@pytest.mark.parametrize("happen", [end_term, sign_out, change_address])
def test_an_address_dies_with_the_term_the_links_and_the_mail_address(stage: Stage, happen: object) -> None:
    item = stage.overdue()
    to = address(stage.ana, sent_digest(stage))
    with stage.session.no_autoflush:
        happen(stage)  # type: ignore[operator]
    stage.session.info["recorded"] = {f"person:{stage.ana.id}", *(f"term:{n}" for n in range(20))}
    assert receive(stage, reply(to, "done")) is ReplyFate.ANSWERED
    assert item.progress is Progress.NOT_STARTED


def test_an_address_is_good_for_thirty_days(stage: Stage) -> None:
    item = stage.overdue()
    raw = reply(address(stage.ana, sent_digest(stage)), "done")
    assert receive(stage, raw, real_now() + timedelta(days=31)) is ReplyFate.ANSWERED
    assert item.progress is Progress.NOT_STARTED


def test_two_programs_do_not_answer_each_other_without_end(stage: Stage) -> None:
    stage.overdue()
    to = address(stage.ana, sent_digest(stage))
    fates = [receive(stage, reply(to, "due: some day", name=str(number))) for number in range(MOST_ANSWERS + 4)]
    assert {*fates} == {ReplyFate.ANSWERED}
    assert len(answered(stage)) == MOST_ANSWERS


@pytest.mark.parametrize(("status", "is_gone"), [("5.1.1", True), ("5.1.10", True), ("4.2.2", False), ("5.7.1", False)])
def test_a_bounce_of_our_mail_ends_an_address_that_is_gone(stage: Stage, status: str, is_gone: bool) -> None:
    stage.overdue()
    row = sent_digest(stage)
    assert receive(stage, bounce(status, f"{row.message_id}@example.org")) is ReplyFate.BOUNCED
    assert (stage.session.get(Suppression, "ana@example.org") is not None) is is_gone
    assert answered(stage) == []


def test_a_bounce_of_a_mail_that_is_not_ours_ends_nothing(stage: Stage) -> None:
    stage.overdue()
    sent_digest(stage)
    assert receive(stage, bounce()) is ReplyFate.BOUNCED
    assert stage.session.exec(select(Suppression)).all() == []


def test_a_reply_address_survives_mail_servers(stage: Stage) -> None:
    row = Outgoing(id=123456)
    person = Person(id=99999, slug="x", name="X", token_epoch=12, email="x@example.org")
    to = reply_address("reply-to-the-forum@example.org", "a secret", person, row.id, now=MONDAY)
    assert to
    assert len(to.partition("@")[0]) <= LONGEST_LOCAL_PART
    link = read_reply_address("Reply-To-The-Forum@Example.org", "a secret", ["x@y.z", to.upper()])
    assert link
    assert (link.person_id, link.row_id) == (99999, 123456)
    assert read_reply_address("reply-to-the-forum@example.org", "another", [to]) is None
    assert reply_address(None, "a secret", person, row.id, now=MONDAY) is None


def test_what_came_in_keeps_no_words(stage: Stage) -> None:
    stage.overdue()
    receive(stage, reply(address(stage.ana, sent_digest(stage)), "Half of the names are in."))
    row = stage.session.exec(select(IncomingMessage)).one()
    assert "names" not in str(row.model_dump())
    assert row.person_id == stage.ana.id


def test_an_item_is_still_requested_after_a_reply_that_was_not_understood(stage: Stage) -> None:
    item = stage.item("Find a room")
    ownership.request_to_own(stage.session, item, stage.party(stage.ana), by=stage.by(stage.sara), now=MONDAY)
    receive(stage, reply(address(stage.ana, sent_digest(stage)), "pass to: nobody we know"))
    assert open_request(stage.session, item) is not None
    assert stage.session.exec(select(Ownership)).one().state is OwnerState.REQUESTED
    assert stage.session.get_one(Item, item.id).progress is Progress.NOT_STARTED
    assert DESK.base_url in (answered(stage)[0].html or "") or answered(stage)[0].state is MailState.QUEUED


def test_one_message_id_for_replies_to_two_mails_is_two_answers(stage: Stage) -> None:
    first = stage.overdue(number=3)
    earlier = sent_digest(stage)
    second = stage.overdue("Answer the letter", number=9)
    later = stage.session.get_one(Outgoing, stage.kept(stage.said(MONDAY), MONDAY + timedelta(days=7)).outgoing_id)
    receive(stage, reply(address(stage.ana, earlier), "in progress"))
    assert receive(stage, reply(address(stage.ana, later), "9 done")) is ReplyFate.RECORDED
    assert (first.progress, second.progress) == (Progress.IN_PROGRESS, Progress.DONE)


def test_a_name_too_long_to_keep_still_tells_replies_apart(stage: Stage) -> None:
    first = stage.overdue()
    row = sent_digest(stage)
    for end, text in (("a", "in progress"), ("b", "done")):
        assert receive(stage, reply(address(stage.ana, row), text, name="x" * 900 + end)) is ReplyFate.RECORDED
    assert first.progress is Progress.DONE


def test_a_reply_of_a_thousand_answers_is_none(stage: Stage) -> None:
    item = stage.overdue()
    assert receive(stage, reply(address(stage.ana, sent_digest(stage)), "done\n" * 1_000)) is ReplyFate.ANSWERED
    assert item.progress is Progress.NOT_STARTED
    [mail] = answered(stage)
    assert "in several mails" in (mail.text or "")


def test_replies_without_end_are_left_alone(stage: Stage) -> None:
    stage.overdue()
    row = sent_digest(stage)
    for number in range(MOST_REPLIES + 3):
        receive(stage, reply(address(stage.ana, row), f"Note {number}", name=str(number)))
    assert (len(notes(stage)), len(answered(stage))) == (MOST_REPLIES, MOST_REPLIES)
    later = real_now() + timedelta(days=1, minutes=1)
    assert receive(stage, reply(address(stage.ana, row), "in progress", name="x"), later) is ReplyFate.RECORDED


def test_the_bounce_of_another_address_silences_nobody(stage: Stage) -> None:
    """A list or a forwarded mailbox hands our mail on, and the report is of one of its readers."""
    stage.overdue()
    row = sent_digest(stage)
    raw = bounce(name=f"{row.message_id}@example.org").replace(b"rfc822; ana@", b"rfc822; reader-of-a-list@")
    assert receive(stage, raw) is ReplyFate.BOUNCED
    assert stage.session.get(Suppression, "ana@example.org") is None
