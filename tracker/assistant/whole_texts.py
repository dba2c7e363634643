"""A whole text read at one go, without a database: to measure how a language model does on labelled passages."""

from collections.abc import Callable
from dataclasses import dataclass, field

from tracker.assistant.answer_check import ReadingContext
from tracker.assistant.call_faults import ChatFault, wait_before
from tracker.assistant.read_parts import PartOutcome, PartTask, ask_about
from tracker.assistant.transcript_parts import cut_parts
from tracker.config import AssistantServer
from tracker.detector.candidate import Candidate


@dataclass
class WholeReading:
    """What was found in a text, in its order, and what that took."""

    candidates: list[Candidate] = field(default_factory=list)
    dropped: int = 0
    tokens_sent: int = 0
    tokens_answered: int = 0
    is_estimated: bool = False

    def add(self, outcome: PartOutcome) -> None:
        """Take in what came of a part; a passage that two parts share is one."""
        self.tokens_sent += outcome.tokens_sent
        self.tokens_answered += outcome.tokens_answered
        self.is_estimated = self.is_estimated or outcome.is_estimated
        if outcome.answer is None:
            return
        self.dropped += outcome.answer.dropped
        self.candidates += apart_from(self.candidates, outcome.answer.candidates)


def apart_from(standing: list[Candidate], candidates: tuple[Candidate, ...] | list[Candidate]) -> list[Candidate]:
    """Return the candidates that share no word with one that stands already."""
    return [
        candidate
        for candidate in candidates
        if not any(candidate.start < other.end and other.start < candidate.end for other in standing)
    ]


def read_whole(
    context: ReadingContext,
    server: AssistantServer,
    *,
    wait: Callable[[float], object],
    hear: Callable[[int, int], object],
) -> WholeReading:
    """Read all parts of a text; raises ChatFault where one fails for good. Tries again as a reading in the queue does.

    `wait` is called with the seconds before another try, `hear` with how many parts of how many are read.
    """
    parts = cut_parts(context.text, context.speeches)
    reading = WholeReading()
    for number, part in enumerate(parts):
        hear(number, len(parts))
        _read_part(PartTask(server, context, part), reading, wait)
    return reading


def _read_part(task: PartTask, reading: WholeReading, wait: Callable[[float], object]) -> None:
    tries = 1
    while (fault := _fault_of_part(task, reading)) is not None:
        pause = wait_before(fault, tries)
        if pause is None:
            raise fault
        wait(pause.total_seconds())
        tries += 1


def _fault_of_part(task: PartTask, reading: WholeReading) -> ChatFault | None:
    """Ask about a part and take in what came; return why nothing did."""
    try:
        outcome = ask_about(task)
    except ChatFault as fault:
        return fault
    reading.add(outcome)
    return outcome.fault
