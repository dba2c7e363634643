"""For a preview: the line-starts of a text that look like labels, and whether they are taken as such."""

from collections import defaultdict
from dataclasses import dataclass

from tracker.transcripts.reading.labels import labels, line_starts
from tracker.transcripts.reading.stated_layout import NOTHING_SAID, Layout
from tracker.transcripts.speakers.printed_names import folded

EXAMPLES = 3
MOST = 500  # guesses: more than anybody looks through


@dataclass(frozen=True)
class Guess:
    """A line-start as printed; how often; where the first few stand (offsets of their lines); whether it is a label."""

    text: str
    count: int
    examples: tuple[int, ...]
    taken: bool


def guesses(text: str, said: Layout = NOTHING_SAID) -> list[Guess]:
    """The line-starts that look like labels: those taken first, then by how often they stand."""
    places: dict[str, list[int]] = defaultdict(list)
    printed: dict[str, str] = {}
    taken = {label.start: label.text for label in labels(text, said) if label.text}
    offered = dict(line_starts(text)) | taken
    for start, name in sorted(offered.items()):
        places[folded(name)].append(start)
        printed.setdefault(folded(name), name)
    known = {folded(name) for name in taken.values()}
    found = [Guess(printed[key], len(starts), tuple(starts[:EXAMPLES]), key in known) for key, starts in places.items()]
    return sorted(found, key=lambda guess: (not guess.taken, -guess.count))[:MOST]
