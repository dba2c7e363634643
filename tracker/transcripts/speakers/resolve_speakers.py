"""Who is behind each label: variants of one person fold into one, two people never do in silence.

Labels are taken from the surest to the vaguest: full names, initials, bare surnames. One that fits two people joins
neither and is reported as a doubt, for the secretariat to settle.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tracker.transcripts.speakers.name_evidence import (
    NameEvidence,
    SearchableText,
    called_given_names,
    complete_surname,
    find_evidence,
)
from tracker.transcripts.speakers.name_legends import Legend, read_legend
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
from tracker.transcripts.speakers.unnamed_labels import is_nobodys, name_unnamed

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
        givens = [self.name.given, self.known.given and folded(self.known.given)]
        return [given for given in givens if given]

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


def resolve_speakers(
    text: str, speeches: Sequence[SpeakerSpeech], people: Mapping[str, str] | None = None
) -> Resolution:
    """Name the speaker of every speech; `people` gives names already known, by label or name as printed."""
    known_names = {folded(label): name for label, name in (people or {}).items()}
    head_legend = read_legend(text)
    introduced = _introduced(text, speeches)
    voices, doubts = _voices(_heard(text, speeches))
    best = {label.label: _best(voice, known_names) for voice in voices for label in voice.heard}
    best |= {label: known_names[folded(label)] for label in best if folded(label) in known_names}
    own_names = [introduction.name for introduction in introduced.values()]
    pool = Pool([*best.values(), *known_names.values(), *head_legend.present, *own_names], text)
    names = {
        label: known_names.get(folded(label)) or _completed(label, name, pool, head_legend)
        for label, name in best.items()
    }
    hidden = name_unnamed(text, speeches, names, introduced, pool, head_legend)
    spoken = (
        known_names.get(folded(speech.label or "")) or names.get(speech.label or "") or hidden.names.get(place)
        for place, speech in enumerate(speeches)
    )
    return Resolution(tuple(spoken), (*doubts, *(Doubt(label, other) for label, other in hidden.doubts)))


def _introduced(text: str, speeches: Sequence[SpeakerSpeech]) -> dict[int, SpokenIntroduction]:
    """The self-introductions, by the place of their speech."""
    introductions = ((place, introduction(text, speech.start, speech.end)) for place, speech in enumerate(speeches))
    return {place: introduced for place, introduced in introductions if introduced}


def _completed(label: str, name: str, pool: Pool, head_legend: Legend) -> str:
    """Initials by the legend, and a given name alone by the one known person who bears it."""
    if folded(label) in head_legend.keys:
        return head_legend.keys[folded(label)]
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
    called = called_given_names(text, speeches, parsed)
    heard = []
    for label, name in parsed.items():
        if is_nobodys(label):
            continue
        evidence = find_evidence(source, name, spans[label])
        if not evidence.given and not evidence.full and label in called:
            evidence = complete_surname(source, name, called[label])
        heard.append(HeardLabel(label, name, times[label], evidence))
    return heard


def _voices(heard: Sequence[HeardLabel]) -> tuple[list[SpeakerVoice], list[Doubt]]:
    voices: list[SpeakerVoice] = []
    doubts: list[Doubt] = []
    is_comparable = len(heard) <= MAX_LABELS
    for label in sorted(heard, key=lambda label: (label.rank(), -label.times)):
        fits = [(voice, _fit(label, voice)) for voice in voices if is_comparable]
        same = [voice for voice, sure in fits if sure]
        maybe = [voice for voice, sure in fits if sure is not None]
        if len(same) == 1:
            same[0].heard.append(label)
            continue
        doubts += [Doubt(label.label, voice.heard[0].label) for voice in maybe]
        voices.append(SpeakerVoice([label]))
    return voices, doubts


def _fit(label: HeardLabel, voice: SpeakerVoice) -> bool | None:
    """True for the same person, False for perhaps, None for another."""
    bonds = [_bond(label, other) for other in voice.heard]
    if any(bond is None for bond in bonds):
        return None
    return any(bonds)


def _bond(label: HeardLabel, other: HeardLabel) -> bool | None:
    if not same_sex(label.name, other.name) or not label.name.surname or not other.name.surname:
        return None
    if not surnames_alike(label.name.surname, other.name.surname):
        return None
    # Names heard alike count as spelt alike: captions write a name as it sounds.
    exact = sound(label.name.surname) == sound(other.name.surname)
    mine = label.givens()
    theirs = other.givens()
    if not mine or not theirs:
        return exact
    if not any(given_alike(a, b) for a in mine for b in theirs):
        return None
    # An initial is too little to believe that two differently spelt surnames are one.
    return exact or any(len(a) > 1 and len(b) > 1 and given_alike(a, b) for a in mine for b in theirs)


def _best(voice: SpeakerVoice, known_names: Mapping[str, str]) -> str:
    """The fullest name in the spelling printed most."""
    chosen = max(voice.heard, key=lambda label: (label.rank() == 0, label.times))
    spelling = max(voice.heard, key=lambda label: label.times)
    if chosen.rank() == 0:
        name = printed(" ".join(word for word in words_of(chosen.label) if folded(word) not in TITLES | ROLES))
    else:
        told_in_full = (label.known.full for label in (spelling, *voice.heard) if label.known.full)
        name = next(told_in_full, None) or _surname(spelling)
    return known_names.get(folded(name)) or _known_alike(voice, known_names) or name


def _known_alike(voice: SpeakerVoice, known_names: Mapping[str, str]) -> str | None:
    """The one known person whose name fits every label of the voice; None where two would."""
    fits = {full for full in known_names.values() if all(_is(parse(full), label) for label in voice.heard)}
    if len(fits) == 1:
        return fits.pop()
    return None


def _is(person: Name, label: HeardLabel) -> bool:
    """Whether a label is surely this person's: a bare surname must be the same, beside a given name a likeness does."""
    if not person.surname or not label.name.surname or not surnames_alike(person.surname, label.name.surname):
        return False
    if not label.givens() or not person.given:
        return sound(person.surname) == sound(label.name.surname)
    return any(given_alike(person.given, own_given) for own_given in label.givens())


def _surname(label: HeardLabel) -> str:
    words = [word for word in words_of(label.label) if folded(word) not in TITLES | ROLES]
    return printed(" ".join(words))
