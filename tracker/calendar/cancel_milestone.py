"""Cancelling a milestone, or ending a series. What is due there moves only where a person says so."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from tracker.errors import Refused, refuse_stale
from tracker.history import Actor, change
from tracker.history_verbs import Verb
from tracker.items.changes import DueRule, set_due
from tracker.items.models import Item
from tracker.items.status import OPEN
from tracker.meetings.models import Milestone, Series
from tracker.text import clean_text


@dataclass(frozen=True)
class ItemsToMove:
    """Items due at a cancelled milestone that move to another one."""

    to: Milestone
    #: ids of the items that move; the others keep their day
    item_ids: Collection[int]


def open_items_due_at(session: Session, *milestones: Milestone) -> list[Item]:
    """Return by number the open items whose due dates depend on these milestones."""
    milestone_ids = [milestone.id for milestone in milestones]
    items = select(Item).where(col(Item.milestone_id).in_(milestone_ids), col(Item.progress).in_(OPEN))
    return list(session.exec(items.order_by(col(Item.number))))


def cancel_milestone(
    session: Session,
    milestone: Milestone,
    *,
    to_move: ItemsToMove | None = None,
    reason: str,
    seen_version: int,
    by: Actor,
    now: datetime,
) -> list[Item]:
    """Cancel the milestone, and move the chosen items to another one; return the items that moved.

    Raises Stale; Refused, with the field, without a reason and for another milestone that cannot be chosen.
    """
    # Two people may cancel or move it at once: the second waits here and then sees what the first did.
    session.refresh(milestone, with_for_update=True)
    refuse_stale(milestone.version, seen_version)
    why = clean_text(reason)
    if not why:
        raise Refused("Say why it is cancelled. People who planned to come will ask.", "reason")
    if milestone.is_cancelled:
        raise Refused("This milestone was cancelled already. Look at the page again.")
    _cancel(session, milestone, why, by, now)
    if to_move:
        return _move_items(session, milestone, to_move, why, by, now)
    return []


def later_meetings(session: Session, series: Series, last: date) -> list[Milestone]:
    """Return the meetings of a series after that day that are not cancelled, in order of date."""
    meetings = select(Milestone).where(
        col(Milestone.series_id) == series.id,
        col(Milestone.is_cancelled).is_(False),
        col(Milestone.starts_on) > last,
    )
    return list(session.exec(meetings.order_by(col(Milestone.starts_on), col(Milestone.id))))


def end_series(
    session: Session,
    series: Series,
    last: date,
    *,
    to: Milestone | None = None,
    reason: str,
    seen_version: int,
    by: Actor,
    now: datetime,
) -> list[Item]:
    """End a series after that day: cancel its later meetings, and move what is due there to `to`, if it is given.

    Returns the items that moved. Raises Stale; Refused, with the field, as cancel_milestone does.
    """
    session.refresh(series, with_for_update=True)
    refuse_stale(series.version, seen_version)
    why = clean_text(reason)
    if not why:
        raise Refused("Say why the series ends. People who planned to come will ask.", "reason")
    change(session, series, {"ended_on": last}, Verb.ENDED, by=by, now=now, body_id=series.body_id, reason=why)
    moved: list[Item] = []
    # Meetings that were cancelled one by one keep their own reason.
    for milestone in later_meetings(session, series, last):
        _cancel(session, milestone, why, by, now)
        if to is not None:
            item_ids = [item.id for item in open_items_due_at(session, milestone)]
            moved += _move_items(session, milestone, ItemsToMove(to, item_ids), why, by, now)
    return moved


def _cancel(session: Session, milestone: Milestone, why: str, by: Actor, now: datetime) -> None:
    values = {"is_cancelled": True}
    change(session, milestone, values, Verb.CANCELLED, by=by, now=now, body_id=milestone.body_id, reason=why)


def _move_items(
    session: Session, milestone: Milestone, to_move: ItemsToMove, why: str, by: Actor, now: datetime
) -> list[Item]:
    """Make the items due at the other milestone, as many days from it as they were from this one."""
    if to_move.to.is_cancelled or to_move.to.body_id != milestone.body_id:
        raise Refused("Choose a milestone of this register that will be held.", "to")
    # An item may have been closed or moved since the form was opened; then it is no longer due here.
    moved = [item for item in open_items_due_at(session, milestone) if item.id in to_move.item_ids]
    for item in moved:
        # The days before or after the milestone were chosen for a reason that holds at the other one too.
        rule = DueRule(milestone_id=to_move.to.id, offset_days=item.offset_days, due_from=item.due_from)
        set_due(session, item, rule, reason=why, seen_version=item.version, by=by, now=now)
    return moved
