"""What is due at each milestone, counted by progress."""

from collections.abc import Iterable, Mapping

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.items.conditions import of_register
from tracker.items.models import Item, Progress
from tracker.meetings.models import Milestone
from tracker.meetings.queries import meetings, milestones
from tracker.people.queries import Sight


def counts_by_milestone(session: Session, body_id: int, sight: Sight) -> dict[int, dict[Progress, int]]:
    """Return how many items that the reader may see hang from each milestone, by progress; in one statement."""
    rows = session.exec(
        select(Item.milestone_id, Item.progress, sa.func.count(col(Item.id)))
        .where(of_register(body_id, sight), col(Item.milestone_id).is_not(None))
        .group_by(col(Item.milestone_id), col(Item.progress))
    )
    found: dict[int, dict[Progress, int]] = {}
    for milestone_id, progress, count in rows:
        found.setdefault(milestone_id or 0, {})[Progress(progress)] = count
    return {number: _in_order(counts) for number, counts in found.items()}


def _in_order(counts: Mapping[Progress, int]) -> dict[Progress, int]:
    return {progress: counts[progress] for progress in Progress if progress in counts}


def visible_milestones(
    session: Session, body_id: int, sight: Sight, due_at: Iterable[int] | None = None
) -> list[Milestone]:
    """Return the calendar; to a stranger those milestones at which something published is due or was said.

    `due_at` holds the milestones at which the reader sees something due, where that is known already.
    """
    everything = milestones(session, body_id)
    if body_id in sight.register_ids:
        return everything
    shown = set(counts_by_milestone(session, body_id, sight) if due_at is None else due_at)
    shown |= {meeting.milestone_id for meeting in meetings(session, body_id, sight) if meeting.milestone_id}
    return [milestone for milestone in everything if milestone.id in shown]
