"""Lines as meeting services write them: a line with a name and a time, then what was said; and lines with labels."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from tracker.transcripts.formats.reading_result import FileReading, MarkedSpeech, marked_text

TIME = r"(?:(?P<hours>\d{1,2}):)?(?P<minutes>\d{1,2}):(?P<seconds>\d{2})"
NAMED = re.compile(rf"(?P<name>[^\W\d_][^\t\n]{{0,78}}?)(?:[ \xa0]{{2,}}|[ \xa0]*\t[ \xa0\t]*){TIME}")
SERVICE = re.compile(r".{1,80} (?:started|stopped) transcription|Transcribed by https?://\S+", re.IGNORECASE)
ONE_BLANK = re.compile(rf"(?P<name>[^\W\d_][^\t\n]{{0,78}}?)[ \xa0\t]{TIME}")
LABEL = re.compile(r"(?:>{1,3} ?)?(?P<label>[^\W\d_][^:：?!\n]{0,58})[:：](?:\s|$)")
#: lines of a name and a time that make a service's file
FEW = 2
#: of them, that must be followed by words: an agenda's are not
MOST = 0.6
#: of them, whose time may lie before the one above: people interrupt, recordings begin anew
BACK = 0.1
#: of a label
MAX_WORDS = 7
#: letters of a word that may end in a full stop within a label
SHORT = 5


def seconds(hit: re.Match[str]) -> int:
    """The seconds that a time's hours, minutes and seconds make."""
    return int(hit["hours"] or "0") * 3600 + int(hit["minutes"]) * 60 + int(hit["seconds"])


def name_and_time(line: str) -> re.Match[str] | None:
    """A line of a name and a time; with one blank between them only where all words begin as names do."""
    hit = NAMED.fullmatch(line)
    if hit:
        return hit
    hit = ONE_BLANK.fullmatch(line)
    if hit and not any(word[0].islower() for word in hit["name"].split()):
        return hit
    return None


def has_label(line: str) -> bool:
    """Whether a line begins with what may be a speaker's label: few words, most of them as names are written."""
    hit = LABEL.match(line)
    if hit is None:
        return False
    words = hit["label"].split()
    capitals = sum(not word[0].islower() for word in words)
    stops = [word for word in words if word.endswith(".") and len(word) > SHORT]
    return 0 < len(words) <= MAX_WORDS and not stops and capitals * 2 > len(words)


def named_lines(lines: Sequence[str], kind: str) -> FileReading | None:
    """The speeches of lines of which some are a name and a time; None where hardly any is."""
    hits = [name_and_time(line) for line in lines]
    places = [place for place, hit in enumerate(hits) if hit]
    followed = sum(place + 1 < len(hits) and hits[place + 1] is None for place in places)
    times = [seconds(hit) for hit in hits if hit]
    back = sum(later < earlier for earlier, later in pairwise(times))
    # An agenda has names and times too, but hardly a line of words after each; and a recording's times rise.
    if len(places) < FEW or followed < MOST * len(places) or back > BACK * len(times):
        return None
    text, marked = marked_text(_said(lines, hits))
    return FileReading(text, kind, "", marked)


def _said(lines: Sequence[str], hits: Sequence[re.Match[str] | None]) -> Iterator[MarkedSpeech]:
    label: str | None = None
    at: int | None = None
    for line, hit in zip(lines, hits, strict=True):
        if hit:
            label = hit["name"].strip()
            at = seconds(hit)
        else:
            yield MarkedSpeech(label, line, at, opens=True, aside=at is None or bool(SERVICE.fullmatch(line)))
