"""Moving a milestone and every due date that depends on it: first the preview, then the move."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from tracker.errors import Refused, refuse_stale
from tracker.history import Actor, Words, change
from tracker.history_queries import of_subject
from tracker.history_verbs import Verb
from tracker.items.change_trail import lock, note_change
from tracker.items.due import day_at
from tracker.items.models import Item
from tracker.items.party_models import Ownership, OwnerState
from tracker.meetings.changes import refuse_days
from tracker.meetings.models import Milestone
from tracker.people.queries import party_names
from tracker.text import clean_text


@dataclass(frozen=True)
class NewDays:
    """The days to which a milestone moves; tentative where they are not certain yet."""

    starts_on: date
    ends_on: date
    tentative: bool = False


@dataclass(frozen=True)
class MovedItem:
    """An item whose due date moves with the milestone."""

    item: Item
    #: the name of its accepted owner
    owner: str | None
    due_before: date
    due_after: date


def preview_move(session: Session, milestone: Milestone, days: NewDays) -> list[MovedItem]:
    """Return by number the items whose due dates would move, closed ones too, for their dates are shown as well."""
    items = session.exec(select(Item).where(col(Item.milestone_id) == milestone.id).order_by(col(Item.number))).all()
    owners = _owners(session, milestone)
    moved = [_moved_item(item, owners.get(item.id), milestone, days) for item in items]
    # A milestone may change its first or last day alone: then what counts from the other one stays.
    return [moved_item for moved_item in moved if moved_item.due_before != moved_item.due_after]


def days_before(session: Session, milestone: Milestone) -> NewDays | None:
    """Return the milestone's days before its last change, if that was a move: to move it back. Else None."""
    events = of_subject(session, milestone.history_key())
    if not events or events[-1].verb != Verb.MOVED:
        return None
    # An event holds only what changed: a day that stayed is not in it.
    before = events[-1].before
    starts_on = before.get("starts_on", milestone.starts_on.isoformat())
    ends_on = before.get("ends_on", milestone.ends_on.isoformat())
    return NewDays(
        starts_on=date.fromisoformat(starts_on),
        ends_on=date.fromisoformat(ends_on),
        tentative=before.get("tentative", milestone.tentative),
    )


def move_milestone(
    session: Session, milestone: Milestone, days: NewDays, *, reason: str, seen_version: int, by: Actor, now: datetime
) -> list[MovedItem]:
    """Move the milestone; return the items that move with it. Each of them gets an event and keeps the day first set.

    Raises Stale; Refused, with the field, for days out of order, a cancelled milestone, and due dates that move without
    a reason.
    """
    session.refresh(milestone, with_for_update=True)
    refuse_stale(milestone.version, seen_version)
    refuse_days(days.starts_on, days.ends_on)
    # People have been told that it is not held: another day would read as if it were.
    if milestone.is_cancelled:
        raise Refused("This milestone is cancelled. Reinstate it first.", "starts_on")
    moved = preview_move(session, milestone, days)
    why = clean_text(reason)
    if moved and not why:
        raise Refused("Say why it moves. People who rely on these dates will ask.", "reason")
    change(session, milestone, vars(days), Verb.MOVED, by=by, now=now, body_id=milestone.body_id, reason=why)
    for moved_item in moved:
        lock(session, moved_item.item)
        before = {"milestone": milestone.id, "due_on": moved_item.due_before}
        after = {"milestone": milestone.id, "due_on": moved_item.due_after, "reason": Words(why)}
        note_change(session, moved_item.item, Verb.MOVED, by=by, now=now, before=before, after=after)
    return moved


def _moved_item(item: Item, owner: str | None, milestone: Milestone, days: NewDays) -> MovedItem:
    before = day_at(milestone, item.offset_days, item.due_from)
    after = day_at(days, item.offset_days, item.due_from)
    return MovedItem(item, owner, before, after)


def _owners(session: Session, milestone: Milestone) -> dict[int, str]:
    """Return the names of the owners of the milestone's items, by item."""
    rows = session.exec(
        select(Ownership.item_id, Ownership.party_id)
        .join(Item, col(Item.id) == col(Ownership.item_id))
        .where(col(Item.milestone_id) == milestone.id, col(Ownership.state) == OwnerState.ACCEPTED)
    ).all()
    names = party_names(session, {party for _, party in rows})
    return {item: names[party] for item, party in rows}
