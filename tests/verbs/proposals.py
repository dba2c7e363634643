"""The verbs of proposals/."""

from datetime import timedelta

from sqlmodel import col, select

from tests.detector.texts import found
from tests.factories import NOW, make_person, make_transcript
from tests.verbs import World, case
from tracker.history import Actor, ChangeWay, Event
from tracker.history_queries import of_subject
from tracker.proposals import store_candidates, turn_cuts, undo_speaker_decisions, version_successors
from tracker.proposals.models import Advice, AsideReason, Batch, Proposal, ProposalKind, TriageState
from tracker.transcripts.models import JoinedTurn, Transcript, Turn
from tracker.transcripts.speakers.attribution import give_turns, turns_of
from tracker.transcripts.text_positions import Span
from tracker.transcripts.versions.reanchor_passages import aligned, reanchor
from tracker.triage import (
    changes,
    decide_batch,
    detector_learning,
    rapporteur_advice,
    second_person,
)


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


LEARNED = detector_learning.Learned("{}", 40, 8, 0.5, 0.5)


@case(detector_learning.keep)
def _(world: World) -> None:
    detector_learning.keep(world.session, world.board.id, LEARNED, by=world.by, now=NOW)


@case(detector_learning.forget)
def _(world: World) -> None:
    trained = detector_learning.keep(world.session, world.board.id, LEARNED, by=world.by, now=NOW)
    detector_learning.forget(world.session, trained, by=world.by, now=NOW)


@case(second_person.mark_sensitive)
def mark_sensitive(world: World) -> None:
    second_person.mark_sensitive(world.session, world.proposal, by=world.by, now=NOW)


@case(second_person.unmark_sensitive)
def _(world: World) -> None:
    mark_sensitive(world)
    second_person.unmark_sensitive(world.session, world.proposal, by=world.by, now=NOW)


def awaiting(world: World) -> None:
    """Another person would set the proposal aside."""
    other = Actor(make_person(world.session, "Other Person").id, ChangeWay.BROWSER)
    second_person.mark_sensitive(world.session, world.proposal, by=other, now=NOW)
    changes.set_aside(world.session, world.proposal, AsideReason.OTHER, by=other, now=NOW)


@case(second_person.confirm)
def _(world: World) -> None:
    awaiting(world)
    second_person.confirm(world.session, world.proposal, by=world.by, now=NOW)


@case(second_person.send_back)
def _(world: World) -> None:
    awaiting(world)
    second_person.send_back(world.session, world.proposal, by=world.by, now=NOW)


@case(rapporteur_advice.advise)
def advise(world: World) -> None:
    rapporteur_advice.advise(
        world.session, world.proposal, TriageState.ITEM, {"title": "Keep it"}, by=world.by, now=NOW
    )


@case(rapporteur_advice.withdraw_advice)
def _(world: World) -> None:
    advise(world)
    advice = world.session.get_one(Advice, world.proposal.id)
    rapporteur_advice.withdraw_advice(world.session, world.proposal, advice, by=world.by, now=NOW)


@case(decide_batch.decide_batch)
def decide_one_together(world: World) -> Batch | None:
    def act(proposal: Proposal) -> None:
        changes.set_aside(world.session, proposal, AsideReason.OTHER, by=world.by, now=NOW)

    seen, board = {world.proposal.id: world.proposal.version}, world.board.id
    made = decide_batch.decide_batch(world.session, [world.proposal], seen, act, body_id=board, by=world.by, now=NOW)
    return made[0]
