"""The digest as its reader gets it: whole mails, compared with files, and what goes over the wire."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from email import message_from_bytes
from email.policy import default
from email.utils import parseaddr

import pytest
from flask import Flask
from itsdangerous import URLSafeSerializer
from sqlmodel import select

from tests.digests.stage import MONDAY, Stage, make_stage, waiting_for
from tests.digests.test_item_details import cite
from tests.factories import (
    made,
    make_item,
    make_meeting,
    make_milestone,
    make_ownership,
    make_proposal,
    make_register,
    make_term,
)
from tests.mail.expected import assert_email_as_expected
from tests.mail.offices import LETTERHEAD
from tests.mail.relays import Inbox, Relay
from tests.mail.test_message_bytes import POISON
from tracker.calendar.move_milestone import NewDays, move_milestone
from tracker.digests.make_digests import Press, stop
from tracker.digests.models import Digest
from tracker.digests.notice_mail import NoticePress
from tracker.digests.notices import queue_notices
from tracker.digests.parts import DigestContent, DutyStage, from_plain
from tracker.digests.runs.queue_digests import queue_due
from tracker.digests.unsubscribe import PURPOSE, token_for, way_out_of
from tracker.items import changes as items
from tracker.items import ownership
from tracker.items.create import NewItem, create
from tracker.items.models import Capacity, ItemKind, Progress
from tracker.items.party_models import OwnerState
from tracker.mail.compose_email import Email, compose
from tracker.mail.delivery import deliver
from tracker.mail.delivery_office import Dropped, Office, Writer, Written
from tracker.mail.delivery_times import Durations
from tracker.mail.message_bytes import build
from tracker.mail.models import MailKind, MailState, Outgoing, Suppression
from tracker.mail.relay_state import the_relay
from tracker.mail.smtp_conversation import Conversation, RelayAddress
from tracker.meetings.models import Visibility
from tracker.people.models import Frequency, Party, Person, Role, Subscription, Term
from tracker.updates import changes as updates

PRESS = Press("a secret", "https://follow.example.org")


@pytest.fixture
def app(settings: dict[str, str], app: Flask) -> Iterator[Flask]:
    with app.app_context():
        yield app


@pytest.fixture
def stage(app: Flask) -> Iterator[Stage]:
    with app.extensions["sessions"].writer() as session:
        yield make_stage(session)


def written(stage: Stage) -> Written | Dropped:
    """Queue Ana's digest and write it."""
    stage.session.flush()
    queue_due(stage.session, now=MONDAY, secret=PRESS.secret)
    queued = select(Outgoing).where(Outgoing.person_id == stage.ana.id, Outgoing.kind == MailKind.DIGEST)
    mail = PRESS.write(stage.session, stage.session.exec(queued).one())
    if isinstance(mail, Written):
        mail.keep(stage.session)
        stage.session.expire_all()
    return mail


def email(stage: Stage) -> Email:
    found = written(stage)
    assert isinstance(found, Written)
    return found.email


def full_week(stage: Stage) -> None:
    """One thing of every kind."""
    what_ana_owes(stage)
    what_is_requested(stage)
    what_nobody_answers(stage)
    stage.item("Invite the schools", stage.ben, number=15, **waiting_for(stage.party(stage.ana)))
    what_became_of_her_proposals(stage)
    new = NewItem("Lend tools to the neighbours", ItemKind.OFFER, put_forward_by=stage.party(stage.ben), number=30)
    create(stage.session, stage.board.id, new, by=stage.by(stage.sara), now=MONDAY)
    dates_that_changed(stage)


def what_ana_owes(stage: Stage) -> None:
    late = stage.overdue(number=3)
    stage.noted(late, "Half of the names are in.")
    letter = stage.overdue("Answer the city's letter", number=9, progress=Progress.WAITING)
    stage.noted(letter, "The mayor's office promised a draft.", MONDAY - timedelta(days=21))
    stage.item("Order the chairs", stage.ana, number=11, own_due_on=date(2012, 11, 22))
    stage.coming("Draft the programme of the open day", number=12)


def what_is_requested(stage: Stage) -> None:
    ramp = stage.item("Find a room with a ramp", number=14, reported_by=stage.sara.id, capacity=Capacity.ORGANISATION)
    words = "A third of our readers cannot climb stairs, so we should meet on the ground floor."
    cite(stage, ramp, words, visibility=Visibility.PUBLISHED)
    message = "You know the building best."
    sara = stage.by(stage.sara)
    ownership.request_to_own(stage.session, ramp, stage.party(stage.ana), message=message, by=sara, now=MONDAY)


def what_nobody_answers(stage: Stage) -> None:
    """Ana is second to Ben, who was told twice."""
    made(stage.session, Subscription(person_id=stage.ben.id, subscribed_at=MONDAY, frequency=Frequency.MONTHLY))
    hosts = made(
        stage.session, Party(slug="hosts", class_name="Hosts", steward_id=stage.ben.id, second_id=stage.ana.id)
    )
    unanswered = stage.item("Book the hall", number=18, own_due_on=date(2012, 10, 1))
    make_ownership(stage.session, unanswered, hosts)
    for weeks in (2, 1):
        at = MONDAY - timedelta(weeks=weeks)
        stage.kept(DigestContent("Ben Ng", at.date(), stages={unanswered.id: DutyStage.LATE}), at, person=stage.ben)


def what_became_of_her_proposals(stage: Stage) -> None:
    for number, title, progress, note in (
        (21, "Keep an archive", Progress.IN_PROGRESS, ""),
        (22, "Open on Mondays", Progress.DONE, "Open since October."),
    ):
        item = stage.item(title, stage.ben, number=number, put_forward_by=stage.party(stage.ana))
        by = {"by": stage.by(stage.ben), "now": MONDAY}
        updates.record(stage.session, item, stage.ben, note, progress=progress, **by)  # type: ignore[arg-type]


def dates_that_changed(stage: Stage) -> None:
    make_milestone(stage.session, stage.board, slug="call", title="Planning call", starts_on=date(2012, 11, 20))
    days = NewDays(date(2013, 3, 4), date(2013, 3, 5))
    by = {"by": stage.by(stage.sara), "now": MONDAY, "seen_version": stage.february.version}
    move_milestone(stage.session, stage.february, days, reason="The hall is being painted.", **by)  # type: ignore[arg-type]


def test_a_week_with_something_of_every_kind(stage: Stage) -> None:
    stage.mailed_before(stage.ana)
    full_week(stage)
    assert_email_as_expected("digest_full_week", email(stage))


def test_the_desk_of_the_secretariat(stage: Stage) -> None:
    stage.mailed_before(stage.ana)
    make_term(stage.session, stage.ana, stage.board, Role.SECRETARIAT)
    meeting = make_meeting(stage.session, stage.board)
    for score in (0.9, 0.8, 0.2):
        make_proposal(stage.session, meeting, score=score)
    stage.owned(stage.item("Paint the shelves", number=5), stage.ben, OwnerState.DECLINED)
    long_ago = MONDAY - timedelta(days=40)
    stage.item("Buy a ladder", stage.ben, number=6, own_due_on=date(2012, 11, 8), created_at=long_ago)
    stage.session.add(Suppression(to_addr="ben@example.org", code=550, text="no such user", since=MONDAY))
    assert_email_as_expected("digest_secretariat", email(stage))


def test_two_overdue_in_the_first_mail_to_a_person(stage: Stage) -> None:
    stage.overdue(number=3)
    stage.overdue("Answer the city's letter", number=9)
    assert_email_as_expected("digest_two_overdue", email(stage))


def test_only_the_first_mail_says_what_this_is(stage: Stage) -> None:
    stage.overdue()
    first = email(stage)
    assert "Intersession records" in first.text
    assert "Intersession records" in first.html
    stage.mailed_before(stage.ana)
    queued = select(Outgoing).where(Outgoing.kind == MailKind.DIGEST)
    again = PRESS.write(stage.session, stage.session.exec(queued).one())
    assert isinstance(again, Written)
    assert "Intersession records" not in again.email.text + again.email.html


def test_two_registers(stage: Stage) -> None:
    stage.mailed_before(stage.ana)
    park = make_register(stage.session, slug="park-board", name="Park Board")
    make_term(stage.session, stage.ana, park, Role.MEMBER)
    stage.owned(make_item(stage.session, park, title="Plant trees", number=3, own_due_on=date(2012, 11, 9)), stage.ana)
    stage.coming(number=9)
    assert_email_as_expected("digest_two_registers", email(stage))


def test_a_catch_up_says_since_when(stage: Stage) -> None:
    stage.mailed_before(stage.ana)
    stage.overdue(number=3)
    stage.session.flush()
    queue_due(stage.session, now=MONDAY.replace(month=12, day=3), secret=PRESS.secret)
    queued = select(Outgoing).where(Outgoing.kind == MailKind.DIGEST)
    found = PRESS.write(stage.session, stage.session.exec(queued).one())
    assert isinstance(found, Written)
    assert_email_as_expected("digest_catch_up", found.email)


def test_a_proposer_is_asked_whether_it_is_done(stage: Stage) -> None:
    stage.mailed_before(stage.ana)
    what_became_of_her_proposals(stage)
    letter = stage.item("Answer the letter", stage.ben, number=23, put_forward_by=stage.party(stage.ana))
    by = {"by": stage.by(stage.ben), "now": MONDAY}
    updates.record(stage.session, letter, stage.ben, "Sent to the mayor.", progress=Progress.DONE, **by)  # type: ignore[arg-type]
    assert_email_as_expected("digest_proposer", email(stage))


def test_who_has_nothing_to_hear_gets_no_mail(stage: Stage) -> None:
    assert written(stage) == Dropped(MailState.EMPTY)


def test_who_has_stopped_meanwhile_gets_no_mail(stage: Stage) -> None:
    stage.overdue()
    stage.session.flush()
    queue_due(stage.session, now=MONDAY, secret=PRESS.secret)
    stop(stage.session, stage.ana, by=stage.by(stage.ana), now=MONDAY)
    dropped = PRESS.write(stage.session, stage.session.exec(select(Outgoing)).one())
    assert isinstance(dropped, Dropped)
    assert dropped.state is MailState.CANCELLED


def test_only_who_holds_a_role_today_gets_it(stage: Stage) -> None:
    stage.overdue()
    email(stage)
    row = stage.session.exec(select(Outgoing).where(Outgoing.person_id == stage.ana.id)).one()
    assert PRESS.objection(stage.session, row) is None
    term = stage.session.exec(select(Term).where(Term.person_id == stage.ana.id)).one()
    term.last_day = MONDAY.date() - timedelta(days=1)
    made(stage.session, term)
    why = "the person holds no role any more"
    assert PRESS.write(stage.session, row) == Dropped(MailState.CANCELLED, why)
    assert PRESS.objection(stage.session, row) == why


def test_what_was_told_is_kept(stage: Stage) -> None:
    stage.overdue("Late")
    email(stage)
    kept = stage.session.exec(select(Digest)).one().content
    assert kept
    assert from_plain(kept).sections[0].lines[0].title == "Late"


def test_a_second_copy_does_not_tell_of_what_was_withdrawn(stage: Stage) -> None:
    item = stage.overdue()
    email(stage)
    row = stage.session.exec(select(Outgoing)).one()
    assert PRESS.objection(stage.session, row) is None
    park = make_register(stage.session, slug="park-board", name="Park Board")
    item.body_id = park.id
    items.note_change(stage.session, item, "moved away", by=stage.by(stage.sara), now=MONDAY)
    assert PRESS.objection(stage.session, row) is not None


def test_a_second_copy_does_not_name_what_was_newly_put_forward_and_withdrawn(stage: Stage) -> None:
    new = NewItem("Lend tools", ItemKind.OFFER, put_forward_by=stage.party(stage.ben), number=30)
    item = create(stage.session, stage.board.id, new, by=stage.by(stage.sara), now=MONDAY)
    assert "Lend tools" in email(stage).text
    row = stage.session.exec(select(Outgoing)).one()
    assert PRESS.objection(stage.session, row) is None
    park = make_register(stage.session, slug="park-board", name="Park Board")
    item.body_id = park.id
    items.note_change(stage.session, item, "moved away", by=stage.by(stage.sara), now=MONDAY)
    assert PRESS.objection(stage.session, row) == "it holds an item that its reader may no longer see"


@pytest.mark.parametrize(("role", "is_kept"), [(Role.SECRETARIAT, True), (Role.MEMBER, False)])
def test_a_second_copy_with_figures_of_the_secretariat_goes_only_to_who_still_belongs_to_it(
    stage: Stage, role: Role, is_kept: bool
) -> None:
    term = make_term(stage.session, stage.ana, stage.board, Role.SECRETARIAT)
    make_proposal(stage.session, make_meeting(stage.session, stage.board), score=0.9)
    assert "1 passage to triage" in email(stage).text
    term.role = role
    made(stage.session, term)
    row = stage.session.exec(select(Outgoing)).one()
    assert (PRESS.objection(stage.session, row) is None) == is_kept


def test_a_second_copy_of_two_bodies_does_not_speak_of_one_that_was_left(stage: Stage) -> None:
    park = make_register(stage.session, slug="park-board", name="Park Board")
    term = make_term(stage.session, stage.ana, park, Role.MEMBER)
    stage.overdue(number=3)
    tree = make_item(stage.session, park, title="Plant trees", own_due_on=date(2012, 11, 9))
    tree.visibility = Visibility.PUBLISHED
    stage.owned(tree, stage.ana)
    assert "Park Board" in email(stage).text
    row = stage.session.exec(select(Outgoing)).one()
    assert PRESS.objection(stage.session, row) is None
    term.last_day = MONDAY.date() - timedelta(days=1)
    made(stage.session, term)
    assert PRESS.objection(stage.session, row) == "it speaks of a body in which its reader no longer holds a role"


@pytest.mark.parametrize("poison", [title for title in POISON if title])
def test_a_poisoned_title_neither_forges_a_line_nor_loses_the_mail(stage: Stage, poison: str) -> None:
    stage.overdue(poison.encode("utf-8", "ignore").decode() or "x", number=7)
    mail = email(stage)
    assert [line[:5] for line in mail.text.splitlines() if line.startswith(("Bcc", "No. 7"))] == ["No. 7"]
    assert "\x1b" not in mail.text + mail.html


def test_markup_in_a_title_stays_text(stage: Stage) -> None:
    stage.overdue("<img src=x onerror=alert(1)> {{ 7 * 7 }} %(num)d")
    mail = email(stage)
    assert "<img" not in mail.html
    assert "<img src=x onerror=alert(1)> {{ 7 * 7 }} %(num)d" in mail.text


def test_every_link_begins_with_the_address_of_the_settings(stage: Stage, app: Flask) -> None:
    stage.overdue()
    with app.test_request_context("/", headers={"Host": "evil.example"}):
        mail = email(stage)
    links = re.findall(r"https?://[^/]+", mail.text + mail.html)
    assert set(links) == {"https://follow.example.org"}


ANA = Person(id=7, slug="ana", name="Ana", token_epoch=2)


def test_the_way_out_is_signed_for_one_person() -> None:
    way_out = way_out_of("a secret", token_for("a secret", ANA, now=MONDAY))
    assert way_out
    assert (way_out.person_id, way_out.token_epoch, way_out.is_good(ANA, MONDAY)) == (7, 2, True)


@pytest.mark.parametrize(("secret", "change"), [("another", ""), ("a secret", "x")])
def test_a_way_out_that_was_tampered_with_leads_nowhere(secret: str, change: str) -> None:
    assert way_out_of(secret, token_for("a secret", ANA, now=MONDAY) + change) is None


@pytest.mark.parametrize("token", ["", "7", "Nw", "Nw.", ".", "é"])
def test_what_was_never_signed_leads_nowhere(token: str) -> None:
    assert way_out_of("a secret", token) is None


def test_a_way_out_of_an_edition_without_end_leads_nowhere() -> None:
    old = URLSafeSerializer("a secret", salt=PURPOSE).dumps(7)
    assert way_out_of("a secret", str(old)) is None


def test_a_digest_goes_out_to_the_relay_with_its_way_out(stage: Stage, app: Flask) -> None:
    stage.overdue()
    queue_due(stage.session, now=MONDAY, secret=PRESS.secret)
    the_relay(stage.session).smtp_seen = True
    stage.session.commit()
    writers = {MailKind.DIGEST: Writer(PRESS.write, PRESS.objection)}
    with Relay(Inbox()) as relay:
        post = Conversation(RelayAddress.parse(relay.url), LETTERHEAD, Durations())
        deliver(Office(app.extensions["sessions"], post, LETTERHEAD, writers))
    [(to, raw)] = relay.inbox.taken
    assert to == "ana@example.org"
    [token] = re.findall(rb"List-Unsubscribe: <https://follow\.example\.org/digests/stop/([^>]+)>", raw)
    way_out = way_out_of("a secret", token.decode())
    assert way_out
    assert way_out.person_id == 1
    message = message_from_bytes(raw, policy=default)
    assert parseaddr(message["From"]) == ("Library Board", LETTERHEAD.envelope_sender)
    assert message["List-Id"] == f"<digest.library-board.{LETTERHEAD.domain}>"


def notice_email(stage: Stage) -> Email:
    what_is_requested(stage)
    queue_notices(stage.session, now=MONDAY)
    row = stage.session.exec(select(Outgoing).where(Outgoing.kind == MailKind.NOTICE)).one()
    written = NoticePress(PRESS.secret, PRESS.base_url).write(stage.session, row)
    assert isinstance(written, Written)
    return written.email


def digest_email(stage: Stage) -> Email:
    stage.overdue()
    return email(stage)


def sign_in_email(stage: Stage) -> Email:
    return compose("sign_in", to="ana@example.org", link=f"{PRESS.base_url}/sign-in/x", hours=2)


@pytest.mark.parametrize(
    ("write", "sender", "is_list"),
    [
        (digest_email, "Library Board", True),
        (notice_email, "Library Board", False),
        (sign_in_email, "Intersession", False),
    ],
)
def test_the_headers_of_each_kind(stage: Stage, write: Callable[[Stage], Email], sender: str, is_list: bool) -> None:
    raw = build(write(stage), LETTERHEAD, message_id="x.1", date=MONDAY)
    message = message_from_bytes(raw, policy=default)
    assert parseaddr(message["From"]) == (sender, LETTERHEAD.envelope_sender)
    assert message["Message-ID"] == f"<x.1@{LETTERHEAD.domain}>"
    # No program that answers by itself, as one that tells of holidays, answers this.
    assert message["Auto-Submitted"] == "auto-generated"
    # A mail that unsubscribing would not end must not offer it.
    names = ("List-Id", "List-Unsubscribe", "List-Unsubscribe-Post")
    assert [name in message for name in names] == [is_list] * 3
    assert len(raw) < 40_000
