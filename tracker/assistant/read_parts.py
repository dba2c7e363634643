"""Reading one part after the other: taken with a lease, asked without a transaction, settled within one.

A process that dies over a part loses that part alone: the next one takes it up when the lease is over. Nothing that the
server does gets further than the state of the reading, except passages that stand in the text.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, select

from tracker import clock
from tracker.assistant import call_faults, reading_steps
from tracker.assistant.answer_check import CheckedAnswer, ReadingContext, check_answer
from tracker.assistant.call_faults import MOST_TRIES, CallCutShort, ChatFault, wait_before
from tracker.assistant.chat_server import ChatReply, ask, never
from tracker.assistant.models import AssistantReading, AssistantState
from tracker.assistant.questions import messages, tokens_in, tokens_of
from tracker.assistant.reading_leases import ReadingClaim, claim_reading, is_any_due, leased_reading
from tracker.assistant.store_findings import store_findings
from tracker.assistant.transcript_parts import TextPart, speeches_of
from tracker.config import AssistantServer
from tracker.db import Sessions
from tracker.detector.milestone_hints import Calendar
from tracker.errors import Refused
from tracker.history import Actor, ChangeWay
from tracker.mail.outbox import database_now
from tracker.meetings.models import Meeting
from tracker.meetings.queries import milestones
from tracker.transcripts.models import Transcript
from tracker.triage.cited_passages import recognise

log = logging.getLogger("tracker.jobs")

SWITCHED_OFF = Refused("The assistant is switched off. Ask the operator to set its address again, or cancel.")
MOVED = Refused("The assistant’s server or model is another one by now. Cancel this reading and start a new one.")
GONE = Refused("This transcript is not there any more. Cancel the reading.")
OUR_FAULT = Refused("Something went wrong on our side. Try again, or skip this part.")
BY = Actor(None, ChangeWay.JOB)


@dataclass(frozen=True)
class PartTask:
    """One part of a text, with all that asking about it needs."""

    server: AssistantServer
    context: ReadingContext
    part: TextPart


@dataclass(frozen=True)
class PartOutcome:
    """What became of a part: what was found, or why nothing; and the tokens that were spent either way."""

    answer: CheckedAnswer | None = None
    fault: ChatFault | None = None
    tokens_sent: int = 0
    tokens_answered: int = 0
    is_estimated: bool = False


def read_due(sessions: Sessions, server: AssistantServer | None, has_to_end: Callable[[], bool] = never) -> int:
    """Read the parts that can be read now, one after the other; return how many were settled."""
    count = 0
    while not has_to_end() and _is_due(sessions) and read_next_part(sessions, server, has_to_end):
        count += 1
    return count


def _is_due(sessions: Sessions) -> bool:
    with sessions.reader() as session:
        return is_any_due(session)


def read_next_part(sessions: Sessions, server: AssistantServer | None, has_to_end: Callable[[], bool] = never) -> bool:
    """Read one part to its end; return False where none waits, or where this process has to end."""
    with sessions.writing() as session:
        claim = claim_reading(session)
    if claim is None:
        return False
    try:
        with sessions.reader() as session:
            task = _task(session, claim, server)
        if isinstance(task, Refused):
            outcome = PartOutcome(fault=ChatFault(task))
        else:
            outcome = _ask(task, has_to_end)
    except CallCutShort:
        _give_back(sessions, claim)
        return False
    _settle(sessions, claim, outcome)
    return True


def _task(session: Session, claim: ReadingClaim, server: AssistantServer | None) -> PartTask | Refused:
    """Return what to ask, or why nothing may be asked."""
    reading = session.get_one(AssistantReading, claim.id)
    transcript = session.get(Transcript, reading.transcript_id)
    if server is None:
        return SWITCHED_OFF
    # Somebody agreed that the words go to this server and this model, and to no other.
    if (server.url, server.model) != (reading.url, reading.model):
        return MOVED
    if transcript is None:
        return GONE
    # A part that kills its process each time would otherwise be sent, and paid for, without end.
    if claim.tries > MOST_TRIES:
        return call_faults.INTERRUPTED
    try:
        reading_steps.refuse_superseded(session, transcript)
    except Refused as refused:
        return refused
    since, start, end = reading.parts[reading.parts_done]
    return PartTask(server, reading_context(session, transcript), TextPart(since, start, end))


def reading_context(session: Session, transcript: Transcript) -> ReadingContext:
    """Return the text of a transcript with its turns as they stand now, and the calendar that it speaks of."""
    meeting = session.get_one(Meeting, transcript.meeting_id)
    calendar = Calendar.of(meeting.starts_on, milestones(session, meeting.body_id))
    speeches = speeches_of(transcript.text, reading_steps.read_turns(session, transcript))
    return ReadingContext(transcript.text, speeches, calendar)


def _ask(task: PartTask, has_to_end: Callable[[], bool]) -> PartOutcome:
    try:
        return ask_about(task, has_to_end)
    except ChatFault as fault:
        return PartOutcome(fault=fault)
    except CallCutShort:
        raise
    except Exception:
        log.exception("asking about a part failed")
        return PartOutcome(fault=ChatFault(OUR_FAULT))


def ask_about(task: PartTask, has_to_end: Callable[[], bool] = never) -> PartOutcome:
    """Ask about one part and check the answer; raises ChatFault where no answer came, CallCutShort as `ask` does."""
    question = messages(task.context.text, task.context.speeches, task.part)
    reply = ask(task.server, question, has_to_end=has_to_end)
    spent = _spent(reply, tokens_of(question))
    try:
        return replace(spent, answer=check_answer(reply.words, task.context, task.part))
    except ChatFault as fault:  # it was answered, and paid for
        return replace(spent, fault=fault)


def _spent(reply: ChatReply, estimate: int) -> PartOutcome:
    sent = reply.tokens_sent
    answered = reply.tokens_answered
    is_estimated = sent is None or answered is None
    if sent is None:
        sent = estimate
    if answered is None:
        answered = tokens_in(reply.words)
    return PartOutcome(tokens_sent=sent, tokens_answered=answered, is_estimated=is_estimated)


def _give_back(sessions: Sessions, claim: ReadingClaim) -> None:
    """Leave the part to the next process, as if it had not been begun."""
    with sessions.writing() as session:
        reading = leased_reading(session, claim)
        if reading is not None:
            reading_steps.wait_for_turn(reading, None)
            reading.tries -= 1
            session.add(reading)


def _settle(sessions: Sessions, claim: ReadingClaim, outcome: PartOutcome) -> None:
    """Write down in one transaction what came of a part, or in another why that could not be."""
    try:
        with sessions.writing() as session:
            _write(session, claim, outcome)
    except SQLAlchemyError:
        log.exception("storing a part of reading %d failed", claim.id)  # its lease runs out, and it is tried again
    except Exception:
        log.exception("storing a part of reading %d failed by a fault of ours", claim.id)
        with sessions.writing() as session:
            _write(session, claim, replace(outcome, answer=None, fault=ChatFault(OUR_FAULT)))


def _write(session: Session, claim: ReadingClaim, outcome: PartOutcome) -> None:
    # What was spent is spent, also where it was cancelled meanwhile and nothing else is taken from the answer.
    spender = session.exec(select(AssistantReading).where(AssistantReading.id == claim.id).with_for_update()).one()
    spender.tokens_sent += outcome.tokens_sent
    spender.tokens_answered += outcome.tokens_answered
    spender.is_estimated = spender.is_estimated or outcome.is_estimated
    session.add(spender)
    reading = leased_reading(session, claim)
    if reading is None:
        return
    if outcome.answer is not None:
        _take(session, reading, outcome.answer)
    elif outcome.fault is not None:
        _fail(session, reading, outcome.fault)


def _take(session: Session, reading: AssistantReading, answer: CheckedAnswer) -> None:
    now = clock.now(session)
    transcript = session.get_one(Transcript, reading.transcript_id)
    stored = store_findings(session, transcript, answer.candidates, by=BY, now=now)
    reading.found_new += stored.new
    reading.found_too += stored.joined
    reading.dropped += answer.dropped
    reading.parts_done += 1
    reading.tries = 0
    reading.refusal = None
    reading.refusal_values = {}
    if reading.parts_done < len(reading.parts):
        reading_steps.wait_for_turn(reading, None)
        session.add(reading)
        return
    # What an item cites already is shown as covered, as after an import.
    recognise(session, transcript, by=BY, now=now)
    reading_steps.end_reading(session, reading, AssistantState.DONE, by=BY, now=now)


def _fail(session: Session, reading: AssistantReading, fault: ChatFault) -> None:
    wait = wait_before(fault, reading.tries)
    if wait is None:
        reading_steps.stop_reading(session, reading, fault.why, by=BY, now=clock.now(session))
        return
    reading_steps.note_refusal(reading, fault.why)
    reading_steps.wait_for_turn(reading, database_now(session) + wait)
    session.add(reading)
