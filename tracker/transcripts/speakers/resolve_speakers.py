"""Who is behind each label: variants of one person fold into one, two people never do in silence.

Labels are taken from the surest to the vaguest: full names, initials, bare surnames. One that fits two people joins
neither and is reported as a doubt, for the secretariat to settle.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tracker.transcripts.speakers.name_evidence import NameEvidence, SearchableText, evidence
from tracker.transcripts.speakers.name_legends import Legend, legend
from tracker.transcripts.speakers.name_pool import Pool
from tracker.transcripts.speakers.printed_names import (
    ROLES,
    TITLES,
    Name,
    folded,
    given_alike,
    parse,
    printed,
    same_sex,
    sound,
    surnames_alike,
    words_of,
)
from tracker.transcripts.speakers.self_introductions import SpokenIntroduction, introduction
from tracker.transcripts.speakers.unnamed_labels import behind, is_nobodys

MAX_LABELS = 2_000  # more than a real meeting has; beyond that each label stands for itself


@dataclass(frozen=True)
class SpeakerSpeech:
    """A stretch of speech under a label as printed, or under none; `said_at` in seconds of the recording."""

    label: str | None
    start: int
    end: int
    said_at: int | None = None


@dataclass(frozen=True)
class Doubt:
    """Two labels that may be one person's."""

    label: str
    other: str


@dataclass(frozen=True)
class Resolution:
    """The best name for each speech, in order, and what a person should look at."""

    names: tuple[str | None, ...]
    doubts: tuple[Doubt, ...]


@dataclass
class HeardLabel:
    """One label, taken apart, with how often it was printed and what the text tells of it."""

    label: str
    name: Name
    times: int
    known: NameEvidence

    def givens(self) -> list[str]:
        """Every given name that the label or the text gives to this person, folded."""
        own = [self.name.given] if self.name.given else []
        return own + ([folded(self.known.given)] if self.known.given else [])

    def rank(self) -> int:
        """0 for a full name, 1 for one known from the text, 2 for an initial, 3 for a bare surname."""
        if self.name.given and not self.name.initial:
            return 0
        if self.known.given:
            return 1
        if self.name.given:
            return 2
        return 3


@dataclass
class SpeakerVoice:
    """A person as heard in one transcript, under one label or several."""

    heard: list[HeardLabel] = field(default_factory=list)


def resolve(text: str, speeches: Sequence[SpeakerSpeech], people: Mapping[str, str] | None = None) -> Resolution:
    """Name the speaker of every speech; `people` gives names already known, by label or name as printed."""
    known = {folded(label): name for label, name in (people or {}).items()}
    told = legend(text)
    said = _introduced(text, speeches)
    voices, doubts = _voices(_heard(text, speeches))
    names = {one.label: known.get(folded(one.label)) or _best(voice, known) for voice in voices for one in voice.heard}
    pool = Pool([*names.values(), *known.values(), *told.present, *(one.name for one in said.values())])
    names = {label: known.get(folded(label)) or _completed(label, name, pool, told) for label, name in names.items()}
    hidden = behind(text, speeches, names, said, pool, told)
    spoken = (
        known.get(folded(speech.label or "")) or names.get(speech.label or "") or hidden.names.get(place)
        for place, speech in enumerate(speeches)
    )
    return Resolution(tuple(spoken), (*doubts, *(Doubt(label, other) for label, other in hidden.doubts)))


def _introduced(text: str, speeches: Sequence[SpeakerSpeech]) -> dict[int, SpokenIntroduction]:
    """The self-introductions, by the place of their speech."""
    said = ((place, introduction(text, speech.start, speech.end)) for place, speech in enumerate(speeches))
    return {place: one for place, one in said if one}


def _completed(label: str, name: str, pool: Pool, told: Legend) -> str:
    """Initials by the legend, and a given name alone by the one known person who bears it."""
    if folded(label) in told.keys:
        return told.keys[folded(label)]
    if " " in name:
        return name
    return pool.full(name) or name


def _heard(text: str, speeches: Sequence[SpeakerSpeech]) -> list[HeardLabel]:
    times = Counter(speech.label for speech in speeches if speech.label)
    spans: dict[str, list[tuple[int, int]]] = {}
    for speech in speeches:
        if speech.label:
            spans.setdefault(speech.label, []).append((speech.start, speech.end))
    parsed = {label: parse(label) for label in times}
    source = SearchableText.of(text)
    return [
        HeardLabel(label, name, times[label], evidence(source, name, spans[label]))
        for label, name in parsed.items()
        if not is_nobodys(label)
    ]


def _voices(heard: Sequence[HeardLabel]) -> tuple[list[SpeakerVoice], list[Doubt]]:
    voices: list[SpeakerVoice] = []
    doubts: list[Doubt] = []
    for one in sorted(heard, key=lambda one: (one.rank(), -one.times)):
        fits = [(voice, _fit(one, voice)) for voice in voices] if len(heard) <= MAX_LABELS else []
        same = [voice for voice, sure in fits if sure]
        maybe = [voice for voice, sure in fits if sure is not None]
        if len(same) == 1:
            same[0].heard.append(one)
            continue
        doubts += [Doubt(one.label, voice.heard[0].label) for voice in maybe]
        voices.append(SpeakerVoice([one]))
    return voices, doubts


def _fit(one: HeardLabel, voice: SpeakerVoice) -> bool | None:
    """True for the same person, False for perhaps, None for another."""
    bonds = [_bond(one, other) for other in voice.heard]
    if any(bond is None for bond in bonds):
        return None
    return any(bonds)


def _bond(one: HeardLabel, other: HeardLabel) -> bool | None:
    if not same_sex(one.name, other.name) or not one.name.surname or not other.name.surname:
        return None
    if not surnames_alike(one.name.surname, other.name.surname):
        return None
    exact = sound(one.name.surname) == sound(other.name.surname)
    mine = one.givens()
    theirs = other.givens()
    if not mine or not theirs:
        return exact
    if not any(given_alike(a, b) for a in mine for b in theirs):
        return None
    # An initial is too little to believe that two differently spelt surnames are one.
    return exact or any(len(a) > 1 and len(b) > 1 and given_alike(a, b) for a in mine for b in theirs)


def _best(voice: SpeakerVoice, known: Mapping[str, str]) -> str:
    """The fullest name in the spelling printed most."""
    chosen = max(voice.heard, key=lambda one: (one.rank() == 0, one.times))
    spelling = max(voice.heard, key=lambda one: one.times)
    if chosen.rank() == 0:
        name = printed(" ".join(word for word in words_of(chosen.label) if folded(word) not in TITLES | ROLES))
    else:
        told = next((one for one in (spelling, *voice.heard) if one.known.full), None)
        name = told.known.full if told and told.known.full else _surname(spelling)
    return known.get(folded(name)) or _known_alike(voice, known) or name


def _known_alike(voice: SpeakerVoice, known: Mapping[str, str]) -> str | None:
    """The one known person whose name fits every label of the voice; None where two would."""
    fits = {full for full in known.values() if all(_is(parse(full), one) for one in voice.heard)}
    if len(fits) == 1:
        return fits.pop()
    return None


def _is(person: Name, one: HeardLabel) -> bool:
    """Whether a label is surely this person's: a bare surname must be the same, beside a given name a likeness does."""
    if not person.surname or not one.name.surname or not surnames_alike(person.surname, one.name.surname):
        return False
    if not one.givens() or not person.given:
        return sound(person.surname) == sound(one.name.surname)
    return any(given_alike(person.given, given) for given in one.givens())


def _surname(one: HeardLabel) -> str:
    words = [word for word in words_of(one.label) if folded(word) not in TITLES | ROLES]
    return printed(" ".join(words))
