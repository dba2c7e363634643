"""The verbs of digests/."""

from tests.factories import NOW, made
from tests.verbs import World, case
from tracker.digests import make_digests
from tracker.people.models import Frequency, Subscription


def subscribed(world: World, frequency: Frequency) -> None:
    made(world.session, Subscription(person_id=world.ana.id, subscribed_at=NOW, frequency=frequency))


@case(make_digests.stop)
def _(world: World) -> None:
    subscribed(world, Frequency.WEEKLY)
    make_digests.stop(world.session, world.ana, by=world.by, now=NOW)


@case(make_digests.resume)
def _(world: World) -> None:
    subscribed(world, Frequency.NEVER)
    make_digests.resume(world.session, world.ana, by=world.by, now=NOW)
