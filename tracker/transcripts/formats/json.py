"""Transcripts that tools export as JSON: a list of segments with speaker, time and text under one of several names."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from tracker.errors import Refused
from tracker.transcripts.formats.reading_result import FileReading, MarkedSpeech, marked_text, stamped_text

LISTS = ("segments", "monologues", "utterances", "transcript", "transcripts", "results", "entries", "captions", "data")
TEXTS = ("text", "content", "words", "transcript", "caption", "sentence", "body")
SPEAKERS = ("speaker", "speaker_name", "speakerName", "speaker_label", "speakerLabel", "name", "user", "participant")
STARTS = ("start", "start_time", "startTime", "begin", "offset", "timestamp", "time", "ts")
#: levels at which a list of segments is looked for
MAX_DEPTH = 4
BEGINS = re.compile(r"\s{0,200}(?:\{\s{0,200}\"|\[\s{0,200}[\[{\"])")
UNKNOWN = "This JSON file holds no list of segments with text that is known here: export it as text or captions."


def looks_like_json(text: str) -> bool:
    """Whether the text is one JSON object or list."""
    return bool(BEGINS.match(text)) and text[-200:].rstrip()[-1:] in ("}", "]")


def read_json(text: str, encoding: str) -> FileReading:
    """The segments as speeches; Refused where there are none."""
    try:
        held = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Refused("This JSON file is damaged: export it again, or as text or captions.") from error
    speeches = list(_said(held))
    if not speeches:
        raise Refused(UNKNOWN)
    if any(speech.label for speech in speeches):
        words, marked = marked_text(speeches)
        return FileReading(words, "json", encoding, marked)
    words, stamps = stamped_text(speeches)
    return FileReading(words, "json", encoding, stamps=stamps)


def _said(held: object) -> Iterator[MarkedSpeech]:
    names = _names(held)
    for segment in _segments(held, MAX_DEPTH):
        words = _words(segment)
        label = _speaker(segment, names)
        if words:
            yield MarkedSpeech(label, words, _seconds(segment))


def _segments(held: object, depth: int) -> list[Mapping[str, Any]]:
    """The first list whose entries hold words."""
    if isinstance(held, list):
        entries: list[Mapping[str, Any]] = [entry for entry in held if isinstance(entry, dict)]
        if any(_words(entry) for entry in entries[:20]):
            return entries
        return []
    if not isinstance(held, dict) or not depth:
        return []
    inside = (held[key] for key in LISTS if isinstance(held.get(key), list | dict))
    return next(filter(None, (_segments(value, depth - 1) for value in inside)), [])


def _names(held: object) -> dict[str, str]:
    """What numbered speakers are called."""
    if not isinstance(held, dict) or not isinstance(held.get("speakers"), list):
        return {}
    rows = [row for row in held["speakers"] if isinstance(row, dict)]
    return {str(row["id"]): str(row["name"]) for row in rows if row.get("name") and "id" in row}


def _words(segment: Mapping[str, Any]) -> str:
    for key in TEXTS:
        if isinstance(segment.get(key), str):
            return " ".join(str(segment[key]).replace("\0", "").split())
    elements = segment.get("elements")
    if not isinstance(elements, list):
        return ""
    values = (element.get("value") for element in elements if isinstance(element, dict))
    return " ".join("".join(value for value in values if isinstance(value, str)).split())


def _speaker(segment: Mapping[str, Any], names: Mapping[str, str]) -> str | None:
    for key in SPEAKERS:
        value = segment.get(key)
        if isinstance(value, dict):
            value = value.get("name") or value.get("displayName")
        if isinstance(value, str | int) and str(value).strip():
            label = " ".join(names.get(str(value), str(value)).split())[:100]
            if label.isdigit():  # a bare number is no label that a reader understands
                return f"Speaker {label}"
            return label
    return None


def _seconds(segment: Mapping[str, Any]) -> int | None:
    """Where the segment begins: a number of seconds, a clock, or as its first word says."""
    for key in STARTS:
        value = segment.get(key)
        if isinstance(value, str):
            return _of_clock(value)
        if isinstance(value, int | float) and 0 <= value < 1_000_000:
            return int(value)
    elements = segment.get("elements")
    first = elements[0] if isinstance(elements, list) and elements else None
    if isinstance(first, dict) and "elements" not in first:
        return _seconds(first)
    return None


def _of_clock(value: str) -> int | None:
    parts = value.strip().removesuffix("s").split(":")
    try:
        numbers = [float(part.replace(",", ".")) for part in parts[-3:]]
    except ValueError:
        return None
    seconds = sum(number * 60**power for power, number in enumerate(reversed(numbers)))
    if 0 <= seconds < 1_000_000:
        return int(seconds)
    return None
