"""Where speakers' labels stand: `MR NETTO:`, `>> KAREN ROSE:`, `Chair:`; and what only looks like one."""

import re
from collections.abc import Iterator

from tracker.transcripts.layout import NOTHING_SAID, Layout
from tracker.transcripts.layouts.choosing import chosen
from tracker.transcripts.layouts.colons import starts
from tracker.transcripts.layouts.lines import LINE, MARKS, Label
from tracker.transcripts.names import folded

# Other ends of a line, and marks of the direction of writing: a newline or a blank for whoever looks for a label.
OTHER_SIGNS = str.maketrans(dict.fromkeys("\x85\u2028\u2029", "\n") | dict.fromkeys(MARKS, " "))
BARE_RETURN = re.compile(r"\r(?!\n)")

__all__ = ["LINE", "Label", "labels", "line_starts"]


def labels(text: str, said: Layout = NOTHING_SAID) -> list[Label]:
    """Every label of the text in order; what merely looks like one is left out, and what is `said` goes before."""
    text = _even(text)
    found = sorted(chosen(text), key=lambda label: label.start)
    if said == NOTHING_SAID:
        return found
    yes, no = {folded(name) for name in said.labels}, {folded(name) for name in said.not_labels}
    named = [label for label in starts(text) if folded(label.text or "") in yes]
    places = {label.start for label in named}
    found = [label for label in found if label.start not in places and folded(label.text or "") not in no]
    return sorted([*named, *found], key=lambda label: label.start)


def line_starts(text: str) -> Iterator[tuple[int, str]]:
    """What stands before a colon at the start of a line, with its place: everything that could be meant as a label."""
    return ((label.start, label.text) for label in starts(_even(text)) if label.text)


def _even(text: str) -> str:
    """The same text, sign by sign, with one kind of newline."""
    return BARE_RETURN.sub("\n", text.translate(OTHER_SIGNS))
