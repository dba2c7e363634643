"""How an item is put to those whom it asks: on which day, by which way, by whom."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from tracker.clock import refuse_year
from tracker.errors import Refused
from tracker.history import Actor, Words
from tracker.history_verbs import Verb
from tracker.items.change_trail import note_change
from tracker.items.models import Addressee, ResponseState, SendWay
from tracker.items.responses import lock_addressee, refuse_future_day
from tracker.items.status import ANSWERED
from tracker.text import clean_or_none


@dataclass(frozen=True)
class Sending:
    """That an item was put to a party; `words` say more of the way, as "letter of 27 February"."""

    on: date
    way: SendWay
    words: str | None = None
    #: the person who put it
    by_id: int | None = None


def send_to_addressee(
    session: Session,
    addressee: Addressee,
    sending: Sending,
    *,
    seen_version: int | None = None,
    by: Actor,
    now: datetime,
) -> None:
    """Note how the item was put to the party; one that has not answered is then waited for.

    Raises Refused for a day that cannot be; Stale if somebody wrote of that party since `seen_version`.
    """
    item = lock_addressee(session, addressee, seen_version)
    refuse_year(sending.on, "on")
    refuse_future_day(sending.on, "on", now)
    words = clean_or_none(sending.words)
    before = {"party": addressee.party_id, "response": addressee.response}
    addressee.sent_on = sending.on
    addressee.sent_way = sending.way
    addressee.sent_words = words
    addressee.sent_by = sending.by_id
    if addressee.response not in ANSWERED:
        addressee.response = ResponseState.SENT
        addressee.responded_on = sending.on
    addressee.version += 1
    session.add(addressee)
    after: dict[str, Any] = {
        "party": addressee.party_id,
        "response": addressee.response,
        "on": sending.on,
        "way": sending.way,
    }
    after |= {"sent_by": sending.by_id} | ({"words": Words(words)} if words else {})
    note_change(session, item, Verb.SENT_TO_ADDRESSEE, by=by, now=now, before=before, after=after)


def undo_sending(
    session: Session, addressee: Addressee, *, seen_version: int | None = None, by: Actor, now: datetime
) -> None:
    """Say that the item was not put to the party after all; refused once it has answered."""
    item = lock_addressee(session, addressee, seen_version)
    if addressee.response is not ResponseState.SENT:
        raise Refused("Only what was put and is not answered can be taken back. Correct the answer instead.")
    addressee.sent_on = addressee.sent_way = addressee.sent_words = addressee.sent_by = addressee.responded_on = None
    addressee.response = ResponseState.NOT_YET_SENT
    addressee.version += 1
    session.add(addressee)
    before = {"party": addressee.party_id, "response": ResponseState.SENT}
    after = {"party": addressee.party_id, "response": addressee.response}
    note_change(session, item, Verb.SENDING_UNDONE, by=by, now=now, before=before, after=after)
