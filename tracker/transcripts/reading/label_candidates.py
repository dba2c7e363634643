"""For a preview: the line-starts of a text that look like labels, and whether they are taken as such."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.transcripts.reading.labels import NOTHING_SAID, LabelChoice, labels, line_starts
from tracker.transcripts.reading.turns import ReadTurn
from tracker.transcripts.speakers.printed_names import folded

EXAMPLES = 3
#: guesses: more than anybody looks through
MOST = 500
#: characters up to which nothing can be told
SHORT_TEXT = 500
#: characters of one speech that nobody in a meeting makes without a pause
LONG_SPEECH = 8_000
#: share of the text that one turn may have
MOST_OF_TEXT = 0.7
#: share of the turns
FEW_LABELLED = 0.2
#: turns from which labels that stand once are worth counting
MANY = 12
#: share of the turns whose label stands once
SINGLE = 0.75


@dataclass(frozen=True)
class Guess:
    """A line-start as printed; how often; where the first few stand (offsets of their lines); whether it is a label."""

    text: str
    count: int
    examples: tuple[int, ...]
    taken: bool


def guess_labels(text: str, stated: LabelChoice = NOTHING_SAID) -> list[Guess]:
    """The line-starts that look like labels: those taken first, then by how often they stand."""
    places: dict[str, list[int]] = defaultdict(list)
    printed: dict[str, str] = {}
    taken = {label.start: label.text for label in labels(text, stated) if label.text}
    offered = dict(line_starts(text)) | taken
    for start, name in sorted(offered.items()):
        places[folded(name)].append(start)
        printed.setdefault(folded(name), name)
    taken_names = {folded(name) for name in taken.values()}
    candidates = [
        Guess(printed[key], len(starts), tuple(starts[:EXAMPLES]), key in taken_names) for key, starts in places.items()
    ]
    return sorted(candidates, key=lambda guess: (not guess.taken, -guess.count))[:MOST]


def is_unclear(text: str, turns: Sequence[ReadTurn]) -> bool:
    """Tell whether a long text has hardly a label, one endless turn, or almost as many labels as turns."""
    spoken = sum(turn.end - turn.start for turn in turns)
    if len(text) <= SHORT_TEXT:
        return False
    if not turns:
        return True
    labelled = [folded(turn.label) for turn in turns if turn.label]
    longest = max(turn.end - turn.start for turn in turns)
    is_endless = longest > LONG_SPEECH and longest > MOST_OF_TEXT * spoken
    # Where nearly every label stands once, headings or lines of a list were read as speakers.
    single = sum(count == 1 for count in Counter(labelled).values())
    is_scattered = len(turns) >= MANY and single > SINGLE * len(turns)
    return is_endless or is_scattered or len(labelled) < FEW_LABELLED * len(turns)
