"""The verbs of proposals/."""

from datetime import timedelta

from tests.factories import NOW
from tests.verbs import World, case
from tracker.proposals import changes
from tracker.proposals.models import AsideReason


@case(changes.set_aside)
def _(world: World) -> None:
    changes.set_aside(world.session, world.proposal, AsideReason.TOO_GENERAL, by=world.by, now=NOW, note="A wish")


@case(changes.snooze)
def _(world: World) -> None:
    changes.snooze(world.session, world.proposal, NOW + timedelta(days=1), by=world.by, now=NOW)
