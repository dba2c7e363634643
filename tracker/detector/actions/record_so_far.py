"""What a reader of minutes has kept so far: action items, and the lines that only keep the record of them."""

import re
from dataclasses import dataclass, field, replace

from tracker.detector.actions import action_lists as lists
from tracker.detector.due_words import due
from tracker.transcripts.text_positions import Span

#: lines between an action and what the tracker says of it; also earlier actions that a repeated one is sought among
NEAR = 8
#: share of words from which two deeds are the same
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
    #: names, nicks and initials of the meeting, in small letters
    names: frozenset[str]
    actions: list[Action] = field(default_factory=list)
    #: the line of each action, or of its last detail
    places: list[int] = field(default_factory=list)
    #: by the longest word of a deed the places in `actions` of those that have it: what is told twice is sought there
    by_longest_word: dict[str, list[int]] = field(default_factory=dict)
    #: lines that only keep the record
    silent: list[Span] = field(default_factory=list)
    #: `new`, `old` or `short` while under a heading of actions
    under: str | None = None
    #: the list under the heading has had a bullet
    listed: bool = False
    #: the topic of a chat is a review of old actions
    reviews: bool = False
    table: lists.Columns | None = None
    #: the line that is read now
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
    """Keep an action; one that repeats an earlier only gives that what it lacks."""
    words = reading.text[action.deed.start : action.deed.end]
    longest = max(WORD.findall(words.lower()), key=len, default="")
    places = reading.by_longest_word.setdefault(longest, [])
    for place in places[-NEAR:]:
        earlier = reading.actions[place]
        if _same_owner(action, earlier) and alike(reading, earlier, words):
            both = replace(earlier, owner=earlier.owner or action.owner, due=earlier.due or action.due)
            reading.actions[place] = both
            reading.silent.append(Span(action.start, action.end))
            return
    places.append(len(reading.actions))
    reading.actions.append(action)
    reading.places.append(reading.number)


def _same_owner(action: Action, other: Action) -> bool:
    """Whether two actions of one kind may be the same person's: `anna` and `Anna Brown` may."""
    if action.kind != other.kind:
        return False
    if not action.owner or not other.owner:
        return True
    return action.owner[:3].lower() == other.owner[:3].lower()


def alike(reading: RecordSoFar, action: Action, words: str) -> bool:
    """Whether words say the same deed as an action kept before."""
    mine = set(WORD.findall(reading.text[action.deed.start : action.deed.end].lower()))
    other = set(WORD.findall(words.lower()))
    return bool(mine and other) and len(mine & other) >= SAME * max(len(mine), len(other))
