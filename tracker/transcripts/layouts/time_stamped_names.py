"""Names that stand with a time: `Karen Rose  0:03` above the words, `00:01:02<tab>Karen<tab>words`, chats of Zoom."""

import re
from collections import Counter

from tracker.transcripts.layouts.line_parts import CLOCK, DATE, STAMP, PrintedLabel, cleaned, seconds
from tracker.transcripts.layouts.plausible_labels import could_be, is_label
from tracker.transcripts.speakers.printed_names import folded

NAME = r"(?P<label>[^\W\d][^\t\r\n:;<>\[\]]{0,60}?)"
FORMS = (
    # Otter, Rev, Teams, Zoom: the name and the time on a line of their own
    re.compile(rf"^[ \t*]*{NAME}(?:[ \t]+|\*+[ \t]*|[ \t]*[-–—|][ \t]*)(?P<at>{STAMP})[ \t*]*:?[ \t]*(?:\r?\n)+", re.M),
    re.compile(rf"^\[{NAME}\][ \t]+(?P<at>{STAMP})[ \t]*(?:\r?\n)+(?=\S)", re.M),
    re.compile(rf"^[ \t]*(?P<at>{STAMP})[ \t]*[-–—|]?[ \t]*{NAME}:?[ \t]*(?:\r?\n)+(?=\S)", re.M),
    # a line of time, then a line of name
    re.compile(rf"^(?P<at>{STAMP})[ \t]*\r?\n{NAME}:?[ \t]*\r?\n(?=\S)", re.M),
    re.compile(rf"^[ \t]*(?P<at>{STAMP})\t+{NAME}\t+", re.M),
    re.compile(rf"^[ \t]*{NAME}\t+(?P<at>{STAMP})\t+", re.M),
    re.compile(
        rf"^[ \t]*(?P<at>{STAMP})\s{{1,8}}From[ \t]+(?P<label>[^\r\n:]{{1,60}}?)(?:[ \t]+to[ \t]+[^\r\n:]{{1,60}})?"
        r"[ \t]*:[ \t]*(?:\r?\n[ \t]*)?",
        re.M | re.I,
    ),
    re.compile(rf"^[ \t]*\[?{DATE}{CLOCK}\]?[ \t]+[-–—][ \t]+{NAME}:[ \t]*", re.M),
)
LEAST = 3
#: words of a name that is not spelt as one
FEW = 3


def stamped_labels(text: str) -> list[PrintedLabel]:
    """The labels of the form that the text uses most; a name must be plausible, or stand there again and again."""
    readings = [_labels(text, form) for form in FORMS]
    return max(readings, key=len)


def _labels(text: str, form: re.Pattern[str]) -> list[PrintedLabel]:
    hits = [hit for hit in form.finditer(text) if could_be(hit["label"])]
    # One or two are an agenda's times or chance.
    if len(hits) < LEAST:
        return []
    times = Counter(folded(hit["label"]) for hit in hits)
    return [
        PrintedLabel(cleaned(hit["label"]), hit.start(), hit.end(), False, seconds(hit.groupdict().get("at") or hit[0]))
        for hit in hits
        if is_label(hit["label"]) or (times[folded(hit["label"])] > 1 and len(hit["label"].split()) <= FEW)
    ]
