"""The links that a reader of the Library Board's mails holds, and what comes of pressing them."""

import re
from datetime import timedelta

import lxml.html
from flask import Flask
from sqlmodel import col, select
from werkzeug.test import TestResponse

from tests.web.browsing import Browser
from tests.web.shelf import Shelf
from tracker import clock
from tracker.answers.answer_links import answer_address, undo_address
from tracker.answers.choices import MailAnswer
from tracker.answers.models import AnswerReceipt
from tracker.items.models import Item
from tracker.items.party_models import OwnerState
from tracker.mail.models import MailKind, Outgoing
from tracker.people.models import Person

#: an address of ours in a mail
LINK = re.compile(r"https?://[^/\s]+(/a/\S+)")


class MailBox:
    """What somebody of the world, by default Mira, finds in the mail, opened in a browser that is not signed in."""

    def __init__(self, app: Flask, shelf: Shelf, reader: str = "member") -> None:
        self.app = app
        self.shelf = shelf
        self.reader = reader
        self.browser = Browser(app)
        self.secret: str = app.extensions["config"].secret_key

    def _person(self) -> int:
        number: int = getattr(self.shelf.world, self.reader)
        return number

    def link(self, number: int, answer: str = "done", age: timedelta = timedelta(0)) -> str:
        """Return the path of a link that was mailed so long ago."""
        with self.shelf.item(number) as (session, item):
            person = session.get_one(Person, self._person())
            return answer_address("", self.secret, person, item.id, MailAnswer(answer), now=clock.real_now() - age)

    def undo_link(self, receipt: int, age: timedelta = timedelta(0)) -> str:
        """Return the path in a receipt that was mailed so long ago."""
        with self.shelf.writing() as session:
            person = session.get_one(Person, self._person())
            return undo_address("", self.secret, person, receipt, now=clock.real_now() - age)

    def owned(self, **values: object) -> int:
        """Add an item that the reader owns, and return its number."""
        return self.shelf.owned(self.reader, **values)  # type: ignore[arg-type]

    def requested(self, **values: object) -> int:
        """Add an item that the reader is requested to own."""
        return self.shelf.owned(self.reader, OwnerState.REQUESTED, **values)  # type: ignore[arg-type]

    def answer(self, path: str, **typed: str) -> TestResponse:
        """Open the page, fill in what is typed, and press its button."""
        return self.press(self.browser.get(path), **typed)

    def press(self, page: TestResponse, **typed: str) -> TestResponse:
        """Press the first button of a page that was opened."""
        [form, *_] = lxml.html.fromstring(page.data).forms
        return self.browser.client.post(form.action, data={**dict(form.fields), **typed})

    def item(self, number: int) -> Item:
        """Return the item as it stands."""
        with self.shelf.item(number) as (session, item):
            session.expunge(item)
            return item

    def receipts(self) -> list[AnswerReceipt]:
        """Return what was answered."""
        with self.shelf.writing() as session:
            found = list(session.exec(select(AnswerReceipt).order_by(col(AnswerReceipt.id))))
            session.expunge_all()
            return found

    def mails(self) -> list[Outgoing]:
        """Return the receipts and new links in the outbox."""
        with self.shelf.writing() as session:
            mails = select(Outgoing).where(col(Outgoing.kind) == MailKind.RECEIPT).order_by(col(Outgoing.id))
            found = list(session.exec(mails))
            session.expunge_all()
            return found


def links_in(mail: Outgoing) -> list[str]:
    """Return the paths of ours in the plain text of a mail."""
    return LINK.findall(mail.text or "")
