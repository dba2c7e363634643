"""What stands before the first speech: the day on which the meeting was held."""

import re
from datetime import date

from tracker.transcripts.reading.labels import labels

#: characters of the head that are read where there is no label
REACH = 4_000
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:uary|ruary|ch|il|e|y|ust|tember|ober|ember)?\.?)"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
# The forms in the order of trust: a range comes last, for its first day may belong to the whole event.
FORMS = (
    re.compile(rf"(?<![\d–-])\b{_DAY}(?: of)? {_MONTH},? (?P<year>\d{{4}})\b", re.IGNORECASE),
    re.compile(rf"\b{_MONTH} {_DAY},? (?P<year>\d{{4}})\b", re.IGNORECASE),
    re.compile(r"\b(?P<year>\d{4})-(?P<number>\d{2})-(?P<day>\d{2})\b"),
    re.compile(
        rf"\b{_DAY} ?(?:-|–|to|and) ?\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH},? (?P<year>\d{{4}})\b", re.IGNORECASE
    ),
)


def held_on(text: str) -> date | None:
    """The first whole day that the head names; the first day of a range where it names no other; None without one."""
    head = head_of_text(text).replace("\xa0", " ")
    for form in FORMS:
        for hit in form.finditer(head):
            if day := _day(hit):
                return day
    return None


def head_of_text(text: str) -> str:
    """Return what stands before the first label."""
    head_labels = labels(text[:REACH])
    if head_labels:
        return text[: head_labels[0].start]
    return text[:REACH]


def is_another_day(day: date | None, first: date, last: date) -> bool:
    """Tell whether a day that a head names is none of a meeting's, first to last; no day speaks against none."""
    return day is not None and not first <= day <= last


def _day(hit: re.Match[str]) -> date | None:
    parts = hit.groupdict()
    if parts.get("number"):
        month = int(parts["number"])
    else:
        month = MONTHS.index(hit["month"][:3].lower()) + 1
    try:
        return date(int(hit["year"]), month, int(hit["day"]))
    # "31 February" is a misprint, and the next day of the head may be right.
    except ValueError:
        return None
