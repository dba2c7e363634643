"""The verbs of updates/."""

from tests.factories import NOW
from tests.verbs import World, case
from tracker.items.models import Progress
from tracker.meetings.models import Visibility
from tracker.people.tables import Row
from tracker.updates import arriving, changes
from tracker.updates.models import Update


def update(world: World) -> Update:
    return changes.record(
        world.session, world.item, world.ana, "Begun", progress=Progress.IN_PROGRESS, by=world.by, now=NOW
    )


@case(changes.record)
def _(world: World) -> None:
    update(world)


@case(changes.take_back)
def _(world: World) -> None:
    changes.take_back(world.session, update(world), world.ana, by=world.by, now=NOW)


@case(changes.show)
def _(world: World) -> None:
    changes.show(world.session, update(world), Visibility.PUBLISHED, by=world.by, now=NOW)


@case(arriving.take_in_items)
def _(world: World) -> None:
    rows = [Row(2, {"title": "Lend tools"})]
    arriving.take_in_items(world.session, rows, world.board, by=world.by, now=NOW)
