"""Which layout a text is set in: every one is tried, and the one that explains most of the text is taken."""

from collections import Counter
from collections.abc import Iterable, Sequence

from tracker.transcripts.layouts.chat_logs import chat_labels
from tracker.transcripts.layouts.colon_labels import colon_labels, midline_labels
from tracker.transcripts.layouts.headings import add_headings
from tracker.transcripts.layouts.indirect_speech import indirect_speech_labels
from tracker.transcripts.layouts.line_parts import LINE, PrintedLabel
from tracker.transcripts.layouts.list_lines import end_at_bullets
from tracker.transcripts.layouts.sign_labels import (
    arrows,
    bold_labels,
    bracket_labels,
    dash_labels,
    headed_labels,
    labels_alone,
    tab_labels,
)
from tracker.transcripts.layouts.time_stamped_names import stamped_labels
from tracker.transcripts.speakers.printed_names import folded

#: characters of a line in which labels may have been run together
LONG = 1_000
#: paragraphs for each label, from which one or two labels do not make a layout
MANY = 12
WEIGHTS = {
    "arrows": 1.5,
    "stamped": 1.5,
    "irc": 1.3,
    "headed": 1.3,
    "bolds": 1.2,
    "colons": 1.0,
    "tabs": 0.9,
    "alone": 0.8,
}
#: layouts whose labels may stand in the bullets of minutes
LISTED = ("colons", "bolds", "brackets")
#: of the layouts that are easily mistaken: dashes, reported speech
WEAK = 0.6


def choose_labels(text: str) -> list[PrintedLabel]:
    """The labels of the layout that fits best, with what goes together with it."""
    base = colon_labels(text)
    readings = {
        "colons": base,
        "arrows": _with(arrows(text), base),
        "irc": chat_labels(text),
        "stamped": stamped_labels(text),
        "bolds": bold_labels(text),
        "headed": headed_labels(text),
        "brackets": _in_brackets(text, base),
        "dashes": dash_labels(text),
        "tabs": tab_labels(text),
        "alone": labels_alone(text),
        "reported": indirect_speech_labels(text),
    }
    if _run_batch(text, base):
        readings["midline"] = midline_labels(text)
    best = max(readings, key=lambda name: _weight(name, readings[name]))
    if best == "irc":
        return _merged(readings["irc"], _outside(base, readings["irc"], text))
    best_labels = readings[best]
    if not best_labels or _few(text, best_labels):
        return []
    if best == "colons":
        best_labels = _merged(best_labels, chat_labels(text, 1))
    every_label = add_headings(text, best_labels)
    if best in LISTED:
        return end_at_bullets(text, every_label)
    return every_label


def _weight(name: str, layout_labels: Sequence[PrintedLabel]) -> float:
    """How many labels, for what a label of this layout is worth; many different ones are worth less."""
    times = Counter(folded(label.text or "") for label in layout_labels if not label.silent)
    if not times:
        return 0
    # A label that comes again is a speaker; one that stands once may be a heading.
    again = sum(number for number in times.values() if number > 1)
    return WEIGHTS.get(name, WEAK) * (again + 0.7 * (sum(times.values()) - again))


def _with(arrow_labels: list[PrintedLabel], others: list[PrintedLabel]) -> list[PrintedLabel]:
    """Arrows, and the labels of the same text that have none, where they are printed in the same way."""
    if not arrow_labels:
        return []
    taken = {label.start for label in arrow_labels} | {label.speech for label in arrow_labels}
    named = {folded(label.text) for label in arrow_labels if label.text}
    ours = [label for label in others if not label.arrow and label.start not in taken]
    same = [label for label in ours if folded(label.text or "") in named or (label.text or "").isupper()]
    return _merged(arrow_labels, same)


def _in_brackets(text: str, base: list[PrintedLabel]) -> list[PrintedLabel]:
    """Names in brackets, with those before a colon beside them."""
    if in_brackets := bracket_labels(text):
        return _merged(in_brackets, base)
    return []


def _merged(*several: Iterable[PrintedLabel]) -> list[PrintedLabel]:
    """All labels in order; of two that overlap the first stays."""
    merged: list[PrintedLabel] = []
    every = [label for labels in several for label in labels]
    for label in sorted(every, key=lambda label: (label.start, -label.speech)):
        if not merged or label.start >= merged[-1].speech:
            merged.append(label)
    return merged


def _outside(base: list[PrintedLabel], log: list[PrintedLabel], text: str) -> list[PrintedLabel]:
    """Labels at line starts of minutes that were made from a log, and still hold lines of it."""
    lines = sum(bool(line[0].strip()) for line in LINE.finditer(text))
    if len(log) * 2 < lines:
        return base
    return []


def _run_batch(text: str, base: Sequence[PrintedLabel]) -> bool:
    """Whether the text has so long lines for its labels that others may stand inside them."""
    return len(text) > LONG and len(text) / (len(base) + 1) > LONG / 2


def _few(text: str, layout_labels: Sequence[PrintedLabel]) -> bool:
    """Whether one or two labels stand in a long text of many paragraphs: that is chance."""
    spoken = sum(not label.silent for label in layout_labels)
    if spoken > 2:
        return False
    paragraphs = text.replace("\r", "").count("\n\n") + text.count("\n* ") + text.count("\n- ")
    return paragraphs > MANY * (spoken + 1)
