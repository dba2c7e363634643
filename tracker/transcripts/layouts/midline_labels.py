"""Labels in the middle of a line, where a whole session was run together: `… thank you.  MR NETTO: Good day …`."""

import re
from collections import Counter

from tracker.transcripts.layouts.line_parts import PrintedLabel, cleaned
from tracker.transcripts.layouts.plausible_labels import could_be, has_title, in_capitals, is_role
from tracker.transcripts.speakers.printed_names import folded

# A capital after the end of a sentence, then a few words without a stop, then a colon.
MID = re.compile(
    r"(?:(?<=[.?!…\"”)\]][ \t\xa0])|(?<=[.?!…\"”)\]][ \t\xa0]{2})|(?<=[。！？])|^)"
    r"(?P<label>(?:(?:Mr|Ms|Mrs|Dr|Prof|MR|MS|MRS|DR|PROF|H\.E)\.?[ \t\xa0])?[^\W\d_][^:.?!;,\r\n]{0,50}):"
    r"(?!//)[ \t\xa0]",
    re.M,
)


def midline(text: str) -> list[PrintedLabel]:
    """Labels that begin a sentence anywhere: in capitals, with a title, or a name that stands there again and again."""
    hits = [hit for hit in MID.finditer(text) if could_be(hit["label"])]
    times = Counter(folded(hit["label"]) for hit in hits)
    return [
        PrintedLabel(cleaned(hit["label"]), hit.start(), hit.end())
        for hit in hits
        if in_capitals(hit["label"]) or (times[folded(hit["label"])] > 1 and _sure(hit["label"]))
    ]


def _sure(label: str) -> bool:
    words = label.split()
    return has_title(label) or is_role(label) or (len(words) >= 2 and all(not word[0].islower() for word in words))
