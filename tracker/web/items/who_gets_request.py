"""Who gets a mail about a request to own: those who answer for the party, have an address and may see the item."""

from collections.abc import Collection

from flask import flash
from flask_babel import gettext

from tracker.digests.notices import answerers
from tracker.items.ownership import is_answerer
from tracker.items.party_models import Ownership
from tracker.people.models import Person
from tracker.people.queries import party_names, sight_of
from tracker.web.app import context


def mailed(party_id: int, named: Collection[int | None], requester: int | None) -> list[Person]:
    """Return whom a request to that party is mailed to; never the requester, who knows."""
    return [person for person in answerers(context.session(), party_id, named, requester) if _reads(person)]


def _reads(person: Person) -> bool:
    # A mail names the item: it goes only to whoever may see it.
    return context.body_id() in sight_of(context.session(), person, context.now()).register_ids


def warn_if_nobody_is_mailed(request: Ownership) -> bool:
    """Warn the reader where no mail reaches whoever answers the request, and tell whether a mail leaves."""
    session = context.session()
    requester = request.requested_by
    # Whoever requests it of themselves needs no mail, and no warning that none is sent.
    if requester is not None and is_answerer(session, request, requester):
        return False
    is_mailed = bool(mailed(request.party_id, {request.answers_for_id, request.second_id}, requester))
    if not is_mailed:
        name = party_names(session, {request.party_id})[request.party_id]
        flash(gettext("No mail can reach %(name)s about this request. Write to them yourself.", name=name))
    return is_mailed
