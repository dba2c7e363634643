"""Recording that an item was sent to an addressee: on which day, how and by whom; and undoing that."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from tracker.clock import refuse_year
from tracker.errors import Refused
from tracker.history import Actor, Words
from tracker.history_verbs import Verb
from tracker.items.change_trail import note_change
from tracker.items.party_models import Addressee, ResponseState, SendWay
from tracker.items.responses import lock_addressee, refuse_future_day
from tracker.items.status import ANSWERED
from tracker.text import clean_or_none


@dataclass(frozen=True)
class Sending:
    """When and how an item was sent to an addressee; `words` add to how, as "letter of 27 February"."""

    on: date
    way: SendWay
    words: str | None = None
    #: the person who sent it
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
    """Record that the item was sent to the addressee. One that has not answered is then waited for.

    Raises Refused for a day that is impossible or still to come; Stale if the addressee was saved after `seen_version`.
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
    # A letter that is recorded late must not wipe out the answer to it.
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
        "sent_by": sending.by_id,
    }
    if words:
        after["words"] = Words(words)
    note_change(session, item, Verb.SENT_TO_ADDRESSEE, by=by, now=now, before=before, after=after)


def undo_sending(
    session: Session, addressee: Addressee, *, seen_version: int | None = None, by: Actor, now: datetime
) -> None:
    """Undo the sending: the item was not sent to the addressee. Raises Refused once it has answered."""
    item = lock_addressee(session, addressee, seen_version)
    # An answer proves that it was sent, whatever was recorded of that.
    if addressee.response is not ResponseState.SENT:
        raise Refused("The sending can be undone only while there is no answer. Correct the answer instead.")
    addressee.sent_on = addressee.sent_way = addressee.sent_words = addressee.sent_by = addressee.responded_on = None
    addressee.response = ResponseState.NOT_YET_SENT
    addressee.version += 1
    session.add(addressee)
    before = {"party": addressee.party_id, "response": ResponseState.SENT}
    after = {"party": addressee.party_id, "response": addressee.response}
    note_change(session, item, Verb.SENDING_UNDONE, by=by, now=now, before=before, after=after)
