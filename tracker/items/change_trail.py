"""What every change of an item does first and last: lock the row and refuse a stale form; then leave an event.

The day first promised is noted here too, for whoever accepts an item, as its owner or as an addressee, leaves it.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.errors import Stale
from tracker.history import RECORDED_FOR, Actor, Event, leave
from tracker.history_queries import of_subject
from tracker.history_verbs import Verb
from tracker.items.due import due_on
from tracker.items.models import Item
from tracker.items.status import TAKING_UP
from tracker.meetings.models import Milestone

#: values of an item's history that are the number of a party, and of a person
PARTIES = frozenset({"party", "to", "waiting_for", "put_forward_by", "addressee", RECORDED_FOR})
PEOPLE = frozenset({"answers_for", "second", "person", "reported_by", "sent_by"})

_LOCKED = (
    select(Item).where(col(Item.id) == sa.bindparam("item")).with_for_update().execution_options(populate_existing=True)
)


def lock(session: Session, item: Item, seen_version: int | None = None) -> None:
    """Read the item afresh and lock it, so that nobody else changes it before the commit.

    Raises Stale where somebody saved it after `seen_version`; None stands for a writer who saw no version.
    """
    session.scalars(_LOCKED, {"item": item.id}).one()
    if seen_version is not None and item.version != seen_version:
        raise Stale(
            "Somebody else has changed item %(number)s since you opened it. Look at both and save again.",
            number=item.number,
        )


def note_change(
    session: Session,
    item: Item,
    verb: Verb,
    *,
    by: Actor,
    now: datetime,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Leave an event in the item's history, and date the item's last change by it."""
    item.changed_at = now
    session.add(item)
    leave(session, item, verb, by=by, now=now, body_id=item.body_id, before=before, after=after)


def note_first_promise(session: Session, item: Item, *, by: Actor, now: datetime) -> None:
    """Keep the due day of now as the one first promised. Call it where somebody accepts, before that leaves its event.

    Until an owner or an addressee accepts, nobody has promised anything, and the item keeps the day first set.
    Nothing changes where somebody has accepted before, though they may have left since.
    """
    lines = of_subject(session, item.history_key())
    undone = {number for line in lines for number in line.after.get("undone", ())}
    if any(_is_acceptance(line) for line in lines if line.id not in undone):
        return
    milestone = None
    if item.milestone_id:
        milestone = session.get(Milestone, item.milestone_id)
    day = due_on(item, milestone)
    if day == item.promised_on:
        return
    before = {"promised_on": item.promised_on}
    item.promised_on = day
    note_change(session, item, Verb.PROMISE_NOTED, by=by, now=now, before=before, after={"promised_on": day})


def _is_acceptance(line: Event) -> bool:
    if line.verb == Verb.RESPONSE_RECORDED:
        return line.after["response"] in TAKING_UP
    return line.verb == Verb.OWNERSHIP_ACCEPTED
