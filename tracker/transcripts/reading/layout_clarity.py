"""Whether a layout is understood: if not, a person looks at it before anything is imported."""

from collections import Counter
from collections.abc import Sequence

from tracker.transcripts.reading.turns import ReadTurn
from tracker.transcripts.speakers.printed_names import folded

SHORT = 500  # characters up to which nothing can be told
LONG = 8_000  # characters of one speech that nobody in a meeting makes without a pause
MOST = 0.7  # share of the text that one turn may have
FEW_LABELLED = 0.2  # share of the turns
MANY = 12  # turns from which labels that stand once are worth counting
SINGLE = 0.75  # share of the turns whose label stands once


def is_unclear(text: str, turns: Sequence[ReadTurn]) -> bool:
    """Tell whether a long text has hardly a label, one endless turn, or almost as many labels as turns."""
    spoken = sum(turn.end - turn.start for turn in turns)
    if len(text) <= SHORT:
        return False
    if not turns:
        return True
    labelled = [folded(turn.label) for turn in turns if turn.label]
    longest = max(turn.end - turn.start for turn in turns)
    is_endless = longest > LONG and longest > MOST * spoken
    single = sum(count == 1 for count in Counter(labelled).values())
    is_scattered = len(turns) >= MANY and single > SINGLE * len(turns)
    return is_endless or is_scattered or len(labelled) < FEW_LABELLED * len(turns)
