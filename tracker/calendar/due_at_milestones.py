"""What is due at each milestone, counted by progress and line by line; and what is due on each day of a month."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from tracker.db import rows
from tracker.items.due import Due, due_of, is_overdue, is_past_unpromised
from tracker.items.list_conditions import accepted, due_day, is_open, waits
from tracker.items.models import Item, Progress
from tracker.items.party_models import ClosingDoubt, Ownership, OwnerState
from tracker.items.party_names import names_volunteers, stand_ins
from tracker.items.reading_rules import of_register
from tracker.items.status import CLOSED, doubt
from tracker.meetings.models import Milestone
from tracker.meetings.queries import meetings, meetings_at, milestone_by_slug, milestones
from tracker.people.models import Party, Person
from tracker.people.queries import PARTY_NAME, Sight, with_names

#: what an item is counted as: its progress, or the doubt about its closing
Counted = Progress | ClosingDoubt


def counts_by_milestone(session: Session, body_id: int, sight: Sight) -> dict[int, dict[Counted, int]]:
    """Return how many items that the reader may see are due at each milestone, by milestone id and progress.

    An item whose closing a proposer or supporter doubts is counted as that, not as closed. It is one statement.
    """
    counted: dict[int, dict[Counted, int]] = by_progress(rows(session, _counting(body_id, sight.alike)))
    return counted


def by_progress(counted: Iterable[Any]) -> dict[Any, dict[Counted, int]]:
    """Return how many items there are of each key, in the order of work; from rows of key, progress, view and count."""
    by_key: dict[Any, dict[Counted, int]] = {}
    for key, progress, view, count in counted:
        counts = by_key.setdefault(key, {})
        state = doubt(progress, view) or progress
        counts[state] = counts.get(state, 0) + count
    return {key: _in_order(counts) for key, counts in by_key.items()}


@lru_cache(maxsize=200)
def _counting(body_id: int, sight: Sight) -> Any:
    columns = col(Item.milestone_id), col(Item.progress), col(Item.proposer_view)
    due = sa.select(*columns, sa.func.count()).where(of_register(body_id, sight), col(Item.milestone_id).is_not(None))
    return due.group_by(*columns)


def _in_order(counts: Mapping[Counted, int]) -> dict[Counted, int]:
    # Every page shows them in the order in which work goes on.
    return {key: counts[key] for key in (*Progress, *ClosingDoubt) if key in counts}


def visible_milestones(
    session: Session, body_id: int, sight: Sight, milestones_due: Iterable[int] | None = None
) -> list[Milestone]:
    """Return the register's milestones; to outsiders only those at which something published is due or was said.

    `milestones_due` holds the ids of milestones at which the reader sees something due, where the caller knows them.
    """
    everything = milestones(session, body_id)
    if body_id in sight.register_ids:
        return everything
    if milestones_due is None:
        milestones_due = counts_by_milestone(session, body_id, sight)
    # A milestone at which nothing published is due or was said would tell outsiders of internal work.
    visible = {meeting.milestone_id for meeting in meetings(session, body_id, sight)}.union(milestones_due)
    return [milestone for milestone in everything if milestone.id in visible]


def visible_milestone(session: Session, body_id: int, slug: str, sight: Sight) -> Milestone | None:
    """Return that milestone of the register if `visible_milestones` has it for this reader."""
    milestone = milestone_by_slug(session, body_id, slug)
    if milestone is None or body_id in sight.register_ids:
        return milestone
    if counts_at(session, body_id, milestone, sight) or meetings_at(session, milestone.id, sight):
        return milestone
    return None


def counts_at(session: Session, body_id: int, milestone: Milestone, sight: Sight) -> dict[Counted, int]:
    """Return how many items that the reader may see are due at the milestone, as `counts_by_milestone` does."""
    counted = rows(session, _counting_at(body_id, sight.alike), milestone=milestone.id)
    return by_progress(counted).get(milestone.id, {})


@lru_cache(maxsize=200)
def _counting_at(body_id: int, sight: Sight) -> Any:
    return _counting(body_id, sight).where(_IS_THERE)


class DueTitle(NamedTuple):
    """An item as a day of the month shows it."""

    number: int
    title: str


@dataclass
class DayItems:
    """The first open items due on a day, and how many there are."""

    total: int
    first: list[DueTitle] = field(default_factory=list)


def due_by_day(
    session: Session, body_id: int, sight: Sight, days: tuple[date, date], *, most: int
) -> dict[date, DayItems]:
    """Return the open items due from the first to the last of these days, by day: `most` of each, and how many."""
    by_day: dict[date, DayItems] = {}
    first, last = days
    values = {"first": first, "last": last, "most": most}
    for day, total, number, title in session.execute(_by_day(body_id, sight.alike), values):
        by_day.setdefault(day, DayItems(total)).first.append(DueTitle(number, title))
    return by_day


@lru_cache(maxsize=200)
def _by_day(body_id: int, sight: Sight) -> Any:
    day = due_day()
    columns = (
        day.label("day"),
        sa.func.count().over(partition_by=day).label("total"),
        sa.func.row_number().over(partition_by=day, order_by=col(Item.number)).label("place"),
        col(Item.number),
        col(Item.title),
    )
    in_time = day.between(sa.bindparam("first", type_=sa.Date), sa.bindparam("last", type_=sa.Date))
    due = sa.select(*columns).outerjoin(Milestone, col(Milestone.id) == col(Item.milestone_id))
    ranked = due.where(of_register(body_id, sight), is_open(), ~waits(), in_time).subquery()
    first_due = sa.select(ranked.c.day, ranked.c.total, ranked.c.number, ranked.c.title)
    return first_due.where(ranked.c.place <= sa.bindparam("most")).order_by(ranked.c.day, ranked.c.place)


@dataclass(frozen=True)
class DueLine:
    """An item that is due at a milestone, as a line of the milestone's page shows it."""

    #: a row with the item's number, title, progress and the proposers' view
    item: Any
    due: Due | None
    is_overdue: bool
    is_past_unpromised: bool
    put_forward_by: str | None
    #: the person who reported it, where the proposer did not speak
    reported_by: str | None
    owner: str | None


def items_due_at(
    session: Session, body_id: int, sight: Sight, milestone: Milestone, today: date, *, most: int
) -> list[DueLine]:
    """Return the first items due at the milestone that the reader may see, open ones before closed, then by number.

    It is three statements at most, and what they read does not grow with what is due there.
    """
    due = rows(session, _due_at(body_id, sight.alike), milestone=milestone.id, most=most)
    owners = _owner_names(session, body_id, sight, [row.id for row in due], today)
    return [_line(row, milestone, owners.get(row.id), today) for row in due]


def _owner_names(session: Session, body_id: int, sight: Sight, items: Collection[int], today: date) -> dict[int, str]:
    """Return the owner's name by item; to a reader outside the register the body that an owner serves in."""
    owners = rows(session, _owners(), items=list(items))
    names = {item: name for item, _, name in owners}
    if not names_volunteers(sight, body_id):
        bodies = stand_ins(session, body_id, {party for _, party, _ in owners}, today)
        names |= {item: bodies[party].name for item, party, _ in owners if party in bodies}
    return names


def _line(row: Any, milestone: Milestone, owner: str | None, today: date) -> DueLine:
    due = due_of(row, milestone, is_promised=row.is_accepted)
    return DueLine(
        item=row,
        due=due,
        is_overdue=is_overdue(row, due, today),
        is_past_unpromised=is_past_unpromised(row, due, today),
        put_forward_by=row.put_forward_by,
        reported_by=row.reported_by,
        owner=owner,
    )


_COLUMNS: Any = (
    Item.id, Item.number, Item.title, Item.progress, Item.proposer_view, Item.own_due_on, Item.offset_days,
    Item.due_from, Item.promised_on, Item.condition, Item.condition_met_on, Item.speaker_part,
)  # fmt: skip
_IS_PARTY = col(Party.id) == col(Ownership.party_id)
_IS_THERE = col(Item.milestone_id) == sa.bindparam("milestone")


_IS_CLOSED = sa.case((col(Item.progress).in_(CLOSED), 1), else_=0)
_IN_ORDER = _IS_CLOSED, col(Item.number)


@lru_cache(maxsize=200)
def _due_at(body_id: int, sight: Sight) -> Any:
    # The first are chosen before anything is joined to them: there may be hundreds.
    first = sa.select(col(Item.id)).where(_IS_THERE, of_register(body_id, sight)).order_by(*_IN_ORDER)
    reporter = aliased(Person)
    proposed: Any = PARTY_NAME.label("put_forward_by"), col(reporter.name).label("reported_by")
    due = sa.select(*_COLUMNS, accepted().label("is_accepted"), *proposed).select_from(Item)
    reported = due.outerjoin(reporter, col(reporter.id) == col(Item.reported_by))
    named = with_names(reported.outerjoin(Party, col(Party.id) == col(Item.put_forward_by)))
    return named.where(col(Item.id).in_(first.limit(sa.bindparam("most")))).order_by(*_IN_ORDER)


@cache
def _owners() -> Any:
    """Select item, party and name of each owner; where an item has had several, the last row counts."""
    owned = sa.select(col(Ownership.item_id), col(Party.id), PARTY_NAME).join_from(Ownership, Party, _IS_PARTY)
    of_items = col(Ownership.item_id).in_(sa.bindparam("items", expanding=True))
    return with_names(owned).where(of_items, col(Ownership.state) == OwnerState.ACCEPTED).order_by(col(Ownership.id))
