"""What the speakers' desk asks: one question for each person proposed, and for names that may be one person's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tracker.transcripts.models import Introduction, SpeakerDoubt, Turn
from tracker.transcripts.queries import LabelVoice
from tracker.transcripts.speakers.desk_queries import SpeakerEvidence
from tracker.transcripts.speakers.printed_names import folded, given_alike, parse, surnames_alike


@dataclass(frozen=True)
class Side:
    """One of two names that may be one: a label with its turns, or somebody known."""

    name: str
    turns: tuple[int, ...] = ()
    words: str = ""
    person: str | None = None
    affiliation: str | None = None


@dataclass(frozen=True)
class Doubted:
    """A doubt that is open, side by side; with those that share a name with it, for these are one question."""

    doubt: SpeakerDoubt
    sides: tuple[Side, Side]
    others: tuple["Doubted", ...] = ()

    @property
    def all(self) -> tuple["Doubted", ...]:
        """Return all doubts of the question."""
        return (self, *self.others)

    @property
    def names(self) -> list[Side]:
        """Return each name of the question once."""
        return list({side.name: side for doubted in self.all for side in doubted.sides}.values())


@dataclass(frozen=True)
class SpeakerRow:
    """A voice, and who is proposed for it: a person, or a new one by the name heard (0)."""

    voice: LabelVoice
    proposed: int | None = None
    name: str | None = None
    evidence: SpeakerEvidence | None = None
    #: nothing speaks against it: see _is_sure
    is_sure: bool = False

    @property
    def value(self) -> str:
        """Return the proposal as the form sends it."""
        return f"{self.voice.turns[0]}={self.proposed}"


@dataclass(frozen=True)
class SpeakerQuestion:
    """One person proposed, for one voice or for several under other spellings, with other names heard for them."""

    rows: list[SpeakerRow]
    #: what the speakers themselves call themselves, where that is another name
    others: list[Introduction]

    @property
    def name(self) -> str:
        """Return the name in the spelling of most turns."""
        return max(self.rows, key=lambda row: len(row.voice.turns)).name or ""

    @property
    def value(self) -> str:
        """Return the proposals as the form sends them."""
        return " ".join(row.value for row in self.rows)

    @property
    def turns(self) -> tuple[int, ...]:
        """Return the numbers of all turns."""
        return tuple(sorted(seq for row in self.rows for seq in row.voice.turns))

    @property
    def is_sure(self) -> bool:
        """Tell whether nothing speaks against any of it."""
        return not self.others and all(row.is_sure for row in self.rows)


def group_doubts(doubts: Sequence[Doubted]) -> list[Doubted]:
    """Ask once about doubts that share a name."""
    groups: list[list[Doubted]] = []
    for doubted in doubts:
        names = {side.name for side in doubted.sides}
        same = [group for group in groups if names & {side.name for other in group for side in other.sides}]
        # A pair may join two questions that stood apart so far.
        groups = [group for group in groups if group not in same]
        groups.append([*(other for group in same for other in group), doubted])
    return [replace(first, others=tuple(others)) for first, *others in groups]


def ask_once(rows: Sequence[SpeakerRow], waiting: Sequence[tuple[Introduction, Turn]]) -> list[SpeakerQuestion]:
    """Ask once for one person, however many labels and spellings they have, and once for two names of one voice."""
    # In the order of the text: the first spelling leads, and others of the same person are asked with it.
    groups: list[list[SpeakerRow]] = []
    for row in rows:
        same = [group for group in groups if _is_same(group[0], row)]
        if same:
            same[0].append(row)
        else:
            groups.append([row])
    return [SpeakerQuestion(group, _other_names(group, waiting)) for group in groups]


def _is_same(row: SpeakerRow, other: SpeakerRow) -> bool:
    # Somebody known and a new name are never one without a person: that is what doubts are for.
    if row.proposed or other.proposed:
        return row.proposed == other.proposed
    name = parse(row.name or "")
    spelling = parse(other.name or "")
    surnames = surnames_alike(name.surname or "", spelling.surname or "")
    return surnames and given_alike(name.given or "", spelling.given or "")


def _other_names(rows: Sequence[SpeakerRow], waiting: Sequence[tuple[Introduction, Turn]]) -> list[Introduction]:
    turns = {seq for row in rows for seq in row.voice.turns}
    names = [row.name or "" for row in rows]
    return [heard for heard, turn in waiting if turn.seq in turns and not _is_part_of_one(heard.name, names)]


def _is_part_of_one(heard_name: str, names: Sequence[str]) -> bool:
    """Tell whether all words heard stand in one of the names: who only says a given name is no other person."""
    words = set(folded(heard_name).split())
    return any(words <= set(folded(name).split()) for name in names)


def is_sure(row: SpeakerRow, said: Mapping[int, str]) -> bool:
    """Tell whether a label prints the very name in full, or its speaker gives that name with the label's surname.

    A role is never sure: captions mishear a name that is only spoken.
    """
    if row.name is None or row.voice.is_role or not row.voice.label:
        return False
    label = parse(row.voice.label)
    name = parse(row.name)
    if label.surname != name.surname or not name.given or name.initial:
        return False
    # What a speaker says themselves and what the captioner printed are two witnesses; either alone may be misheard.
    own = {folded(said[seq]) for seq in row.voice.turns if seq in said}
    return label.given == name.given or folded(row.name) in own
