"""What is done with a reading: started, cancelled, tried again, its part skipped; and how it went on or ended."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from tracker.assistant.models import AssistantReading, AssistantState
from tracker.assistant.transcript_parts import cut_parts, speeches_of
from tracker.clock import real_now
from tracker.config import AssistantServer
from tracker.errors import Refused
from tracker.history import Actor, leave
from tracker.history_verbs import Verb
from tracker.meetings.models import Meeting
from tracker.transcripts.models import Transcript
from tracker.transcripts.reading.turns import ReadTurn
from tracker.transcripts.speakers.attribution import turns_of
from tracker.transcripts.versions.newest_places import of_same_text

STALE = "This reading has gone on or ended meanwhile. Look at its present state."
#: of these a transcript has one at most
UNFINISHED = (AssistantState.WAITING, AssistantState.READING, AssistantState.STOPPED)
#: how each end is told in history
VERBS = {
    AssistantState.DONE: Verb.READ,
    AssistantState.STOPPED: Verb.STOPPED,
    AssistantState.CANCELLED: Verb.CANCELLED,
}


def start_reading(
    session: Session, transcript: Transcript, server: AssistantServer, *, by: Actor, now: datetime
) -> AssistantReading:
    """Let the assistant read a transcript; raises Refused where it does so already, or the text is not the newest."""
    refuse_superseded(session, transcript)
    # Two who press the button at once would each pay for a reading of their own.
    session.exec(select(Transcript.id).where(col(Transcript.id) == transcript.id).with_for_update()).one()
    unfinished = select(AssistantReading.id).where(
        col(AssistantReading.transcript_id) == transcript.id, col(AssistantReading.state).in_(UNFINISHED)
    )
    if session.exec(unfinished).first() is not None:
        raise Refused("This transcript has a reading that is not finished. Wait for it, let it go on, or cancel it.")
    parts = cut_parts(transcript.text, speeches_of(transcript.text, read_turns(session, transcript)))
    if not parts:
        raise Refused("There is nothing in this transcript to read. Import another version.")
    reading = AssistantReading(
        body_id=session.get_one(Meeting, transcript.meeting_id).body_id,
        transcript_id=transcript.id,
        url=server.url,
        model=server.model,
        parts=[[part.since, part.start, part.end] for part in parts],
        started_at=now,
        started_by=by.person_id,
    )
    if server.prices:
        reading.prices = str(server.prices)
    session.add(reading)
    session.flush()
    after = {"transcript": transcript.id, "host": server.host, "model": server.model, "parts": len(parts)}
    leave(session, reading.history_key(), Verb.STARTED, by=by, now=now, body_id=reading.body_id, after=after)
    return reading


def read_turns(session: Session, transcript: Transcript) -> list[ReadTurn]:
    """Return the turns of a transcript as they stand now, as one reads them from a file."""
    return [
        ReadTurn(turn.seq, turn.label, turn.speaker, turn.start, turn.end, turn.said_at)
        for turn in turns_of(session, transcript)
    ]


def refuse_superseded(session: Session, transcript: Transcript) -> None:
    """Raise Refused where a newer version is there: what is found in this one would be in no queue."""
    newer = select(Transcript.id).where(*of_same_text(transcript), col(Transcript.number) > transcript.number)
    if session.exec(newer).first() is not None:
        raise Refused("A newer version of this transcript is there. Start with that one.")


def cancel_reading(session: Session, reading: AssistantReading, *, by: Actor, now: datetime) -> None:
    """End a reading before its time; what was found so far stays in the queue. Raises Refused where it has ended."""
    if reading.state not in UNFINISHED:
        raise Refused(STALE)
    end_reading(session, reading, AssistantState.CANCELLED, by=by, now=now)


def try_again(session: Session, reading: AssistantReading, *, skips: bool = False, by: Actor, now: datetime) -> None:
    """Let a stopped reading go on at the part where it stopped, or after it; raises Refused unless it has stopped."""
    if reading.state is not AssistantState.STOPPED:
        raise Refused(STALE)
    verb = Verb.TRIED_AGAIN
    if skips:
        verb = Verb.PART_SKIPPED
        reading.parts_done += 1
        reading.parts_skipped += 1
    wait_for_turn(reading, None)
    reading.tries = 0
    reading.ended_at = None
    reading.refusal = None
    reading.refusal_values = {}
    session.add(reading)
    after = {"part": reading.parts_done}
    leave(session, reading.history_key(), verb, by=by, now=now, body_id=reading.body_id, after=after)
    if reading.parts_done == len(reading.parts):
        end_reading(session, reading, AssistantState.DONE, by=by, now=now)


def wait_for_turn(reading: AssistantReading, not_before: datetime | None) -> None:
    """Let a reading wait for whichever process takes it next, but not before that moment of the real clock."""
    reading.state = AssistantState.WAITING
    reading.not_before = not_before
    reading.lease_token = None
    reading.lease_until = None


def stop_reading(session: Session, reading: AssistantReading, why: Refused, *, by: Actor, now: datetime) -> None:
    """Keep why a reading cannot go on by itself; it goes on where it is as soon as somebody says so."""
    note_refusal(reading, why)
    end_reading(session, reading, AssistantState.STOPPED, by=by, now=now, after={"reason": why.message})


def note_refusal(reading: AssistantReading, why: Refused) -> None:
    """Keep why the last call came to nothing."""
    reading.refusal = why.message
    reading.refusal_values = dict(why.values)


def end_reading(
    session: Session,
    reading: AssistantReading,
    state: AssistantState,
    *,
    by: Actor,
    now: datetime,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Note that a reading does not go on, and what it has come to."""
    wait_for_turn(reading, None)
    reading.state = state
    reading.ended_at = real_now()
    session.add(reading)
    figures = {
        "parts": reading.parts_done,
        "found": reading.found_new,
        "found_too": reading.found_too,
        "tokens": reading.tokens_sent + reading.tokens_answered,
        **(after or {}),
    }
    leave(session, reading.history_key(), VERBS[state], by=by, now=now, body_id=reading.body_id, after=figures)
