"""Naming the addressees of an item, and recording what each of them answers."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from tracker.clock import refuse_year
from tracker.errors import Refused, refuse_stale
from tracker.history import Actor, Words
from tracker.history_verbs import Verb
from tracker.items.change_trail import lock, note_change, note_first_promise
from tracker.items.models import Item
from tracker.items.party_models import Addressee, ResponseState
from tracker.items.status import ANSWERED, TAKING_UP
from tracker.text import clean_or_none, clean_text

#: what to ask for where a response without a reason would leave a question open
NEEDS_REASON = {
    ResponseState.TAKEN_UP_IN_PART: "Say which part is taken up.",
    ResponseState.NOT_TAKEN_UP: "Say why it is not taken up, in their words if you have them.",
    ResponseState.REFERRED: "Say to whom it is referred.",
    ResponseState.OVERTAKEN: "Say by what it was overtaken.",
}


@dataclass(frozen=True)
class Response:
    """What an addressee answered: who said so for it, on which day, and why."""

    state: ResponseState
    answered_by: str | None = None
    responded_on: date | None = None
    reason: str | None = None


def name_addressee(session: Session, item: Item, party_id: int, *, by: Actor, now: datetime) -> Addressee:
    """Add an addressee. Raises Refused where the party is one already."""
    lock(session, item)
    named = col(Addressee.item_id) == item.id, col(Addressee.party_id) == party_id
    if session.exec(select(Addressee.id).where(*named)).first() is not None:
        raise Refused("That party is an addressee already. Choose another.", "party")
    addressee = Addressee(item_id=item.id, party_id=party_id)
    session.add(addressee)
    note_change(session, item, Verb.ADDRESSEE_ADDED, by=by, now=now, after={"party": party_id})
    return addressee


def drop_addressee(session: Session, addressee: Addressee, *, by: Actor, now: datetime) -> None:
    """Remove an addressee. Raises Refused once the item has been sent to it."""
    item = lock_addressee(session, addressee)
    # An addressee that has been written to is part of the record, answered or not.
    if addressee.response is not ResponseState.NOT_YET_SENT:
        raise Refused("The item has been sent to this party. Undo the sending first.")
    session.delete(addressee)
    note_change(session, item, Verb.ADDRESSEE_REMOVED, by=by, now=now, after={"party": addressee.party_id})


def record_response(
    session: Session,
    addressee: Addressee,
    response: Response,
    *,
    seen_version: int | None = None,
    by: Actor,
    now: datetime,
) -> None:
    """Record the response of an addressee.

    Raises Refused where who, when or why is missing; Stale if another answer was recorded after `seen_version`.
    """
    item = lock_addressee(session, addressee, seen_version)
    answered_by = clean_or_none(response.answered_by)
    reason = clean_text(response.reason or "") or None
    response = replace(response, answered_by=answered_by, reason=reason)
    refuse_year(response.responded_on, "responded_on")
    _check(response, now)
    before = {"party": addressee.party_id, "response": addressee.response}
    addressee.response = response.state
    addressee.answered_by = response.answered_by
    addressee.responded_on = response.responded_on
    addressee.reason = response.reason
    addressee.recorded_by = by.person_id
    addressee.version += 1
    session.add(addressee)
    after: dict[str, Any] = {"party": addressee.party_id, "response": response.state, "on": response.responded_on}
    if answered_by:
        after["answered_by"] = Words(answered_by)
    if reason:
        after["reason"] = Words(reason)
    if response.state in TAKING_UP:
        note_first_promise(session, item, by=by, now=now)
    note_change(session, item, Verb.RESPONSE_RECORDED, by=by, now=now, before=before, after=after)


def _check(response: Response, now: datetime) -> None:
    if response.state in ANSWERED and not response.answered_by:
        raise Refused("Say who answered for this party.", "answered_by")
    if response.state in NEEDS_REASON and not response.reason:
        raise Refused(NEEDS_REASON[response.state], "reason")
    if response.state is not ResponseState.NOT_YET_SENT and response.responded_on is None:
        raise Refused("Give the day of the answer.", "responded_on")
    if response.responded_on:
        refuse_future_day(response.responded_on, "responded_on", now)


def refuse_future_day(day: date, field: str, now: datetime) -> None:
    """Raise Refused for a day that has not begun anywhere."""
    # No place's calendar is more than fourteen hours ahead of UTC.
    if day > (now + timedelta(hours=14)).date():
        raise Refused("That day is still to come. Give today or an earlier day.", field)


def lock_addressee(session: Session, addressee: Addressee, seen_version: int | None = None) -> Item:
    """Lock the item, read the addressee afresh and return the item; raise Stale if it was saved meanwhile."""
    item = session.get_one(Item, addressee.item_id)
    lock(session, item)
    session.refresh(addressee)
    refuse_stale(addressee.version, seen_version)
    return item
