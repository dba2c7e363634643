"""How a transcript is cut for a language model: parts of whole turns, each led up to by the words before it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracker.detector.minutes import beside, is_minutes
from tracker.transcripts.reading.turns import ReadTurn
from tracker.transcripts.text_positions import Span, split_sentences

#: characters of a part: small enough for a small model, and for an answer that is not cut off
PART = 6_000
#: the share of a text that turns hold, from which the rest is only labels
COVERED = 0.9
#: characters before a part that are sent with it, so that what spans two parts is seen whole once
OVERLAP = 600


@dataclass(frozen=True)
class TextPart:
    """Characters start to end of a text are read; those from `since` on lead up to them and are sent as well."""

    since: int
    start: int
    end: int

    @property
    def sent(self) -> Span:
        """Return what is sent of the text."""
        return Span(self.since, self.end)


def speeches_of(text: str, turns: Sequence[ReadTurn]) -> list[ReadTurn]:
    """Return all that is said, in order: the turns, and of minutes what stands outside them; all of it without turns.

    What is nobody's turn has the number 0.
    """
    speeches = [turn for turn in turns if turn.end > turn.start]
    if not speeches and text.strip():
        return [ReadTurn(0, None, None, 0, len(text))]
    # Telling minutes apart takes longer than all the rest of a page, and they have much outside their turns.
    is_covered = sum(speech.end - speech.start for speech in speeches) > COVERED * len(text)
    if not is_covered and is_minutes(text, turns):
        speeches += beside(turns, len(text))
    return sorted(speeches, key=lambda speech: speech.start)


def cut_parts(text: str, speeches: Sequence[ReadTurn]) -> list[TextPart]:
    """Cut what is said into parts of at most PART characters; only a turn longer than that is cut, between sentences.

    Labels between the turns are not counted, so a part of very short turns is a little longer.
    """
    parts: list[TextPart] = []
    before: Span | None = None
    for group in _groups([piece for speech in speeches for piece in _pieces(text, speech)]):
        start = group[0].start
        parts.append(TextPart(_since(text, before, start), start, group[-1].end))
        before = group[-1]
    return parts


def _pieces(text: str, speech: ReadTurn) -> Iterator[Span]:
    """Yield the speech, or stretches of whole sentences where it is too long for one part."""
    if speech.end - speech.start <= PART:
        yield Span(speech.start, speech.end)
        return
    begin = speech.start
    last = begin
    for sentence in split_sentences(text, speech.start, speech.end):
        if sentence.end - begin > PART and last > begin:
            yield Span(begin, last)
            begin = sentence.start
        last = sentence.end
    if last > begin:
        yield Span(begin, last)


def _groups(pieces: Sequence[Span]) -> Iterator[list[Span]]:
    group: list[Span] = []
    size = 0
    for piece in pieces:
        length = piece.end - piece.start
        if group and size + length > PART:
            yield group
            group = []
            size = 0
        group.append(piece)
        size += length
    if group:
        yield group


def _since(text: str, before: Span | None, start: int) -> int:
    """Return where the sentences begin that lead up to a part: the last of the speech before it, OVERLAP at most."""
    if before is None:
        return start
    near = max(before.start, before.end - OVERLAP)
    sentences = split_sentences(text, before.start, before.end)
    return next((sentence.start for sentence in sentences if sentence.start >= near), start)


def sent_speeches(speeches: Sequence[ReadTurn], part: TextPart) -> Iterator[tuple[ReadTurn, Span]]:
    """Yield each speech of which something is sent with a part, and what of it."""
    for speech in speeches:
        start = max(speech.start, part.since)
        end = min(speech.end, part.end)
        if start < end:
            yield speech, Span(start, end)
