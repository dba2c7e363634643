"""The day first promised: the due day in force when an owner or an addressee first accepts the item.

Until then nobody has promised anything, and the item keeps the day first set.
"""

from datetime import datetime

from sqlmodel import Session

from tracker.history import Actor, Event
from tracker.history_queries import of_subject
from tracker.history_verbs import Verb
from tracker.items.change_trail import note_change
from tracker.items.due import due_on
from tracker.items.models import Item
from tracker.items.status import TAKING_UP
from tracker.meetings.models import Milestone


def note_first_promise(session: Session, item: Item, *, by: Actor, now: datetime) -> None:
    """Keep the due day of now as the one first promised. Call it where somebody accepts, before that leaves its event.

    Nothing changes where somebody has accepted before, though they may have left since.
    """
    if any(_is_acceptance(line) for line in of_subject(session, item.history_key())):
        return
    milestone = session.get(Milestone, item.milestone_id) if item.milestone_id else None
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
