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
from tracker.items.models import Asked, PutWay, ResponseState
from tracker.items.responses import lock_asked, refuse_coming
from tracker.items.status import ANSWERED
from tracker.text import clean_or_none


@dataclass(frozen=True)
class Putting:
    """That an item was put to a party; `words` say more of the way, as "letter of 27 February"."""

    on: date
    way: PutWay
    words: str | None = None
    #: the person who put it
    by_id: int | None = None


def put(
    session: Session, asked: Asked, putting: Putting, *, seen_version: int | None = None, by: Actor, now: datetime
) -> None:
    """Note how the item was put to the party; one that has not answered is then waited for.

    Raises Refused for a day that cannot be; Stale if somebody wrote of that party since `seen_version`.
    """
    item = lock_asked(session, asked, seen_version)
    refuse_year(putting.on, "on")
    refuse_coming(putting.on, "on", now)
    words, before = clean_or_none(putting.words), {"party": asked.party_id, "response": asked.response}
    asked.put_on, asked.put_by_way, asked.put_words, asked.put_by = putting.on, putting.way, words, putting.by_id
    if asked.response not in ANSWERED:
        asked.response, asked.responded_on = ResponseState.PUT_TO_THEM, putting.on
    asked.version += 1
    session.add(asked)
    after: dict[str, Any] = {"party": asked.party_id, "response": asked.response, "on": putting.on, "way": putting.way}
    after |= {"put_by": putting.by_id} | ({"words": Words(words)} if words else {})
    note_change(session, item, Verb.PUT_TO_PARTY, by=by, now=now, before=before, after=after)


def take_back(session: Session, asked: Asked, *, seen_version: int | None = None, by: Actor, now: datetime) -> None:
    """Say that the item was not put to the party after all; refused once it has answered."""
    item = lock_asked(session, asked, seen_version)
    if asked.response is not ResponseState.PUT_TO_THEM:
        raise Refused("Only what was put and is not answered can be taken back. Correct the answer instead.")
    asked.put_on = asked.put_by_way = asked.put_words = asked.put_by = asked.responded_on = None
    asked.response = ResponseState.NOT_YET_PUT
    asked.version += 1
    session.add(asked)
    before = {"party": asked.party_id, "response": ResponseState.PUT_TO_THEM}
    after = {"party": asked.party_id, "response": asked.response}
    note_change(session, item, Verb.PUTTING_TAKEN_BACK, by=by, now=now, before=before, after=after)
