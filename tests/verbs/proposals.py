"""The verbs of proposals/."""

from datetime import timedelta

from tests.factories import NOW, make_transcript
from tests.proposals.texts import found
from tests.verbs import World, case
from tracker.proposals import changes, storing
from tracker.proposals.models import AsideReason, ProposalKind
from tracker.transcripts.anchors import Span


@case(changes.set_aside)
def _(world: World) -> None:
    changes.set_aside(world.session, world.proposal, AsideReason.TOO_GENERAL, by=world.by, now=NOW, note="A wish")


@case(changes.snooze)
def _(world: World) -> None:
    changes.snooze(world.session, world.proposal, NOW + timedelta(days=1), by=world.by, now=NOW)


@case(changes.mark_by_hand)
def _(world: World) -> None:
    transcript = make_transcript(world.session, world.meeting, "MS SILVA: Open on Sundays.")
    changes.mark_by_hand(world.session, transcript, Span(10, 25), kind=ProposalKind.CALL, by=world.by, now=NOW)


@case(storing.store)
def _(world: World) -> None:
    transcript = make_transcript(world.session, world.meeting, "MS SILVA: The board should publish a map.")
    storing.store(world.session, transcript, found(transcript.text), by=world.by, now=NOW)
