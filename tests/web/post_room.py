"""Mails of the web tests' small world: Mira's digest written and kept as a file, and rows in any state."""

from typing import Any

from flask import Flask
from sqlmodel import select

from tests.factories import NOW, made, make_item, make_ownership
from tests.web.shelf import Shelf
from tracker import clock
from tracker.digests.make_digests import Press
from tracker.digests.runs.queue_digests import queue_due
from tracker.digests.runs.send_times import WEEK
from tracker.digests.unsubscribe import token_for
from tracker.mail import outbox, relay_state
from tracker.mail.compose_email import Email
from tracker.mail.delivery import deliver
from tracker.mail.delivery_office import Office, Writer
from tracker.mail.message_bytes import Letterhead
from tracker.mail.message_folder import Folder
from tracker.mail.models import MailKind, MailState, Outgoing, Suppression
from tracker.people.models import Person, Subscription

HOSTILE = "<script>alert(1)</script> & \u202elist"
BASE = "http://localhost:8000"


class PostRoom:
    """What the Library Board's mail looks like; the installation believes in Monday, 12 November 2012."""

    def __init__(self, app: Flask, shelf: Shelf) -> None:
        self.app = app
        self.shelf = shelf
        self.folder = app.extensions["config"].var / "mail"
        self.secret: str = app.extensions["config"].secret_key

    def subscribe(self, name: str = "member") -> None:
        """Let somebody of the world have digests since a week ago."""
        with self.shelf.writing() as session:
            number = getattr(self.shelf.world, name)
            made(session, Subscription(person_id=number, subscribed_at=NOW - WEEK))

    def owe(self, title: str = HOSTILE) -> None:
        """Let Mira be late with an item."""
        with self.shelf.writing() as session:
            item = make_item(session, self.shelf.board(session), title=title, own_due_on=NOW.date() - WEEK)
            make_ownership(session, item, self.shelf.party(session, "member"))

    def digest(self) -> int:
        """Write Mira's digest of the week, keep it as a file, and return its number."""
        self.subscribe()
        self.owe()
        with self.shelf.writing() as session:
            queue_due(session, now=clock.now(session), secret=self.secret)
        press = Press(self.secret, BASE)
        writers = {MailKind.DIGEST: Writer(press.write, press.objection)}
        self.deliver(writers)
        with self.shelf.writing() as session:
            return session.exec(select(Outgoing.id).where(Outgoing.kind == MailKind.DIGEST)).one() or 0

    def token(self) -> str:
        """Return what stands at the end of the address in Mira's digest that ends it, were it written now."""
        with self.shelf.writing() as session:
            return token_for(self.secret, session.get_one(Person, self.shelf.world.member), now=clock.real_now())

    def deliver(self, writers: dict[MailKind, Writer] | None = None) -> None:
        """Put what is queued into the folder."""
        letterhead = Letterhead("Intersession <follow@example.org>")
        sessions = self.app.extensions["sessions"]
        with self.app.app_context():
            deliver(Office(sessions, Folder(self.folder), letterhead, writers or {}))

    def put(self, to: str = "member", kind: MailKind = MailKind.REQUEST, **values: Any) -> int:
        """Queue a mail to somebody of the world; values are what has become of it."""
        with self.shelf.writing() as session:
            person = session.get_one(Person, getattr(self.shelf.world, to))
            email = Email(person.email or "", HOSTILE, "Please <b>answer</b>.\n", "<p>Please answer.</p>\n")
            row = outbox.put(session, email, person_id=person.id, kind=kind, now=NOW)
            for name, value in values.items():
                setattr(row, name, value)
            return row.id

    def refuse(self, address: str = "mira@example.org") -> None:
        """Let an address be one that nothing is sent to."""
        with self.shelf.writing() as session:
            session.add(Suppression(to_addr=address, code=550, text="5.1.1 no such user", since=NOW))

    def hold(self) -> None:
        """Let no mail leave."""
        with self.shelf.writing() as session:
            relay_state.the_relay(session).held_since = NOW

    def state(self, number: int) -> MailState:
        """Return what became of a mail."""
        with self.shelf.writing() as session:
            return session.get_one(Outgoing, number).state
