"""Pairs of versions with gold: a text with marked passages, and what a corrector did to it.

A text in pairs/*.txt has passages marked as {7|words}. A list of edits, pairs/*.edits, makes of it the corrected text;
since the marks go along, the place of each passage in both is known. Its lines, with tabs between:

of NAME | swap WORDS WORDS | drop WORDS | after WORDS WORDS | move PARAGRAPH BEFORE (by their first words)
| case - upper|lower | wrap - COLUMNS
"""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tracker.transcripts.text_positions import Span

PAIRS = Path(__file__).with_name("pairs")
MARK = re.compile(r"\{\d+\||\}")
WORD = re.compile(r"(?<![{\w])[^\W\d]+")


@dataclass(frozen=True)
class Pair:
    """Two versions, and for each passage where it stands in both; None where it is gone."""

    name: str
    old: str
    new: str
    passages: dict[int, Span]
    gold: dict[int, Span | None]


def pairs() -> list[Pair]:
    """The pairs made by lists of edits."""
    return [_pair(path) for path in sorted(PAIRS.glob("*.edits"))]


def texts() -> list[str]:
    """The marked texts."""
    return [path.read_text("utf-8") for path in sorted(PAIRS.glob("*.txt"))]


def _pair(path: Path) -> Pair:
    steps = [line.split("\t") for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    (_, base), *edits = steps
    marked = corrected = (PAIRS / f"{base}.txt").read_text("utf-8")
    for verb, *words in edits:
        one, other = ([word.replace("\\n", "\n") for word in words] + [""])[:2]
        corrected = EDITS[verb](corrected, one, other)
    return made(path.stem, marked, corrected)


def made(name: str, marked: str, corrected: str) -> Pair:
    """The pair of two marked texts."""
    old, passages = unmarked(marked)
    new, places = unmarked(corrected)
    return Pair(name, old, new, passages, {number: places.get(number) for number in passages})


def unmarked(text: str) -> tuple[str, dict[int, Span]]:
    """A marked text without its marks, and where they were."""
    plain, places, last, begun = "", {}, 0, (0, 0)
    for mark in MARK.finditer(text):
        plain += text[last : mark.start()]
        last = mark.end()
        if mark[0] == "}":
            places[begun[0]] = Span(begun[1], len(plain))
        else:
            begun = int(mark[0][1:-1]), len(plain)
    return plain + text[last:], places


def _swap(text: str, one: str, other: str) -> str:
    assert one in text, one
    return text.replace(one, other)


def _drop(text: str, one: str, _other: str) -> str:
    assert text.count(one) == 1, one
    return text.replace(one, "")


def _after(text: str, one: str, other: str) -> str:
    assert text.count(one) == 1, one
    return text.replace(one, one + other)


def _move(text: str, one: str, other: str) -> str:
    paragraphs = text.split("\n\n")
    moving = next(part for part in paragraphs if part.startswith(one))
    paragraphs.remove(moving)
    place = next(number for number, part in enumerate(paragraphs) if part.startswith(other))
    return "\n\n".join([*paragraphs[:place], moving, *paragraphs[place:]])


def _case(text: str, _one: str, other: str) -> str:
    return text.upper() if other == "upper" else text.lower()


def _wrap(text: str, _one: str, other: str) -> str:
    """Break lines at blanks outside of the marks' own signs."""
    wide = re.compile(rf"(.{{{int(other) - 15},{int(other)}}}) ")
    return wide.sub(r"\1\n", text)


EDITS: dict[str, Callable[[str, str, str], str]] = {
    "swap": _swap,
    "drop": _drop,
    "after": _after,
    "move": _move,
    "case": _case,
    "wrap": _wrap,
}


def mutations(marked: str, count: int, seed: int) -> Iterator[Pair]:
    """Pairs made by chance: words respelt, left out or put in, stops and case changed, speeches moved or dropped."""
    chance = random.Random(seed)
    for number in range(count):
        yield made(f"chance {seed}.{number}", marked, _mutated(marked, chance, chance.choice((0.02, 0.06, 0.12))))


def _mutated(marked: str, chance: random.Random, rate: float) -> str:
    paragraphs = marked.split("\n\n")
    for _ in range(chance.randrange(3)):
        moving = paragraphs.pop(chance.randrange(len(paragraphs)))
        paragraphs.insert(chance.randrange(len(paragraphs) + 1), moving)
    paragraphs = [part for part in paragraphs if chance.random() > rate / 2]
    text = "\n\n".join(paragraphs)
    text = WORD.sub(lambda word: _respelt(word[0], chance, rate), text)
    text = re.sub(
        r"[.,](?=[ }])", lambda stop: chance.choice(("", stop[0])) if chance.random() < rate else stop[0], text
    )
    return text.lower() if chance.random() < 0.2 else text


def _respelt(word: str, chance: random.Random, rate: float) -> str:
    if chance.random() > rate:
        return word
    at = chance.randrange(len(word))
    return chance.choice(
        (word[:at] + word[at + 1 :] or word, word[:at] + chance.choice("aeiostn") + word[at:], f"{word} well", "uh")
    )
