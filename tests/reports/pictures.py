"""Makers of entries and pictures with sensible defaults."""

from datetime import date
from typing import Any

from tracker.items.models import ItemKind, Progress
from tracker.items.party_models import ResponseState
from tracker.reports.snapshot import Picture, ReportedAnswer, ReportedItem, ReportedMilestone, Scope

DAY = date(2013, 10, 22)
POINTS = (
    ReportedMilestone(
        "feb-2013-consultations", "February consultations", date(2013, 2, 28), date(2013, 2, 28), "Paris"
    ),
    ReportedMilestone("igf-2013", "IGF 2013", date(2013, 10, 22), date(2013, 10, 25), "Bali"),
)


def entry(number: int = 1, **values: Any) -> ReportedItem:
    """An item begun ten days before the day, not started, with no due date."""
    defaults = {
        "title": f"Keep archive {number}",
        "kind": ItemKind.RECOMMENDATION,
        "progress": Progress.NOT_STARTED,
        "created_on": date(2013, 10, 12),
    }
    return ReportedItem(number, **{**defaults, **values})


def overdue(number: int = 1, **values: Any) -> ReportedItem:
    """An open item that was due on 28 February."""
    return entry(number, **{"due_on": date(2013, 2, 28), "milestone": "feb-2013-consultations", **values})


def addressee(*states: ResponseState) -> tuple[ReportedAnswer, ...]:
    """Parties body:1, body:2 …, each with its answer."""
    return tuple(ReportedAnswer(f"body:{place}", state) for place, state in enumerate(states, 1))


def picture(*entries: ReportedItem, **values: Any) -> Picture:
    """A picture of the Library Board on 22 October 2013, for IGF 2013."""
    defaults = {
        "body": "library-board",
        "body_name": "Library Board",
        "milestone": "igf-2013",
        "as_of": DAY,
        "scope": Scope.PUBLISHED,
        "events_through": 1,
        "points": POINTS,
        "names": {"person:7": "Ana Silva", "body:1": "Library Board", "body:2": "Archive Office"},
    }
    return Picture(entries=entries, **{**defaults, **values})
