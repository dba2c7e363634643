"""Captions, WebVTT and SRT: cues joined into speeches, broken ones kept, what rolls up on a screen said once."""

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from tracker.transcripts.formats.meeting_service_lines import has_label
from tracker.transcripts.formats.reading_result import FileReading, MarkedSpeech, marked_text, stamped_text
from tracker.transcripts.layouts.plausible_labels import is_label

NEWLINE = re.compile(r"\r\n|[\r\n\x85\u2028\u2029]")
ARROW = "-->"
TIME = re.compile(r"(?:(?P<hours>\d{1,3}):)?(?P<minutes>\d{1,2}):(?P<seconds>\d{1,2})(?:[.,:](?P<rest>\d{1,3}))?(?!\w)")
COMMA = re.compile(r"^(\d{1,2}:\d{2}:\d{2}\.\d{3}),(\d{1,2}:\d{2}:\d{2}\.\d{3})(?=[ \t\r]{0,9}$)", re.MULTILINE)
OWN_BLOCKS = re.compile(r"(?:NOTE|STYLE|REGION)(?:[ \t].*)?$")
HEADER = re.compile(r"WEBVTT(?:[ \t].*)?$")
IDENTIFIER = re.compile(r"(?=[^\d\n]{0,79}\d)[\w{}/.-]{1,80}$")
VOICE = re.compile(r"<v(?:\.[^\s>]{0,60})?[ \t]+(?P<name>[^>\n]{1,100})>")
TAG = re.compile(r"</?[A-Za-z0-9:.][^<>\n]{0,200}>|\{\\[^{}\n]{0,80}\}|</?>")
BLANKS = re.compile(r"[ \t\xa0\n]+")
ENDS = (".", "!", "?", "…", "。", "؟", "！", "？", '"', "”", ")", "]")
#: seconds of silence after which a full stop ends a paragraph
PAUSE = 3.0
#: characters after which the next full stop ends it
LONG = 900
#: characters before the first times of a file of captions
NEAR_TOP = 400
#: share of cues that repeat the one before, from which captions roll up
ROLLS = 0.3
#: compared between two cues
MOST_WORDS = 60
#: seconds between such cues
NEAR = 1.0
BROKEN = "Some captions of this file are broken: their words are kept, their times may be wrong."
LABELLED = re.compile(
    r"(?:>{1,3}\s*)?(?:[\[(](?P<inner>[^\[\]()\n]{1,59})[\])]|(?P<label>[^\s:：<>\[][^:：<>\n]{0,59}?))\s*[:：](?!\d|//)"
    r"\s*(?P<words>\S.*)",
    re.DOTALL,
)
OPENS = re.compile(r"(?:-\s{0,9})?>{1,3}")
BRACKETED = re.compile(r"[\[(][^\W\d_][\w .'’-]{0,40}[\])]:? ")
WITHIN = re.compile(r"(?<=\s)(?=>>)")
#: of the cues
NEARLY_ALL = 0.6
#: cues
FEW_NAMED = 4


@dataclass
class CaptionCue:
    """What stands on the screen from one second to another, in lines without tags; `voice` as the file marks it."""

    start: float
    end: float
    lines: list[str] = field(default_factory=list)
    voice: str | None = None

    @property
    def words(self) -> str:
        """All of it in one line."""
        return BLANKS.sub(" ", " ".join(self.lines)).strip()


@dataclass(frozen=True)
class Captions:
    """The cues of a file in its order, and whether some were broken."""

    cues: list[CaptionCue]
    broken: bool


def looks_like_captions(text: str) -> str | None:
    """`vtt` or `srt` where the text begins like one, else None."""
    head = text[:3_000].lstrip("\ufeff \t\r\n")
    if HEADER.match(NEWLINE.split(head, maxsplit=1)[0]):
        return "vtt"
    if COMMA.match(head):
        return "srt"
    first = next((line for line in NEWLINE.split(head) if ARROW in line), "")
    before, _, after = first.partition(ARROW)
    timed = TIME.fullmatch(before.strip()) and TIME.match(after.strip())
    if timed and head.index(first) < NEAR_TOP:
        return "srt"
    return None


def read_captions(text: str, kind: str, encoding: str) -> FileReading:
    """The words of captions as speeches where the file marks speakers, else as paragraphs with their times.

    Times with a comma between them, as a video site writes them, count as those of SRT.
    """
    lines = NEWLINE.split(COMMA.sub(rf"\1 {ARROW} \2", text))
    captions = cues_of_lines(lines)
    if _named_above(captions.cues):
        captions = cues_of_lines(lines, named=True)
    return replace(reading_of_cues(captions, kind), encoding=encoding)


def _named_above(cues: Sequence[CaptionCue]) -> bool:
    """Whether nearly every cue has a line above its words that stands above others too, as a name does."""
    above = [cue.lines[0] for cue in cues if len(cue.lines) > 1 and cue.voice is None]
    if len(above) < max(FEW_NAMED, NEARLY_ALL * len(cues)):
        return False
    often = sum(number for line, number in Counter(above).items() if number > 1 and is_label(line))
    return often >= NEARLY_ALL * len(cues)


def reading_of_cues(captions: Captions, kind: str) -> FileReading:
    """The same from cues that have been read."""
    notes = (BROKEN,) if captions.broken else ()
    cues = _unrolled([cue for cue in captions.cues if cue.words])
    speeches = list(_said(cues))
    if not any(speech.label for speech in speeches):  # the file marks no voices: labels may stand before the words
        speeches = cue_labels(speeches)
    if any(speech.label for speech in speeches):
        text, marked = marked_text(speeches)
        return FileReading(text, kind, "", marked, notes=notes)
    text, stamps = stamped_text(speeches)
    return FileReading(text, kind, "", stamps=stamps, notes=notes)


def cues_of_lines(lines: Sequence[str], *, named: bool = False) -> Captions:
    """The cues that the lines hold; a line of times begins one, an empty line ends it.

    Where they are `named`, the first line of each says who speaks.
    """
    cues: list[CaptionCue] = []
    broken = False
    for block in _blocks(lines):
        if ARROW in block[0]:
            cue = _timed(block[0], cues)
            broken |= cue.end < cue.start
            if named and block[2:]:
                cues.append(replace(cue, voice=block[1], lines=block[2:]))
            else:
                cues += _voices(cue, block[1:])
        elif cues and not _own(block):
            broken = True
            cues[-1].lines += [_plain(line) for line in block]
    return Captions(cues, broken)


def _blocks(lines: Sequence[str]) -> Iterator[list[str]]:
    """Lines between empty ones; a line of times opens a block too, and the identifier above it is dropped."""
    block: list[str] = []
    for printed in lines:
        line = printed.strip()
        if (line and ARROW not in line) or (printed and len(block) == 1 and ARROW in block[0]):
            block.append(line)  # a line of blanks alone may be the first of a caption
            continue
        if ARROW in line and block and (ARROW not in block[0] or IDENTIFIER.match(block[-1])):
            block.pop()
        if block:
            yield block
        block = []
        if line:
            block.append(line)
    if block:
        yield block


def _own(block: list[str]) -> bool:
    """Whether a block without times is no words: comments, styles, the header, a lone identifier."""
    if OWN_BLOCKS.match(block[0]) or HEADER.match(block[0]):
        return True
    return len(block) == 1 and bool(IDENTIFIER.match(block[0]))


def _timed(line: str, earlier: Sequence[CaptionCue]) -> CaptionCue:
    """An empty cue at the line's times; a broken one takes those of the cue before, and ends before it starts."""
    first, _, second = line.partition(ARROW)
    start = _seconds(first)
    end = _seconds(second)
    if start is not None and end is not None and end >= start:
        return CaptionCue(start, end)
    if start is None and earlier:
        start = earlier[-1].start
    if start is None:
        start = 0.0
    return CaptionCue(start, start - 1)


def _seconds(text: str) -> float | None:
    hit = TIME.match(text.strip())
    if hit is None or int(hit["seconds"]) > 59:
        return None
    seconds = int(hit["hours"] or "0") * 3600 + int(hit["minutes"]) * 60 + int(hit["seconds"])
    return seconds + int((hit["rest"] or "0").ljust(3, "0")) / 1000


def _voices(cue: CaptionCue, lines: list[str]) -> Iterator[CaptionCue]:
    """The cue cut where another voice begins."""
    text = "\n".join(lines)
    hits = list(VOICE.finditer(text))
    bounds = [0, *(hit.start() for hit in hits), len(text)]
    names = [None, *(html.unescape(hit["name"]).strip() for hit in hits)]
    for name, (start, end) in zip(names, pairwise(bounds), strict=True):
        plain = [_plain(line) for line in text[start:end].split("\n")]
        if any(plain) or not hits:
            yield replace(cue, lines=[line for line in plain if line], voice=name)


def _plain(line: str) -> str:
    return html.unescape(TAG.sub("", line)).replace("\0", "").strip()


def _unrolled(cues: list[CaptionCue]) -> list[CaptionCue]:
    """Cues that roll up, each repeating lines of the one before, without the repetitions."""
    pairs = [(cue, following) for cue, following in pairwise(cues) if following.start - cue.end <= NEAR]
    repeating = sum(_repeated(cue, following) > 0 for cue, following in pairs)
    if not pairs or repeating < ROLLS * len(pairs):
        return cues
    fresh = [cues[0], *(replace(following, lines=_fresh(cue, following)) for cue, following in pairwise(cues))]
    return [cue for cue in fresh if cue.words]


def _repeated(cue: CaptionCue, following: CaptionCue) -> int:
    """How many words at the end of the one stand at the beginning of the other; a single word may be chance."""
    ending = cue.words.split(" ")
    beginning = following.words.split(" ")
    most = min(len(ending), len(beginning), MOST_WORDS)
    # One word alone may be said twice; of a cue of one word there is no more to compare.
    least = min(2, len(ending), len(beginning))
    return next((size for size in range(most, least - 1, -1) if ending[-size:] == beginning[:size]), 0)


def _fresh(cue: CaptionCue, following: CaptionCue) -> list[str]:
    return [" ".join(following.words.split(" ")[_repeated(cue, following) :])]


def _said(cues: list[CaptionCue]) -> Iterator[MarkedSpeech]:
    """The cues as words, with a new paragraph after a pause or where one has become long."""
    length = 0
    before = None
    for cue in cues:
        ended = before is not None and before.words.endswith(ENDS)
        opens = before is None or (ended and (cue.start - before.end >= PAUSE or length > LONG))
        if opens:
            length = 0
        length += len(cue.words)
        yield MarkedSpeech(cue.voice, cue.words, int(cue.start), opens)
        before = cue


def cue_labels(speeches: list[MarkedSpeech]) -> list[MarkedSpeech]:
    """Words with the label taken off where nearly every cue prints one; else with each label at a paragraph's start."""
    hits = [LABELLED.match(speech.words) for speech in speeches]
    names = Counter(hit["inner"] or hit["label"] for hit in hits if hit)
    if sum(names.values()) < NEARLY_ALL * len(speeches) or len(names) > max(3, sum(names.values()) / 2):
        return [part for speech in speeches for part in _parted(speech)]
    labelled: list[MarkedSpeech] = []
    for speech, hit in zip(speeches, hits, strict=True):
        if hit:
            labelled.append(replace(speech, label=hit["inner"] or hit["label"], words=hit["words"]))
        elif labelled:  # a cue without a label goes on with the speaker of the one before
            labelled.append(replace(speech, label=labelled[-1].label))
        else:
            labelled.append(speech)
    return labelled


def _parted(speech: MarkedSpeech) -> list[MarkedSpeech]:
    """The words cut before each sign of a new speaker, which then opens a paragraph."""
    parts = filter(None, map(str.strip, WITHIN.split(speech.words)))
    return [replace(speech, words=part, opens=speech.opens or _opens_paragraph(part)) for part in parts]


def _opens_paragraph(words: str) -> bool:
    return bool(OPENS.match(words) or BRACKETED.match(words)) or has_label(words)
