"""Where a passage of an earlier version stands in a later one, and how sure that is.

The words of the passage say where (align_words.py); the words around it say whether to believe it: two sentences alike
in different places are told apart by what stands beside them.
"""

from array import array
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any, TypeVar

from rapidfuzz import fuzz, process

from tracker.transcripts.text_positions import Span, place_holding, split_sentences
from tracker.transcripts.versions.align_words import NOWHERE, WordRun, align, join_runs, longest_rising
from tracker.transcripts.versions.word_lists import WordList, word_list

#: words on each side that are looked at, and how far from the passage they may have come
AROUND = 12
NEARBY = 30
#: words by which an end may be moved to where a sentence begins or ends
SNAP = 6
#: likeness, 0 to 1, from which a place is sure, with words around it that are the same or without
SAME_WORDS = 0.8
SAME_PLACE = 0.6
#: of what stands around, the part that must have come along: always, with changed words, with words too few to tell
SOME = 0.25
MOST = 0.6
FEW = 5
#: likeness from which a place is worth a question, and from which words are looked for elsewhere, 0 to 100
DOUBTFUL = 0.45
ELSEWHERE = 75
#: passages times sentences that are compared when nothing else has found them
COMPARED = 1_000_000
Result = TypeVar("Result")
CLOSING = ".!?…\"'”’)]»。！？؟"
OPENING = "\"'“‘([«"


@dataclass(frozen=True)
class FoundPlace:
    """A place in the later version; `likeness` and `context` run from 0 to 1."""

    span: Span
    likeness: float
    #: what part of the words around it stands around it still
    context: float
    is_moved: bool
    is_sure: bool

    @property
    def is_unchanged(self) -> bool:
        """Tell whether the words are the same but for case, accents and stops."""
        return self.likeness == 1.0


class Alignment:
    """Two versions of a text with their words put beside each other."""

    def __init__(self, old_text: str, new_text: str, runs: Iterable[WordRun] | None = None) -> None:
        self.old_text = old_text
        self.new_text = new_text
        #: what was worked out of it, by what it was worked out from: before anything is written, and read then
        self._worked_out: dict[Hashable, Any] = {}
        self.old = word_list(old_text)
        self.new = word_list(new_text)
        self.to = array("l", [NOWHERE]) * len(self.old.plain)
        self.back = array("l", [NOWHERE]) * len(self.new.plain)
        if runs is None:
            runs = align(self.old, self.new)
        for run in runs:
            for step in range(run.length):
                self.to[run.old + step] = run.new + step
                self.back[run.new + step] = run.old + step

    def remember(self, source: Hashable, work: Callable[[], Result]) -> Result:
        """Return what the work comes to, done once for the same source."""
        if source not in self._worked_out:
            self._worked_out[source] = work()
        result: Result = self._worked_out[source]
        return result

    def runs(self) -> list[WordRun]:
        """Return the runs of words that both have, from which the alignment can be made again."""
        return list(join_runs([(place, other) for place, other in enumerate(self.to) if other != NOWHERE]))

    @cached_property
    def in_order(self) -> frozenset[int]:
        """The words of the old text that stand in the same order in the new one."""
        pairs = [(place, other) for place, other in enumerate(self.to) if other != NOWHERE]
        return frozenset(place for place, _ in longest_rising(pairs))

    def is_same(self, place: int) -> bool:
        """Tell whether the word of the old text stands in the new one, and is the same."""
        other = self.to[place]
        return other != NOWHERE and self.old.plain[place] == self.new.plain[other]

    def came_unchanged(self, place: int) -> bool:
        """Tell whether the word of the new text stood in the old one, and is the same."""
        return self.back[place] != NOWHERE and self.is_same(self.back[place])


def find_place(alignment: Alignment, passage: Span, speeches: Sequence[Span]) -> FoundPlace | None:
    """Return where the passage of the old text stands within one speech of the new one; None if nowhere."""
    words = alignment.old.within(passage.start, passage.end)
    hits = _nearest(alignment, words)
    if not hits:
        return None
    speech = _speech(alignment, hits, speeches)
    # A passage is the words of one speaker: a place across two speeches is none.
    hits = [hit for hit in hits if speech.start <= alignment.new.starts[hit] < speech.end] or hits
    span, likeness = _snapped(alignment, words, range(min(hits), max(hits) + 1), speech)
    context = _context(alignment, words, alignment.new.within(span.start, span.end))
    kept_words = [place for place in words if alignment.to[place] in set(hits)]
    return FoundPlace(
        span=_with_stops(alignment, passage, span, speech),
        likeness=likeness,
        context=context,
        is_moved=sum(place in alignment.in_order for place in kept_words) * 2 < len(kept_words),
        is_sure=_is_sure(likeness, context, len(words)),
    )


def is_worth_asking(place: FoundPlace | None) -> bool:
    """Tell whether a place that is not sure may still be the right one."""
    return place is not None and place.likeness >= DOUBTFUL


def _is_sure(likeness: float, context: float, words: int) -> bool:
    # A few words stand in many places: only what stands around them tells which is meant.
    if words < FEW:
        return likeness >= SAME_WORDS and context >= MOST
    if likeness >= SAME_WORDS:
        return context >= SOME or (likeness == 1.0 and words > 2 * FEW)
    return likeness >= SAME_PLACE and context >= MOST


def _nearest(alignment: Alignment, words: range) -> list[int]:
    """Return where the words went, without those that went astray: the group with the most of the same words."""
    went = sorted(alignment.to[place] for place in words if alignment.to[place] != NOWHERE)
    groups: list[list[int]] = []
    for place in went:
        if groups and place - groups[-1][-1] <= SNAP + len(words) // 2:
            groups[-1].append(place)
        else:
            groups.append([place])
    return max(groups, key=lambda group: sum(alignment.is_same(alignment.back[hit]) for hit in group), default=[])


def _speech(alignment: Alignment, hits: Sequence[int], speeches: Sequence[Span]) -> Span:
    """Return the speech that has most of the words; the whole text where none has."""
    counted = Counter(place_holding(speeches, alignment.new.starts[hit]) for hit in hits)
    counted.pop(None, None)
    if not counted:
        return Span(0, len(alignment.new_text))
    most = max(counted.values())
    return speeches[min(place for place, count in counted.items() if place is not None and count == most)]


def _snapped(alignment: Alignment, words: range, hits: range, speech: Span) -> tuple[Span, float]:
    """Return the span that is most like the passage: of the words found, or of the sentences that they stand in."""
    new = alignment.new
    passage_words = " ".join(alignment.old.plain[words.start : words.stop])
    within = new.within(speech.start, speech.end)
    low = max(within.start, hits.start - SNAP)
    high = min(within.stop, hits.stop + SNAP)
    around = new.span(low, high - 1)
    near = split_sentences(alignment.new_text, around.start, around.end)
    bounds = [new.within(sentence.start, sentence.end) for sentence in near]
    firsts = {hits.start, *(bound.start for bound in bounds if abs(bound.start - hits.start) <= SNAP)}
    lasts = {hits.stop, *(bound.stop for bound in bounds if abs(bound.stop - hits.stop) <= SNAP)}
    spans = [(first, last) for first, last in product(sorted(firsts), sorted(lasts)) if first < last]
    likeness = {span: fuzz.ratio(passage_words, " ".join(new.plain[slice(*span)])) / 100 for span in spans}
    best = max(spans, key=lambda span: (round(likeness[span], 3), span in {(hits.start, hits.stop)}))
    return new.span(best[0], best[1] - 1), likeness[best]


def _context(alignment: Alignment, words: range, place: range) -> float:
    """Return what part of the words around the passage stands around its new place."""
    before = range(max(0, words.start - AROUND), words.start)
    after = range(words.stop, min(len(alignment.old.plain), words.stop + AROUND))
    # What stood around may have been reordered a little, but not to another page.
    near = range(place.start - NEARBY, place.stop + NEARBY)
    kept = [alignment.is_same(word) and alignment.to[word] in near for word in (*before, *after)]
    if kept:
        return sum(kept) / len(kept)
    return 0.5


def _with_stops(alignment: Alignment, passage: Span, span: Span, speech: Span) -> Span:
    """Return the span with the stops and quotation marks around it, if the passage had some."""
    text = alignment.new_text
    start = span.start
    end = span.end
    # Stops are no words, so the alignment of words lost them.
    if alignment.old_text[passage.end - 1] in CLOSING:
        while end < speech.end and text[end] in CLOSING:
            end += 1
    if alignment.old_text[passage.start] in OPENING and start > speech.start and text[start - 1] in OPENING:
        start -= 1
    return Span(start, end)


def guess_places(alignment: Alignment, passages: Sequence[Span], speeches: Sequence[Span]) -> dict[int, FoundPlace]:
    """Look for passages among the sentences that came from nowhere; return what is alike, by number, never sure."""
    free = [span for speech in speeches for span in _free(alignment, speech)]
    # Each is compared with each: a text that was rewritten would take too long, and a person is asked anyway.
    if len(free) * len(passages) > COMPARED:
        return {}
    texts = [_plain(alignment.new, span) for span in free]
    places: dict[int, FoundPlace] = {}
    for number, passage in enumerate(passages):
        passage_words = _plain(alignment.old, passage)
        best = (
            process.extractOne(passage_words, texts, scorer=fuzz.ratio, score_cutoff=ELSEWHERE)
            if passage_words
            else None
        )
        if best:
            places[number] = FoundPlace(free[best[2]], best[1] / 100, 0.0, is_moved=True, is_sure=False)
    return places


def _free(alignment: Alignment, speech: Span) -> Iterator[Span]:
    for span in split_sentences(alignment.new_text, speech.start, speech.end):
        words = alignment.new.within(span.start, span.end)
        if sum(alignment.back[place] == NOWHERE for place in words) * 2 > len(words):
            yield span


def _plain(words: WordList, span: Span) -> str:
    within = words.within(span.start, span.end)
    return " ".join(words.plain[within.start : within.stop])
