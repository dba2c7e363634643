"""Lists and tables of actions: the headings they stand under, their columns, and what is a review of old ones."""

import re
from dataclasses import dataclass

from tracker.transcripts.text_positions import Span, trim

_ACTIONS = (
    r"(?:actions?|action items?|action points?|next steps|follow[- ]?ups?|follow[- ]?up (?:actions?|items?)|to[- ]?dos?"
    r"|tasks|ais|aps)"
)
#: headings of lists of new actions
HEADING = re.compile(
    rf"(?:\d+(?:\.\d+)*[.)]?\s+)?(?:(?:summary|list|recap|overview) of )?(?:the )?(?:new |agreed |resulting "
    rf"|key )?(?:decisions?(?: and | & |/|, ))?{_ACTIONS}"
    rf"(?:(?: and | & |/|, ){_ACTIONS})?(?: (?:arising|agreed|identified|assigned|taken|captured|from (?:this|the"
    rf"|today'?s?)"
    r"[\w ]*|for [\w ]+))?\s*[:.]?",
    re.IGNORECASE,
)
#: headings of lists of old ones
REVIEW = re.compile(
    r"(?:\d+(?:\.\d+)*[.)]?\s+)?(?:(?:review|status|update|state|follow[- ]?up) (?:of|on)|previous|prior|old|open"
    r"|outstanding"
    r"|pending|completed|closed|past|last|ongoing|existing|carried[- ]over|done|matters arising)\b[\w ()'’/&-]{0,50}"
    r"|(?:\d+(?:\.\d+)*[.)]?\s+)?(?:the )?(?:action (?:item|point)s?|actions)"
    r" (?:review|status|update|log|tracker|(?:brought|carried) (?:forward|over)"
    r"|from (?:the )?(?:last|previous|prior|\d)[\w -]*)\s*:?",
    re.IGNORECASE,
)
WIKI = re.compile(r"h[1-6]\.[ \t]+")
ANY_HEADING = re.compile(r"[ \t]*(?:#{1,6}[ \t]|h[1-6]\.[ \t]|={2,6}[ \t]*\w)")
#: `AI:` may head actions, or what was said of artificial intelligence
SHORT = re.compile(r"(?:AI|AP)s?\*{0,2}:")
OLD = re.compile(r"action|\bais?\b|to-?do|items|matters arising|tasks|follow", re.IGNORECASE)
#: what the head of a column says of it
DEED = re.compile(
    r"(?:actions?(?: items?| points?| required)?|tasks?|what|to do|deed|activity|description|next step)s?$", re.I
)
#: heads that stand over contacts and products too
WEAK = re.compile(r"(?:what|activity|description)s?", re.IGNORECASE)
OWNER = re.compile(
    r"(?:owners?|who|responsib\w+(?: \w+)?|assign\w+(?: to)?|leads?|by whom|action by|holders?|person)$", re.IGNORECASE
)
DUE = re.compile(
    r"(?:due(?: date| by| on)?|deadline|when|by when|target(?: date)?|date due|eta|timeline|timing)$", re.I
)
STATUS = re.compile(r"(?:status|state|progress|done\??)$", re.IGNORECASE)
#: states of a deed that is done, and cells that say nothing
OVER = re.compile(r"(?:done|closed?|complete[d]?|finished|dropped|withdrawn|cancelled|yes|x|✓|✔|✅|☑)", re.IGNORECASE)
EMPTY = re.compile(r"[\s\-–—?]*(?:tbd|tba|n/?a|none|all done)?[\s\-–—?]*$", re.IGNORECASE)


@dataclass(frozen=True)
class Columns:
    """Which cells of a table's rows tell the deed, its owner, its date and its state."""

    deed: int
    owner: int | None
    due: int | None
    status: int | None


def heading(words: str) -> str | None:
    """`new` or `old` for the heading of a list of actions, `short` for one that may be a topic's, else None."""
    if SHORT.fullmatch(words.strip(" *_#=\t")):
        return "short"
    plain = WIKI.sub("", words).strip(" *_#=:\t")
    if REVIEW.fullmatch(plain) and OLD.search(plain):
        return "old"
    if HEADING.fullmatch(plain):
        return "new"
    return None


def is_heading(line: str) -> bool:
    """Whether a line is marked as a heading, which ends the list before it."""
    return bool(ANY_HEADING.match(line))


def cells(text: str, start: int, end: int) -> list[Span]:
    """The cells of a table's row, parted by bars or tabs; empty for a line that is no row."""
    row = text[start:end]
    if row.count("|") >= 2 or row.lstrip().startswith("|"):
        inner = trim(text, start, end)
        first = inner.start + (text[inner.start] == "|")
        last = inner.end - (text[inner.end - 1] == "|")
        if row.lstrip().startswith("||"):
            return _parted(text, first + 1, max(first + 1, last - 1), "||")
        return _parted(text, first, max(first, last), "|")
    if "\t" in row.lstrip():
        return _parted(text, start, end, "\t")
    return []


def _parted(text: str, start: int, end: int, sign: str) -> list[Span]:
    out = []
    while (at := text.find(sign, start, end)) >= 0:
        out.append(trim(text, start, at))
        start = at + len(sign)
    return [*out, trim(text, start, end)]


def columns(text: str, row: list[Span]) -> Columns | None:
    """What the cells of a head row announce, where it is one of a table of actions."""
    names = [text[cell.start : cell.end].strip("*_ ") for cell in row]
    deed = _place(names, DEED)
    owner = _place(names, OWNER)
    due = _place(names, DUE)
    status = _place(names, STATUS)
    # Many a table has a column called "what": one of actions also says who, or by when.
    if deed is None or (owner is None and due is None):
        return None
    if WEAK.fullmatch(names[deed]) and due is None and status is None:
        return None
    return Columns(deed, owner, due, status)


def _place(names: list[str], pattern: re.Pattern[str]) -> int | None:
    return next((number for number, name in enumerate(names) if pattern.fullmatch(name)), None)


def filled(text: str, row: list[Span], place: int | None) -> Span | None:
    """A row's cell where it says something."""
    if place is None or place >= len(row) or EMPTY.match(text, row[place].start, row[place].end):
        return None
    return row[place]


def is_over(text: str, row: list[Span], columns_: Columns) -> bool:
    """Whether a row's state, or a struck deed, says that it is done."""
    state = filled(text, row, columns_.status)
    struck = any("~~" in text[cell.start : cell.end] for cell in row)
    return struck or (state is not None and bool(OVER.match(text, state.start, state.end)))
