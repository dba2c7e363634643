"""The verbs of transcripts/."""

from sqlmodel import select

from tests.factories import NOW, make_transcript
from tests.verbs import World, case
from tracker.transcripts import attribution, changes
from tracker.transcripts.models import Transcript, Turn


def heard(world: World) -> Transcript:
    transcript = make_transcript(world.session, world.meeting, "MS SILVA: We should keep an archive.")
    world.session.commit()
    return transcript


@case(attribution.assign_label)
def _(world: World) -> None:
    attribution.assign_label(world.session, heard(world), "MS SILVA", world.ana, instead_of=None, by=world.by, now=NOW)


@case(attribution.assign_turn)
def _(world: World) -> None:
    transcript = heard(world)
    turn = world.session.exec(select(Turn)).one()
    attribution.assign_turn(world.session, transcript, turn, world.ana, by=world.by, now=NOW)


@case(changes.import_transcript)
def _(world: World) -> None:
    changes.import_transcript(world.session, world.meeting, "a.txt", b"a", "a", [], by=world.by, now=NOW)
