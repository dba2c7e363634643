"""Whose words a passage gives: the speaker's own, or those of others whom the speaker reports or reads out.

A turn is read sentence by sentence. Some sentences begin a frame that lasts: a rapporteur reports from then on, a
comment is read out until it ends, somebody speaks for themselves from here. Each sentence may stand against its frame.
"""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from tracker.detector.cues.reporting_words import (
    ANNOUNCES,
    CHAIRS,
    ENDORSES,
    FOR_ONESELF,
    LABELS,
    MENTIONS,
    OFFERS,
    OPENS_REPORT,
    QUOTES,
    QUOTES_HERE,
    RELAYS,
    REPORTS,
    REPORTS_ROLE,
    SPEAKS_OF_SELF,
    TOLD,
    UNQUOTES,
)
from tracker.detector.cues.saying_clauses import LONG_RESTART, NAME_SAYS, NOUN_SAYS, OTHERS_SAY, RESTART
from tracker.detector.sentence_parts import small
from tracker.transcripts.speakers.capacity import capacity_of
from tracker.transcripts.speakers.country_names import is_country
from tracker.transcripts.text_positions import Span, split_sentences

#: characters in which speakers say for whom they speak
OPENING = 600
#: characters of a turn that are read: what comes later stands in the frame that the last of them left
REACH = 40_000
#: characters of a sentence that are read: where no full stop was heard one may go on for pages
LONGEST = 800
#: characters of a part of a sentence at least, and of one in which full stops are missing
SHORTEST = 30
UNSTOPPED = 300
#: capacities in which somebody speaks for others, by what a person or the words say of the turn
REPORTING_CAPACITIES = frozenset({"rapporteur", "moderator"})
#: capacities in which "our group" means the speaker
FOR_A_PARTY = frozenset({"coalition-or-group", "organisation", "government"})


class SpeechFrame(StrEnum):
    """Whose words a sentence gives if it does not say so itself."""

    OWN = "own"
    REPORT = "report"
    QUOTE = "quote"


class FramedSentence(NamedTuple):
    """A sentence of a turn or a part of one: where it ends, and whether it gives the words of others.

    `comes_back` says that in it the speakers come back to themselves after the part before.
    """

    end: int
    is_reported: bool
    comes_back: bool = False


def framed_sentences(
    text: str, start: int, end: int, label: str | None = None, capacity: str | None = None
) -> list[FramedSentence]:
    """Return the sentences of a turn in order; `capacity` is what a person has said of it."""
    stated = capacity or capacity_of(text, start, min(end, start + OPENING)).capacity
    frame = SpeechFrame.OWN
    if stated in REPORTING_CAPACITIES or (label and LABELS.search(label)):
        frame = SpeechFrame.REPORT
    sentences = []
    after_report = False
    for span, comes_back in _parts(text, start, min(end, start + REACH)):
        words = " ".join(small(text, span.start, min(span.end, span.start + LONGEST)).split())
        frame = _frame(words, frame, opens=span.start < start + OPENING)
        is_named = _names_speaker(text[span.start : min(span.end, span.start + LONGEST)], label or "")
        is_reported = _is_reported(words, frame, names_speaker=is_named, speaks_for_party=stated in FOR_A_PARTY)
        # After a sentence that told what others said, one in which nobody speaks of themselves may go on with it.
        goes_on = after_report and not SPEAKS_OF_SELF.search(words)
        after_report = is_reported and frame is SpeechFrame.OWN
        is_reported = is_reported or goes_on
        sentences.append(FramedSentence(span.end, is_reported, comes_back and not is_reported))
        if UNQUOTES.search(words) and frame is SpeechFrame.QUOTE:
            frame = SpeechFrame.OWN
    return sentences


def _parts(text: str, start: int, end: int) -> Iterator[tuple[Span, bool]]:
    """Each sentence, cut where the speakers come back to themselves within it."""
    for sentence in split_sentences(text, start, end):
        restart = RESTART
        if sentence.end - sentence.start > UNSTOPPED:
            restart = LONG_RESTART
        begin = sentence.start
        for hit in restart.finditer(small(text, sentence.start, sentence.end)):
            cut = sentence.start + hit.start()
            if cut - begin > SHORTEST:
                yield Span(begin, cut), begin > sentence.start
                begin = cut
        yield Span(begin, sentence.end), begin > sentence.start


def _frame(words: str, frame: SpeechFrame, *, opens: bool) -> SpeechFrame:
    """Return the frame in which this sentence stands, and the next ones if none says otherwise."""
    if QUOTES.search(words) and not MENTIONS.search(words):
        return SpeechFrame.QUOTE
    if FOR_ONESELF.search(words):
        return SpeechFrame.OWN
    # In a comment that is read out "I" and "our session" are those of whoever wrote it.
    if frame is SpeechFrame.OWN and any(cue.search(words) for cue in (REPORTS, REPORTS_ROLE, RELAYS, ANNOUNCES)):
        return SpeechFrame.REPORT
    if frame is SpeechFrame.OWN and opens and OPENS_REPORT.search(words):
        return SpeechFrame.REPORT
    return frame


def _is_reported(words: str, frame: SpeechFrame, *, names_speaker: bool, speaks_for_party: bool) -> bool:
    if frame is SpeechFrame.QUOTE:
        return not FOR_ONESELF.search(words)
    if FOR_ONESELF.search(words) or ENDORSES.search(words):
        return False
    if RELAYS.search(words) or QUOTES_HERE.search(words):
        return True
    if OFFERS.search(words):
        return False
    if names_speaker or OTHERS_SAY.search(words):
        return True
    if not speaks_for_party and (_noun_says(words) or TOLD.search(words)):
        return True
    return frame is SpeechFrame.REPORT


def _noun_says(words: str) -> bool:
    return any(not is_country(hit["who"] or "") for hit in NOUN_SAYS.finditer(words))


def _names_speaker(printed: str, label: str) -> bool:
    """Tell whether somebody named says something; in the present a country mostly speaks of itself."""
    for hit in NAME_SAYS.finditer(" ".join(printed.split())):
        name = hit["who"].strip(" ,")
        is_itself = any(part in label for part in name.split()) or (is_country(name) and not CHAIRS.search(label))
        if hit["past"] or not is_itself:
            return True
    return False


def is_reported(sentences: Sequence[FramedSentence], start: int, end: int) -> bool:
    """Tell whether the passage at characters start to end gives the words of others, in any of its sentences."""
    touched = []
    begin = 0
    for sentence in sentences:
        if begin < end and start < sentence.end:
            touched.append(sentence)
        begin = sentence.end
    # Who tells what others said only to say something else has said that.
    if touched and touched[-1].comes_back:
        return False
    # A passage beyond what was read stands in the frame of the last sentence that was.
    return any(sentence.is_reported for sentence in touched or sentences[-1:])
