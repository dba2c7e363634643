"""What is due at each milestone: counted by progress, or line by line."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from tracker.items.due import Due, due_of, is_overdue, is_past_unpromised
from tracker.items.list_conditions import accepted, of_register
from tracker.items.models import ClosingDoubt, Item, Ownership, OwnerState, Progress
from tracker.items.party_names import StandIn, names_volunteers, stand_ins
from tracker.items.status import doubt
from tracker.meetings.models import Milestone
from tracker.meetings.queries import meetings, milestones
from tracker.people.models import Party
from tracker.people.queries import PARTY_NAME, Sight, with_names

#: by what an item is counted: how far it has come, or what takes away from its closing
Counted = Progress | ClosingDoubt


def counts_by_milestone(session: Session, body_id: int, sight: Sight) -> dict[int, dict[Counted, int]]:
    """Return how many items that the reader may see hang from each milestone, by progress; in one statement.

    What a proposer or supporter disputes or calls partly done is counted as that, not among what is closed.
    """
    found: dict[int, dict[Counted, int]] = {}
    for milestone_id, progress, view, count in session.execute(_counting(body_id, sight.alike)):
        counts = found.setdefault(milestone_id, {})
        key = doubt(progress, view) or progress
        counts[key] = counts.get(key, 0) + count
    return {number: _in_order(counts) for number, counts in found.items()}


@lru_cache(maxsize=200)
def _counting(body_id: int, sight: Sight) -> Any:
    columns = col(Item.milestone_id), col(Item.progress), col(Item.proposer_view)
    due = sa.select(*columns, sa.func.count()).where(of_register(body_id, sight), col(Item.milestone_id).is_not(None))
    return due.group_by(*columns)


def _in_order(counts: Mapping[Counted, int]) -> dict[Counted, int]:
    return {key: counts[key] for key in (*Progress, *ClosingDoubt) if key in counts}


def visible_milestones(
    session: Session, body_id: int, sight: Sight, items_due_at: Iterable[int] | None = None
) -> list[Milestone]:
    """Return the calendar; to a stranger those milestones at which something published is due or was said.

    `due_at` holds the milestones at which the reader sees something due, where that is known already.
    """
    everything = milestones(session, body_id)
    if body_id in sight.register_ids:
        return everything
    shown = set(counts_by_milestone(session, body_id, sight) if items_due_at is None else items_due_at)
    shown |= {meeting.milestone_id for meeting in meetings(session, body_id, sight) if meeting.milestone_id}
    return [milestone for milestone in everything if milestone.id in shown]


@dataclass(frozen=True)
class DueLine:
    """An item that hangs from a milestone, as far as a line of the milestone's page shows it."""

    #: a row with the item's number, title, progress and the asker's view
    item: Any
    due: Due | None
    is_overdue: bool
    is_past_unpromised: bool
    put_forward_by: str | None
    owner: str | None


def items_due_at(session: Session, body_id: int, sight: Sight, milestone: Milestone, today: date) -> list[DueLine]:
    """Return the items that the reader may see and that hang from the milestone, by number: two statements."""
    parameters = {"milestone": milestone.id}
    owners = {item: (party, name) for item, party, name in session.execute(_owners(), parameters)}
    instead = dict[int, StandIn]()
    if not names_volunteers(sight, body_id):
        instead = stand_ins(session, body_id, {party for party, _ in owners.values()}, today)
    named = {item: instead[party].name if party in instead else name for item, (party, name) in owners.items()}
    return [
        _line(row, milestone, named.get(row.id), today)
        for row in session.execute(_due_at(body_id, sight.alike), parameters)
    ]


def _line(row: Any, milestone: Milestone, owner: str | None, today: date) -> DueLine:
    due = due_of(row, milestone, is_promised=row.is_accepted)
    return DueLine(
        item=row,
        due=due,
        is_overdue=is_overdue(row, due, today),
        is_past_unpromised=is_past_unpromised(row, due, today),
        put_forward_by=row.put_forward_by,
        owner=owner,
    )


_COLUMNS: Any = (
    Item.id, Item.number, Item.title, Item.progress, Item.proposer_view, Item.own_due_on, Item.offset_days,
    Item.promised_on, Item.condition, Item.condition_met_on,
)  # fmt: skip
_IS_THERE = col(Item.milestone_id) == sa.bindparam("milestone")


@lru_cache(maxsize=200)
def _due_at(body_id: int, sight: Sight) -> Any:
    columns = (*_COLUMNS, accepted().label("is_accepted"), PARTY_NAME.label("put_forward_by"))
    rows = sa.select(*columns).select_from(Item)
    named = with_names(rows.outerjoin(Party, col(Party.id) == col(Item.put_forward_by)))
    return named.where(_IS_THERE, of_register(body_id, sight)).order_by(col(Item.number))


@cache
def _owners() -> Any:
    """Select the owner's name by item; where there were several the last counts."""
    rows = sa.select(col(Ownership.item_id), col(Party.id), PARTY_NAME).join(
        Item, col(Item.id) == col(Ownership.item_id)
    )
    named = with_names(rows.join(Party, col(Party.id) == col(Ownership.party_id)))
    return named.where(_IS_THERE, col(Ownership.state) == OwnerState.ACCEPTED).order_by(col(Ownership.id))
