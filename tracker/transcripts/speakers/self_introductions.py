"""Who speakers say they are: `my name is …`, `I am … from …`. A candidate only: captions mishear exactly these."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from tracker.text import words
from tracker.transcripts.speakers.printed_names import PARTICLES, ROLES, TITLES, common_words, folded
from tracker.transcripts.speakers.stated_affiliations import ORGANISED, find_affiliation

OPENING = re.compile(
    r"\b(?P<sure>my name is|my name's|(?<![a-z] )name is|je m'appelle|je suis|me llamo|mi nombre es)\b"
    r"|\b(?P<weak>I am|I'm|I’m|this is|here is)\b",
    re.IGNORECASE,
)
# The name first: `Karen Oak speaking`, `Karen Oak here, from …`, `Karen Oak, Tide Union, for the record`.
AFTERWARDS = re.compile(
    r"(?:^|(?<=[.!?,:]\s)|(?<=[.!?,:]\s\s))(?P<name>[^\W\d_][\w.'’-]*(?:[ \t\xa0]+[^\W\d_][\w.'’-]*){0,4})"
    r"(?:,[^.,!?\n]{2,50})?,?[ \t\xa0]+"
    r"(?:speaking\b|here(?=[,.;!?]|[ \t]+from\b|$)|for the (?:record|transcript|captioners?|scribe)\b)",
    re.IGNORECASE | re.MULTILINE,
)
# Nothing but the name, then whom they speak for: `Thank you. Karen Oak from the Tide Union`, `Karen Oak, Tide Union.`
_CAPITAL = r"[^\W\d_a-z][\w'’-]{1,30}"
_PART = r"(?:(?:de|da|do|van|der|von|del|al|el)[ \xa0]){0,2}"
BARE = re.compile(
    r"(?:(?i:thank you|thanks|hello|hi|yes|okay|ok|sure|good (?:morning|afternoon|evening|day))\b"
    r"[^.!?\n]{0,40}[.!?…][ \xa0]{1,3}){0,3}"
    rf"(?P<name>{_CAPITAL}(?:[ \xa0]{_PART}{_CAPITAL}){{1,3}})"
    r"(?:,?[ \xa0](?=(?:from|with|for|representing|on behalf of)[ \xa0])"
    rf"|,[ \xa0](?={_CAPITAL}[^.,!?\n]{{3,60}}\.))"
)
SIGN = re.compile(r"[a-zA-Z],? (?:speaking|here|for the (?:record|transcript|captioner|scribe))\b")
WORD = re.compile(r"[\s\xa0]*(?:sp[\s\xa0]+)?([^\W\d_][\w.'’-]*)([,.;:)]?)")
REACH = 400  # characters from the beginning of a speech in which people introduce themselves
OPENING_REACH = 1_200  # where they say outright what their name is: whoever opens a session comes to it late
JOBS = words(
    "director chair chairman president professor minister secretary head representative member executive ceo cto senior"
    " manager officer adviser advisor ambassador coordinator co-chair deputy vice from with of at the for and i not"
    " very here going just also in on to a an"
)
COMMON = JOBS | words(
    "am we our my this that is are was have has work would like want thank speaking here so but or by it"
    " yep yeah okay ok yes no hi hello sure right"
)
NO_NAMES = COMMON | ROLES | ORGANISED
RAW_WORDS = 3
FOLLOWED = re.compile(
    r"[\s\xa0]*(?:,|\.|;|from\b|for\b|of\b|with\b|and\b|I\b|representing\b|speaking\b|at\b|sp\b|here\b|the\b)|$"
)


@dataclass(frozen=True)
class SpokenIntroduction:
    """A name as spoken by its bearer, and where."""

    name: str
    start: int
    end: int


def introduction(text: str, start: int, end: int) -> SpokenIntroduction | None:
    """The first self-introduction near the beginning of a speech, or None."""
    reach = min(end, start + REACH)
    raw = _in_small_letters(text, start, reach)
    for opening in OPENING.finditer(text, start, min(end, start + OPENING_REACH)):
        if opening.start() >= reach and opening.lastgroup != "sure":
            continue
        words, stop = _name(text, opening.end(), end, raw and opening.lastgroup == "sure")
        if not words or not _believable(words, opening.lastgroup == "sure", text, stop):
            continue
        return SpokenIntroduction(" ".join(words), opening.start(), stop)
    bare = BARE.match(text, start, reach)
    if bare and _is_name(text, bare["name"]):
        return SpokenIntroduction(bare["name"], bare.start("name"), bare.end("name"))
    near = min(end, start + REACH // 2)
    if not SIGN.search(text, start, near):  # cheap, and seldom there: most speeches end here
        return None
    for hit in AFTERWARDS.finditer(text, start, near):
        # A full stop ends an initial, or the sentence before the name.
        begin = max(hit.start("name"), 2 + text.rfind(". ", hit.start("name") + 1, hit.end("name")))
        words, stop = _name(text, begin, hit.end("name"))
        if words and stop >= hit.end("name") - 1 and _may_begin(text, words):
            return SpokenIntroduction(" ".join(words), begin, hit.end())
    return None


def _is_name(text: str, words: str) -> bool:
    """Whether each of the words begins with a capital and is written small nowhere in the text; no role, no body."""
    common = common_words(text)
    parts = [part for part in words.split() if folded(part) not in PARTICLES]
    return all(
        part[0].isupper() and not part.isupper() and part.lower() not in common and folded(part) not in NO_NAMES
        for part in parts
    )


def _may_begin(text: str, words: Sequence[str]) -> bool:
    """Whether the first word may begin a name: no word of a sentence; alone, none that the text writes small."""
    if folded(words[0]) in NO_NAMES:
        return False
    return len(words) > 1 or words[0].lower() not in common_words(text)


def _in_small_letters(text: str, start: int, end: int) -> bool:
    """Whether captions were typed without capitals, names neither."""
    return text[start:end].islower()


def _name(text: str, start: int, end: int, raw: bool = False) -> tuple[list[str], int]:
    """Capitalised words from here on, titles left out, up to five; in raw captions up to three before a common word."""
    words: list[str] = []
    stop = start
    while len(words) < 5 and (hit := WORD.match(text, stop, end)):
        word = hit[1]
        if len(word) > 2:
            word = word.rstrip(".'’-")
        key = folded(word)
        if key in TITLES and not words:
            stop = hit.end()
            continue
        if raw and (key in COMMON or len(words) == RAW_WORDS):
            break
        if not (raw or word[0].isupper() or (key in PARTICLES and words)) or key in JOBS:
            break
        if raw:
            word = word.capitalize()
        words.append(word)
        stop = hit.end(1)
        if hit[2] or (hit[1].endswith(".") and len(word) > 1):
            break
    while words and folded(words[-1]) in PARTICLES:
        words.pop()
    return words, stop


def _believable(words: list[str], sure: bool, text: str, stop: int) -> bool:
    """`I am Brazilian` names nobody; `I am Parminder from …` and `my name is Kyle` do."""
    if sure:
        return True
    if any(folded(word) in ORGANISED or word.endswith(("'s", "’s")) for word in words) or not _may_begin(text, words):
        return False
    if len(words) == 1:
        return bool(re.match(r"[\s\xa0]*,?[\s\xa0]*(?:from|with)\b", text[stop : stop + 12]))
    return not all(word.isupper() for word in words) and (len(words) >= 2 or bool(FOLLOWED.match(text, stop)))


class IntroducingTurn(Protocol):
    """A turn, as far as it is needed here."""

    @property
    def seq(self) -> int:
        """Its number."""

    @property
    def start(self) -> int:
        """Its first character."""

    @property
    def end(self) -> int:
        """The character after its last."""


@dataclass(frozen=True)
class Introduced:
    """What the speaker of turn `turn` (its seq) says of themselves at characters start to end of the text.

    `affiliation` is as spoken, `group` the stakeholder group that its words hint at; both None where nothing tells.
    """

    turn: int
    start: int
    end: int
    name: str
    affiliation: str | None = None
    group: str | None = None


def introductions_in(text: str, turns: Iterable[IntroducingTurn]) -> list[Introduced]:
    """Return who introduces themselves in which turn, from where, and for which stakeholder group perhaps."""
    return [introduced for turn in turns for introduced in _told(text, turn)]


def _told(text: str, turn: IntroducingTurn) -> list[Introduced]:
    introduced = introduction(text, turn.start, turn.end)
    if introduced is None:
        return []
    place = find_affiliation(text, introduced.end, turn.end)
    if place is None:
        return [Introduced(turn.seq, introduced.start, introduced.end, introduced.name)]
    return [Introduced(turn.seq, introduced.start, place.end, introduced.name, place.text, place.group)]
