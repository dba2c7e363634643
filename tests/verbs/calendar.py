"""The verbs of calendar/."""

from tests.factories import NOW, TODAY
from tests.verbs import World, case
from tracker.calendar import cancel_milestone, move_milestone
from tracker.meetings.models import Repeats
from tracker.meetings.recurrence import Rule
from tracker.meetings.series import SeriesDetails, add_series


@case(move_milestone.move_milestone)
def _(world: World) -> None:
    days = move_milestone.NewDays(TODAY, TODAY)
    move_milestone.move_milestone(world.session, world.milestone, days, reason="", seen_version=1, by=world.by, now=NOW)


@case(cancel_milestone.cancel_milestone)
def _(world: World) -> None:
    milestone = world.milestone
    cancel_milestone.cancel_milestone(world.session, milestone, reason="Flood.", seen_version=1, by=world.by, now=NOW)


@case(cancel_milestone.end_series)
def _(world: World) -> None:
    details = SeriesDetails("Call", Rule(TODAY, Repeats.WEEKS, times=3))
    begun = add_series(world.session, world.board.id, details, today=TODAY, by=world.by, now=NOW)
    cancel_milestone.end_series(world.session, begun, TODAY, reason="Done.", seen_version=1, by=world.by, now=NOW)
