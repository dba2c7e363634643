"""The verbs of transcripts/."""

from sqlmodel import col, select

from tests.factories import NOW, make_passage, make_transcript
from tests.verbs import World, case
from tracker.clock import real_now
from tracker.errors import Refused
from tracker.transcripts import (
    arrivals,
    attribution,
    candidates,
    carrying,
    changes,
    doubts,
    introducing,
    reanchoring,
    settling,
    speaking_for,
)
from tracker.transcripts.anchors import Span
from tracker.transcripts.introductions import Introduced
from tracker.transcripts.layout import Layout
from tracker.transcripts.models import (
    Anchor,
    Arrival,
    ArrivalState,
    DoubtState,
    Introduction,
    SpeakerDoubt,
    Transcript,
    Turn,
)


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


@case(attribution.give)
def _(world: World) -> None:
    transcript = heard(world)
    turns = world.session.exec(select(Turn)).all()
    attribution.give(world.session, transcript, turns, None, by=world.by, now=NOW)


@case(attribution.take_back)
def _(world: World) -> None:
    transcript = heard(world)
    turns = world.session.exec(select(Turn)).all()
    event = attribution.give(world.session, transcript, turns, world.ana, by=world.by, now=NOW)
    attribution.take_back(world.session, transcript, event, by=world.by, now=NOW)


def noted(world: World) -> Transcript:
    transcript = heard(world)
    said = [Introduced(1, 10, 20, "Bo Berg", "the Bridge Society")]
    candidates.note_candidates(world.session, transcript, said, [("A", "B")], by=world.by, now=NOW)
    world.session.commit()
    return transcript


def introduction(world: World) -> Introduction:
    return world.session.exec(select(Introduction)).one()


@case(candidates.note_candidates)
def _(world: World) -> None:
    noted(world)


@case(doubts.settle)
def _(world: World) -> None:
    transcript, state = noted(world), DoubtState.DIFFERENT
    doubt = world.session.exec(select(SpeakerDoubt)).one()
    doubts.settle(world.session, transcript, doubt, state, version=1, by=world.by, now=NOW)


@case(doubts.reopen)
def _(world: World) -> None:
    transcript, state = noted(world), DoubtState.DIFFERENT
    doubt = world.session.exec(select(SpeakerDoubt)).one()
    event = doubts.settle(world.session, transcript, doubt, state, version=1, by=world.by, now=NOW)
    doubts.reopen(world.session, transcript, event, by=world.by, now=NOW)


@case(introducing.accept)
def _(world: World) -> None:
    transcript, said = noted(world), introducing.Corrected("Bo Berg")
    heard_said = introduction(world)
    introducing.accept(world.session, transcript, heard_said, said, None, version=1, by=world.by, now=NOW)


@case(introducing.dismiss)
def _(world: World) -> None:
    transcript = noted(world)
    introducing.dismiss(world.session, transcript, introduction(world), version=1, by=world.by, now=NOW)


@case(introducing.wait_again)
def _(world: World) -> None:
    transcript = noted(world)
    event = introducing.dismiss(world.session, transcript, introduction(world), version=1, by=world.by, now=NOW)
    introducing.wait_again(world.session, transcript, event, by=world.by, now=NOW)


@case(speaking_for.note_speaking)
def _(world: World) -> None:
    transcript, said = heard(world), speaking_for.Speaking("own")
    turn = world.session.exec(select(Turn)).one()
    speaking_for.note_speaking(world.session, transcript, turn, said, version=1, by=world.by, now=NOW)


@case(speaking_for.take_capacity_back)
def _(world: World) -> None:
    transcript, said = heard(world), speaking_for.Speaking("own")
    turn = world.session.exec(select(Turn)).one()
    event = speaking_for.note_speaking(world.session, transcript, turn, said, version=1, by=world.by, now=NOW)
    speaking_for.take_capacity_back(world.session, transcript, event, by=world.by, now=NOW)


@case(changes.import_transcript)
def _(world: World) -> None:
    changes.import_transcript(world.session, world.meeting, "a.txt", b"a", "a", [], by=world.by, now=NOW)


def corrected(world: World) -> Transcript:
    first = heard(world)
    attribution.give(world.session, first, attribution.turns_of(world.session, first), world.ana, by=world.by, now=NOW)
    make_passage(world.session, first, "We should keep an archive.")
    second = make_transcript(world.session, world.meeting, "CHAIR: We should keep an archive of it.")
    world.session.commit()
    return second


def anchor(world: World) -> Anchor:
    second = corrected(world)
    alignment = reanchoring.aligned(world.session, second)
    reanchoring.reanchor(world.session, second, alignment, by=world.by, now=NOW)
    world.session.commit()
    return world.session.exec(select(Anchor).order_by(col(Anchor.id))).all()[-1]


@case(reanchoring.reanchor)
def _(world: World) -> None:
    anchor(world)


@case(carrying.carry_speakers)
def _(world: World) -> None:
    second = corrected(world)
    alignment = reanchoring.aligned(world.session, second)
    carrying.carry_speakers(world.session, second, alignment, by=world.by, now=NOW)


@case(settling.accept_place)
def _(world: World) -> None:
    settling.accept_place(world.session, anchor(world), seen_version=1, by=world.by, now=NOW)


@case(settling.place)
def _(world: World) -> None:
    settling.place(world.session, anchor(world), Span(7, 20), seen_version=1, by=world.by, now=NOW)


@case(settling.mark_gone)
def _(world: World) -> None:
    settling.mark_gone(world.session, anchor(world), seen_version=1, by=world.by, now=NOW)


@case(settling.take_back)
def _(world: World) -> None:
    row = anchor(world)
    settling.mark_gone(world.session, row, seen_version=1, by=world.by, now=NOW)
    settling.take_back(world.session, row, seen_version=2, by=world.by, now=NOW)


def arrived(world: World, state: ArrivalState) -> Arrival:
    sent = [arrivals.Sent("a.txt", b"MS OAK: Hello.")]
    [arrival] = arrivals.keep(world.session, world.board.id or 0, sent, by=world.by, now=NOW)
    arrival.state = state
    world.session.commit()
    return arrival


@case(arrivals.keep)
def _(world: World) -> None:
    arrived(world, ArrivalState.WAITING)


@case(arrivals.place)
def _(world: World) -> None:
    target = arrivals.Target(world.meeting.id)
    arrivals.place(world.session, arrived(world, ArrivalState.TO_PLACE), target, by=world.by, now=NOW)


@case(arrivals.understand)
def _(world: World) -> None:
    said = Layout(labels=("MS OAK:",))
    arrivals.understand(world.session, arrived(world, ArrivalState.TO_LOOK_AT), said, by=world.by, now=NOW)


@case(arrivals.approve)
def _(world: World) -> None:
    arrivals.approve(world.session, arrived(world, ArrivalState.TO_LOOK_AT), by=world.by, now=NOW)


@case(arrivals.try_again)
def _(world: World) -> None:
    arrivals.try_again(world.session, arrived(world, ArrivalState.REFUSED), by=world.by, now=NOW)


@case(arrivals.delete)
def _(world: World) -> None:
    arrivals.delete(world.session, arrived(world, ArrivalState.REFUSED), by=world.by, now=NOW)


@case(arrivals.forget_old)
def _(world: World) -> None:
    arrived(world, ArrivalState.REFUSED).ended_at = real_now() - 2 * arrivals.KEPT
    arrivals.forget_old(world.session, by=world.by, now=NOW)


@case(arrivals.refuse)
def _(world: World) -> None:
    arrivals.refuse(world.session, arrived(world, ArrivalState.READING), Refused("No."), by=world.by, now=NOW)


@case(arrivals.end)
def _(world: World) -> None:
    reading = arrived(world, ArrivalState.READING)
    arrivals.end(world.session, reading, ArrivalState.TO_PLACE, by=world.by, now=NOW)
