"""What a text tells of a bare surname or initial: how its bearers introduce themselves, how others call them."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from tracker.text import HIS_WORD, words
from tracker.transcripts.speakers.floor_giving import find_called, find_thanked
from tracker.transcripts.speakers.printed_names import (
    TITLES,
    Name,
    common_words,
    folded,
    given_alike,
    parse,
    printed,
    surnames_alike,
)
from tracker.transcripts.speakers.self_introductions import introduction

BEFORE = re.compile(r"([^\W\d_][\w'’-]+)[ \t\xa0]+$")
NO_NAMES = {HIS_WORD} | words(
    "thank thanks dear hello and but so for with the what when where who also colleague to by from of as is are was"
    " mister yes no well now then please because that this if or in on at our my your her their hi welcome"
    " sorry okay ask give call let congratulate yeah yep hey oh great right sure good great perfect"
)


class LabelledRange(Protocol):
    """A speech, as far as it is needed here."""

    @property
    def label(self) -> str | None:
        """As printed."""

    @property
    def start(self) -> int:
        """Its first character."""

    @property
    def end(self) -> int:
        """The character after its last."""


@dataclass(frozen=True)
class NameEvidence:
    """The given name and the full name in mixed case, as far as the text tells them."""

    given: str | None = None
    full: str | None = None


NOTHING = NameEvidence()


@dataclass(frozen=True)
class SearchableText:
    """A text, and the same sign by sign in small letters without accents, hyphens as blanks: offsets are equal."""

    text: str
    plain: str

    @classmethod
    def of(cls, text: str) -> "SearchableText":
        """Fold the text once for all the names that are looked for in it."""
        return cls(text, text.translate({ord(sign): _fold(sign) for sign in set(text)}))


def _fold(sign: str) -> str:
    if sign.isspace() or sign in "-‐‑":
        return " "
    plain = folded(sign)
    if len(plain) == 1:
        return plain
    return sign


def find_evidence(source: SearchableText, name: Name, spans: Sequence[tuple[int, int]]) -> NameEvidence:
    """What the speeches at `spans` and the rest of the text tell of the bearer of a label."""
    if name.role or name.surname is None or (name.given and not name.initial):
        return NOTHING
    return _said(source, name, spans) or _called(source, name) or NOTHING


def _said(source: SearchableText, name: Name, spans: Sequence[tuple[int, int]]) -> NameEvidence | None:
    """Return the first self-introduction that agrees with the label."""
    for start, end in spans:
        introduced = introduction(source.text, start, end)
        if introduced is None or name.surname is None:
            continue
        spoken = parse(introduced.name)
        spoken_given = introduced.name.split()[0]
        if spoken.given and spoken.surname and surnames_alike(spoken.surname, name.surname):
            if folded(spoken.surname) == name.surname:
                return NameEvidence(spoken_given, introduced.name)
            return NameEvidence(spoken_given, f"{spoken_given} {_cased(source, name.surname)}")
        if spoken.given and name.title is None and given_alike(spoken.given, name.surname):
            return NameEvidence(None, introduced.name)  # the label was a given name
        if spoken.given is None and spoken.surname and not surnames_alike(spoken.surname, name.surname):
            return NameEvidence(spoken_given, f"{spoken_given} {_cased(source, name.surname)}")
    return None


def _called(source: SearchableText, name: Name) -> NameEvidence | None:
    """The given name that others put before the surname; None where they give it to two people."""
    heard: Counter[tuple[str, str]] = Counter()
    for place in _places(source, name.surname or ""):
        before = BEFORE.search(source.text, max(0, place - 30), place)
        written = source.text[place : place + len(name.surname or "")]
        # A word that the text also writes small begins a sentence, or belongs to a heading: no given name.
        if before and before[1].lower() in common_words(source.text):
            continue
        if before and _is_given(before[1], name) and any(sign.isupper() for sign in written) and not written.isupper():
            heard[before[1], written] += 1
    if not heard:
        return None
    # Two given names before one surname are two people: then the label stays as it is.
    (best_given, written), _ = heard.most_common(1)[0]
    if any(not given_alike(folded(best_given), folded(other)) for other, _ in heard):
        return None
    return NameEvidence(best_given, f"{best_given} {written}")


def called_given_names(text: str, speeches: Sequence[LabelledRange], labels: Mapping[str, Name]) -> dict[str, str]:
    """The given names by which bare surnames are called before they speak and thanked afterwards, by their labels.

    Two who name them agree, and nobody names them otherwise: else the label stays as it is.
    """
    bare = {label for label, name in labels.items() if name.surname and not name.given and not name.role}
    spoken: dict[str, list[str]] = defaultdict(list)
    for place, speech in enumerate(speeches):
        if speech.label not in bare:
            continue
        if place:
            spoken[speech.label].append(find_called(text, speeches[place - 1].start, speeches[place - 1].end) or "")
        for later in speeches[place + 1 : place + 2]:
            spoken[speech.label].append(find_thanked(text, later.start, later.end) or "")
    taken = {part for name in labels.values() for part in (name.given, name.surname) if part}
    given_names = {}
    for label, names in spoken.items():
        heard = Counter(name for name in names if " " not in name and name and folded(name) not in taken | TITLES)
        if len(heard) == 1 and heard.total() > 1:
            given_names[label] = next(iter(heard))
    return given_names


def _is_given(word: str, name: Name) -> bool:
    if not word[0].isupper() or word.isupper() or folded(word) in TITLES | NO_NAMES:
        return False
    return not name.initial or folded(word).startswith(name.given or "")


def _places(source: SearchableText, surname: str) -> list[int]:
    """Where the surname stands in the text as whole words."""
    words = surname.replace("-", " ")
    places = []
    place = source.plain.find(words)
    while words and place >= 0:
        end = place + len(words)
        if not source.plain[place - 1 : place].isalnum() and not source.plain[end : end + 1].isalnum():
            places.append(place)
        place = source.plain.find(words, end)
    return places


def complete_surname(source: SearchableText, name: Name, given_name: str) -> NameEvidence:
    """The given name with the surname of a label as the text writes it."""
    return NameEvidence(given_name, f"{given_name} {_cased(source, name.surname or '')}")


def _cased(source: SearchableText, surname: str) -> str:
    """The surname as the text writes it in mixed case, else with capitals."""
    for place in _places(source, surname):
        written = source.text[place : place + len(surname)]
        if written[0].isupper() and not written.isupper():
            return written
    return printed(surname.upper())
