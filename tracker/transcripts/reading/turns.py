"""From a text to its turns: one speaker's unbroken speech each, under the label as printed.

What stands before the first label and the captioner's closing lines are no turns. Where people whose label was lost say
who they are, their words are split off under no label.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tracker.transcripts.layouts.line_parts import BRACKETED, STAMP, seconds
from tracker.transcripts.reading.labels import LINE, NOTHING_SAID, LabelChoice, PrintedLabel, labels
from tracker.transcripts.reading.marked_speech import Marked, Stamp, said_at
from tracker.transcripts.reading.unlabelled_text import PARAGRAPH, cut_unlabelled
from tracker.transcripts.speakers.printed_names import folded, given_alike, parse, surnames_alike
from tracker.transcripts.speakers.resolve_speakers import Doubt, SpeakerSpeech, resolve_speakers
from tracker.transcripts.speakers.self_introductions import REACH, SpokenIntroduction, introduction
from tracker.transcripts.text_positions import trim

FOOT = re.compile(
    r"[\s*\-_=.(\[]*(?:(?:captioned|transcribed) by|end of (?:transcript|session|meeting|captions)"
    r"|this (?:text|transcript) |the (?:session|meeting|hearing|call|workshop) (?:was )?(?:ended|concluded|adjourned"
    r"|closed|finished)|copyright|©|contact (?:us|information)|\*{3}|end\b[\s*.)\]]*$|concluded at|adjourned at"
    r"|back to top|privacy policy|terms of use)",
    re.IGNORECASE,
)
GREETING = re.compile(
    r"[\s\xa0]*(?:sp[\s\xa0]+)?(?:(?:hello|hi|good (?:morning|afternoon|evening|day)|thank you|thanks|yes|okay|ok"
    r"|bonjour|everybody|everyone|very much|again|all|to all|mr chair(?:man)?|chair)[\s\xa0,.!]+){0,8}",
    re.IGNORECASE,
)
HANDS_OVER = re.compile(r"(?:\?|\b(?:floor|please|go ahead|next|speaker|microphone|name)\b[\s.!]*)$", re.IGNORECASE)
AT_START = re.compile(rf"(?:{BRACKETED}|{STAMP}(?=[ \t]*\r?\n))\s*")
AT_END = re.compile(rf"(?:\r?\n[ \t]*{STAMP}|[ \t]{BRACKETED})\s*\Z")
#: characters before the end of a speech in which a time may stand
STAMP_REACH = 60
#: closing lines looked at
MAX_FOOT = 6


@dataclass(frozen=True)
class ReadTurn:
    """Characters start to end are the speech without its label; `speaker` is the best full name, None if unknown.

    `said_at` counts seconds from the start of the recording, None where the file tells no time.
    """

    seq: int
    label: str | None
    speaker: str | None
    start: int
    end: int
    said_at: int | None = None


@dataclass(frozen=True)
class Hearing:
    """The turns of a text in order, and the labels that a person should look at."""

    turns: tuple[ReadTurn, ...]
    doubts: tuple[Doubt, ...]


def turns(
    text: str,
    people: Mapping[str, str] | None = None,
    *,
    marked: Sequence[Marked] = (),
    stamps: Sequence[Stamp] = (),
    stated: LabelChoice = NOTHING_SAID,
) -> list[ReadTurn]:
    """The turns of a text; `people` maps labels or names as printed to the names that are known to be right."""
    return list(hear(text, people, marked=marked, stamps=stamps, stated=stated).turns)


def hear(
    text: str,
    people: Mapping[str, str] | None = None,
    *,
    marked: Sequence[Marked] = (),
    stamps: Sequence[Stamp] = (),
    stated: LabelChoice = NOTHING_SAID,
) -> Hearing:
    """The turns of a text, with the labels that may be one person's.

    Speeches that the file itself marks are taken as they are; else they are found by the labels in the text, where
    what a person stated of the layout goes before what is guessed.
    """
    # A file that marks its speakers knows better than any guess at labels.
    speeches = [SpeakerSpeech(mark.label, mark.start, mark.end, mark.said_at) for mark in marked]
    if not speeches:
        speeches = list(_speeches(text, stated))
    resolved = resolve_speakers(text, speeches, people)
    numbered = enumerate(zip(speeches, resolved.names, strict=True), 1)
    read_turns = tuple(_turn(seq, speech, name, stamps) for seq, (speech, name) in numbered)
    return Hearing(read_turns, resolved.doubts)


def _turn(seq: int, speech: SpeakerSpeech, name: str | None, stamps: Sequence[Stamp]) -> ReadTurn:
    seconds = speech.said_at
    if seconds is None:
        seconds = said_at(stamps, speech.start)
    return ReadTurn(seq, speech.label, name, speech.start, speech.end, seconds)


def _speeches(text: str, stated: LabelChoice) -> Iterator[SpeakerSpeech]:
    printed_labels = labels(text, stated)
    if not printed_labels:
        for part in cut_unlabelled(text):
            yield from _speech(text, None, part.start, part.end)
        return
    # A speech ends where the next label begins.
    ends = [label.start for label in printed_labels[1:]] + [_foot(text, printed_labels[-1].speech)]
    times = Counter(folded(label.text or "") for label in printed_labels)
    for label, end in zip(printed_labels, ends, strict=True):
        if not label.silent:
            yield from _split(text, label, end, times[folded(label.text or "")] > 1)


def _speech(text: str, label: str | None, start: int, end: int, at: int | None = None) -> Iterator[SpeakerSpeech]:
    """The words between start and end, without blanks and the times that stand before and after them."""
    span = trim(text, start, end)
    begin = span.start
    stop = span.end
    while stamp := AT_START.match(text, begin, stop):
        if at is None:
            at = seconds(stamp[0])
        begin = stamp.end()
    # The last sign is looked at first: it spares nearly every speech the search.
    while (
        stop > begin
        and text[stop - 1] in "0123456789)]mM"
        and (stamp := AT_END.search(text, max(begin, stop - STAMP_REACH), stop))
    ):
        stop = stamp.start()
    span = trim(text, begin, max(begin, stop))
    if span.end > span.start:
        yield SpeakerSpeech(label, span.start, span.end, at)


def _split(text: str, label: PrintedLabel, end: int, often: bool) -> Iterator[SpeakerSpeech]:
    """The speech under a label, without the words of people who introduce themselves in the middle of it."""
    start = label.speech
    current = label.text or ""
    at = label.said_at
    gaps: Iterable[re.Match[str]] = ()
    if often:  # a label that stands once holds the whole text, and its paragraphs are no other speaker's
        gaps = PARAGRAPH.finditer(text, label.speech, end)
    for gap in gaps:
        introduced = _opens_with_name(text, gap.end(), end)
        if (
            introduced
            and text[start : gap.start()].strip()
            and _another(introduced, current, text[start : gap.start()])
        ):
            yield from _speech(text, current or None, start, gap.start(), at)
            start = gap.end()
            current = ""
            at = None
    yield from _speech(text, current or None, start, end, at)


def _opens_with_name(text: str, start: int, end: int) -> SpokenIntroduction | None:
    introduced = introduction(text, start, min(end, start + REACH))
    greeting = GREETING.match(text, start, end)
    if introduced and greeting and introduced.start == greeting.end():
        return introduced
    return None


def _another(introduced: SpokenIntroduction, label: str, before: str) -> bool:
    """Whether the full name given is surely not the one on the label, or follows when a chair has given the floor."""
    spoken = parse(introduced.name)
    printed = parse(label)
    # Under CHAIR many speak; only one who is called just before is surely another person.
    if printed.role:
        return spoken.given is not None and bool(HANDS_OVER.search(before[-60:]))
    if spoken.given is None or spoken.surname is None or printed.surname is None:
        return False
    return not (
        surnames_alike(spoken.surname, printed.surname)
        or given_alike(spoken.given, printed.given or printed.surname)
        or folded(introduced.name) in folded(label)
    )


def _foot(text: str, start: int) -> int:
    """Where the last speech ends: before the captioner's closing lines."""
    lines = [line for line in LINE.finditer(text, max(start, len(text) - 3_000)) if line[0].strip()]
    tail = [line.start() for line in lines[-MAX_FOOT:] if FOOT.match(line[0]) and line.start() > start]
    if tail:
        return tail[0]
    return len(text)


def spoken(text: str, read_turns: Sequence[ReadTurn]) -> Iterator[tuple[ReadTurn, str]]:
    """Each turn with its words, untouched."""
    for turn in read_turns:
        yield turn, text[turn.start : turn.end]
