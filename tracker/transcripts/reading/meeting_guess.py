"""For which meeting a file is: guessed from its name, and from the title and the day in its head."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import PurePosixPath
from typing import Any

from rapidfuzz import fuzz

from tracker.sandbox.limited_process import run
from tracker.sandbox.progress_lines import Hear, tell
from tracker.transcripts.formats.read_transcript_file import read
from tracker.transcripts.reading.head_matter import head_of_text, held_on, is_another_day
from tracker.transcripts.reading.labels import LINE
from tracker.transcripts.speakers.printed_names import folded

#: characters of a line that may be a title
LONGEST = 120
#: lines of a head that are kept
MOST = 6
#: likeness, 0 to 100, of a file's title and a meeting's
SURE = 85
NO_TITLE = re.compile(
    r"\b(?:captioning|captions?|transcript(?:ion)?|disclaimer|copyright|verbatim|raw|unedited|page \d+|https?:)|[.!?]$",
    re.IGNORECASE,
)
DAY = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}[:.]\d\d\b")
SEPARATORS = re.compile(r"[\s_+.–-]+")
IN_NAME = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)[-_.]?(?P<month>\d\d)[-_.]?(?P<day>\d\d)(?!\d)")
NOISE = re.compile(r"\b(?:transcript|captions?|final|edited|raw|session text|v\d+)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Head:
    """What a file says of its meeting: lines that may be its title, in order, and its day."""

    filename: str
    titles: tuple[str, ...] = ()
    held_on: date | None = None


@dataclass(frozen=True)
class Sitting:
    """A meeting that is there."""

    id: int
    slug: str
    title: str
    starts_on: date
    ends_on: date


def head_of(data: bytes, filename: str, *, hear: Hear | None = None) -> Head:
    """Read an untrusted file's head in a child process; raises Refused where it cannot be read."""
    # The file is untrusted: whatever it does to its reader happens in the child.
    done = run(__name__, {}, data, hear=hear)
    day = date.fromisoformat(done["held_on"]) if done["held_on"] else day_in_name(filename)
    return Head(filename, tuple(done["titles"]), day)


def work(_header: Mapping[str, Any], data: bytes) -> dict[str, Any]:
    """What the child process does."""
    tell("file")
    text = read(data).text
    day = held_on(text)
    return {"titles": titles_in(text), "held_on": day and day.isoformat()}


def titles_in(text: str) -> list[str]:
    """The short lines before the first label that are no date and no captioner's note."""
    lines = (" ".join(line[0].split()).strip("*#_- ") for line in LINE.finditer(head_of_text(text)))
    return list(islice(filter(_may_be_title, lines), MOST))


def _may_be_title(line: str) -> bool:
    return 3 <= len(line) <= LONGEST and not NO_TITLE.search(line) and not DAY.search(line)


def day_in_name(filename: str) -> date | None:
    """The day in a name like 2012-11-09-talk.txt."""
    for hit in IN_NAME.finditer(filename):
        try:
            return date(int(hit["year"]), int(hit["month"]), int(hit["day"]))
        except ValueError:
            continue
    return None


def words_of_name(filename: str) -> str:
    """The words of a file's name, without its ending and its day."""
    stem = IN_NAME.sub(" ", PurePosixPath(filename).stem)
    words = " ".join(SEPARATORS.sub(" ", NOISE.sub(" ", SEPARATORS.sub(" ", stem))).split())
    return words[:1].upper() + words[1:]


def choose_title(head: Head, others: Sequence[Head]) -> str:
    """The title that a new meeting would have: the first line of the head that no other file has, else the name's."""
    # What every file of a batch begins with is the event's name and not the session's.
    common = {folded(title) for other in others if other is not head for title in other.titles}
    own = [title for title in head.titles if folded(title) not in common]
    return (own or [words_of_name(head.filename)])[0][:LONGEST]


def guess_meeting(head: Head, sittings: Sequence[Sitting]) -> int | None:
    """The meeting that a file is of, if its title or its name says so and the days do not speak against it."""
    names = [folded(title) for title in (*head.titles, words_of_name(head.filename))]
    # A session of another day is another session, whatever it is called.
    likely = [meeting for meeting in sittings if not is_another_day(head.held_on, meeting.starts_on, meeting.ends_on)]
    scores = {meeting.id: _likeness(names, meeting) for meeting in likely}
    best = max(scores, default=None, key=lambda meeting_id: scores[meeting_id])
    if best is not None and scores[best] >= SURE:
        return best
    return None


def _likeness(file_names: Sequence[str], sitting: Sitting) -> float:
    names = (folded(sitting.title), folded(sitting.slug.replace("-", " ")))
    return max(fuzz.token_sort_ratio(file_name, name) for file_name in file_names for name in names)
