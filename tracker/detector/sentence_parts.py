"""The parts of what is said in which a proposal could stand, each with what stands around it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracker.detector.minutes import pieces
from tracker.detector.segments import clauses, without_lead, without_tail
from tracker.transcripts.reading.caption_marks import blank_marks
from tracker.transcripts.reading.turns import ReadTurn

#: signs that captioners and word processors write for plainer ones
SMALL = str.maketrans({"’": "'", "‘": "'", "\xa0": " ", "\n": " ", "\r": " ", "\t": " ", "“": '"', "”": '"'})
#: words of who gives the floor
CHAIRING = re.compile(
    r"\b(?:the floor|next speaker|any (?:other )?(?:comments?|questions?|interventions?)|please go ahead|thank"
    r" you,? \w+\.|over to you)\b"
)
ROLE = re.compile(r"\b(?:chair|chairman|chairwoman|chairperson|moderator|secretariat)\b", re.IGNORECASE)
#: characters of a turn in which somebody gives the floor
HEARD = 400


@dataclass(frozen=True)
class SentenceWords:
    """Words in small letters; `before` is the sentence before in the same turn; `opening` is the turn's first sentence.

    `cut` says that the words are only a part of their sentence, `goes_on` that they are not its first part, `chairing`
    that the speaker runs the meeting.
    """

    words: str
    before: str = ""
    chairing: bool = False
    opening: bool = False
    cut: bool = False
    goes_on: bool = False


@dataclass(frozen=True)
class SentencePart:
    """Characters start to end of a text, `lead` of them only leading over from what was said before; what is said."""

    start: int
    end: int
    lead: int
    said: SentenceWords


def parts(
    text: str, turns: Sequence[ReadTurn], *, minuted: bool = False
) -> Iterator[tuple[ReadTurn, list[SentencePart]]]:
    """Each turn with its parts in order."""
    chairs = _chairs(text, turns)
    for turn in turns:
        yield turn, list(_parts(text, turn, chairing=_voice(turn) in chairs, minuted=minuted))


def small(text: str, start: int, end: int) -> str:
    """The characters from start to end in small letters, marks blanked, sign for sign."""
    plain = blank_marks(text, start, end).translate(SMALL)
    lower = plain.lower()
    if len(lower) == len(plain):
        return lower
    # A few letters become two in small ("İ"): they stay as they are, or offsets would not hold.
    return "".join(_small_letter(sign) for sign in plain)


def _small_letter(sign: str) -> str:
    lower = sign.lower()
    if len(lower) == 1:
        return lower
    return sign


def _parts(text: str, turn: ReadTurn, *, chairing: bool, minuted: bool) -> Iterator[SentencePart]:
    before = ""
    opening = True
    turn_words = small(text, turn.start, turn.end)
    for sentence in pieces(text, turn.start, turn.end, minuted=minuted):
        plain = turn_words[sentence.start - turn.start : sentence.end - turn.start]
        cuts = list(clauses(text, plain, sentence.start))
        for part in cuts:
            words = plain[part.start - sentence.start : part.end - sentence.start]
            words = words[: without_tail(words)]
            is_first = part is cuts[0]
            sentence_words = SentenceWords(words, before, chairing, opening, cut=len(cuts) > 1, goes_on=not is_first)
            yield SentencePart(part.start, part.start + len(words), without_lead(words), sentence_words)
        before = plain
        opening = False


def _voice(turn: ReadTurn) -> str | None:
    return turn.speaker or turn.label


def _chairs(text: str, turns: Sequence[ReadTurn]) -> set[str | None]:
    """Those who run the meeting: by their label, or by giving the floor in most of their turns."""
    spoken: dict[str | None, list[bool]] = {}
    for turn in turns:
        gives = bool(CHAIRING.search(small(text, turn.start, min(turn.end, turn.start + HEARD))))
        spoken.setdefault(_voice(turn), []).append(gives or bool(turn.label and ROLE.search(turn.label)))
    # Two turns are too few: many a guest gives the floor back once.
    return {voice for voice, gives in spoken.items() if voice and len(gives) >= 3 and sum(gives) * 2 > len(gives)}
