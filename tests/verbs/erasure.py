"""The verbs of erasure/."""

from tests.factories import NOW, TODAY
from tests.verbs import World, case
from tracker.erasure import erase_person


@case(erase_person.erase_records)
def erase(world: World) -> None:
    erase_person.erase_records(world.session, world.ana, "Asked for it.", today=TODAY, by=world.by, now=NOW)


@case(erase_person.erase_everywhere)
def _(world: World) -> None:
    erase_person.erase_everywhere(world.session, world.ana, "Asked for it.", today=NOW.date(), by=world.by, now=NOW)
