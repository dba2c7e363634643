"""Commands that read a transcript file: its text, its turns, its proposals, without a database; and the import."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlmodel import Session

from tracker import clock
from tracker.assistant.answer_check import ReadingContext
from tracker.assistant.transcript_parts import speeches_of
from tracker.cli.assistant_evaluation import evaluate_assistant, labelled
from tracker.cli.context_files import milestones_of, people_of
from tracker.cli.refusal import bytes_of, refuse, refusing
from tracker.db import Sessions
from tracker.detector.detect import Candidate, candidates, clear_only, every_part
from tracker.detector.milestone_hints import Calendar
from tracker.detector.training.evaluation import Evaluation, Labelled, evaluate, labels, worst
from tracker.errors import Refused
from tracker.history import Actor, ChangeWay
from tracker.intake.import_transcript import foresee, import_prepared, what_is_known
from tracker.intake.prepare_file import KnownContext, KnownMilestone, prepare
from tracker.meetings.models import Meeting
from tracker.meetings.queries import meetings_called
from tracker.transcripts.formats.foreign_files import refuse_by_name
from tracker.transcripts.formats.read_transcript_file import FileReading, read
from tracker.transcripts.reading.head_matter import held_on as day_in_head
from tracker.transcripts.reading.turns import ReadTurn, hear
from tracker.transcripts.text_positions import Span
from tracker.triage.second_look import second_scores

ROOT = Path(__file__).resolve().parent.parent.parent
WORST = 20
Decorator = Callable[[Callable[..., None]], Callable[..., None]]

FILE = click.argument("file", type=click.Path(path_type=Path))
PEOPLE = click.option(
    "--people", type=click.Path(path_type=Path), help="People known already: CSV, JSON Lines or YAML."
)
HELD_ON: Decorator = click.option(
    "--held-on", type=click.DateTime(["%Y-%m-%d"]), help="The meeting's day; else the file's head."
)
MILESTONES = click.option(
    "--milestones",
    type=click.Path(path_type=Path),
    help=("The calendar: YAML, JSON Lines or CSV; else seed_actions.yaml."),
)


@click.command("text")
@FILE
def print_text(file: Path) -> None:
    """Print the text of FILE that offsets count in."""
    click.echo(_reading(file).text.encode("utf-8"), nl=False)


@click.command("turns")
@FILE
@PEOPLE
def print_turns(file: Path, people: Path | None) -> None:
    """Print the turns of FILE, one JSON object a line."""
    reading = _reading(file)
    _print(_turn_record(reading.text, turn) for turn in _turns(reading, people))


@click.command("proposals")
@FILE
@HELD_ON
@PEOPLE
@MILESTONES
@click.option("--doubtful", is_flag=True, help="Print the doubtful passages too, marked as such.")
@click.option("--second-look", is_flag=True, help="Give each printed passage its score after a second look too.")
@click.option("--all", "is_all", is_flag=True, help="Print every part of what was said with its score instead.")
def print_proposals(
    file: Path,
    held_on: datetime | None,
    people: Path | None,
    milestones: Path | None,
    *,
    doubtful: bool,
    second_look: bool,
    is_all: bool,
) -> None:
    """Print the passages of FILE that put something forward, one JSON object a line."""
    reading = _reading(file)
    if is_all:
        _print(_part_record(reading.text, part) for part in every_part(reading.text, _turns(reading, people)))
        return
    proposals = _proposals(reading, held_on, people, milestones)
    if not doubtful:
        proposals = clear_only(proposals)
    rows = [_proposal_record(reading.text, number, proposal) for number, proposal in enumerate(proposals, 1)]
    if doubtful:
        rows = [row | {"clear": proposal.is_clear} for row, proposal in zip(rows, proposals, strict=True)]
    if second_look:
        turns = [Span(turn.start, turn.end) for turn in _turns(reading, people)]
        scores = second_scores(reading.text, turns, proposals)
        rows = [row | {"second_score": score} for row, score in zip(rows, scores, strict=True)]
    _print(rows)


@click.command("evaluate-detector")
@click.argument("gold", type=click.Path(path_type=Path))
@FILE
@click.option("--lines", type=click.IntRange(1), help="Only so many lines of FILE are labelled.")
@HELD_ON
@MILESTONES
@click.option("--assistant", is_flag=True, help="Measure the language model of ASSISTANT_URL too: it is sent the text.")
@with_appcontext
def evaluate_detector(
    gold: Path,
    file: Path,
    lines: int | None,
    held_on: datetime | None,
    milestones: Path | None,
    *,
    assistant: bool,
) -> None:
    """Compare the detector with the labelled passages of GOLD (JSON Lines), and print what it misses and invents."""
    text = "".join(_reading(file).text.splitlines(keepends=True)[:lines])
    reading = FileReading(text, "text", "utf-8")
    detected = clear_only(_proposals(reading, held_on, None, milestones))
    if assistant:
        context = _context_of(reading, held_on, milestones)
        evaluate_assistant(current_app.extensions["config"].assistant, context, _labelled(gold), detected)
        return
    predicted = labelled(detected)
    result = evaluate(text, _labelled(gold), predicted)
    _report(text, result, every_part(text, _turns(reading, None)))


@click.command("import-transcript")
@with_appcontext
@FILE
@click.option("--meeting", "slug", required=True, help="The meeting's slug.")
@click.option("--body", help="The register's slug, where several have a meeting of that slug.")
def import_file(file: Path, slug: str, body: str | None) -> None:
    """Import FILE as the transcript of a meeting, as the browser does it."""
    sessions: Sessions = current_app.extensions["sessions"]
    data = bytes_of(file)
    with refusing():
        with sessions.reader() as session:
            meeting_id, context = _meeting(session, slug, body)
        refuse_by_name(file.name)
        prepared = prepare(data, context)
        with sessions.reader() as session:
            foreseen = foresee(session, session.get_one(Meeting, meeting_id), prepared)
        with sessions.writing() as session:
            meeting = session.get_one(Meeting, meeting_id)
            by = Actor(None, ChangeWay.COMMAND_LINE)
            now = clock.now(session)
            imported = import_prepared(session, meeting, file.name, data, prepared, by=by, now=now, foreseen=foreseen)
            number = imported.transcript.number
    for note in prepared.notes:
        click.echo(note, err=True)
    for name, other in prepared.doubts:
        click.echo(f"{name} and {other} may be the same person: decide on the page of the transcript.", err=True)
    click.echo(
        f"Version {number}: {len(prepared.turns)} turns; {imported.waiting} proposals wait for triage,"
        f" {imported.covered} are covered by items already.",
        err=True,
    )


def _meeting(session: Session, slug: str, body: str | None) -> tuple[int, KnownContext]:
    meetings = meetings_called(session, slug, body)
    if not meetings:
        raise Refused("There is no meeting “%(slug)s”. Add it first, or correct the name.", slug=slug)
    if len(meetings) > 1:
        raise Refused("Several bodies have a meeting “%(slug)s”. Choose one with --body.", slug=slug)
    return meetings[0].id, what_is_known(session, meetings[0])


def _reading(file: Path) -> FileReading:
    with refusing():
        return read(bytes_of(file))


def _names_of(people: Path | None) -> dict[str, str]:
    with refusing():
        if people:
            return people_of(people)
        return {}


def _calendar(milestones: Path | None) -> list[KnownMilestone]:
    path = milestones or ROOT / "seed_actions.yaml"
    with refusing():
        if milestones or path.exists():
            return milestones_of(path)
        return []


def _turns(reading: FileReading, people: Path | None) -> tuple[ReadTurn, ...]:
    return hear(reading.text, _names_of(people), marked=reading.marked, stamps=reading.stamps).turns


def _proposals(
    reading: FileReading, held_on: datetime | None, people: Path | None, milestones: Path | None
) -> list[Candidate]:
    day = _day_of(reading, held_on)
    return candidates(reading.text, _turns(reading, people), day, _calendar(milestones))


def _context_of(reading: FileReading, held_on: datetime | None, milestones: Path | None) -> ReadingContext:
    """Return what a language model is asked about, and the calendar by which due words are understood."""
    speeches = speeches_of(reading.text, _turns(reading, None))
    day = _day_of(reading, held_on)
    if day is None:
        return ReadingContext(reading.text, speeches)
    return ReadingContext(reading.text, speeches, Calendar.of(day, _calendar(milestones)))


def _day_of(reading: FileReading, held_on: datetime | None) -> date | None:
    if held_on:
        return held_on.date()
    return day_in_head(reading.text)


def _turn_record(text: str, turn: ReadTurn) -> dict[str, object]:
    record: dict[str, object] = {
        "seq": turn.seq,
        "label": turn.label,
        "speaker": turn.speaker,
        "start": turn.start,
        "end": turn.end,
        "text": text[turn.start : turn.end],
    }
    if turn.said_at is not None:
        record["said_at"] = turn.said_at
    return record


def _proposal_record(text: str, number: int, proposal: Candidate) -> dict[str, object]:
    result = None
    if proposal.result:
        result = text[slice(*proposal.result)]
    return {
        "id": f"p{number}",
        "start": proposal.start,
        "end": proposal.end,
        "quote": text[proposal.start : proposal.end],
        "label": proposal.label,
        "speaker": proposal.speaker,
        "kind": proposal.kind,
        "addressee": proposal.addressee,
        "due_hint": proposal.due_hint,
        "milestone": proposal.milestone or "none",
        "title": proposal.title,
        "score": proposal.score,
        "refers_to": [f"p{place + 1}" for place in proposal.refers_to],
        "result": result,
    }


def _part_record(text: str, part: Labelled) -> dict[str, object]:
    return {
        "start": part.start,
        "end": part.end,
        "quote": text[part.start : part.end],
        "kind": part.kind,
        "score": round(part.score, 3),
    }


def _print(rows: Iterable[Mapping[str, object]]) -> None:
    for row in rows:
        click.echo(json.dumps(row, ensure_ascii=False).encode("utf-8"))


def _labelled(gold: Path) -> list[Labelled]:
    try:
        return labels(bytes_of(gold).decode("utf-8"))
    except (ValueError, KeyError, TypeError) as error:
        refuse(f"{gold} holds no labelled passages (start, end and kind in one JSON object a line): {error}")


def _report(text: str, result: Evaluation, near: Sequence[Labelled]) -> None:
    click.echo(f"precision {result.precision:.3f}  recall {result.recall:.3f}  F1 {result.f1:.3f}")
    click.echo(f"kinds right {result.kinds_right:.3f}  milestones right {result.milestones_right:.3f}")
    click.echo(f"hits {len(result.hits)}  missed {len(result.missed)}  false {len(result.false)}")
    for mistake, passage in worst(result, near)[:WORST]:
        quote = " ".join(text[passage.start : passage.end].split())
        click.echo(f"{mistake:6}  {passage.kind:14}  {quote}")


def register(app: Flask) -> None:
    """Add these commands."""
    for command in (print_text, print_turns, print_proposals, evaluate_detector, import_file):
        app.cli.add_command(command)
