"""Undoing an answer about owning: requests and ownerships of the item stand again as they did before it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from tracker.history import Actor, Event
from tracker.history_verbs import Verb
from tracker.items.change_trail import lock, note_change
from tracker.items.models import Item
from tracker.items.party_models import Ownership, OwnerState

#: states that an answer can change
CURRENT = (OwnerState.REQUESTED, OwnerState.ACCEPTED)
MOMENT = "answered_at"
PROMISE = "promised_on"


def ownerships_before(session: Session, item: Item) -> dict[str, Any]:
    """Return how the item's requests and ownerships stand, by number, as a table can keep it."""
    return {str(row.id): row.model_dump(mode="json", include=_COLUMNS) for row in _current(session, item)}


_COLUMNS = {"state", "answers_for_id", "second_id", "answered_by", MOMENT}


def undo_ownership_answer(
    session: Session, item: Item, before: Mapping[str, Any], lines: Sequence[Event], *, by: Actor, now: datetime
) -> None:
    """Let the item's requests and ownerships stand as `before`, which ownerships_before returned, says.

    `lines` are the lines of history that the answer left. A request that it passed on is withdrawn. The caller has
    made sure that nobody has changed any of it since.
    """
    lock(session, item)
    owner = _owner(session, item)
    for row in _current(session, item):
        if str(row.id) not in before:
            row.state = OwnerState.WITHDRAWN
            session.add(row)
    for number, values in before.items():
        _restore(session.get_one(Ownership, int(number)), values)
    session.flush()
    former: dict[str, Any] = {"owner": owner}
    restored: dict[str, Any] = {"undone": [line.id for line in lines], "owner": _owner(session, item)}
    answered = next(line for line in lines if line.verb in ANSWERS)
    promise = next((line for line in lines if line.verb == Verb.PROMISE_NOTED), None)
    if promise is not None:
        former[PROMISE] = item.promised_on
        item.promised_on = _day(promise.before[PROMISE])
        restored[PROMISE] = item.promised_on
    after = {"party": answered.after["party"], **restored}
    note_change(session, item, Verb.ANSWER_UNDONE, by=by, now=now, before=former, after=after)


#: the verb that says what was answered; an acceptance may leave others before it
ANSWERS = (Verb.OWNERSHIP_ACCEPTED, Verb.OWNERSHIP_DECLINED, Verb.OWNERSHIP_PASSED_ON, Verb.OWNERSHIP_ENDED)


def _restore(row: Ownership, values: Mapping[str, Any]) -> None:
    row.state = OwnerState(values["state"])
    row.answers_for_id = values["answers_for_id"]
    row.second_id = values["second_id"]
    row.answered_by = values["answered_by"]
    row.answered_at = values[MOMENT] and datetime.fromisoformat(values[MOMENT])
    row.version += 1


def _current(session: Session, item: Item) -> Sequence[Ownership]:
    of_item = select(Ownership).where(col(Ownership.item_id) == item.id, col(Ownership.state).in_(CURRENT))
    return session.exec(of_item.order_by(col(Ownership.id))).all()


def _owner(session: Session, item: Item) -> int | None:
    return next((row.party_id for row in _current(session, item) if row.state is OwnerState.ACCEPTED), None)


def _day(value: str | None) -> date | None:
    if value:
        return date.fromisoformat(value)
    return None
