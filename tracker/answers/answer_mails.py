"""The mails that answering brings: a receipt with the link that undoes it, and new links for one that has expired."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from tracker import clock
from tracker.answers.answer_links import answer_address, undo_address
from tracker.answers.choices import AnswerScope
from tracker.answers.models import AnswerReceipt
from tracker.answers.record_answer import AnswerDetails
from tracker.db import lookup
from tracker.items.models import Item
from tracker.mail import outbox
from tracker.mail.compose_email import compose, one_line
from tracker.mail.models import MailKind
from tracker.people.models import Body, Person
from tracker.people.queries import party_names


@dataclass(frozen=True)
class AnswerMails:
    """Writes these mails; the secret signs their links, `base_url` is what links begin with. The caller commits."""

    base_url: str
    secret: str

    def put_receipt(
        self,
        session: Session,
        person: Person,
        item: Item,
        receipt: AnswerReceipt,
        details: AnswerDetails,
        *,
        now: datetime,
    ) -> str:
        """Put the receipt into the outbox and return the address that undoes the answer."""
        undo = undo_address(self.base_url, self.secret, person, receipt.id, now=clock.real_now())
        names = party_names(session, {number for number in (details.waiting_party, details.pass_to) if number})
        values = {
            "answer": receipt.answer,
            "note": details.note.strip(),
            "awaited": lookup(names, details.waiting_party) or one_line(details.waits_for),
            "passed_to": lookup(names, details.pass_to),
            "due_on": details.due_on,
            "done": details.done,
            "total": details.total,
        }
        self._put(session, "receipt", person, item, now, undo=undo, **values)
        return undo

    def put_new_link(self, session: Session, person: Person, item: Item, scope: AnswerScope, *, now: datetime) -> None:
        """Put a mail with new links for the item into the outbox."""
        real_now = clock.real_now()
        links = [
            (choice, answer_address(self.base_url, self.secret, person, item.id, choice, now=real_now))
            for choice in scope.choices
        ]
        # Without an answer it opens the page on which all of them stand.
        page = answer_address(self.base_url, self.secret, person, item.id, now=real_now)
        self._put(session, "answer_link", person, item, now, links=links, page=page)

    def _put(self, session: Session, mail: str, person: Person, item: Item, now: datetime, **values: object) -> None:
        register = session.get_one(Body, item.body_id)
        common = {"number": item.number, "title": one_line(item.title), "register": register, "reader": person.name}
        email = compose(
            mail, to=person.email or "", language=person.language, base_url=self.base_url, **common, **values
        )
        outbox.put(session, email, person_id=person.id, kind=MailKind.RECEIPT, now=now, body_id=item.body_id)
