"""Leafing through a long transcript: which turns are on the page, where all others are, what words are found in it.

`/transcripts/3#turn-57` works without the server knowing what stands behind the #: turn 57 has its place on every page,
as itself or as a link to the page it is on, and the script follows that link at once.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import request

from tracker.transcripts.models import JoinedTurn, Transcript
from tracker.transcripts.queries import SpokenTurn
from tracker.transcripts.speech_runs import PAGE, cut_pages, page_with
from tracker.transcripts.text_positions import Span, find_in_each

# Bounds of a page on a telephone and a slow line: a common word stands in every turn of a long session.
AROUND = 80  # characters before and after words that are found
LONGEST = 100  # characters that are looked for
MOST = 60  # turns that are listed
WHOLE = 2**31  # characters of a page that any transcript fits on


@dataclass(frozen=True)
class TurnWithWords:
    """A turn with words that were looked for."""

    seq: int
    name: str | None
    before: str
    words: str
    after: str
    at: str


@dataclass(frozen=True)
class TurnListEntry:
    """A turn as the list of all turns has it; one that was joined to another leads there."""

    seq: int
    name: str | None
    to: int
    is_here: bool


@dataclass(frozen=True)
class Seek:
    """Where the reader stands among the turns with the words that were looked for; places are "start-end"."""

    number: int | None
    count: int
    previous: str | None
    next: str | None


@dataclass(frozen=True)
class Leaf:
    """One page of a transcript."""

    shown: Sequence[SpokenTurn]
    ways: list[TurnListEntry]
    number: int
    count: int
    total: int
    #: the first turns of the pages before and after this one
    previous: int | None
    next: int | None
    words: str
    hits: list[TurnWithWords]
    more: int
    seek: Seek | None


def leaf(
    transcript: Transcript, spoken: Sequence[SpokenTurn], joined: Mapping[int, Sequence[JoinedTurn]], at: Span | None
) -> Leaf:
    """Return the page that the address asks for: by a passage, by ?turn=, by the words ?q=, or all in one by ?all=."""
    size = PAGE
    if request.args.get("all"):
        size = WHOLE
    pages = cut_pages([one.turn.end - one.turn.start for one in spoken], size)
    number = page_with(pages, _place(spoken, joined, at))
    here = range(0)
    ways: list[TurnListEntry] = []
    if pages:
        here = pages[number]
    if len(pages) > 1:
        ways = _ways(spoken, joined, here)
    words = request.args.get("q", "").strip()[:LONGEST]
    hits = _turns_with(transcript, spoken, words)
    return Leaf(
        shown=[spoken[place] for place in here],
        ways=ways,
        number=number + 1,
        count=len(pages),
        total=len(spoken),
        previous=_first_turn(spoken, pages, number - 1),
        next=_first_turn(spoken, pages, number + 1),
        words=words,
        hits=hits[:MOST],
        more=len(hits[MOST:]),
        seek=_seek([hit.at for hit in hits], at),
    )


def _first_turn(spoken: Sequence[SpokenTurn], pages: Sequence[range], number: int) -> int | None:
    if 0 <= number < len(pages):
        return spoken[pages[number].start].turn.seq
    return None


def _seek(places: Sequence[str], at: Span | None) -> Seek | None:
    """Return what is before and after the place that is shown; without one the first is next."""
    if not places:
        return None
    # By their first characters only: the words that were found have one length, so no two begin alike.
    starts = [int(place.partition("-")[0]) for place in places]
    here = -1
    if at is not None:
        here = at.start
    before = bisect_left(starts, here)
    after = bisect_right(starts, here)
    number = None
    if after > before:
        number = before + 1
    return Seek(number, len(places), next(iter(places[:before][-1:]), None), next(iter(places[after:]), None))


def _place(spoken: Sequence[SpokenTurn], joined: Mapping[int, Sequence[JoinedTurn]], at: Span | None) -> int:
    """Return which turn the page must have, counted from 0."""
    if at is not None:
        return next((place for place, one in enumerate(spoken) if one.turn.end > at.start), 0)
    asked_for = request.args.get("turn", 0, type=int)
    # A link to a turn that was joined to another since leads to where its words stand now.
    homes = {row.seq: seq for seq, rows in joined.items() for row in rows}
    seq = homes.get(asked_for, asked_for)
    return next((place for place, one in enumerate(spoken) if one.turn.seq == seq), 0)


def _ways(spoken: Sequence[SpokenTurn], joined: Mapping[int, Sequence[JoinedTurn]], here: range) -> list[TurnListEntry]:
    entries = []
    for place, one in enumerate(spoken):
        seq = one.turn.seq
        name = one.name
        is_here = place in here
        entries.append(TurnListEntry(seq, name, seq, is_here))
        entries += [TurnListEntry(row.seq, name, seq, is_here) for row in joined.get(seq, ())]
    return entries


def _turns_with(transcript: Transcript, spoken: Sequence[SpokenTurn], words: str) -> list[TurnWithWords]:
    text = transcript.text
    # Within turns only: labels and what stands between speeches is nobody's words.
    spans = [Span(one.turn.start, one.turn.end) for one in spoken]
    hits = zip(spoken, spans, find_in_each(text, spans, words), strict=True)
    return [_hit(text, one, span, hit) for one, span, hit in hits if hit]


def _hit(text: str, one: SpokenTurn, span: Span, hit: Span) -> TurnWithWords:
    return TurnWithWords(
        seq=one.turn.seq,
        name=one.name,
        before=text[max(span.start, hit.start - AROUND) : hit.start],
        words=text[hit.start : hit.end],
        after=text[hit.end : min(span.end, hit.end + AROUND)],
        at=f"{hit.start}-{hit.end}",
    )
