"""The verbs of proposals/."""

from datetime import timedelta

from sqlmodel import col, select

from tests.factories import NOW, make_transcript
from tests.proposals.texts import found
from tests.verbs import World, case
from tracker.history import Event, of_subject
from tracker.proposals import changes, cutting, learning, storing, succeeding, undoing
from tracker.proposals.models import AsideReason, ProposalKind
from tracker.transcripts.anchors import Span
from tracker.transcripts.attribution import give, turns_of
from tracker.transcripts.models import JoinedTurn, Transcript, Turn
from tracker.transcripts.reanchoring import aligned, reanchor


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


SPEECHES = "MS SILVA: One thing. Another thing.\n\nMR BERG: A third."


def cut(world: World) -> tuple[Transcript, Turn]:
    """A transcript whose first turn has been split."""
    transcript = make_transcript(world.session, world.meeting, SPEECHES)
    first = turns_of(world.session, transcript)[0]
    at = SPEECHES.index("Another")
    cutting.split(world.session, transcript, first, at, version=1, by=world.by, now=NOW)
    return transcript, first


def last(world: World, transcript: Transcript) -> Event:
    return of_subject(world.session, transcript.history_key())[-1]


@case(cutting.split)
def _(world: World) -> None:
    cut(world)


@case(cutting.join)
def _(world: World) -> None:
    transcript, first = cut(world)
    cutting.join(world.session, transcript, first, version=first.version, by=world.by, now=NOW)


@case(cutting.separate)
def _(world: World) -> None:
    transcript, first = cut(world)
    cutting.join(world.session, transcript, first, version=first.version, by=world.by, now=NOW)
    joined = world.session.exec(select(JoinedTurn).where(col(JoinedTurn.turn_id) == first.id)).one()
    cutting.separate(world.session, transcript, joined, by=world.by, now=NOW)


@case(cutting.join_again)
def _(world: World) -> None:
    transcript, _ = cut(world)
    cutting.join_again(world.session, transcript, last(world, transcript), by=world.by, now=NOW)


@case(cutting.split_again)
def _(world: World) -> None:
    transcript, first = cut(world)
    cutting.join(world.session, transcript, first, version=first.version, by=world.by, now=NOW)
    cutting.split_again(world.session, transcript, last(world, transcript), by=world.by, now=NOW)


@case(undoing.undo)
def _(world: World) -> None:
    transcript = make_transcript(world.session, world.meeting, SPEECHES)
    turns = turns_of(world.session, transcript)[:1]
    event = give(world.session, transcript, turns, world.ana, by=world.by, now=NOW)
    undoing.undo(world.session, transcript, event, by=world.by, now=NOW)


@case(succeeding.succeed)
def _(world: World) -> None:
    first = make_transcript(world.session, world.meeting, "MS SILVA: Open on Sundays, for the pupils.")
    span = Span(10, len(first.text))
    changes.mark_by_hand(world.session, first, span, kind=ProposalKind.CALL, by=world.by, now=NOW)
    second = make_transcript(world.session, world.meeting, "MS SILVA: Open on Sundays for all the pupils.")
    reanchor(world.session, second, aligned(world.session, second), by=world.by, now=NOW)
    succeeding.succeed(world.session, second, by=world.by, now=NOW)


LEARNED = learning.Learned("{}", 40, 8, 0.5, 0.5)


@case(learning.keep)
def _(world: World) -> None:
    learning.keep(world.session, world.board.id or 0, LEARNED, by=world.by, now=NOW)


@case(learning.forget)
def _(world: World) -> None:
    trained = learning.keep(world.session, world.board.id or 0, LEARNED, by=world.by, now=NOW)
    learning.forget(world.session, trained, by=world.by, now=NOW)
