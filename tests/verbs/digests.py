"""The verbs of digests/."""

from tests.factories import NOW, made
from tests.verbs import World, case
from tracker.digests import make_digests
from tracker.digests.models import DigestHold
from tracker.digests.runs import holds
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


@case(make_digests.set_frequency)
def _(world: World) -> None:
    subscribed(world, Frequency.WEEKLY)
    make_digests.set_frequency(world.session, world.ana, Frequency.MONTHLY, by=world.by, now=NOW)


@case(holds.hold_digests)
def hold(world: World) -> DigestHold:
    return holds.hold_digests(world.session, world.board, by=world.by, now=NOW)


@case(holds.release_digests)
def _(world: World) -> None:
    holds.release_digests(world.session, hold(world), by=world.by, now=NOW)


@case(holds.cancel_digests)
def _(world: World) -> None:
    holds.cancel_digests(world.session, hold(world), by=world.by, now=NOW)
