"""Moving a milestone, and with it every due date that hangs from it: first shown, then done."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from tracker.errors import Refused, refuse_stale
from tracker.history import Actor, Words, change, of_subject
from tracker.history_verbs import Verb
from tracker.items.change_trail import lock, note_change
from tracker.items.models import Item, Ownership, OwnerState
from tracker.meetings.changes import refuse_days
from tracker.meetings.models import Milestone, day_of
from tracker.people.queries import party_names
from tracker.text import clean_text


@dataclass(frozen=True)
class NewDays:
    """Where a milestone is to move; tentative where its days are not yet known."""

    starts_on: date
    ends_on: date
    tentative: bool = False


@dataclass(frozen=True)
class MovedItem:
    """An item whose due date moves with the milestone."""

    item: Item
    #: who has accepted to see it done
    owner: str | None
    due_before: date
    due_after: date


def preview_move(session: Session, milestone: Milestone, days: NewDays) -> list[MovedItem]:
    """Return, by number, the items whose due dates would move; closed ones too, for their dates are shown as well."""
    step = day_of(days.starts_on, days.ends_on, tentative=days.tentative) - milestone.day
    if not step:
        return []
    items = session.exec(select(Item).where(col(Item.milestone_id) == milestone.id).order_by(col(Item.number))).all()
    owners = _owners(session, milestone)
    return [_moved(item, owners.get(item.id), milestone, step) for item in items]


def days_before(session: Session, milestone: Milestone) -> NewDays | None:
    """Return where the milestone was before its last change, if that was a move: to move it back."""
    events = of_subject(session, milestone.history_key())
    if not events or events[-1].verb != Verb.MOVED:
        return None
    before = events[-1].before
    return NewDays(
        date.fromisoformat(before["starts_on"]) if "starts_on" in before else milestone.starts_on,
        date.fromisoformat(before["ends_on"]) if "ends_on" in before else milestone.ends_on,
        before.get("tentative", milestone.tentative),
    )


def move_milestone(
    session: Session, milestone: Milestone, days: NewDays, *, reason: str, seen_version: int, by: Actor, now: datetime
) -> list[MovedItem]:
    """Move the milestone; each item that moves with it gets its line of history, and keeps the day first set.

    Raises Stale, or Refused with the field: days out of order, or due dates that move without a reason.
    """
    session.refresh(milestone, with_for_update=True)
    refuse_stale(milestone.version, seen_version)
    refuse_days(days.starts_on, days.ends_on)
    if milestone.is_cancelled:
        raise Refused("It was cancelled. Say first that it is held after all.", "starts_on")
    moved = preview_move(session, milestone, days)
    why = clean_text(reason)
    if moved and not why:
        raise Refused("Say why it moves: whoever counts on these dates will ask.", "reason")
    change(session, milestone, vars(days), Verb.MOVED, by=by, now=now, body_id=milestone.body_id, reason=why)
    for one in moved:
        lock(session, one.item)
        before = {"milestone": milestone.id, "due_on": one.due_before}
        after = {"milestone": milestone.id, "due_on": one.due_after, "reason": Words(why)}
        note_change(session, one.item, Verb.MOVED, by=by, now=now, before=before, after=after)
    return moved


def _moved(item: Item, owner: str | None, milestone: Milestone, step: timedelta) -> MovedItem:
    before = milestone.day + timedelta(days=item.offset_days)
    return MovedItem(item, owner, before, before + step)


def _owners(session: Session, milestone: Milestone) -> dict[int, str]:
    """Return the names of those who own items of the milestone, by item."""
    rows = session.exec(
        select(Ownership.item_id, Ownership.party_id)
        .join(Item, col(Item.id) == col(Ownership.item_id))
        .where(col(Item.milestone_id) == milestone.id, col(Ownership.state) == OwnerState.ACCEPTED)
    ).all()
    names = party_names(session, {party for _, party in rows})
    return {item: names[party] for item, party in rows}
