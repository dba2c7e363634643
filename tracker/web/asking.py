"""The mail that tells a person he is asked to own an item: a link to the page with the three answers."""

from flask import url_for
from sqlmodel import Session, col, select

from tracker.items.models import Item, Ownership
from tracker.items.queries import person_names
from tracker.mail import outbox
from tracker.mail.email import base_url, compose, one_line
from tracker.mail.models import MailKind
from tracker.people.models import Party, Person
from tracker.people.queries import sight_of
from tracker.web import context


def tell(item: Item, request: Ownership) -> None:
    """Put a mail into the outbox for each who may answer, has an address and may see the item. The caller commits."""
    session = context.session()
    asker = person_names(session, {request.asked_by or 0}).get(request.asked_by or 0)
    link = base_url(context.config()) + url_for("item_owner.answer", number=item.number)
    for person in _answerers(session, request):
        if item.body_id in sight_of(session, person, context.today()).register_ids:
            values = {"asker": asker, "title": one_line(item.title), "message": request.note}
            email = compose("asked", to=person.email or "", language=person.language, link=link, item=item, **values)
            outbox.put(session, email, person_id=person.id, kind=MailKind.ASKED, now=context.now())


def _answerers(session: Session, request: Ownership) -> list[Person]:
    """Return who answers for the party: the one named, else the person himself or its stewards; never who asks."""
    party = session.get_one(Party, request.party_id)
    named = {request.answers_for_id, request.second_id} - {None}
    who = (named or {party.person_id, party.steward_id, party.second_id}) - {None, request.asked_by}
    reachable = col(Person.id).in_(who), col(Person.email).is_not(None)
    found = session.exec(select(Person).where(*reachable).order_by(col(Person.id)))
    return [person for person in found if person.is_active]
