"""The verbs of meetings/."""

from datetime import date

from tests.factories import NOW, TODAY
from tests.verbs import World, case
from tracker.calendar.cancel_milestone import cancel_milestone
from tracker.meetings import changes, series
from tracker.meetings.changes import MeetingDetails, MilestoneDetails
from tracker.meetings.models import Repeats, Series, Visibility
from tracker.meetings.recurrence import Rule

DAY = date(2013, 5, 1)


@case(changes.add_meeting)
def add_meeting(world: World) -> None:
    details = MeetingDetails("May meeting", DAY, DAY)
    changes.add_meeting(world.session, world.board.id, details, by=world.by, now=NOW)


@case(changes.edit_meeting)
def edit_meeting(world: World) -> None:
    details = MeetingDetails("May meeting", DAY, DAY)
    changes.edit_meeting(world.session, world.meeting, details, version=1, by=world.by, now=NOW)


@case(changes.set_visibility)
def set_visibility(world: World) -> None:
    changes.set_visibility(world.session, world.meeting, Visibility.PUBLISHED, by=world.by, now=NOW)


@case(changes.add_milestone)
def add_milestone(world: World) -> None:
    details = MilestoneDetails("May consultations", DAY, DAY)
    changes.add_milestone(world.session, world.board.id, details, by=world.by, now=NOW)


@case(changes.rename_milestone)
def rename_milestone(world: World) -> None:
    changes.rename_milestone(world.session, world.milestone, "Spring", None, version=1, by=world.by, now=NOW)


@case(changes.reinstate)
def reinstate(world: World) -> None:
    cancel_milestone(world.session, world.milestone, reason="Flood.", seen_version=1, by=world.by, now=NOW)
    changes.reinstate(world.session, world.milestone, version=2, by=world.by, now=NOW)


def begin(world: World) -> Series:
    details = series.SeriesDetails("Call", Rule(DAY, Repeats.WEEKS, times=2))
    return series.add_series(world.session, world.board.id, details, today=TODAY, by=world.by, now=NOW)


@case(series.add_series)
def add_series(world: World) -> None:
    begin(world)


@case(series.extend)
def extend(world: World) -> None:
    begun = begin(world)
    series.extend(world.session, begun, today=DAY, by=world.by, now=NOW)


@case(series.rename_series)
def rename_series(world: World) -> None:
    told = {"seen_version": 1, "today": TODAY, "by": world.by, "now": NOW}
    series.rename_series(world.session, begin(world), series.SeriesName("Talk", None), **told)


@case(series.extend_all)
def extend_all(world: World) -> None:
    begin(world)
    series.extend_all(world.session, by=world.by, now=NOW)


@case(changes.name_rapporteur)
def name_rapporteur(world: World) -> None:
    changes.name_rapporteur(world.session, world.meeting, world.ana, by=world.by, now=NOW)


@case(changes.drop_rapporteur)
def drop_rapporteur(world: World) -> None:
    name_rapporteur(world)
    changes.drop_rapporteur(world.session, world.meeting, world.ana.id, by=world.by, now=NOW)
