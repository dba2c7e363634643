"""What a model wrote, held against the text: only passages that stand there word for word come through.

Nothing else is taken from an answer, so neither a model that makes things up nor one that follows words of the record
can bring anything about but a passage that somebody said, for a person to decide on.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tracker.assistant import call_faults
from tracker.assistant.call_faults import ChatFault
from tracker.assistant.transcript_parts import TextPart, sent_speeches
from tracker.detector.candidate import Candidate
from tracker.detector.milestone_hints import Calendar, milestone
from tracker.detector.reported_speech import framed_sentences, is_reported
from tracker.detector.room_signals import has_hole, is_exchange
from tracker.detector.sentence_parts import small
from tracker.detector.titles import title
from tracker.proposals.models import ProposalKind
from tracker.text import clean_line
from tracker.transcripts.reading.turns import ReadTurn
from tracker.transcripts.text_positions import Span, find_words

#: nobody knows how sure a model is, so what it finds has no score: it is clear, but after all that the detector scored
NO_SCORE = 0.0
#: letters and characters of a quote: less says nothing, more is a speech
FEWEST_LETTERS = 8
LONGEST_QUOTE = 1_200
#: characters of an addressee or a due date, and passages of a part
LONGEST_HINT = 120
MOST_PASSAGES = 60
#: the first sign of the scripts that are written without blanks: radicals, kana, ideographs
FIRST_WITHOUT_BLANKS = "\u2e80"
KINDS = frozenset(ProposalKind)


@dataclass(frozen=True)
class CheckedAnswer:
    """The passages of one answer that stand in the text, in its order, and how many were dropped."""

    candidates: tuple[Candidate, ...]
    dropped: int


@dataclass(frozen=True)
class ReadingContext:
    """The text that is read, what is said in it, and the calendar that due words are understood by."""

    text: str
    speeches: Sequence[ReadTurn]
    calendar: Calendar | None = None


def check_answer(words: str, context: ReadingContext, part: TextPart) -> CheckedAnswer:
    """Return what of an answer about a part holds; raises ChatFault where it is no list of passages at all."""
    entries = _entries(words)
    candidates: dict[tuple[int, int], Candidate] = {}
    dropped = len(entries[MOST_PASSAGES:])
    for entry in entries[:MOST_PASSAGES]:
        candidate = _candidate(entry, context, part)
        if candidate is None:
            dropped += 1
        else:
            candidates.setdefault((candidate.start, candidate.end), candidate)
    return CheckedAnswer(tuple(candidates[place] for place in sorted(candidates)), dropped)


def _entries(words: str) -> list[Any]:
    """Return the list of passages in an answer, which many models put between marks of code."""
    start = words.find("{")
    end = words.rfind("}") + 1
    try:
        answer = json.loads(words[max(start, 0) : end])
    except (ValueError, RecursionError):
        raise ChatFault(call_faults.NONSENSE, may_pass=True) from None
    entries = None
    if isinstance(answer, dict):
        entries = answer.get("passages")
    if not isinstance(entries, list):
        raise ChatFault(call_faults.NONSENSE, may_pass=True)
    return entries


def _candidate(entry: Any, context: ReadingContext, part: TextPart) -> Candidate | None:
    """Return the passage that an entry names; None where it names none, or of no kind that there is."""
    if not isinstance(entry, dict):
        return None
    kind = entry.get("kind")
    quote = entry.get("quote")
    if not isinstance(kind, str) or kind not in KINDS or not isinstance(quote, str):
        return None
    if len(quote) > LONGEST_QUOTE or sum(map(str.isalnum, quote)) < FEWEST_LETTERS:
        return None
    for speech, span in _speeches_by(entry.get("speaker"), context.speeches, part):
        if (place := find_whole(context.text, span, quote)) is not None:
            return _read(entry, context, speech, span, place)
    return None


def _speeches_by(speaker: Any, speeches: Sequence[ReadTurn], part: TextPart) -> Iterator[tuple[ReadTurn, Span]]:
    """Yield the speeches of a part, first those under the label that was named: the same words may stand in several.

    Who speaks is said by the turn alone: a name that is not its label is dropped.
    """
    sent = list(sent_speeches(speeches, part))
    yield from (pair for pair in sent if pair[0].label == speaker)
    yield from (pair for pair in sent if pair[0].label != speaker)


def _read(
    entry: Mapping[str, Any], context: ReadingContext, speech: ReadTurn, speech_span: Span, place: Span
) -> Candidate:
    """Read a passage as the detector does, but for what the model says of it and the text bears out."""
    text = context.text
    kind = str(entry["kind"])
    plain = small(text, place.start, place.end)
    due = _verbatim(entry.get("due"), text, speech_span, place)
    slug = None
    if context.calendar:
        slug = milestone(due and due.lower(), plain, context.calendar)
    sentences = framed_sentences(text, speech.start, speech.end, speech.label)
    # Whose words they are is the one thing that must not be wrong: either of the two suffices.
    reported = entry.get("reported", False) is not False
    return Candidate(
        start=place.start,
        end=place.end,
        turn=speech.seq,
        label=speech.label,
        speaker=speech.speaker,
        kind=kind,
        addressee=_verbatim(entry.get("addressee"), text, speech_span, place),
        due_hint=due,
        milestone=slug,
        title=title(text, place.start, place.end, kind),
        score=NO_SCORE,
        hole=has_hole(text, place.start, place.end),
        exchange=is_exchange(plain),
        reported=reported or is_reported(sentences, place.start, place.end),
    )


def _verbatim(words: Any, text: str, speech_span: Span, place: Span) -> str | None:
    """Return words of the passage, or else of the speech around it, as they stand there; None where they do not."""
    if not isinstance(words, str) or len(words) > LONGEST_HINT:
        return None
    span = find_whole(text, place, words) or find_whole(text, speech_span, words)
    if span is None:
        return None
    return clean_line(text[span.start : span.end])


def find_whole(text: str, within: Span, words: str) -> Span | None:
    """Return the first place of the words within the span at which they begin and end no word in its middle."""
    place = find_words(text, within, words)
    while place is not None and (_cuts_word(text, place.start) or _cuts_word(text, place.end)):
        place = find_words(text, Span(place.start + 1, within.end), words)
    return place


def _cuts_word(text: str, position: int) -> bool:
    """Tell whether a word goes on across a position; scripts that set no blanks have no such words."""
    around = text[max(position - 1, 0) : position + 1]
    return len(around) == 2 and all(sign.isalnum() and sign < FIRST_WITHOUT_BLANKS for sign in around)
