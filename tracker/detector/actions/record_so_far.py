"""What a reader of minutes has kept so far: action items, and the lines that only keep the record of them."""

import re
from dataclasses import dataclass, field, replace

from tracker.detector.actions import action_lists as lists
from tracker.detector.due_words import due
from tracker.transcripts.text_positions import Span

NEAR = 8  # lines between an action and what the tracker says of it
SAME = 0.75
WORD = re.compile(r"[a-z0-9][a-z0-9'-]+")


@dataclass(frozen=True)
class Action:
    """An action item: characters start to end; `owner` and `due` as written, or None; `deed` what is to be done."""

    start: int
    end: int
    turn_seq: int | None
    owner: str | None
    due: str | None
    deed: Span
    kind: str


@dataclass
class RecordSoFar:
    """Where a reader of the lines has come to."""

    text: str
    known: frozenset[str]
    found: list[Action] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    told: dict[str, list[int]] = field(default_factory=dict)
    silent: list[Span] = field(default_factory=list)
    under: str | None = None
    listed: bool = False
    table: lists.Columns | None = None
    number: int = 0
    #: the line of the heading, or of the last action, of a list without bullets
    last: int = -9


def due_words(text: str, span: Span) -> str | None:
    """The words of a passage that say by when."""
    hit = due(text, span.start, span.end)
    if hit:
        return text[hit.start : hit.end]
    return None


def add(reading: RecordSoFar, action: Action) -> None:
    """Keep an action; one told before only gives the earlier what that lacks."""
    words = reading.text[action.deed.start : action.deed.end]
    told = reading.told.setdefault(max(WORD.findall(words.lower()), key=len, default=""), [])
    for place in told[-NEAR:]:
        earlier = reading.found[place]
        if _same_owner(action, earlier) and alike(reading, earlier, words):
            both = replace(earlier, owner=earlier.owner or action.owner, due=earlier.due or action.due)
            reading.found[place] = both
            reading.silent.append(Span(action.start, action.end))
            return
    told.append(len(reading.found))
    reading.found.append(action)
    reading.places.append(reading.number)


def _same_owner(one: Action, other: Action) -> bool:
    """Whether two actions of one kind may be one's: `anna` and `Anna Brown` may."""
    named = one.owner and other.owner
    return one.kind == other.kind and (not named or str(one.owner)[:3].lower() == str(other.owner)[:3].lower())


def alike(reading: RecordSoFar, action: Action, words: str) -> bool:
    """Whether words say the same deed as an action kept before."""
    mine = set(WORD.findall(reading.text[action.deed.start : action.deed.end].lower()))
    other = set(WORD.findall(words.lower()))
    return bool(mine and other) and len(mine & other) >= SAME * max(len(mine), len(other))
