"""Where speakers' labels stand: `MR NETTO:`, `>> KAREN ROSE:`, `Chair:`; and what only looks like one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tracker.transcripts.layouts.choose_layout import choose_labels
from tracker.transcripts.layouts.colon_labels import line_starts_with_colon
from tracker.transcripts.layouts.line_parts import LINE, MARKS, STAMP, PrintedLabel
from tracker.transcripts.layouts.plausible_labels import could_be
from tracker.transcripts.speakers.printed_names import folded, words_of

# Other ends of a line, and marks of the direction of writing: a newline or a blank for whoever looks for a label.
OTHER_SIGNS = str.maketrans(dict.fromkeys("\x85\u2028\u2029", "\n") | dict.fromkeys(MARKS, " "))
BARE_RETURN = re.compile(r"\r(?!\n)")

__all__ = ["LINE", "PrintedLabel", "labels", "line_starts"]


@dataclass(frozen=True)
class LabelChoice:
    """Labels as printed that the secretariat says are labels, or are none.

    A label that is named holds for every line that begins with it, and its shape (sign after it, capitals or not)
    for the other line-starts of that shape; one that is refused is refused by itself, wherever it stands.
    """

    labels: tuple[str, ...] = ()
    not_labels: tuple[str, ...] = ()


NOTHING_SAID = LabelChoice()


def labels(text: str, stated: LabelChoice = NOTHING_SAID) -> list[PrintedLabel]:
    """Every label of the text in order; what merely looks like one is left out, and what was stated goes before."""
    text = _even(text)
    labels_seen = sorted(choose_labels(text), key=lambda label: label.start)
    if stated == NOTHING_SAID:
        return labels_seen
    no = {folded(name) for name in stated.not_labels}
    # Who names one label means its like as well: nobody types forty names.
    shapes = {_shape(name) for name in stated.labels}
    named = [label for label in line_starts_with_colon(text) if label.text and could_be(label.text)]
    alike = [label for label in named if _shape(label.text or "") in shapes]
    # What a person stated comes first in the list, so it wins where two overlap.
    kept = _apart([*_printed(text, stated.labels), *alike, *labels_seen])
    return [label for label in kept if folded(label.text or "") not in no]


def _printed(text: str, names: tuple[str, ...]) -> list[PrintedLabel]:
    """Every line that begins with one of the names: before a colon, a dash, a tab or a time, or alone on its line."""
    printed_labels = []
    for name in names:
        ends = rf"[ \t*]*(?:[:：–—-]+\**|\t|{STAMP}:?|(?=\r?$))[ \t]*(?:\r?\n)*"
        form = re.compile(rf"^[ \t*>-]*(?P<label>{re.escape(name.strip())}){ends}", re.M | re.I)
        printed_labels += [PrintedLabel(hit["label"], hit.start(), hit.end()) for hit in form.finditer(text)]
    return printed_labels


def _shape(label: str) -> tuple[str, ...]:
    """Which of its words are in capitals, capitalised or small: `Karen OAK` and `Karl BERG` have one shape."""
    return tuple(_word_shape(word) for word in words_of(label))


def _word_shape(word: str) -> str:
    if word.isupper():
        return "AA"
    if word[0].islower():
        return "a"
    return "A"


def _apart(candidates: list[PrintedLabel]) -> list[PrintedLabel]:
    """In order of the text; of two that overlap the one that was given first."""
    order = sorted(enumerate(candidates), key=lambda pair: (pair[1].start, pair[0]))
    kept: list[PrintedLabel] = []
    for _, label in order:
        if not kept or label.start >= kept[-1].speech:
            kept.append(label)
    return kept


def line_starts(text: str) -> Iterator[tuple[int, str]]:
    """What stands before a colon at the start of a line, with its place: everything that could be meant as a label."""
    return ((label.start, label.text) for label in line_starts_with_colon(_even(text)) if label.text)


def _even(text: str) -> str:
    """The same text, sign by sign, with one kind of newline."""
    # Sign by sign, so that offsets in it are offsets in the text itself.
    return BARE_RETURN.sub("\n", text.translate(OTHER_SIGNS))
