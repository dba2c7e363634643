"""Replies to mails of the Library Board: mails that were sent, and what comes back."""

from datetime import datetime
from email.message import EmailMessage

from sqlmodel import select

from tests.digests.stage import MONDAY, Stage
from tracker.answers.reply_address import reply_address
from tracker.clock import real_now
from tracker.digests.make_digests import Press
from tracker.digests.runs.queue_digests import queue_due
from tracker.inbound.models import ReplyFate
from tracker.inbound.receive_mail import ReplyDesk, receive_mail
from tracker.mail.delivery_office import Written
from tracker.mail.models import MailKind, MailState, Outgoing
from tracker.people.models import Person

DESK = ReplyDesk("reply@example.org", "a secret", "https://follow.example.org")


def sent_digest(stage: Stage) -> Outgoing:
    """Ana's digest of the week, as sent."""
    stage.session.flush()
    queue_due(stage.session, now=MONDAY, secret=DESK.secret)
    row = stage.session.exec(select(Outgoing).where(Outgoing.kind == MailKind.DIGEST)).one()
    written = Press(DESK.secret, DESK.base_url, DESK.mailbox).write(stage.session, row)
    assert isinstance(written, Written)
    written.keep(stage.session)
    row.state = MailState.SENT
    stage.session.flush()
    return row


def address(person: Person, row: Outgoing, now: datetime | None = None) -> str:
    """The address that takes the person's reply to that mail."""
    found = reply_address(DESK.mailbox, DESK.secret, person, row.id, now=now or real_now())
    assert found
    return found


def reply(to: str, text: str, name: str = "1@example.net", sender: str = "Ana <ana@example.org>") -> bytes:
    """A mail as somebody's program sends it."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = to
    message["Message-ID"] = f"<{name}>"
    message.set_content(text)
    return message.as_bytes()


def receive(stage: Stage, raw: bytes, real: datetime | None = None) -> ReplyFate | None:
    """Take a mail in at the moment that the installation believes in."""
    return receive_mail(stage.session, raw, DESK, now=MONDAY, real_now=real or real_now())
