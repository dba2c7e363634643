"""The parts of what is said in which a proposal could stand, each with what stands around it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tracker.detector.minutes import TextKind, beside, is_minutes, pieces, text_kind
from tracker.detector.segments import clauses, without_lead, without_tail
from tracker.transcripts.reading.caption_marks import blank_marks
from tracker.transcripts.reading.turns import ReadTurn
from tracker.transcripts.speakers.capacity import capacity_of
from tracker.transcripts.text_positions import Span

#: signs that captioners and word processors write for plainer ones
SMALL = str.maketrans({"’": "'", "‘": "'", "\xa0": " ", "\n": " ", "\r": " ", "\t": " ", "“": '"', "”": '"'})
#: sounds of those who look for a word: they would keep `we should, um, publish` from being read
FILLER = re.compile(r"\b(?:u[hm]+|erm|hmm+)\b,?")
#: words of who gives the floor
CHAIRING = re.compile(
    r"\b(?:the floor|next speaker|any (?:other )?(?:comments?|questions?|interventions?)|please go ahead|thank"
    r" you,? \w+\.|over to you)\b"
)
ROLE = re.compile(r"\b(?:chair|chairman|chairwoman|chairperson|moderator|secretariat)\b", re.IGNORECASE)
#: characters of a turn in which somebody gives the floor, at its beginning and at its end
HEARD = 400
HEARD_LAST = 300
#: characters in which speakers say for whom they speak
OPENING = 600
#: share of what is said in turns that were given the floor, from which a session has somebody who gives it
GIVEN = 0.1
RAPPORTEUR = "rapporteur"


@dataclass(frozen=True)
class TurnSetting:
    """What is known of a turn: the kind of text it stands in, which share of the speaker's turns give the floor.

    `reports` says that it reports of a session, `given` that the turn before gave the floor, `asked` that it asked.
    """

    kind: TextKind = TextKind.FORUM
    gives: float = 0.0
    reports: bool = False
    given: bool = False
    asked: bool = False


@dataclass(frozen=True)
class SentenceWords:
    """Words in small letters; `before` is the sentence before in the same turn; `opening` is the turn's first sentence.

    `cut` says that the words are only a part of their sentence, `goes_on` that they are not its first part, `chairing`
    that the speaker runs the meeting. `printed` is the words as printed, `after` the part that follows; the part is
    number `place`, from 0, of `length` parts of the turn.
    """

    words: str
    before: str = ""
    chairing: bool = False
    opening: bool = False
    cut: bool = False
    goes_on: bool = False
    printed: str = ""
    after: str = ""
    place: int = 0
    length: int = 1
    setting: TurnSetting = TurnSetting()


@dataclass(frozen=True)
class SentencePart:
    """Characters start to end of a text, `lead` of them only leading over from what was said before; what is said."""

    start: int
    end: int
    lead: int
    said: SentenceWords


def parts(
    text: str, turns: Sequence[ReadTurn], *, minuted: bool = False, kind: TextKind = TextKind.FORUM
) -> Iterator[tuple[ReadTurn, list[SentencePart]]]:
    """Each turn with its parts in order; `minuted` says that lines are utterances."""
    giving = _giving(text, turns)
    end_before = ""
    for turn in turns:
        turn_words = small(text, turn.start, turn.end)
        share, chairing = giving[_voice(turn)]
        reports = capacity_of(text, turn.start, min(turn.end, turn.start + OPENING)).capacity == RAPPORTEUR
        given = bool(CHAIRING.search(end_before))
        setting = TurnSetting(kind, share, reports, given, asked=end_before.endswith("?"))
        cut = list(_parts(text, turn, turn_words, chairing=chairing, minuted=minuted))
        yield turn, [_in_turn(text, cut, place, setting) for place in range(len(cut))]
        end_before = turn_words[-HEARD_LAST:].rstrip()


@dataclass(frozen=True)
class TextParts:
    """A text of some kind, cut into parts: each turn with its own, in minutes what stands beside the turns too."""

    kind: TextKind
    turns: list[tuple[ReadTurn, list[SentencePart]]]

    @classmethod
    def of(cls, text: str, turns: Sequence[ReadTurn]) -> "TextParts":
        """Cut a text."""
        minuted = is_minutes(text, turns)
        kind = text_kind(text, minuted=minuted)
        speeches = turns
        if minuted:
            speeches = (*turns, *beside(turns, len(text)))
        return cls(kind, list(parts(text, speeches, minuted=minuted, kind=kind)))


def floor_is_given(text: str, turns: Sequence[Span]) -> bool:
    """Whether the floor is given in a session, as in a forum; in calls and records it is for some 3 % at most."""
    given = 0
    for before, turn in pairwise(turns):
        if CHAIRING.search(small(text, max(before.start, before.end - HEARD_LAST), before.end)):
            given += turn.end - turn.start
    return given >= GIVEN * max(1, sum(turn.end - turn.start for turn in turns))


def _in_turn(text: str, cut: Sequence[SentencePart], place: int, setting: TurnSetting) -> SentencePart:
    part = cut[place]
    after = ""
    if place + 1 < len(cut):
        after = cut[place + 1].said.words
    printed = text[part.start : part.end]
    said = replace(part.said, printed=printed, after=after, place=place, length=len(cut), setting=setting)
    return replace(part, said=said)


def small(text: str, start: int, end: int) -> str:
    """The characters from start to end in small letters, marks and fillers blanked, sign for sign."""
    plain = blank_marks(text, start, end).translate(SMALL)
    lower = plain.lower()
    if len(lower) == len(plain):
        return FILLER.sub(lambda hit: " " * len(hit[0]), lower)
    # A few letters become two in small ("İ"): they stay as they are, or offsets would not hold.
    return "".join(_small_letter(sign) for sign in plain)


def _small_letter(sign: str) -> str:
    lower = sign.lower()
    if len(lower) == 1:
        return lower
    return sign


def _parts(text: str, turn: ReadTurn, turn_words: str, *, chairing: bool, minuted: bool) -> Iterator[SentencePart]:
    before = ""
    opening = True
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


def _giving(text: str, turns: Sequence[ReadTurn]) -> dict[str | None, tuple[float, bool]]:
    """For each voice the share of its turns that give the floor, and whether it runs the meeting.

    Those run it who do so by their label, or give the floor in most of their turns.
    """
    spoken: dict[str | None, list[bool]] = {}
    for turn in turns:
        gives = bool(CHAIRING.search(small(text, turn.start, min(turn.end, turn.start + HEARD))))
        is_role = bool(turn.label and ROLE.search(turn.label))
        spoken.setdefault(_voice(turn), []).append(gives or is_role)
    return {voice: _share(voice, gives) for voice, gives in spoken.items()}


def _share(voice: str | None, gives: Sequence[bool]) -> tuple[float, bool]:
    if not voice:
        return 0.0, False
    share = sum(gives) / len(gives)
    # Two turns are too few: many a guest gives the floor back once.
    return share, len(gives) >= 3 and share > 0.5
