"""Items along the calendar: under the milestone they hang from, those with a day of their own in between."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from tracker.items.list_conditions import due_day, waits
from tracker.items.list_filter import ItemFilter
from tracker.items.list_groups import Pile, piles
from tracker.items.models import Item
from tracker.meetings.models import Milestone
from tracker.meetings.queries import milestones
from tracker.people.queries import Sight


class StopKind(StrEnum):
    """What stands at one place along the calendar."""

    MILESTONE = "milestone"
    TODAY = "today"
    OWN_DAYS = "own-day"
    CONDITION = "condition"
    NO_DATE = "no-date"


@dataclass(frozen=True)
class TimelineStop:
    """One place along the calendar with what is due there; today has nothing."""

    kind: StopKind
    milestone: Milestone | None
    pile: Pile | None


def timeline_stops(
    session: Session, body_id: int, sight: Sight, item_filter: ItemFilter, *, most: int, today: date
) -> list[TimelineStop]:
    """Return the calendar with the items that the reader may see and wants, and today; no empty places."""
    points = timeline_points(milestones(session, body_id), today)
    order = due_day(), col(Item.number)
    found = piles(session, body_id, sight, item_filter, _place(points), *order, most=most, today=today)
    return [stop for stop in _stops(points, found) if stop.pile or stop.kind is StopKind.TODAY]


def timeline_points(calendar: Sequence[Milestone], today: date) -> list[tuple[date, Milestone | None]]:
    """Return the milestones by the day that due dates count from, and today among them, before what is today."""
    days: list[tuple[date, Milestone | None]] = [(milestone.day, milestone) for milestone in calendar]
    return sorted([(today, None), *days], key=lambda point: (point[0], point[1] is not None))


def _place(points: Sequence[tuple[date, Milestone | None]]) -> sa.ColumnElement[int]:
    """Return where an item stands: odd at a point, even on its own day before one; last what waits or has no date."""
    end = 2 * len(points)
    at = [(col(Item.milestone_id) == one.id, 2 * place + 1) for place, (_, one) in enumerate(points) if one]
    before = [(col(Item.own_due_on) < day, 2 * place) for place, (day, _) in enumerate(points)]
    later = (col(Item.own_due_on).is_not(None), end)
    whens: list[Any] = [(waits(), end + 1), *at, *before, later]
    return sa.case(*whens, else_=end + 2)


def _stops(points: Sequence[tuple[date, Milestone | None]], found: dict[int, Pile]) -> list[TimelineStop]:
    end = 2 * len(points)
    stops: list[TimelineStop] = []
    for place, (_, milestone) in enumerate(points):
        stops.append(TimelineStop(StopKind.OWN_DAYS, None, found.get(2 * place)))
        kind = StopKind.MILESTONE if milestone else StopKind.TODAY
        stops.append(TimelineStop(kind, milestone, found.get(2 * place + 1)))
    last = (StopKind.OWN_DAYS, StopKind.CONDITION, StopKind.NO_DATE)
    return [*stops, *(TimelineStop(kind, None, found.get(end + place)) for place, kind in enumerate(last))]
