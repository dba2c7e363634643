"""The verbs of proposals/."""

from datetime import timedelta

from sqlmodel import col, select

from tests.factories import NOW, make_person, make_transcript
from tests.proposals.texts import found
from tests.verbs import World, case
from tracker.history import Actor, Event, Way, of_subject
from tracker.proposals import (
    advising,
    batches,
    changes,
    cutting,
    learning,
    seconds,
    storing,
    succeeding,
    undoing,
)
from tracker.proposals.models import Advice, AsideReason, Batch, Proposal, ProposalKind, TriageState
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


@case(seconds.mark_sensitive)
def mark_sensitive(world: World) -> None:
    seconds.mark_sensitive(world.session, world.proposal, by=world.by, now=NOW)


@case(seconds.unmark_sensitive)
def _(world: World) -> None:
    mark_sensitive(world)
    seconds.unmark_sensitive(world.session, world.proposal, by=world.by, now=NOW)


def awaiting(world: World) -> None:
    """Another person would set the proposal aside."""
    other = Actor(make_person(world.session, "Other Person").id, Way.BROWSER)
    seconds.mark_sensitive(world.session, world.proposal, by=other, now=NOW)
    changes.set_aside(world.session, world.proposal, AsideReason.OTHER, by=other, now=NOW)


@case(seconds.confirm)
def _(world: World) -> None:
    awaiting(world)
    seconds.confirm(world.session, world.proposal, by=world.by, now=NOW)


@case(seconds.send_back)
def _(world: World) -> None:
    awaiting(world)
    seconds.send_back(world.session, world.proposal, by=world.by, now=NOW)


@case(advising.advise)
def advise(world: World) -> None:
    advising.advise(world.session, world.proposal, TriageState.ITEM, {"title": "Keep it"}, by=world.by, now=NOW)


@case(advising.take_back)
def _(world: World) -> None:
    advise(world)
    advice = world.session.get_one(Advice, world.proposal.id)
    advising.take_back(world.session, world.proposal, advice, by=world.by, now=NOW)


@case(batches.decide_together)
def decide_together(world: World) -> Batch | None:
    def act(proposal: Proposal) -> None:
        changes.set_aside(world.session, proposal, AsideReason.OTHER, by=world.by, now=NOW)

    seen, board = {world.proposal.id or 0: world.proposal.version}, world.board.id or 0
    made = batches.decide_together(world.session, [world.proposal], seen, act, body_id=board, by=world.by, now=NOW)
    return made[0]
