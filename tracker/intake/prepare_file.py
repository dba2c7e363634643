"""Reading a file before it is imported: text, turns and candidates, found in a child process and without a database."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from tracker.detector.candidate import Candidate
from tracker.sandbox.limited_process import run
from tracker.sandbox.progress_lines import Hear, tell
from tracker.transcripts.formats.read_transcript_file import FileReading, read
from tracker.transcripts.reading.head_matter import held_on
from tracker.transcripts.reading.label_candidates import guess_labels, is_unclear
from tracker.transcripts.reading.labels import NOTHING_SAID, LabelChoice
from tracker.transcripts.reading.turns import Hearing, ReadTurn, hear
from tracker.transcripts.reading.written_contributions import paragraphs
from tracker.transcripts.speakers.self_introductions import Introduced, introductions_in
from tracker.transcripts.versions.align_words import WordRun, align
from tracker.transcripts.versions.word_lists import word_list

#: characters of a line that shows where a label may stand
EXAMPLE = 120


@dataclass(frozen=True)
class KnownMilestone:
    """A milestone as the detector sees it."""

    slug: str
    title: str
    starts_on: date
    ends_on: date
    place: str | None = None


@dataclass(frozen=True)
class KnownContext:
    """What is known before a file is read: names by label as printed, the meeting's day, what lies ahead."""

    people: Mapping[str, str] = field(default_factory=dict)
    held_on: date | None = None
    milestones: tuple[KnownMilestone, ...] = ()
    #: the text of the version before, if this file corrects one
    earlier: str | None = None
    #: what the register's own triage has taught the detector
    model: str | None = None


class LabelReview(StrEnum):
    """Whether a person looks at the turns before proposals are looked for."""

    NEVER = "never"
    IF_UNCLEAR = "if-unclear"
    ALWAYS = "always"


@dataclass(frozen=True)
class ReadingWish:
    """How a file is to be read: what a person said of its labels; the author's name, where it is a contribution."""

    said: LabelChoice = NOTHING_SAID
    author: str | None = None
    look: LabelReview = LabelReview.NEVER


@dataclass(frozen=True)
class MaybeLabel:
    """What may be a label: how often it stands, the beginnings of some lines, and whether it is taken for one."""

    text: str
    count: int
    examples: tuple[str, ...]
    taken: bool


@dataclass(frozen=True)
class Prepared:
    """A file read: `kind` is its format; `doubts` are pairs of labels that may be one's, `notes` for a person.

    Where `is_to_look_at`, a person is asked first: nothing was looked for in it, and `labels` are what may be some.
    """

    text: str
    kind: str
    turns: tuple[ReadTurn, ...]
    doubts: tuple[tuple[str, str], ...]
    candidates: tuple[Candidate, ...]
    notes: tuple[str, ...] = ()
    introduced: tuple[Introduced, ...] = ()
    #: the version before that the file was put beside, and the words that both have
    earlier: str | None = None
    runs: tuple[WordRun, ...] = ()
    is_to_look_at: bool = False
    labels: tuple[MaybeLabel, ...] = ()


def prepare(data: bytes, known: KnownContext, wish: ReadingWish | None = None, *, hear: Hear | None = None) -> Prepared:
    """Read an untrusted file with limits on memory and time; raises Refused, with what to do, for a bad one."""
    wish = wish or ReadingWish()
    header = {
        "people": dict(known.people),
        "held_on": known.held_on and known.held_on.isoformat(),
        "milestones": [_plain(day) for day in known.milestones],
        "earlier": known.earlier,
        "model": known.model,
        "wish": asdict(wish),
    }
    done = run(__name__, header, data, hear=hear)
    return Prepared(
        text=done["text"],
        kind=done["kind"],
        turns=tuple(ReadTurn(**turn) for turn in done["turns"]),
        doubts=tuple((label, other) for label, other in done["doubts"]),
        candidates=tuple(_candidate(row) for row in done["candidates"]),
        notes=tuple(done["notes"]),
        introduced=tuple(Introduced(**row) for row in done["introduced"]),
        earlier=known.earlier,
        runs=tuple(WordRun(*run) for run in done["runs"]),
        is_to_look_at=done["is_to_look_at"],
        labels=tuple(MaybeLabel(**{**row, "examples": tuple(row["examples"])}) for row in done["labels"]),
    )


def work(header: Mapping[str, Any], data: bytes) -> dict[str, Any]:
    """What the child process does."""
    tell("file")
    reading = read(data)
    tell("speakers")
    wish = header["wish"]
    layout = LabelChoice(tuple(wish["said"]["labels"]), tuple(wish["said"]["not_labels"]))
    heard = _heard(reading, header, layout)
    is_to_look_at = _is_to_look_at(wish, reading.text, heard)
    tell("proposals")
    result = {
        "text": reading.text,
        "kind": reading.format,
        "turns": [asdict(turn) for turn in heard.turns],
        "doubts": [[doubt.label, doubt.other] for doubt in heard.doubts],
        "candidates": [],
        "notes": reading.notes,
        "introduced": [],
        "runs": [],
        "is_to_look_at": is_to_look_at,
        "labels": [],
    }
    # A person who is to look first may change the turns: what hangs from them would be worked out in vain.
    if is_to_look_at:
        return result | {"labels": _labels(reading.text, layout)}
    return result | {
        "candidates": [asdict(candidate) for candidate in _candidates(reading.text, heard, header)],
        "introduced": [asdict(introduced) for introduced in introductions_in(reading.text, heard.turns)],
        "runs": _runs(header.get("earlier"), reading.text),
    }


def _runs(earlier: str | None, text: str) -> list[WordRun]:
    if earlier is not None:
        return align(word_list(earlier), word_list(text))
    return []


def _heard(reading: FileReading, header: Mapping[str, Any], layout: LabelChoice) -> Hearing:
    if (author := header["wish"]["author"]) is not None:
        return Hearing(tuple(paragraphs(reading.text, author)), ())
    return hear(reading.text, header["people"], marked=reading.marked, stamps=reading.stamps, stated=layout)


def _is_to_look_at(wish: Mapping[str, Any], text: str, heard: Hearing) -> bool:
    if wish["look"] == LabelReview.IF_UNCLEAR and wish["author"] is None:
        return is_unclear(text, heard.turns)
    return bool(wish["look"] == LabelReview.ALWAYS)


def _candidate(row: Mapping[str, Any]) -> Candidate:
    """Return a candidate as the child process found it: lists in its answer were tuples."""
    result = row["result"] and tuple(row["result"])
    return Candidate(**{**row, "refers_to": tuple(row["refers_to"]), "result": result})


def _candidates(text: str, heard: Hearing, header: Mapping[str, Any]) -> list[Candidate]:
    # Only the child process looks for candidates: the server need not hold the detector.
    from tracker.detector.detect import candidates  # noqa: PLC0415
    from tracker.detector.model import parse  # noqa: PLC0415

    day = held_on(text)
    if header["held_on"]:
        day = date.fromisoformat(header["held_on"])
    model = None
    if header.get("model"):
        model = parse(header["model"])
    return candidates(text, heard.turns, day, [_day(row) for row in header["milestones"]], model)


def _labels(text: str, layout: LabelChoice) -> list[dict[str, Any]]:
    return [
        {**asdict(guess), "examples": [text[at : at + EXAMPLE].split("\n")[0].strip() for at in guess.examples]}
        for guess in guess_labels(text, layout)
    ]


def _plain(day: KnownMilestone) -> dict[str, Any]:
    return {**asdict(day), "starts_on": day.starts_on.isoformat(), "ends_on": day.ends_on.isoformat()}


def _day(row: Mapping[str, Any]) -> KnownMilestone:
    first = date.fromisoformat(row["starts_on"])
    last = date.fromisoformat(row["ends_on"])
    return KnownMilestone(row["slug"], row["title"], first, last, row["place"])
