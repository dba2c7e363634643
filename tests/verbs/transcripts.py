"""The verbs of transcripts/."""

from sqlmodel import col, select

from tests.factories import NOW, make_passage, make_transcript
from tests.verbs import World, case
from tracker.transcripts import changes
from tracker.transcripts.models import Anchor, DoubtState, Introduction, SpeakerDoubt, Transcript, Turn
from tracker.transcripts.speakers import (
    accept_introductions,
    attribution,
    carry_over,
    name_doubts,
    speaker_candidates,
    speaking_for,
)
from tracker.transcripts.speakers.self_introductions import Introduced
from tracker.transcripts.text_positions import Span
from tracker.transcripts.versions import reanchor_passages, settle_passages


def heard(world: World) -> Transcript:
    transcript = make_transcript(world.session, world.meeting, "MS SILVA: We should keep an archive.")
    world.session.commit()
    return transcript


@case(attribution.assign_label)
def _(world: World) -> None:
    attribution.assign_label(world.session, heard(world), "MS SILVA", world.ana, instead_of=None, by=world.by, now=NOW)


@case(attribution.assign_turns)
def _(world: World) -> None:
    transcript = heard(world)
    turn = world.session.exec(select(Turn)).one()
    attribution.assign_turns(world.session, transcript, [turn], world.ana, by=world.by, now=NOW)


@case(attribution.give_turns)
def _(world: World) -> None:
    transcript = heard(world)
    turns = world.session.exec(select(Turn)).all()
    attribution.give_turns(world.session, transcript, turns, None, by=world.by, now=NOW)


@case(attribution.note_together)
def _(world: World) -> None:
    transcript = heard(world)
    event = attribution.give_turns(
        world.session, transcript, attribution.turns_of(world.session, transcript), world.ana, by=world.by, now=NOW
    )
    attribution.note_together(world.session, transcript, [event], by=world.by, now=NOW)


@case(attribution.undo_assignment)
def _(world: World) -> None:
    transcript = heard(world)
    turns = world.session.exec(select(Turn)).all()
    event = attribution.give_turns(world.session, transcript, turns, world.ana, by=world.by, now=NOW)
    attribution.undo_assignment(world.session, transcript, event, by=world.by, now=NOW)


def noted(world: World) -> Transcript:
    transcript = heard(world)
    said = [Introduced(1, 10, 20, "Bo Berg", "the Bridge Society")]
    speaker_candidates.note_candidates(world.session, transcript, said, [("A", "B")], by=world.by, now=NOW)
    world.session.commit()
    return transcript


def introduction(world: World) -> Introduction:
    return world.session.exec(select(Introduction)).one()


@case(speaker_candidates.note_candidates)
def _(world: World) -> None:
    noted(world)


@case(name_doubts.settle_doubt)
def _(world: World) -> None:
    transcript, state = noted(world), DoubtState.DIFFERENT
    doubt = world.session.exec(select(SpeakerDoubt)).one()
    name_doubts.settle_doubt(world.session, transcript, doubt, state, version=1, by=world.by, now=NOW)


@case(name_doubts.reopen_doubt)
def _(world: World) -> None:
    transcript, state = noted(world), DoubtState.DIFFERENT
    doubt = world.session.exec(select(SpeakerDoubt)).one()
    event = name_doubts.settle_doubt(world.session, transcript, doubt, state, version=1, by=world.by, now=NOW)
    name_doubts.reopen_doubt(world.session, transcript, event, by=world.by, now=NOW)


@case(accept_introductions.accept_introduction)
def _(world: World) -> None:
    transcript, said = noted(world), accept_introductions.CorrectedIntroduction("Bo Berg")
    heard_said = introduction(world)
    accept_introductions.accept_introduction(
        world.session, transcript, heard_said, said, None, version=1, by=world.by, now=NOW
    )


@case(accept_introductions.dismiss_introduction)
def _(world: World) -> None:
    transcript = noted(world)
    accept_introductions.dismiss_introduction(
        world.session, transcript, introduction(world), version=1, by=world.by, now=NOW
    )


@case(accept_introductions.reopen_introduction)
def _(world: World) -> None:
    transcript = noted(world)
    event = accept_introductions.dismiss_introduction(
        world.session, transcript, introduction(world), version=1, by=world.by, now=NOW
    )
    accept_introductions.reopen_introduction(world.session, transcript, event, by=world.by, now=NOW)


@case(speaking_for.note_speaking)
def _(world: World) -> None:
    transcript, said = heard(world), speaking_for.SpokenCapacity("own")
    turn = world.session.exec(select(Turn)).one()
    speaking_for.note_speaking(world.session, transcript, turn, said, version=1, by=world.by, now=NOW)


@case(speaking_for.undo_capacity)
def _(world: World) -> None:
    transcript, said = heard(world), speaking_for.SpokenCapacity("own")
    turn = world.session.exec(select(Turn)).one()
    event = speaking_for.note_speaking(world.session, transcript, turn, said, version=1, by=world.by, now=NOW)
    speaking_for.undo_capacity(world.session, transcript, event, by=world.by, now=NOW)


@case(changes.import_transcript)
def _(world: World) -> None:
    changes.import_transcript(world.session, world.meeting, "a.txt", b"a", "a", [], by=world.by, now=NOW)


def corrected(world: World) -> Transcript:
    first = heard(world)
    attribution.give_turns(
        world.session, first, attribution.turns_of(world.session, first), world.ana, by=world.by, now=NOW
    )
    make_passage(world.session, first, "We should keep an archive.")
    second = make_transcript(world.session, world.meeting, "CHAIR: We should keep an archive of it.")
    world.session.commit()
    return second


def anchor(world: World) -> Anchor:
    second = corrected(world)
    alignment = reanchor_passages.aligned(world.session, second)
    reanchor_passages.reanchor(world.session, second, alignment, by=world.by, now=NOW)
    world.session.commit()
    return world.session.exec(select(Anchor).order_by(col(Anchor.id))).all()[-1]


@case(reanchor_passages.reanchor)
def _(world: World) -> None:
    anchor(world)


@case(carry_over.carry_speakers)
def _(world: World) -> None:
    second = corrected(world)
    alignment = reanchor_passages.aligned(world.session, second)
    carry_over.carry_speakers(world.session, second, alignment, by=world.by, now=NOW)


@case(settle_passages.accept_place)
def _(world: World) -> None:
    settle_passages.accept_place(world.session, anchor(world), seen_version=1, by=world.by, now=NOW)


@case(settle_passages.place_passage)
def _(world: World) -> None:
    settle_passages.place_passage(world.session, anchor(world), Span(7, 20), seen_version=1, by=world.by, now=NOW)


@case(settle_passages.mark_gone)
def _(world: World) -> None:
    settle_passages.mark_gone(world.session, anchor(world), seen_version=1, by=world.by, now=NOW)


@case(settle_passages.undo_settling)
def _(world: World) -> None:
    row = anchor(world)
    settle_passages.mark_gone(world.session, row, seen_version=1, by=world.by, now=NOW)
    settle_passages.undo_settling(world.session, row, seen_version=2, by=world.by, now=NOW)
