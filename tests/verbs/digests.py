"""The verbs of digests/."""

from tests.factories import NOW, made
from tests.verbs import World, case
from tracker.digests import changes
from tracker.people.models import Frequency, Subscription


def subscribed(world: World, frequency: Frequency) -> None:
    made(world.session, Subscription(person_id=world.ana.id, subscribed_at=NOW, frequency=frequency))


@case(changes.stop)
def _(world: World) -> None:
    subscribed(world, Frequency.WEEKLY)
    changes.stop(world.session, world.ana, by=world.by, now=NOW)


@case(changes.resume)
def _(world: World) -> None:
    subscribed(world, Frequency.NEVER)
    changes.resume(world.session, world.ana, by=world.by, now=NOW)
