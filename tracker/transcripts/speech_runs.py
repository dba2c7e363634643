"""Speech as a page sets it: pages of turns; paragraphs, cut where a captioner's mark or a passage begins or ends."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from tracker.transcripts.reading.caption_marks import MarkKind, find_marks
from tracker.transcripts.reading.unlabelled_text import PARAGRAPH
from tracker.transcripts.text_positions import Span

#: characters of a page, of which a browser gets a third when they are compressed
PAGE = 18_000


@dataclass
class SpeechRun:
    """Characters of one kind; the numbers are places in the list of passages that was given."""

    text: str
    #: a captioner's mark, or None for what was said
    mark: MarkKind | None
    #: the passages it stands in, shortest last
    inside: tuple[int, ...] = ()
    #: the passages of which this is the first run, and the last
    begins: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)


Paragraph = list[SpeechRun]


def set_speeches(text: str, speeches: Sequence[Span], passages: Sequence[Span]) -> list[list[Paragraph]]:
    """Return the paragraphs of each speech; joined and with their blank lines they are its words, untouched."""
    pages = [list(_paragraphs(text, speech, passages)) for speech in speeches]
    runs = [run for page in pages for paragraph in page for run in paragraph]
    _note(runs)
    return pages


def _note(runs: Sequence[SpeechRun]) -> None:
    """Say where each passage begins and ends: once, whatever it runs through."""
    first = {number: run for run in reversed(runs) for number in run.inside}
    last = {number: run for run in runs for number in run.inside}
    for number in sorted(first):
        first[number].begins.append(number)
        last[number].ends.append(number)


def _paragraphs(text: str, speech: Span, passages: Sequence[Span]) -> Iterator[Paragraph]:
    within = [number for number, span in enumerate(passages) if _meets(span, speech)]
    for part in _parts(text, speech):
        here = [number for number in within if _meets(passages[number], part)]
        yield list(_runs(text, part, here, passages))


def _meets(span: Span, other: Span) -> bool:
    return span.start < other.end and other.start < span.end


def _parts(text: str, speech: Span) -> Iterator[Span]:
    start = speech.start
    for gap in PARAGRAPH.finditer(text, speech.start, speech.end):
        if gap.start() > start:
            yield Span(start, gap.start())
        start = gap.end()
    if start < speech.end:
        yield Span(start, speech.end)


def _runs(text: str, part: Span, numbers: Sequence[int], passages: Sequence[Span]) -> Iterator[SpeechRun]:
    noted = find_marks(text, part.start, part.end)
    edges = [edge for number in numbers for edge in (passages[number].start, passages[number].end)]
    edges += [edge for mark in noted for edge in (mark.start, mark.end)]
    cuts = sorted({part.start, part.end, *(edge for edge in edges if part.start < edge < part.end)})
    kinds = {place: mark.kind for mark in noted for place in cuts if mark.start <= place < mark.end}
    for start, end in pairwise(cuts):
        inside = [number for number in numbers if _meets(passages[number], Span(start, end))]
        # The longest stands outermost on the page, so the shortest comes last.
        inside.sort(key=lambda number: passages[number].start - passages[number].end)
        yield SpeechRun(text[start:end], kinds.get(start), tuple(inside))


def cut_pages(lengths: Sequence[int], most: int = PAGE) -> list[range]:
    """Return the places of the turns of each page, given their lengths; a longer turn has a page of its own."""
    pages: list[range] = []
    first = 0
    full = 0
    for place, length in enumerate(lengths):
        if full and full + length > most:
            pages.append(range(first, place))
            first = place
            full = 0
        full += length
    if lengths:
        return [*pages, range(first, len(lengths))]
    return []


def page_with(pages: Sequence[range], place: int) -> int:
    """Return which page has the turn at that place; the first where none has."""
    return next((number for number, page in enumerate(pages) if place in page), 0)
