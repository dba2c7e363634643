"""The verbs of handovers/."""

from tests.factories import NOW, make_person, party_of, sight_into
from tests.verbs import World, case
from tests.verbs.items import number, owned_by
from tracker.handovers import changes as handing_over
from tracker.handovers import open_duties
from tracker.handovers.models import Handover, HandoverPart
from tracker.items.models import Progress
from tracker.updates.changes import record
from tracker.updates.progress_rules import ProgressStep


def handover(world: World) -> tuple[Handover, list[HandoverPart]]:
    """One item that is owned, another that waits for the same person."""
    leaver, successor = make_person(world.session, "Lea Leaver"), make_person(world.session, "Sul Successor")
    party = party_of(world.session, leaver)
    owned_by(world, world.item, party)
    step = ProgressStep(Progress.WAITING, "an answer", party.id)
    record(world.session, world.other, world.ana, "Written to Lea", progress=step, by=world.by, now=NOW)
    left = open_duties.open_duties_of(world.session, world.board.id, [number(leaver)], sight_into(world.board))
    made = handing_over.offer_handover(world.session, world.board.id, successor, left, by=world.by, now=NOW)
    return made, handing_over.parts_of(world.session, made)


@case(handing_over.offer_handover)
def _(world: World) -> None:
    handover(world)


@case(handing_over.take_duty)
def _(world: World) -> None:
    for part in handover(world)[1]:
        handing_over.take_duty(world.session, part, by=world.by, now=NOW)


@case(handing_over.decline_duty)
def _(world: World) -> None:
    handing_over.decline_duty(world.session, handover(world)[1][0], message="No time", by=world.by, now=NOW)


@case(handing_over.withdraw_handover)
def _(world: World) -> None:
    handing_over.withdraw_handover(world.session, handover(world)[0], by=world.by, now=NOW)


@case(handing_over.write_parting_note)
def _(world: World) -> None:
    handing_over.write_parting_note(
        world.session, world.item, world.ana, "Ask Bo for the key", seen_version=0, by=world.by, now=NOW
    )
