"""Whom a register knows by the labels of a new transcript: what is sure is tied, what is only likely is proposed."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from tracker.transcripts.speakers.printed_names import TITLES, folded, parse, words_of


class HeardTurn(Protocol):
    """A turn, as far as it is needed here."""

    @property
    def seq(self) -> int:
        """Its number."""

    @property
    def label(self) -> str | None:
        """The label as printed."""

    @property
    def speaker(self) -> str | None:
        """The best full name that the text gives."""


@dataclass(frozen=True)
class KnownSpeakers:
    """People by the number of their turns, and labels that may be somebody known."""

    people: Mapping[int, int]
    likely: Sequence[tuple[str, int]]


def match_register(turns: Sequence[HeardTurn], labels: Mapping[str, int]) -> KnownSpeakers:
    """Tie turns to people by their labels; `labels` tells whose each folded label of the register is.

    Sure is a label that the register has, a full name that it has, and any other label of a voice that such a one
    belongs to. A likeness is no more than likely, and so is whatever somebody under a role or no label is called.
    """
    sure = {turn.label: person for turn in turns if turn.label and (person := _sure(turn.label, labels))}
    voices: dict[str, set[int]] = defaultdict(set)
    for turn in turns:
        if turn.label in sure and turn.speaker and " " in turn.speaker:
            voices[turn.speaker].add(sure[turn.label])
    people: dict[int, int] = {}
    likely: dict[tuple[str, int], None] = {}
    for turn in turns:
        of_voice = voices.get(turn.speaker or "", set())
        person = sure.get(turn.label or "")
        # Another label of a voice that is known; where the voice has two people, neither is believed.
        if person is None and turn.label and is_a_name(turn.label) and len(of_voice) == 1:
            person = min(of_voice)
        if person is not None:
            people[turn.seq] = person
        elif not turn.label or not is_a_name(turn.label):
            continue
        elif other := labels.get(folded(turn.speaker or "")):
            likely[turn.label, other] = None
    return KnownSpeakers(people, list(likely))


def _sure(label: str, labels: Mapping[str, int]) -> int | None:
    if folded(label) in labels:
        return labels[folded(label)]
    name = parse(label)
    if name.given and not name.initial:
        return labels.get(_bare(label))
    return None


def _bare(label: str) -> str:
    return " ".join(word for word in map(folded, words_of(label)) if word not in TITLES)


def is_a_name(label: str) -> bool:
    """Tell whether a label names somebody; CHAIR and NEW SPEAKER may be another in the next transcript."""
    return not parse(label).role
