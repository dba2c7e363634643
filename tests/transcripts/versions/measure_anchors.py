"""How well passages find their places again: `python -m tests.transcripts.versions.measure_anchors [SEEDS]`."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator

from tests.transcripts.versions.corrected import Pair, mutations, pairs, texts
from tracker.transcripts.reading.turns import hear
from tracker.transcripts.text_positions import Span
from tracker.transcripts.versions.place_passages import Alignment, FoundPlace, find_place, guess_places, is_worth_asking

#: shared part of the longer of two spans from which they are the same place
SAME = 0.7


def places(pair: Pair) -> Iterator[tuple[int, FoundPlace | None]]:
    """Where each passage of a pair is found."""
    alignment = Alignment(pair.old, pair.new)
    speeches = [Span(turn.start, turn.end) for turn in hear(pair.new, {}).turns]
    found = {number: find_place(alignment, span, speeches) for number, span in pair.passages.items()}
    lost = [number for number, one in found.items() if not one or not (one.is_sure or is_worth_asking(one))]
    guessed = guess_places(alignment, [pair.passages[number] for number in lost], speeches)
    found |= {lost[place]: one for place, one in guessed.items()}
    yield from found.items()


def verdict(gold: Span | None, found: FoundPlace | None) -> str:
    """What a finding is worth."""
    if found is None or not (found.is_sure or is_worth_asking(found)):
        return "gone, and said so" if gold is None else "lost though present"
    shared = min(found.span.end, gold.end) - max(found.span.start, gold.start) if gold else 0
    longer = max(found.span.end - found.span.start, gold.end - gold.start) if gold else 1
    right = "right" if shared >= SAME * longer else "wrong"
    return f"sure, {right}" if found.is_sure else f"asked, {right}"


def measure(given: Iterable[Pair], worst: bool = False) -> Counter[str]:
    """Count the verdicts."""
    counted: Counter[str] = Counter()
    for pair in given:
        for number, found in places(pair):
            said = verdict(pair.gold[number], found)
            counted[said] += 1
            if worst and said in ("sure, wrong", "lost though present"):
                span, gold = pair.passages[number], pair.gold[number]
                print(pair.name, number, said, found)
                print("   was  ", pair.old[span.start : span.end])
                print("   gold ", pair.new[gold.start : gold.end] if gold else None)
                print("   found", pair.new[found.span.start : found.span.end] if found else None)
    return counted


def main() -> None:
    """Print the counts for the pairs by hand, and for those by chance."""
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    print("by hand  ", dict(measure(pairs(), worst=True)))
    chance = (pair for seed in range(seeds) for text in texts() for pair in mutations(text, 3, seed))
    print("by chance", dict(measure(chance, worst=len(sys.argv) > 2)))


if __name__ == "__main__":
    main()
