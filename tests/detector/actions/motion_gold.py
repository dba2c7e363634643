"""Marked motions: `⟦what was moved⟧`, and `⟪how the record says it ended⟫` for the motion before it."""

import re
from dataclasses import dataclass
from pathlib import Path

from tracker.detector.actions.motions import Motion, read_motions
from tracker.transcripts.text_positions import Span

SIGNS = re.compile(r"[⟦⟧⟪⟫]")


@dataclass(frozen=True)
class MarkedMotion:
    """A motion's place, and the words of its result where the record tells one."""

    passage: Span
    result: str | None = None


def marked_motions(path: Path) -> tuple[str, list[MarkedMotion]]:
    """The text without its marks, and what they mark."""
    marked = path.read_text("utf-8")
    text = SIGNS.sub("", marked)
    motions: list[MarkedMotion] = []
    begun: list[int] = []
    inner: str | None = None
    for number, sign in enumerate(SIGNS.finditer(marked)):
        place = sign.start() - number
        if sign[0] in "⟦⟪":
            begun.append(place)
        elif sign[0] == "⟧":
            motions.append(MarkedMotion(Span(begun.pop(), place), inner))
            inner = None
        elif len(begun) > 1:  # a result within the sentence that tells the motion
            inner = text[begun.pop() : place]
        else:
            motions[-1] = MarkedMotion(motions[-1].passage, text[begun.pop() : place])
    return text, motions


def found_motions(text: str) -> list[Motion]:
    """The motions that are read in a text."""
    return read_motions(text)[0]


def mistakes(path: Path) -> list[str]:
    """What is missed, found in vain, or has another result than the record tells."""
    text, marked = marked_motions(path)
    found = found_motions(text)
    wrong = []
    for motion in marked:
        hits = [each for each in found if _meet(each.passage, motion.passage)]
        if not hits:
            wrong.append(f"missed: {text[motion.passage.start : motion.passage.end]}")
            continue
        result = hits[0].result
        words = result and text[result.start : result.end]
        if words != motion.result:
            wrong.append(
                f"result of {text[motion.passage.start : motion.passage.end]}: {words!r}, not {motion.result!r}"
            )
    for each in found:
        if not any(_meet(each.passage, motion.passage) for motion in marked):
            wrong.append(f"in vain: {text[each.passage.start : each.passage.end]}")
    return wrong


def _meet(first: Span, second: Span) -> bool:
    shared = min(first.end, second.end) - max(first.start, second.start)
    return shared * 2 >= min(first.end - first.start, second.end - second.start)
