"""Labelled texts that are not in the project: which there are, of what licence, and what they teach.

`outside_sources.json` names them, as paths below a folder that whoever trains has. Figures learned from them are
shipped, no sentence is. A source has a form: passages (the labels are those of the whole text, or of its first
`lines`), every sentence (each labelled sentence has its offsets), sentences (each stands alone) or acts (each said
after the one before it).
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tracker.detector.cues.cue import OFFER, RECOMMENDATION
from tracker.detector.model import Source
from tracker.detector.training.evaluation import Labelled, labels
from tracker.transcripts.formats.read_transcript_file import read
from tracker.transcripts.reading.turns import ReadTurn, hear
from tracker.transcripts.text_positions import Span

LIST = Path(__file__).parent / "outside_sources.json"
#: sentences that stand in one turn, where they are told without their meeting
TOGETHER = 5
SPEAKERS = ("ANNA OAK", "BEN ELM", "CARLA FIR", "DAN ASH", "EVA YEW", "FINN BAY")


@dataclass(frozen=True)
class LabelledText:
    """A text with its turns and labelled passages; `only` are the stretches that are labelled, where not all are."""

    name: str
    text: str
    turns: Sequence[ReadTurn]
    gold: Sequence[Labelled]
    only: Sequence[Span] = ()


@dataclass(frozen=True)
class LabelledAct:
    """Something said after `before` and before `after`; `kind` is None where nothing is put forward."""

    words: str
    before: str
    after: str
    kind: str | None
    meeting: str


@dataclass(frozen=True)
class OutsideSource:
    """A text of the list, in a folder."""

    folder: Path
    text: str
    labels: Sequence[str]
    licence: str
    by: str
    form: str = "passages"
    lines: int | None = None
    #: how many parts of it are held out one by one, where it is measured on itself
    blocks: int = 1

    @property
    def source(self) -> Source:
        """What the model's file says of it; OSError where it is not in the folder."""
        name = self.text.rpartition("/")[2]
        if self.lines:
            name += f", lines: {self.lines}"
        label_bytes = b"".join((self.folder / path).read_bytes() for path in self.labels)
        labels_sum = None
        if self.labels:
            labels_sum = hashlib.sha256(label_bytes).hexdigest()
        digest = hashlib.sha256((self.folder / self.text).read_bytes()).hexdigest()
        return Source(name, self.licence, digest, labels_sum, self.by)

    def labelled_text(self) -> LabelledText:
        """The text with its labels; ValueError for labels that are none, OSError where it is not in the folder."""
        name = self.text.rpartition("/")[2]
        if self.form == "sentences":
            return _of_sentences(name, _rows(self.folder / self.text))
        reading = read((self.folder / self.text).read_bytes())
        heard = hear(reading.text, marked=reading.marked, stamps=reading.stamps).turns
        text = "".join(reading.text.splitlines(keepends=True)[: self.lines])
        heard_in_lines = [turn for turn in heard if turn.end <= len(text)]
        if self.form == "every sentence":
            gold, only = _of_every_sentence(_rows(self.folder / self.labels[0]))
            return LabelledText(name, text, heard_in_lines, gold, only)
        lines = "\n".join((self.folder / path).read_text(encoding="utf-8") for path in self.labels)
        return LabelledText(name, text, heard_in_lines, labels(lines))

    def acts(self) -> Iterator[LabelledAct]:
        """The acts of a corpus of acts."""
        rows = _rows(self.folder / self.text)
        for place, row in enumerate(rows):
            near = [_same_meeting(rows, at, row) for at in (place - 1, place + 1)]
            yield from _of_act(row, *near)


def outside_sources(folder: Path) -> list[OutsideSource]:
    """The sources of the list, in a folder that should have them."""
    rows: list[dict[str, Any]] = json.loads(LIST.read_text(encoding="utf-8"))
    return [OutsideSource(folder, **row) for row in rows]


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _of_sentences(name: str, rows: Sequence[Mapping[str, Any]]) -> LabelledText:
    """Sentences set into turns, so that each has neighbours as in a meeting."""
    text = ""
    gold = []
    for place, row in enumerate(rows):
        if place % TOGETHER:
            text += " "
        else:
            text += f"\n\n{SPEAKERS[place // TOGETHER % len(SPEAKERS)]}: "
        start = len(text)
        text += row["text"].strip()
        if row["label"] != 0:
            gold.append(Labelled(start, len(text), row["kind"] or RECOMMENDATION, clear=row["label"] == 1))
    return LabelledText(name, text, hear(text).turns, gold)


def _of_every_sentence(rows: Sequence[Mapping[str, Any]]) -> tuple[list[Labelled], list[Span]]:
    proposed = [row for row in rows if row["label"] != 0]
    gold = [
        Labelled(row["start"], row["end"], row["kind"] or RECOMMENDATION, clear=row["label"] == 1) for row in proposed
    ]
    return gold, [Span(row["start"], row["end"]) for row in rows]


def _same_meeting(rows: Sequence[Mapping[str, Any]], place: int, row: Mapping[str, Any]) -> str:
    if 0 <= place < len(rows) and rows[place]["meeting"] == row["meeting"]:
        return str(rows[place]["text"])
    return ""


def _of_act(row: Mapping[str, Any], before: str, after: str) -> Iterator[LabelledAct]:
    """A suggestion, an offer or an action is a proposal; a decision, or what asks for something, may be one."""
    kind = None
    if row["act"] == "off":
        kind = OFFER
    elif row["act"] == "sug" or row["action"]:
        kind = RECOMMENDATION
    elif row["decision"] or row["act"].startswith("el."):
        return
    yield LabelledAct(row["text"], before, after, kind, row["meeting"])
