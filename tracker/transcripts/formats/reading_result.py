"""What reading a file gives, and how speeches that a file marks are put down as one text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from tracker.transcripts.reading.marked_speech import Marked, Stamp

PARAGRAPH = "\n\n"
MAX_CHARACTERS = 5_000_000
TOO_LONG = "The text has more than %(limit)s characters: split it into one file a session."
#: lines with words on them: a day of captions has some ten thousand; each costs memory, however short it is
MAX_LINES = 100_000
TOO_MANY_LINES = "The text has more than %(limit)s lines: split it into one file a session, or join its broken lines."


@dataclass(frozen=True)
class FileReading:
    """The text of a file, the format it was in (`text`, `html`, …) and its encoding, empty where it has none.

    `marked` are the speeches that the file itself marks, in order, offsets in `text`; `stamps` the times where only
    these are known; `notes` what a person should know of the reading.
    """

    text: str
    format: str
    encoding: str
    marked: tuple[Marked, ...] = ()
    stamps: tuple[Stamp, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class MarkedSpeech:
    """Words as a file marks them: whose they are, when they were said, whether they open a paragraph.

    An `aside` is nobody's speech: a title, a line of the service that recorded the meeting.
    """

    label: str | None
    words: str
    seconds: int | None = None
    opens: bool = False
    aside: bool = False


def marked_text(speeches: Iterable[MarkedSpeech]) -> tuple[str, tuple[Marked, ...]]:
    """One text of speeches as `Name: words`, a paragraph each, and where they stand; neighbours of one name merged."""
    pieces: list[str] = []
    marked: list[Marked] = []
    place = 0
    for (aside, label), run in groupby(filter(_speaks, speeches), key=lambda speech: (speech.aside, speech.label)):
        parts = list(run)
        opening = ""
        if not aside and label is not None:
            opening = f"{label}: "
        words = "".join(_joined(parts))
        if not aside:
            start = place + len(opening)
            marked.append(Marked(label, start, start + len(words), parts[0].seconds))
        pieces.append(f"{opening}{words}{PARAGRAPH}")
        place += len(pieces[-1])
    return "".join(pieces).removesuffix(PARAGRAPH) + "\n", tuple(marked)


def stamped_text(speeches: Iterable[MarkedSpeech]) -> tuple[str, tuple[Stamp, ...]]:
    """One text of words whose speakers the file does not mark, and from where on which time counts."""
    pieces: list[str] = []
    stamps: list[Stamp] = []
    place = 0
    spoken = list(filter(_speaks, speeches))
    for piece, speech in zip(_joined(spoken), spoken, strict=True):
        place += len(piece)
        pieces.append(piece)
        if speech.seconds is not None:
            stamps.append(Stamp(place - len(speech.words), speech.seconds))
    return "".join(pieces) + "\n", tuple(stamps)


def _speaks(speech: MarkedSpeech) -> bool:
    return bool(speech.words.strip())


def _joined(parts: Iterable[MarkedSpeech]) -> Iterator[str]:
    between = ""
    for speech in parts:
        if between and speech.opens:
            between = PARAGRAPH
        yield between + speech.words
        between = " "
