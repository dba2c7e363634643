"""Labelled action lines: `⟦kind;owner;due|words⟧`, and how many of them are told right in every part."""

import re
from dataclasses import dataclass
from pathlib import Path

from tracker.detector.actions.find_actions import read as read_actions
from tracker.detector.actions.record_so_far import Action
from tracker.detector.training.evaluation import Labelled, evaluate
from tracker.detector.training.examples import Document, document
from tracker.transcripts.reading.turns import turns

MARK = re.compile(r"⟦([a-z]+);([^;|]*);([^|]*)\|")


@dataclass
class Score:
    hits: int
    gold: int
    found: int
    wrong: list[str]

    @property
    def f1(self) -> float:
        return 2 * self.hits / (self.gold + self.found) if self.gold + self.found else 0.0


def told(path: Path) -> tuple[Document, list[tuple[str | None, str | None]]]:
    """The text and passages of a file, and owner and due date of each passage."""
    marked = path.read_text(encoding="utf-8")
    marked_actions = [(hit[2] or None, hit[3] or None) for hit in MARK.finditer(marked)]
    return document(path.stem, MARK.sub(r"⟦\1|", marked)), marked_actions


def score(path: Path) -> Score:
    """Count an action as right where passage, owner and due date are."""
    read, marked_actions = told(path)
    actions, _ = read_actions(read.text, turns(read.text))
    by_start = {one.start: one for one in actions}
    result = evaluate(read.text, read.gold, [Labelled(one.start, one.end, one.kind) for one in actions])
    wrong = [f"missed: {read.text[one.start : one.end]}" for one in result.missed]
    wrong += [f"in vain: {read.text[one.start : one.end]}" for one in result.false]
    hits = 0
    for gold, got in result.hits:
        want, have = marked_actions[read.gold.index(gold)], by_start[got.start]
        if _same(want, have) and gold.kind == have.kind:
            hits += 1
        else:
            wrong.append(
                f"{read.text[gold.start : gold.end]}: {gold.kind} {want} but {have.kind} {have.owner, have.due}"
            )
    return Score(hits, len(read.gold), len(actions), wrong)


def _same(want: tuple[str | None, str | None], have: Action) -> bool:
    return want == (have.owner, have.due)
