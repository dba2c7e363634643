"""The verbs of updates/."""

from tests.factories import NOW
from tests.verbs import World, case
from tracker.items.models import Progress
from tracker.meetings.models import Visibility
from tracker.updates import changes
from tracker.updates.models import Update


def update(world: World) -> Update:
    return changes.record(
        world.session, world.item, world.ana, "Begun", progress=Progress.IN_PROGRESS, by=world.by, now=NOW
    )


@case(changes.record)
def _(world: World) -> None:
    update(world)


@case(changes.undo_update)
def _(world: World) -> None:
    changes.undo_update(world.session, update(world), world.ana, by=world.by, now=NOW)


@case(changes.revert_update)
def _(world: World) -> None:
    changes.revert_update(world.session, update(world), world.ana, by=world.by, now=NOW)


@case(changes.set_note_visibility)
def _(world: World) -> None:
    changes.set_note_visibility(world.session, update(world), Visibility.PUBLISHED, by=world.by, now=NOW)
