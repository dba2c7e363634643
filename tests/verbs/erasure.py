"""The verbs of erasure/."""

from tests.factories import NOW, TODAY
from tests.verbs import World, case
from tracker.erasure import erase_person, ledger
from tracker.erasure.ledger_entry import ErasureGround, ErasureKind, LedgerEntry


@case(erase_person.erase_records)
def erase(world: World) -> None:
    erase_person.erase_records(world.session, world.ana, "Asked for it.", today=TODAY, by=world.by, now=NOW)


@case(erase_person.erase_everywhere)
def _(world: World) -> None:
    erase_person.erase_everywhere(world.session, world.ana, "Asked for it.", today=NOW.date(), by=world.by, now=NOW)


@case(ledger.note)
def note(world: World) -> None:
    entry = LedgerEntry("0" * 32, NOW, ErasureKind.NAME, ErasureGround.REQUESTED, world.ana.id)
    ledger.note(world.session, entry, by=world.by, now=NOW)
