"""The digest as its reader gets it: whole mails, compared with files, and what goes over the wire."""

import re
from collections.abc import Iterator
from datetime import date
from email import message_from_bytes
from email.policy import default
from email.utils import parseaddr

import pytest
from flask import Flask
from itsdangerous import URLSafeSerializer
from sqlmodel import select

from tests.digests.stage import MONDAY, Stage, make_stage, waiting_for
from tests.factories import make_item, make_register, make_term
from tests.mail.expected import assert_as_expected
from tests.mail.offices import LETTERHEAD
from tests.mail.relays import Inbox, Relay
from tests.mail.test_message_bytes import POISON
from tracker.digests.make_digests import Press, stop
from tracker.digests.models import Digest
from tracker.digests.parts import from_plain
from tracker.digests.queue_digests import queue_due
from tracker.digests.unsubscribe import PURPOSE, token_for, way_out_of, without_tokens
from tracker.items import changes as items
from tracker.items import ownership
from tracker.items.models import Capacity, Progress
from tracker.mail.compose_email import Email
from tracker.mail.delivery import deliver
from tracker.mail.delivery_office import Dropped, Office, Writer, Written
from tracker.mail.delivery_times import Durations
from tracker.mail.models import MailKind, MailState, Outgoing
from tracker.mail.relay_state import the_relay
from tracker.mail.smtp_conversation import Conversation, RelayAddress
from tracker.people.models import Person, Role
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
    row = stage.session.exec(select(Outgoing).where(Outgoing.person_id == stage.ana.id)).one()
    return PRESS.write(stage.session, row)


def email(stage: Stage) -> Email:
    found = written(stage)
    assert isinstance(found, Written)
    return found.email


def full_week(stage: Stage) -> None:
    """One thing of every kind."""
    ben, sara = stage.by(stage.ben), stage.by(stage.sara)
    late = stage.overdue(number=3)
    updates.record(stage.session, late, stage.ben, "Half of the names are in.", by=ben, now=MONDAY)
    stage.overdue("Answer the city's letter", number=9, progress=Progress.WAITING)
    stage.coming("Draft the programme of the open day", number=12)
    taken = stage.item("Find a room with a ramp", number=14, reported_by=stage.sara.id, capacity=Capacity.ORGANISATION)
    message = "You know the building best."
    ownership.request_to_own(stage.session, taken, stage.party(stage.ana), message=message, by=sara, now=MONDAY)
    stage.item("Invite the schools", stage.ben, number=15, **waiting_for(stage.party(stage.ana)))
    followed = stage.item("Keep an archive", stage.ben, number=21, put_forward_by=stage.party(stage.ana))
    updates.record(stage.session, followed, stage.ben, "", progress=Progress.IN_PROGRESS, by=ben, now=MONDAY)
    stage.move(stage.february, date(2013, 3, 4))


@pytest.mark.parametrize("part", ["subject", "text", "html"])
def test_a_week_with_something_of_every_kind(stage: Stage, part: str) -> None:
    full_week(stage)
    ending = {"subject": "subject.txt", "text": "txt", "html": "html"}[part]
    assert_as_expected(f"digest_full_week.{ending}", without_tokens(getattr(email(stage), part)).rstrip("\n") + "\n")


def test_two_overdue(stage: Stage) -> None:
    stage.overdue(number=3)
    stage.overdue("Answer the city's letter", number=9)
    mail = email(stage)
    assert_as_expected("digest_two_overdue.txt", f"{mail.subject}\n\n{without_tokens(mail.text)}")


def test_two_registers(stage: Stage) -> None:
    park = make_register(stage.session, slug="park-board", name="Park Board")
    make_term(stage.session, stage.ana, park, Role.MEMBER)
    stage.owned(make_item(stage.session, park, title="Plant trees", number=3, own_due_on=date(2012, 11, 9)), stage.ana)
    stage.coming(number=9)
    mail = email(stage)
    assert_as_expected("digest_two_registers.txt", f"{mail.subject}\n\n{without_tokens(mail.text)}")


def test_a_catch_up_says_since_when(stage: Stage) -> None:
    stage.overdue(number=3)
    stage.session.flush()
    queue_due(stage.session, now=MONDAY.replace(month=12, day=3), secret=PRESS.secret)
    found = PRESS.write(stage.session, stage.session.exec(select(Outgoing)).one())
    assert isinstance(found, Written)
    assert "This mail covers the time since Monday 5 November 2012." in found.email.text


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
