"""How the operator's language model does on labelled passages: beside the detector, and together with it."""

import time
from collections.abc import Sequence

import click

from tracker.assistant.answer_check import ReadingContext
from tracker.assistant.call_faults import ChatFault
from tracker.assistant.queries import forecast_of
from tracker.assistant.transcript_parts import cut_parts
from tracker.assistant.whole_texts import WholeReading, apart_from, read_whole
from tracker.cli.refusal import refuse
from tracker.config import AssistantServer
from tracker.detector.candidate import Candidate
from tracker.detector.training.evaluation import Labelled, evaluate


def labelled(candidates: Sequence[Candidate]) -> list[Labelled]:
    """Return candidates as they are held against labelled passages."""
    return [
        Labelled(candidate.start, candidate.end, candidate.kind, candidate.milestone, score=candidate.score)
        for candidate in candidates
    ]


def evaluate_assistant(
    server: AssistantServer | None, context: ReadingContext, gold: Sequence[Labelled], detected: list[Candidate]
) -> None:
    """Let the model read the text, and print how it does alone and with the detector, and what it took."""
    if server is None:
        refuse("Set ASSISTANT_URL and ASSISTANT_MODEL first: no language model is named.")
    text = context.text
    expected = forecast_of(text, cut_parts(text, context.speeches), server)
    click.echo(
        f"{expected.words} words go to {server.host} ({server.model}) in {expected.parts} parts,"
        f" about {expected.tokens_sent + expected.tokens_answered} tokens.",
        err=True,
    )
    try:
        reading = read_whole(context, server, wait=time.sleep, hear=_tell_part)
    except ChatFault as fault:
        refuse(str(fault))
    together = detected + apart_from(detected, reading.candidates)
    _print_figures("detector", text, gold, detected)
    _print_figures("assistant", text, gold, reading.candidates)
    _print_figures("together", text, gold, together)
    click.echo(_spent(reading, server))


def _tell_part(number: int, count: int) -> None:
    click.echo(f"Part {number + 1} of {count}", err=True)


def _print_figures(name: str, text: str, gold: Sequence[Labelled], candidates: Sequence[Candidate]) -> None:
    result = evaluate(text, gold, labelled(candidates))
    click.echo(
        f"{name:9}  precision {result.precision:.3f}  recall {result.recall:.3f}  F1 {result.f1:.3f}"
        f"  kinds right {result.kinds_right:.3f}  milestones right {result.milestones_right:.3f}"
    )


def _spent(reading: WholeReading, server: AssistantServer) -> str:
    """Return what the reading took: "tokens 1200 sent, 80 answered  dropped 1  cost 0.0007 USD"."""
    line = f"tokens {reading.tokens_sent} sent, {reading.tokens_answered} answered"
    if reading.is_estimated:
        line += " (estimated)"
    line += f"  dropped {reading.dropped}"
    if server.prices:
        cost = server.prices.cost(reading.tokens_sent, reading.tokens_answered)
        line += f"  cost {cost:.4f} {server.prices.currency}"
    return line
