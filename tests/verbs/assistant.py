"""The verbs of assistant/."""

from tests.factories import NOW, make_transcript
from tests.verbs import World, case
from tracker.assistant import reading_steps, store_findings
from tracker.assistant.models import AssistantReading, AssistantState
from tracker.config import AssistantServer
from tracker.detector.candidate import Candidate
from tracker.errors import Refused
from tracker.transcripts.models import Transcript

WORDS = "MS SILVA: We should keep an archive."


SERVER = AssistantServer("http://localhost:1/v1", "small")


def heard(world: World) -> Transcript:
    transcript = make_transcript(world.session, world.meeting, WORDS)
    world.session.commit()
    return transcript


def started(world: World) -> AssistantReading:
    reading = reading_steps.start_reading(world.session, heard(world), SERVER, by=world.by, now=NOW)
    world.session.commit()
    return reading


def stopped(world: World) -> AssistantReading:
    reading = started(world)
    reading_steps.stop_reading(world.session, reading, Refused("Try again."), by=world.by, now=NOW)
    world.session.commit()
    return reading


@case(reading_steps.start_reading)
def _(world: World) -> None:
    started(world)


@case(reading_steps.cancel_reading)
def _(world: World) -> None:
    reading_steps.cancel_reading(world.session, started(world), by=world.by, now=NOW)


@case(reading_steps.stop_reading)
def _(world: World) -> None:
    stopped(world)


@case(reading_steps.try_again)
def _(world: World) -> None:
    reading_steps.try_again(world.session, stopped(world), by=world.by, now=NOW)


@case(reading_steps.end_reading)
def _(world: World) -> None:
    reading_steps.end_reading(world.session, started(world), AssistantState.DONE, by=world.by, now=NOW)


@case(store_findings.store_findings)
def _(world: World) -> None:
    transcript, start = heard(world), WORDS.index("We")
    found = Candidate(start, len(WORDS), 1, "MS SILVA", None, "call", None, None, None, "Keep an archive", 0.7)
    store_findings.store_findings(world.session, transcript, [found], by=world.by, now=NOW)
