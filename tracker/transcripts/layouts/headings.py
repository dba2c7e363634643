"""Lines that are nobody's speech and end the one before: headings, `Presenter: Karen Rose`, `Scribe: kr`."""

import re
from collections.abc import Sequence

from tracker.transcripts.layouts.line_parts import PrintedLabel

#: a heading, or the number and name of the issue that is spoken of next
HEADING = re.compile(r"^(?:#{1,6}[ \t]+\S[^\r\n]*|#\d{1,6}[ \t]*[-–—:][ \t]*\S[^\r\n]{2,120})", re.M)
WORD = r"[^\W\d_][\w.'’-]{0,30}"
FIELD = re.compile(
    r"^[ \t*•-]{0,6}(?P<field>presenters?|champions?|scribes?|note-?takers?|minute-?takers?|editors?|authors?"
    rf"|regrets|present|chairs?|co-chairs|moderators?|facilitators?|hosts?|secretary)[ \t*]{{0,4}}:[ \t*]{{0,4}}{WORD}"
    rf"(?:,?[ \t]+{WORD}){{0,11}}(?:[ \t]*\([^()\r\n]{{1,60}}\))?[ \t*]*\r?$",
    re.M | re.I,
)
ANYWHERE = ("presenter", "champion", "scribe", "note", "minute", "editor", "author", "regrets", "present")
#: headings from which they are known to be such
FEW = 2


def add_headings(text: str, speaker_labels: Sequence[PrintedLabel]) -> list[PrintedLabel]:
    """The labels with silent ones for headings and fields; a field goes before a label at the same place."""
    printed = {label.start for label in speaker_labels}
    marks = [hit for hit in HEADING.finditer(text) if hit.start() not in printed]
    silent = [PrintedLabel(None, hit.start(), hit.end(), silent=True) for hit in marks if len(marks) >= FEW]
    silent += [
        PrintedLabel(None, hit.start(), hit.end(), silent=True)
        for hit in FIELD.finditer(text)
        if _holds(text, hit, speaker_labels)
    ]
    taken = {label.start for label in silent}
    others = [label for label in speaker_labels if label.start not in taken]
    return sorted([*others, *silent], key=lambda label: label.start)


def _holds(text: str, hit: re.Match[str], speaker_labels: Sequence[PrintedLabel]) -> bool:
    """Whether names follow, and for an office that speaks too: before anybody has spoken."""
    field = hit["field"].lower()
    named = hit[0].split(":", 1)[1].replace("*", " ").split("(")[0].split()
    if not all(word[0].isupper() for word in named) and not field.startswith(("scribe", "note", "regrets", "present")):
        return False
    if hit[0].rstrip().endswith(".") or (len(named) == 1 and hit["field"].isupper()):
        return False
    spoken = (label.start for label in speaker_labels if not label.silent and not FIELD.match(text, label.start))
    first = next(spoken, len(text))
    return field.startswith(ANYWHERE) or hit.start() < first
