"""Cancelling a milestone, or ending a series: first shown what hangs from it, then done; nothing moves unasked."""

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
    """Items that are due at a milestone no longer held, and the one that they are to be due at instead."""

    to: Milestone
    #: numbers of rows; what is not among them keeps its day
    items: Collection[int]


def open_items_due_at(session: Session, *held: Milestone) -> list[Item]:
    """Return by number the open items whose due dates hang from these milestones."""
    hanging = col(Item.milestone_id).in_([one.id for one in held]), col(Item.progress).in_(OPEN)
    return list(session.exec(select(Item).where(*hanging).order_by(col(Item.number))))


def cancel_milestone(
    session: Session,
    milestone: Milestone,
    *,
    rehung: ItemsToMove | None = None,
    reason: str,
    seen_version: int,
    by: Actor,
    now: datetime,
) -> list[Item]:
    """Note that the milestone will not be held, and let those items hang from another; return what has moved.

    Raises Stale, or Refused with the field: no reason, or a milestone that cannot be moved to.
    """
    session.refresh(milestone, with_for_update=True)
    refuse_stale(milestone.version, seen_version)
    why = clean_text(reason)
    if not why:
        raise Refused("Say why it is not held: whoever planned to come will ask.", "reason")
    if milestone.is_cancelled:
        raise Refused("It was cancelled already.")
    _cancel(session, milestone, why, by, now)
    if rehung:
        return _move_items(session, milestone, rehung, why, by, now)
    return []


def later_meetings(session: Session, series: Series, last: date) -> list[Milestone]:
    """Return the meetings of a series after that day that are still to be held, in order of date."""
    of_series = col(Milestone.series_id) == series.id, col(Milestone.is_cancelled).is_(False)
    later = select(Milestone).where(*of_series, col(Milestone.starts_on) > last)
    return list(session.exec(later.order_by(col(Milestone.starts_on), col(Milestone.id))))


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
    """End a series after that day: later meetings are cancelled, and what is due at them hangs from `to`, if given.

    Raises Stale, or Refused with the field.
    """
    session.refresh(series, with_for_update=True)
    refuse_stale(series.version, seen_version)
    why = clean_text(reason)
    if not why:
        raise Refused("Say why it ends: whoever planned to come will ask.", "reason")
    change(session, series, {"ended_on": last}, Verb.ENDED, by=by, now=now, body_id=series.body_id, reason=why)
    moved: list[Item] = []
    for milestone in later_meetings(session, series, last):
        _cancel(session, milestone, why, by, now)
        if to is not None:
            numbers = [item.id for item in open_items_due_at(session, milestone)]
            moved += _move_items(session, milestone, ItemsToMove(to, numbers), why, by, now)
    return moved


def _cancel(session: Session, milestone: Milestone, why: str, by: Actor, now: datetime) -> None:
    values = {"is_cancelled": True}
    change(session, milestone, values, Verb.CANCELLED, by=by, now=now, body_id=milestone.body_id, reason=why)


def _move_items(
    session: Session, milestone: Milestone, rehung: ItemsToMove, why: str, by: Actor, now: datetime
) -> list[Item]:
    """Give the items a rule by the other milestone, as many days from it as they were from this one."""
    if rehung.to.is_cancelled or rehung.to.body_id != milestone.body_id:
        raise Refused("Choose a milestone of this register that will be held.", "to")
    moved = [item for item in open_items_due_at(session, milestone) if item.id in rehung.items]
    for item in moved:
        rule = DueRule(milestone_id=rehung.to.id, offset_days=item.offset_days)
        set_due(session, item, rule, reason=why, seen_version=item.version, by=by, now=now)
    return moved
