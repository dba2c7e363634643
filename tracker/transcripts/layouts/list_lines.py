"""Labels in lists, as minutes are written in Markdown: `* Video: [link]` is no speaker, and a bullet ends a speech."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from tracker.transcripts.layouts.line_parts import LINE, PrintedLabel
from tracker.transcripts.layouts.plausible_labels import in_capitals
from tracker.transcripts.speakers.printed_names import folded

BULLET = re.compile(r"(?P<indent>[ \t\xa0]*)(?:[-*•◦▪+](?=[ \t])|\d{1,2}[.)](?=[ \t]))[ \t]*")
#: a line that keeps the record of the meeting and is nobody's speech
RECORD = re.compile(r"[ \t*_]*(?:ACTION|DECISION|AGREED|RESOLVED|RESOLUTION|Action|Decision|AI)\b[^\r\n:]{0,20}:")
LINK = re.compile(r"(?:\[[^\]\r\n]*\](?:\([^)\r\n]*\))?|<?https?://\S+>?)[ \t.,]*")
REST = re.compile(r"[^\r\n]*")
SAYS = re.compile(r"[.?!…,;]|^[+-]\d|\b(?:yes|no|ok|okay|agreed?|thanks)\b", re.IGNORECASE)
#: of a field's value, a name or a state
FEW_WORDS = 3
#: share of the lines with a label from which it is a field's name
MOST = 0.8
#: letters
INITIALS = 4
#: blanks
TAB = 4
#: blanks, more than any line begins with
DEEPEST = 1_000


def without_fields(text: str, labels: Sequence[PrintedLabel]) -> list[PrintedLabel]:
    """The labels without those that only stand in bullets before a name, a link or nothing."""
    by_name: dict[str, list[PrintedLabel]] = defaultdict(list)
    for label in labels:
        by_name[folded(label.text or "")].append(label)
    fields = {
        name for name, same in by_name.items() if sum(_is_field(text, label) for label in same) >= MOST * len(same)
    }
    return [label for label in labels if folded(label.text or "") not in fields]


def _is_field(text: str, label: PrintedLabel) -> bool:
    if not BULLET.match(text, label.start):
        return False
    value = text[label.speech : REST.match(text, label.speech).end()].strip(" \t*_`")  # type: ignore[union-attr]
    spoken = LINK.sub("", value)
    if not spoken:
        return True
    if "," in spoken and all(part.strip()[:1].isupper() and part.count(" ") < FEW_WORDS for part in spoken.split(",")):
        return True
    is_initials = in_capitals(label.text or "") and len(label.text or "") <= INITIALS
    words = spoken.split()
    is_name = len(words) == 1 or all(not word[0].islower() for word in words)
    return not is_initials and len(words) <= FEW_WORDS and is_name and not SAYS.search(spoken)


def bullet_runs(text: str) -> Iterator[list[int]]:
    """Where the bullets of each list begin that stand line by line with the same sign and indent."""
    run: list[int] = []
    last = ""
    end = 0
    for line in LINE.finditer(text):
        bullet = BULLET.match(text, line.start(), line.end())
        dress = ""
        if bullet:
            dress = bullet[0]
        if run and (dress != last or text.count("\n", end, line.start()) > 1):
            yield run
            run = []
        last = dress
        end = line.end()
        if dress:
            run.append(line.start())
    if run:
        yield run


def end_at_bullets(text: str, labels: Sequence[PrintedLabel]) -> list[PrintedLabel]:
    """The labels with silent ones where a bullet's words end: at the next bullet that is not below it."""
    labelled = [label for label in labels if not label.silent]
    in_bullets = [label for label in labelled if BULLET.match(text, label.start)]
    if len(in_bullets) * 2 < len(labelled):
        return list(labels)
    ordered = sorted(labels, key=lambda label: label.start)
    nexts = [label.start for label in ordered[1:]] + [len(text)]
    ends = [end for label, following in zip(ordered, nexts, strict=True) for end in _ends(text, label, following)]
    return sorted([*labels, *ends], key=lambda label: label.start)


def _ends(text: str, label: PrintedLabel, following: int) -> Iterator[PrintedLabel]:
    """The first line after a bullet's label that does not belong to the bullet, before the following label."""
    bullet = BULLET.match(text, label.start)
    if label.silent or bullet is None:
        return
    deep = _width(bullet["indent"])
    if text[bullet.end()] in "[(":
        deep = DEEPEST  # `[Anna] the budget` says whose topic it is: what stands below is nobody's
    for line in LINE.finditer(text, REST.match(text, label.speech).end(), following):  # type: ignore[union-attr]
        if _leaves(text, line, deep):
            yield PrintedLabel(None, line.start(), line.start(), silent=True)
            return


def _leaves(text: str, line: re.Match[str], deep: int) -> bool:
    """Whether a line is another bullet at the same depth or above, a record, or a paragraph of its own."""
    if not line[0].strip():
        return False
    bullet = BULLET.match(text, line.start(), line.end())
    if bullet:
        return _width(bullet["indent"]) <= deep or bool(RECORD.match(text, bullet.end(), line.end()))
    indent = _width(line[0][: len(line[0]) - len(line[0].lstrip())])
    after_blank = text[max(0, line.start() - 3) : line.start()].count("\n") > 1
    return indent <= deep and (after_blank or bool(RECORD.match(text, line.start(), line.end())))


def _width(indent: str) -> int:
    return len(indent.replace("\t", " " * TAB))
