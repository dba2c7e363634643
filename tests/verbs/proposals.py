"""The verbs of proposals/."""

from sqlmodel import col, select

from tests.detector.texts import found
from tests.factories import NOW, make_transcript
from tests.verbs import World, case
from tracker.history import Event
from tracker.history_queries import of_subject
from tracker.proposals import store_candidates, turn_cuts, undo_speaker_decisions, version_successors
from tracker.proposals.models import ProposalKind
from tracker.transcripts.models import JoinedTurn, Transcript, Turn
from tracker.transcripts.speakers.attribution import give_turns, turns_of
from tracker.transcripts.text_positions import Span
from tracker.transcripts.versions.reanchor_passages import aligned, reanchor
from tracker.triage import (
    changes,
)


@case(store_candidates.store)
def _(world: World) -> None:
    transcript = make_transcript(world.session, world.meeting, "MS SILVA: The board should publish a map.")
    store_candidates.store(world.session, transcript, found(transcript.text), by=world.by, now=NOW)


SPEECHES = "MS SILVA: One thing. Another thing.\n\nMR BERG: A third."


def cut(world: World) -> tuple[Transcript, Turn]:
    """A transcript whose first turn has been split."""
    transcript = make_transcript(world.session, world.meeting, SPEECHES)
    first = turns_of(world.session, transcript)[0]
    at = SPEECHES.index("Another")
    turn_cuts.split(world.session, transcript, first, at, version=1, by=world.by, now=NOW)
    return transcript, first


def last(world: World, transcript: Transcript) -> Event:
    return of_subject(world.session, transcript.history_key())[-1]


@case(turn_cuts.split)
def _(world: World) -> None:
    cut(world)


@case(turn_cuts.join)
def _(world: World) -> None:
    transcript, first = cut(world)
    turn_cuts.join(world.session, transcript, first, version=first.version, by=world.by, now=NOW)


@case(turn_cuts.separate)
def _(world: World) -> None:
    transcript, first = cut(world)
    turn_cuts.join(world.session, transcript, first, version=first.version, by=world.by, now=NOW)
    joined = world.session.exec(select(JoinedTurn).where(col(JoinedTurn.turn_id) == first.id)).one()
    turn_cuts.separate(world.session, transcript, joined, by=world.by, now=NOW)


@case(turn_cuts.join_again)
def _(world: World) -> None:
    transcript, _ = cut(world)
    turn_cuts.join_again(world.session, transcript, last(world, transcript), by=world.by, now=NOW)


@case(turn_cuts.split_again)
def _(world: World) -> None:
    transcript, first = cut(world)
    turn_cuts.join(world.session, transcript, first, version=first.version, by=world.by, now=NOW)
    turn_cuts.split_again(world.session, transcript, last(world, transcript), by=world.by, now=NOW)


@case(undo_speaker_decisions.undo)
def _(world: World) -> None:
    transcript = make_transcript(world.session, world.meeting, SPEECHES)
    turns = turns_of(world.session, transcript)[:1]
    event = give_turns(world.session, transcript, turns, world.ana, by=world.by, now=NOW)
    undo_speaker_decisions.undo(world.session, transcript, event, by=world.by, now=NOW)


@case(version_successors.succeed)
def _(world: World) -> None:
    first = make_transcript(world.session, world.meeting, "MS SILVA: Open on Sundays, for the pupils.")
    span = Span(10, len(first.text))
    changes.mark_by_hand(world.session, first, span, kind=ProposalKind.CALL, by=world.by, now=NOW)
    second = make_transcript(world.session, world.meeting, "MS SILVA: Open on Sundays for all the pupils.")
    reanchor(world.session, second, aligned(world.session, second), by=world.by, now=NOW)
    version_successors.succeed(world.session, second, by=world.by, now=NOW)
