"""The mail with a request to own one item or several: a link to the page with the three answers."""

from collections.abc import Sequence
from typing import Any

from flask import flash, url_for
from flask_babel import gettext
from sqlmodel import Session, col, select

from tracker.items.lines import person_names
from tracker.items.models import Item
from tracker.items.ownership import is_answerer
from tracker.items.party_models import Ownership
from tracker.mail import outbox
from tracker.mail.compose_email import base_url, compose, one_line
from tracker.mail.models import MailKind, Outgoing
from tracker.people.models import Party, Person
from tracker.people.queries import sight_of
from tracker.web.app import context


def tell(item: Item, request: Ownership) -> bool:
    """Put a mail into the outbox for each who may answer, has an address and may see the item. The caller commits.

    Returns False where nobody but who asks will hear of it.
    """
    values = {"title": one_line(item.title), "link": _link(item), "item": item}
    reached = _put("request_to_own", request, item.body_id, values)
    # Whoever asks themselves needs no mail, and no warning that none was sent.
    return bool(reached) or (
        request.requested_by is not None and is_answerer(context.session(), request, request.requested_by)
    )


def warn(name: str) -> None:
    """Warn the reader that no mail reaches whoever answers the request."""
    flash(gettext("No mail can reach %(name)s about this request. Write to them yourself.", name=name))


def tell_of_many(items: Sequence[Item], requests: Sequence[Ownership]) -> list[Outgoing]:
    """Put one mail for all these requests, which are alike, into the outbox for each who may answer them."""
    if not requests:
        return []
    item_ids = {request.item_id for request in requests}
    lines = [(item.number, one_line(item.title), _link(item)) for item in items if item.id in item_ids]
    # One mail for all of them: forty requests in forty mails would be taken for spam.
    values = {"lines": lines, "mine": base_url(context.config()) + url_for("front.index", all="asked")}
    return _put("requests_to_own", requests[0], items[0].body_id, values)


def _link(item: Item) -> str:
    return base_url(context.config()) + url_for("item_owner.answer", number=item.number)


def _put(mail: str, request: Ownership, body_id: int, values: dict[str, Any]) -> list[Outgoing]:
    session = context.session()
    common = {"requester": _requester_name(request), "message": request.note, **values}
    outgoing = []
    named = {request.answers_for_id, request.second_id}
    for person in answerers(session, request.party_id, named, request.requested_by):
        # A mail names the item: it goes only to whoever may see it.
        if body_id in sight_of(session, person, context.now()).register_ids:
            email = compose(mail, to=person.email or "", language=person.language, **common)
            outgoing.append(outbox.put(session, email, person_id=person.id, kind=MailKind.REQUEST, now=context.now()))
    return outgoing


def _requester_name(request: Ownership) -> str | None:
    if request.requested_by is None:
        return None
    return person_names(context.session(), {request.requested_by}).get(request.requested_by)


def answerers(session: Session, party_id: int, named: set[int | None], requester: int | None) -> list[Person]:
    """Return who answers for the party: those named, else the person or its stewards; never the requester."""
    party = session.get_one(Party, party_id)
    who = (named - {None} or {party.person_id, party.steward_id, party.second_id}) - {None, requester}
    reachable = col(Person.id).in_(who), col(Person.email).is_not(None)
    people = session.exec(select(Person).where(*reachable).order_by(col(Person.id)))
    return [person for person in people if person.is_active]
