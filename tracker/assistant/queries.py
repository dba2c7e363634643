"""What a page says of the assistant: what a reading would send and cost, and the readings that there were."""

from dataclasses import dataclass
from decimal import Decimal

from sqlmodel import Session, col, select

from tracker.assistant.models import AssistantReading
from tracker.assistant.questions import ANSWERED_SHARE, TASK, tokens_in
from tracker.assistant.reading_steps import read_turns
from tracker.assistant.transcript_parts import TextPart, cut_parts, speeches_of
from tracker.config import AssistantServer
from tracker.people.models import Person
from tracker.transcripts.models import Transcript


@dataclass(frozen=True)
class ReadingForecast:
    """What would be sent: words and parts; tokens are estimated, and cost where prices are set."""

    words: int
    parts: int
    tokens_sent: int
    tokens_answered: int
    cost: Decimal | None


def forecast(session: Session, transcript: Transcript, server: AssistantServer) -> ReadingForecast:
    """Estimate what reading a transcript takes."""
    text = transcript.text
    return forecast_of(text, cut_parts(text, speeches_of(text, read_turns(session, transcript))), server)


def forecast_of(text: str, parts: list[TextPart], server: AssistantServer) -> ReadingForecast:
    """Estimate what reading these parts of a text takes: what leads up to each of them is sent twice."""
    sent = [text[part.since : part.end] for part in parts]
    tokens = sum(map(tokens_in, sent)) + len(parts) * tokens_in(TASK)
    answered = round(tokens * ANSWERED_SHARE)
    cost = None
    if server.prices:
        cost = server.prices.cost(tokens, answered)
    words = sum(len(words.split()) for words in sent)
    return ReadingForecast(words, len(parts), tokens, answered, cost)


def reading_of(session: Session, transcript: Transcript, number: int) -> AssistantReading | None:
    """Return that reading of the transcript."""
    same = col(AssistantReading.id) == number, col(AssistantReading.transcript_id) == transcript.id
    return session.exec(select(AssistantReading).where(*same)).one_or_none()


def readings_of(session: Session, transcript: Transcript) -> list[tuple[AssistantReading, str | None]]:
    """Return the readings of the transcript, each with who started it, the latest first."""
    rows = select(AssistantReading, Person.name).outerjoin(Person, col(AssistantReading.started_by) == col(Person.id))
    of_transcript = rows.where(col(AssistantReading.transcript_id) == transcript.id)
    return list(session.exec(of_transcript.order_by(col(AssistantReading.id).desc())))
