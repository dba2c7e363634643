"""Reading a file before it is imported: text, turns and candidates, found in a child process and without a database."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from tracker.proposals.detection import Candidate, candidates
from tracker.transcripts.aligning import Run, align
from tracker.transcripts.formats import read
from tracker.transcripts.heads import held_on
from tracker.transcripts.introductions import Introduced, introductions_in
from tracker.transcripts.sandbox import run
from tracker.transcripts.turns import Turn, hear
from tracker.transcripts.wordlists import word_list


@dataclass(frozen=True)
class Day:
    """A milestone as the detector sees it."""

    slug: str
    title: str
    starts_on: date
    ends_on: date
    place: str | None = None


@dataclass(frozen=True)
class Known:
    """What is known before a file is read: names by label as printed, the meeting's day, what lies ahead."""

    people: Mapping[str, str] = field(default_factory=dict)
    held_on: date | None = None
    milestones: tuple[Day, ...] = ()
    #: the text of the version before, if this file corrects one
    earlier: str | None = None


@dataclass(frozen=True)
class Prepared:
    """A file read: `kind` is its format; `doubts` are pairs of labels that may be one's, `notes` for a person."""

    text: str
    kind: str
    turns: tuple[Turn, ...]
    doubts: tuple[tuple[str, str], ...]
    candidates: tuple[Candidate, ...]
    notes: tuple[str, ...] = ()
    introduced: tuple[Introduced, ...] = ()
    #: the version before that the file was put beside, and the words that both have
    earlier: str | None = None
    runs: tuple[Run, ...] = ()


def prepare(data: bytes, known: Known) -> Prepared:
    """Read an untrusted file with limits on memory and time; raises Refused, with what to do, for a bad one."""
    header = {
        "people": dict(known.people),
        "held_on": known.held_on and known.held_on.isoformat(),
        "milestones": [_plain(day) for day in known.milestones],
        "earlier": known.earlier,
    }
    done = run(__name__, header, data)
    return Prepared(
        text=done["text"],
        kind=done["kind"],
        turns=tuple(Turn(**turn) for turn in done["turns"]),
        doubts=tuple((one, other) for one, other in done["doubts"]),
        candidates=tuple(Candidate(**{**one, "refers_to": tuple(one["refers_to"])}) for one in done["candidates"]),
        notes=tuple(done["notes"]),
        introduced=tuple(Introduced(**one) for one in done["introduced"]),
        earlier=known.earlier,
        runs=tuple(Run(*run) for run in done["runs"]),
    )


def work(header: Mapping[str, Any], data: bytes) -> dict[str, Any]:
    """What the child process does."""
    reading = read(data)
    heard = hear(reading.text, header["people"], marked=reading.marked, stamps=reading.stamps)
    day = date.fromisoformat(header["held_on"]) if header["held_on"] else held_on(reading.text)
    found = candidates(reading.text, heard.turns, day, [_day(row) for row in header["milestones"]])
    return {
        "text": reading.text,
        "kind": reading.format,
        "turns": [asdict(turn) for turn in heard.turns],
        "doubts": [[doubt.label, doubt.other] for doubt in heard.doubts],
        "candidates": [asdict(one) for one in found],
        "notes": reading.notes,
        "introduced": [asdict(one) for one in introductions_in(reading.text, heard.turns)],
        "runs": _runs(header.get("earlier"), reading.text),
    }


def _runs(earlier: str | None, text: str) -> list[Run]:
    return align(word_list(earlier), word_list(text)) if earlier is not None else []


def _plain(day: Day) -> dict[str, Any]:
    return {**asdict(day), "starts_on": day.starts_on.isoformat(), "ends_on": day.ends_on.isoformat()}


def _day(row: Mapping[str, Any]) -> Day:
    first, last = date.fromisoformat(row["starts_on"]), date.fromisoformat(row["ends_on"])
    return Day(row["slug"], row["title"], first, last, row["place"])
