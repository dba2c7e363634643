"""Which word of an earlier version of a text is which word of a later one, also where a part has been moved.

Runs of words that stand once in both texts are found first and put in order, as patience diff does; what lies between
two of them is looked at by itself, ever closer, and compared word by word (rapidfuzz) only where it is small. So the
time grows with the length of the texts and not with its square, and what stands in another order is found too.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from tracker.transcripts.versions.word_lists import WordList

NOWHERE = -1
#: words of a run that must stand once in both texts: over all of it, then in a large gap
RARE = 6
CLOSER = (4, 3, 2, 1)
#: words of a run that is believed although it stands in another order
MOVED = 6
#: of those that stand nowhere yet, words of a run that must stand once among them
LEFT_OVER = 4
#: pairs of words that are compared one by one
CELLS = 4_000_000


class WordRun(NamedTuple):
    """Words from one text that are those of the other, one by one; a changed word stands for its correction."""

    old: int
    new: int
    length: int


class _Aligning:
    """The numbers of the words of both texts, and where each stands in the other so far."""

    def __init__(self, old: Sequence[int], new: Sequence[int]) -> None:
        self.old = old
        self.new = new
        self.to = array("l", [NOWHERE]) * len(old)
        self.back = array("l", [NOWHERE]) * len(new)

    def put(self, old_place: int, new_place: int) -> None:
        """Say that two words are the same, unless one of them has its place."""
        if self.to[old_place] == NOWHERE and self.back[new_place] == NOWHERE:
            self.to[old_place] = new_place
            self.back[new_place] = old_place

    def gap(self, old: Sequence[int], new: Sequence[int]) -> "_Gap":
        """Return what of these words stands nowhere yet."""
        here = [place for place in old if self.to[place] == NOWHERE]
        return _Gap(here, [place for place in new if self.back[place] == NOWHERE])


class _Gap(NamedTuple):
    """Words of both texts that stand nowhere yet, between two runs."""

    old: list[int]
    new: list[int]

    @property
    def cells(self) -> int:
        return len(self.old) * len(self.new)


def align(old: WordList, new: WordList) -> list[WordRun]:
    """Return the runs of words that both texts have, in the order of the old one."""
    numbers: dict[str, int] = {}
    coded = [array("l", [numbers.setdefault(word, len(numbers)) for word in text.plain]) for text in (old, new)]
    work = _Aligning(*coded)
    chain = _rare(work)
    for left, right in pairwise([(NOWHERE, NOWHERE), *chain, (len(coded[0]), len(coded[1]))]):
        if right[0] - left[0] > 1 and right[1] - left[1] > 1:
            _in_order(work, work.gap(range(left[0] + 1, right[0]), range(left[1] + 1, right[1])))
    for gap in list(_beside(work)):
        _compare(work, gap)
    return list(_runs(work.to))


def _rare(work: _Aligning) -> list[tuple[int, int]]:
    """Put the rarest runs, those that were moved too; return the words of those that stand in the same order."""
    pairs = _once_in_both(work, range(len(work.old)), range(len(work.new)), RARE)
    chain = longest_rising(pairs)
    for old_place, new_place in chain:
        work.put(old_place, new_place)
    # What stands in another order was moved, if it is long enough not to be chance.
    _put_long(work, sorted({*pairs}.difference(chain)))
    left = work.gap(range(len(work.old)), range(len(work.new)))
    _put_long(work, _once_in_both(work, left.old, left.new, LEFT_OVER))
    return chain


def _put_long(work: _Aligning, pairs: Sequence[tuple[int, int]]) -> None:
    for run in join_runs(pairs):
        if run.length >= MOVED:
            for step in range(run.length):
                work.put(run.old + step, run.new + step)


def _in_order(work: _Aligning, first_gap: _Gap) -> None:
    """Find what a gap has in the same order: word by word, or around ever shorter runs where it is large."""
    waiting: list[tuple[_Gap, tuple[int, ...]]] = [(first_gap, CLOSER)]
    while waiting:
        gap, sizes = waiting.pop()
        gap = _trimmed(work, gap)
        if gap.cells <= CELLS:
            _compare(work, gap)
        elif sizes:
            chain = longest_rising(_once_in_both(work, gap.old, gap.new, sizes[0]))
            for old_place, new_place in chain:
                work.put(old_place, new_place)
            waiting.extend((part, sizes[1:]) for part in _parts(gap, chain))


def _parts(gap: _Gap, chain: Sequence[tuple[int, int]]) -> Iterator[_Gap]:
    """Yield what lies between the words of a chain."""
    olds, news = ([bisect_left(side, pair[which]) for pair in chain] for which, side in enumerate(gap))
    olds = [NOWHERE, *olds, len(gap.old)]
    news = [NOWHERE, *news, len(gap.new)]
    for (old, old_end), (new, new_end) in zip(pairwise(olds), pairwise(news), strict=True):
        if old_end - old > 1 and new_end - new > 1:
            yield _Gap(gap.old[old + 1 : old_end], gap.new[new + 1 : new_end])


def _trimmed(work: _Aligning, gap: _Gap) -> _Gap:
    """Put the words that a gap begins and ends with in both texts, and return the rest."""
    shorter = min(len(gap.old), len(gap.new))
    first = 0
    last = 0
    while first < shorter and work.old[gap.old[first]] == work.new[gap.new[first]]:
        work.put(gap.old[first], gap.new[first])
        first += 1
    while last < shorter - first and work.old[gap.old[-1 - last]] == work.new[gap.new[-1 - last]]:
        work.put(gap.old[-1 - last], gap.new[-1 - last])
        last += 1
    return _Gap(gap.old[first : len(gap.old) - last], gap.new[first : len(gap.new) - last])


def _compare(work: _Aligning, gap: _Gap) -> None:
    """Compare a small gap word by word; a word put for another stands in its place."""
    if not 0 < gap.cells <= CELLS:
        return
    old = [work.old[place] for place in gap.old]
    new = [work.new[place] for place in gap.new]
    for step in Levenshtein.opcodes(old, new):
        if step.tag in ("equal", "replace"):
            for place in range(step.src_end - step.src_start):
                work.put(gap.old[step.src_start + place], gap.new[step.dest_start + place])


def _once_in_both(work: _Aligning, old: Sequence[int], new: Sequence[int], size: int) -> list[tuple[int, int]]:
    """Return pairs of words, in the order of the old text, of runs of that size that stand once in both."""
    old_runs = _once(work.old, old, size)
    new_runs = _once(work.new, new, size)
    pairs: dict[int, int] = {}
    for key, place in old_runs.items():
        other = new_runs.get(key, NOWHERE)
        if place != NOWHERE and other != NOWHERE:
            pairs.update((place + step, other + step) for step in range(size))
    return sorted((old_place, other) for old_place, other in pairs.items() if work.old[old_place] == work.new[other])


def _once(words: Sequence[int], places: Sequence[int], size: int) -> dict[int, int]:
    """Return where each run of words stands, by its hash; nowhere if it stands there more than once."""
    places_by_run: dict[int, int] = {}
    for at in range(len(places) - size + 1):
        first = places[at]
        if places[at + size - 1] - first == size - 1:
            key = hash(tuple(words[first : first + size]))
            if key in places_by_run:
                first = NOWHERE
            places_by_run[key] = first
    return places_by_run


def longest_rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest part of the pairs in which both numbers rise."""
    tails: list[int] = []  # the smallest end of a rising part of each length
    ends: list[int] = []
    before = array("l", [NOWHERE]) * len(pairs)
    for number, (_, other) in enumerate(pairs):
        length = bisect_left(tails, other)
        before[number] = ends[length - 1] if length else NOWHERE
        # The longest rising part by patience sorting: n log n, where comparing all pairs would take minutes.
        tails[length : length + 1] = [other]
        ends[length : length + 1] = [number]
    chain = []
    number = ends[-1] if ends else NOWHERE
    while number != NOWHERE:
        chain.append(pairs[number])
        number = before[number]
    return chain[::-1]


def join_runs(pairs: Sequence[tuple[int, int]]) -> Iterator[WordRun]:
    """Yield the pairs as runs."""
    start = 0
    for place in range(1, len(pairs) + 1):
        last = pairs[place - 1]
        if place == len(pairs) or pairs[place] != (last[0] + 1, last[1] + 1):
            yield WordRun(*pairs[start], place - start)
            start = place


def _beside(work: _Aligning) -> Iterator[_Gap]:
    """Yield what stands nowhere beside a run that was moved: words around it that were changed went along."""
    edges = [WordRun(-1, -1, 1), *_runs(work.to), WordRun(len(work.old), len(work.new), 1)]
    for left, right in pairwise(edges):
        old = range(left.old + left.length, right.old)
        new = left.new + left.length
        if not old:
            continue
        most = 2 * len(old) + 4
        if new <= right.new <= new + most:
            yield work.gap(old, range(new, right.new))
        yield work.gap(old, range(new, _free_until(work, new, min(new + most, len(work.new)), 1)))
        yield work.gap(old, range(_free_until(work, right.new - 1, max(right.new - 1 - most, -1), -1) + 1, right.new))


def _free_until(work: _Aligning, start: int, end: int, step: int) -> int:
    """Return the first place from start on whose word has its place already, or the end."""
    return next((place for place in range(start, end, step) if work.back[place] != NOWHERE), end)


def _runs(to: Sequence[int]) -> Iterator[WordRun]:
    return join_runs([(place, other) for place, other in enumerate(to) if other != NOWHERE])
