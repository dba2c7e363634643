"""The verbs of meetings/."""

from datetime import date

from tests.factories import NOW
from tests.verbs import World, case
from tracker.meetings import changes
from tracker.meetings.changes import MeetingDetails, MilestoneDetails
from tracker.meetings.models import Visibility

DAY = date(2013, 5, 1)


@case(changes.add_meeting)
def add_meeting(world: World) -> None:
    details = MeetingDetails("May meeting", DAY, DAY)
    changes.add_meeting(world.session, world.board.id or 0, details, by=world.by, now=NOW)


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
    changes.add_milestone(world.session, world.board.id or 0, details, by=world.by, now=NOW)


@case(changes.rename_milestone)
def rename_milestone(world: World) -> None:
    changes.rename_milestone(world.session, world.milestone, "Spring", None, version=1, by=world.by, now=NOW)
