"""Items along the calendar: under the milestone they are due at, those with a day of their own in between."""

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
    """What a place on the timeline is."""

    MILESTONE = "milestone"
    TODAY = "today"
    OWN_DAYS = "own-day"
    CONDITION = "condition"
    NO_DATE = "no-date"


@dataclass(frozen=True)
class TimelineStop:
    """One place on the timeline with what is due there; today has nothing."""

    kind: StopKind
    milestone: Milestone | None
    pile: Pile | None


def timeline_stops(
    session: Session, body_id: int, sight: Sight, item_filter: ItemFilter, *, most: int, today: date
) -> list[TimelineStop]:
    """Return the stops of the timeline with the filtered items that the reader may see, and today; no empty stops."""
    points = timeline_points(milestones(session, body_id), today)
    order = due_day(), col(Item.number)
    by_place = piles(session, body_id, sight, item_filter, _place(points), *order, most=most, today=today)
    return [stop for stop in _stops(points, by_place) if stop.pile or stop.kind is StopKind.TODAY]


def timeline_points(calendar: Sequence[Milestone], today: date) -> list[tuple[date, Milestone | None]]:
    """Return the milestones by the day that due dates count from, with today (None) before those of today."""
    days: list[tuple[date, Milestone | None]] = [(milestone.day, milestone) for milestone in calendar]
    return sorted([(today, None), *days], key=lambda point: (point[0], point[1] is not None))


def _place(points: Sequence[tuple[date, Milestone | None]]) -> sa.ColumnElement[int]:
    """Return an item's place in SQL: 2i + 1 at point i, 2i for an own day before it, the last for what has no day."""
    end = 2 * len(points)
    cases: list[Any] = []
    for place, (_, milestone) in enumerate(points):
        if milestone:
            cases.append((col(Item.milestone_id) == milestone.id, 2 * place + 1))
    # What is due at a milestone stands there, on the milestone's page and in its list, though it may wait.
    cases.append((waits(), end + 1))
    # The first case that holds counts, so an own day falls before the first point that is later.
    for place, (day, _) in enumerate(points):
        cases.append((col(Item.own_due_on) < day, 2 * place))
    cases.append((col(Item.own_due_on).is_not(None), end))
    return sa.case(*cases, else_=end + 2)


def _stops(points: Sequence[tuple[date, Milestone | None]], by_place: dict[int, Pile]) -> list[TimelineStop]:
    """Return a stop for each place that _place gives."""
    stops: list[TimelineStop] = []
    for place, (_, milestone) in enumerate(points):
        stops.append(TimelineStop(StopKind.OWN_DAYS, None, by_place.get(2 * place)))
        kind = StopKind.MILESTONE
        if milestone is None:
            kind = StopKind.TODAY
        stops.append(TimelineStop(kind, milestone, by_place.get(2 * place + 1)))
    for kind in (StopKind.OWN_DAYS, StopKind.CONDITION, StopKind.NO_DATE):
        stops.append(TimelineStop(kind, None, by_place.get(len(stops))))
    return stops
