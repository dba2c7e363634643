"""The mails that answering brings: a receipt with the link that undoes it, and new links for one that has expired."""

from tracker import clock
from tracker.answers.answer_links import answer_address, undo_address
from tracker.answers.choices import AnswerScope, MailAnswer
from tracker.answers.models import AnswerReceipt
from tracker.items.models import Item
from tracker.mail import outbox
from tracker.mail.compose_email import base_url, compose, one_line
from tracker.mail.models import MailKind
from tracker.people.models import Body, Person
from tracker.web.app import context


def put_receipt(person: Person, item: Item, receipt: AnswerReceipt, note: str) -> str:
    """Put the receipt into the outbox and return the address that undoes the answer. The caller commits."""
    config = context.config()
    undo = undo_address(base_url(config), config.secret_key, person, receipt.id, now=clock.real_now())
    _put("receipt", person, item, answer=receipt.answer, note=note.strip(), undo=undo)
    return undo


def put_new_link(person: Person, item: Item, scope: AnswerScope) -> None:
    """Put a mail with new links for the item into the outbox. The caller commits."""
    links = [(choice, _link(person, item, choice)) for choice in scope.choices]
    _put("answer_link", person, item, links=links)


def _link(person: Person, item: Item, choice: MailAnswer) -> str:
    config = context.config()
    return answer_address(base_url(config), config.secret_key, person, item.id, choice, now=clock.real_now())


def _put(mail: str, person: Person, item: Item, **values: object) -> None:
    session = context.session()
    register = session.get_one(Body, item.body_id)
    common = {"number": item.number, "title": one_line(item.title), "register": register, "reader": person.name}
    email = compose(mail, to=person.email or "", language=person.language, **common, **values)
    outbox.put(session, email, person_id=person.id, kind=MailKind.RECEIPT, now=context.now(), body_id=item.body_id)
