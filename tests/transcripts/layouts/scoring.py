"""How well turns and speakers are found on pages whose gold is known."""

from collections.abc import Iterable
from dataclasses import dataclass

from tests.transcripts.layouts.render import Gold, Page
from tracker.transcripts.reading.turns import ReadTurn, hear
from tracker.transcripts.speakers.printed_names import folded

NEAR = 1  # characters by which a turn may begin elsewhere: a blank or a sign after the label
NEAR_END = 2


@dataclass(frozen=True)
class Score:
    """Turns found, meant and hit; persons who stand behind a label that is not their name, and how many are right."""

    found: int
    meant: int
    hit: int
    persons: int
    right: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.hit / (self.found + self.meant) if self.found + self.meant else 1.0


def score(pages: Iterable[Page]) -> Score:
    """Hold what is heard on the pages against their gold."""
    found = meant = hit = persons = right = 0
    for page in pages:
        turns = hear(page.text).turns
        found, meant, hit = found + len(turns), meant + len(page.gold), hit + _hits(turns, page.gold)
        hidden = [gold for gold in page.gold if gold.person and not _says(gold) and _is_told(page.text, gold)]
        named = {turn.start: turn.speaker for turn in turns}
        persons += len(hidden)
        right += sum(folded(named.get(gold.start) or "") == folded(gold.person or "") for gold in hidden)
    return Score(found, meant, hit, persons, right)


def _hits(turns: Iterable[ReadTurn], gold: Iterable[Gold]) -> int:
    ends = {one.start: one.end for one in gold}
    near = [(turn, ends.get(turn.start + shift)) for turn in turns for shift in range(-NEAR, NEAR + 1)]
    return sum(end is not None and abs(end - turn.end) <= NEAR_END for turn, end in near)


def _says(gold: Gold) -> bool:
    """Whether the label says the person's name, or one of its names."""
    return any(word in folded(gold.label or "").split() for word in folded(gold.person or "").split())


def _is_told(text: str, gold: Gold) -> bool:
    """Whether the full name stands anywhere in the text: what nobody says nobody can know."""
    return folded(gold.person or "") in folded(text)
