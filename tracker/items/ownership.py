"""Requests to own an item and what becomes of them; helpers; and who may answer.

A party becomes owner only by accepting a request: ownership is never imposed.
"""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.db import rows
from tracker.errors import Refused, refuse_stale
from tracker.history import Actor, Words
from tracker.history_verbs import Verb
from tracker.items.change_trail import lock, note_change, note_first_promise
from tracker.items.list_conditions import answers_for
from tracker.items.models import Item
from tracker.items.party_models import Helper, Ownership, OwnerState
from tracker.items.status import may_become
from tracker.people.models import Party
from tracker.text import clean_text


def request_to_own(
    session: Session,
    item: Item,
    party_id: int,
    *,
    answers_for_id: int | None = None,
    second_id: int | None = None,
    message: str = "",
    by: Actor,
    now: datetime,
) -> Ownership:
    """Ask a party to own the item. For a body or a class, name who is to answer for it and their second.

    Raises Refused while another request is open, and where the party owns the item already.
    """
    lock(session, item)
    _refuse_second_request(session, item, party_id)
    request = Ownership(
        item_id=item.id,
        party_id=party_id,
        answers_for_id=answers_for_id,
        second_id=second_id,
        requested_by=by.person_id,
        requested_at=now,
        note=clean_text(message) or None,
    )
    session.add(request)
    after = {"party": party_id, **_message_words(message)}
    note_change(session, item, Verb.OWNERSHIP_REQUESTED, by=by, now=now, after=after)
    return request


def accept_ownership(
    session: Session,
    request: Ownership,
    *,
    answers_for_id: int | None = None,
    second_id: int | None = None,
    message: str = "",
    by: Actor,
    now: datetime,
) -> None:
    """Make the party of the request the owner. The ownership of the former owner ends.

    For a body or a class somebody answers: the person named here, else the one named in the request, else its second
    if they are the one who accepts, else its steward.
    """
    item = _move_on(session, request, OwnerState.ACCEPTED, by, now)
    note_first_promise(session, item, by=by, now=now)
    # An item has one owner at most, so the former one leaves at the moment when the new one accepts, never before.
    for former in _ownerships_in(session, item, OwnerState.ACCEPTED):
        if former is not request:
            former.state = OwnerState.ENDED
            note_change(session, item, Verb.OWNERSHIP_ENDED, by=by, now=now, after={"party": former.party_id})
    party = session.get_one(Party, request.party_id)
    if party.person_id is None:
        usual = party.steward_id
        if by.person_id == party.second_id:
            usual = party.second_id
        request.answers_for_id = answers_for_id or request.answers_for_id or usual
        request.second_id = second_id or request.second_id
    after = {"party": request.party_id, "answers_for": request.answers_for_id, **_message_words(message)}
    note_change(session, item, Verb.OWNERSHIP_ACCEPTED, by=by, now=now, after=after)


def take_free_item(session: Session, item: Item, party_id: int, *, by: Actor, now: datetime) -> None:
    """Make a party the owner of an item at its own wish. Raises Refused where somebody owns it or is requested to."""
    lock(session, item)
    if any(_ownerships_in(session, item, state) for state in (OwnerState.ACCEPTED, OwnerState.REQUESTED)):
        raise Refused("Somebody owns this item by now, or is requested to. Open it to see who.")
    accept_ownership(session, request_to_own(session, item, party_id, by=by, now=now), by=by, now=now)


def decline_request(session: Session, request: Ownership, *, message: str = "", by: Actor, now: datetime) -> None:
    """Decline a request to own the item."""
    item = _move_on(session, request, OwnerState.DECLINED, by, now)
    after = {"party": request.party_id, **_message_words(message)}
    note_change(session, item, Verb.OWNERSHIP_DECLINED, by=by, now=now, after=after)


def pass_request_on(
    session: Session,
    request: Ownership,
    party_id: int,
    *,
    message: str = "",
    by: Actor,
    now: datetime,
) -> Ownership:
    """Pass a request on to another party; return the new request. Raises Refused where it is the same party."""
    # It would end the request and open the very same one.
    if party_id == request.party_id:
        raise Refused("Choose somebody else to pass it to.", "party")
    item = _move_on(session, request, OwnerState.PASSED_ON, by, now)
    after = {"party": request.party_id, "to": party_id}
    note_change(session, item, Verb.OWNERSHIP_PASSED_ON, by=by, now=now, after=after)
    return request_to_own(session, item, party_id, message=message, by=by, now=now)


def withdraw_request(session: Session, request: Ownership, *, by: Actor, now: datetime) -> None:
    """Withdraw a request that nobody has answered."""
    item = _move_on(session, request, OwnerState.WITHDRAWN, by, now)
    note_change(session, item, Verb.REQUEST_WITHDRAWN, by=by, now=now, after={"party": request.party_id})


def end_ownership(session: Session, ownership: Ownership, *, reason: str = "", by: Actor, now: datetime) -> None:
    """End an ownership. The item then has no owner until somebody else accepts."""
    item = _move_on(session, ownership, OwnerState.ENDED, by, now)
    after = {"party": ownership.party_id, **_message_words(reason)}
    note_change(session, item, Verb.OWNERSHIP_ENDED, by=by, now=now, after=after)


def name_answerers(
    session: Session,
    ownership: Ownership,
    answers_for_id: int,
    second_id: int | None,
    *,
    seen_version: int | None = None,
    by: Actor,
    now: datetime,
) -> None:
    """Name who answers for a body or a class that owns the item, and their second.

    Raises Stale if somebody saved the ownership after `seen_version`; Refused for an owner who is a person.
    """
    item = _locked(session, ownership)
    refuse_stale(ownership.version, seen_version)
    if ownership.state is not OwnerState.ACCEPTED or _is_person(session, ownership.party_id):
        raise Refused(
            "The owner is a person, who answers for themselves. Choose an item that a body or a class owns.",
            "answers_for",
        )
    before = {"answers_for": ownership.answers_for_id, "second": ownership.second_id}
    ownership.answers_for_id = answers_for_id
    ownership.second_id = second_id
    ownership.version += 1
    after = {"party": ownership.party_id, "answers_for": answers_for_id, "second": second_id}
    note_change(session, item, Verb.ANSWERERS_NAMED, by=by, now=now, before=before, after=after)


def add_helper(session: Session, item: Item, person_id: int, *, by: Actor, now: datetime) -> None:
    """Add a helper of the owner."""
    lock(session, item)
    if session.get(Helper, (item.id, person_id)) is not None:
        raise Refused("This person helps already. Choose another.", "person")
    session.add(Helper(item_id=item.id, person_id=person_id))
    note_change(session, item, Verb.HELPER_ADDED, by=by, now=now, after={"person": person_id})


def remove_helper(session: Session, item: Item, person_id: int, *, by: Actor, now: datetime) -> None:
    """Remove a helper."""
    lock(session, item)
    helper = session.get(Helper, (item.id, person_id))
    if helper is None:
        raise Refused("This person no longer helps with the item. Look at the page again.", "person")
    session.delete(helper)
    note_change(session, item, Verb.HELPER_REMOVED, by=by, now=now, after={"person": person_id})


def _move_on(session: Session, request: Ownership, state: OwnerState, by: Actor, now: datetime) -> Item:
    """Give the request that state; raise Refused where it was answered or withdrawn meanwhile."""
    item = _locked(session, request)
    if not may_become(request.state, state):
        raise Refused("This request was answered or withdrawn meanwhile. Look at the page again.")
    request.state = state
    if state is not OwnerState.ENDED:  # that one keeps who accepted it, and when
        request.answered_by = by.person_id
        request.answered_at = now
    session.add(request)
    return item


def _locked(session: Session, request: Ownership) -> Item:
    item = session.get_one(Item, request.item_id)
    lock(session, item)
    session.refresh(request)
    return item


def _ownerships_in(session: Session, item: Item, state: OwnerState) -> list[Ownership]:
    of_item = select(Ownership).where(col(Ownership.item_id) == item.id, col(Ownership.state) == state)
    return list(session.exec(of_item.order_by(col(Ownership.id))))


def _refuse_second_request(session: Session, item: Item, party_id: int) -> None:
    if _ownerships_in(session, item, OwnerState.REQUESTED):
        raise Refused("There is an open request to own this item. Withdraw it first.", "party")
    if any(owner.party_id == party_id for owner in _ownerships_in(session, item, OwnerState.ACCEPTED)):
        raise Refused("That party owns the item already. Choose another.", "party")


def _is_person(session: Session, party_id: int) -> bool:
    return session.get_one(Party, party_id).person_id is not None


def _message_words(message: str) -> dict[str, Any]:
    text = clean_text(message)
    if text:
        return {"message": Words(text)}
    return {}


_THEIRS = sa.select(col(Ownership.id)).where(answers_for(sa.bindparam("person"))).limit(1)
_ONE_OF_THEIRS = _THEIRS.where(col(Ownership.id) == sa.bindparam("ownership"))
_THEIRS_OF_ITEM = _THEIRS.where(col(Ownership.item_id) == sa.bindparam("item"))


def is_answerer(session: Session, ownership: Ownership, person_id: int) -> bool:
    """Tell whether this person may answer the request, or answers for the ownership."""
    return bool(rows(session, _ONE_OF_THEIRS, ownership=ownership.id, person=person_id))


def was_requested_to_own(session: Session, item: Item, person_id: int) -> bool:
    """Tell whether this person may or might have answered a request to own the item, whatever became of it."""
    return bool(rows(session, _THEIRS_OF_ITEM, item=item.id, person=person_id))
