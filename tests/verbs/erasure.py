"""The verbs of erasure/."""

from tests.factories import NOW, SYSTEM, TODAY
from tests.verbs import World, case
from tracker.erasure import erase_person, ledger, redact, redactions, sweep
from tracker.erasure.ledger_entry import ErasedSpan, ErasureGround, ErasureKind, LedgerEntry
from tracker.erasure.models import Redaction
from tracker.history import Actor
from tracker.transcripts.models import Transcript


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


def spoken(world: World) -> Transcript:
    return world.session.get_one(Transcript, world.proposal.transcript_id)


def asked(world: World, by: Actor) -> Redaction:
    why = ErasureGround.CONTACT_DETAILS, "it is an address"
    return redactions.ask(world.session, spoken(world), [(0, 3)], *why, by=by, now=NOW)


@case(redactions.ask)
def _(world: World) -> None:
    asked(world, world.by)


@case(redactions.confirm)
def _(world: World) -> None:
    redactions.confirm(world.session, asked(world, SYSTEM), by=world.by, now=NOW)


@case(redactions.withdraw)
def _(world: World) -> None:
    redactions.withdraw(world.session, asked(world, world.by), by=world.by, now=NOW)


@case(redact.redact)
def _(world: World) -> None:
    span = ErasedSpan(spoken(world).id, spoken(world).sha256, 0, 3)
    redact.redact(world.session, [span], chosen=True, reason="a law", by=world.by, now=NOW)


@case(sweep.sweep)
def _(world: World) -> None:
    sweep.sweep(world.session, [spoken(world).text.partition(".")[0]], None, by=world.by, now=NOW)
