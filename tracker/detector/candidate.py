"""What the detector finds, and from which score on it counts for how much."""

from dataclasses import dataclass

#: from this score on a passage is clear: it is shown first, and printed by `flask proposals`
CLEAR = 0.5
#: from this score on a passage is kept as doubtful; below it nothing is shown
DOUBTFUL = 0.2
#: from this score on a second look changes nothing; whatever somebody wrote down as an action or a motion has it
SURE = 0.9


@dataclass(frozen=True)
class Candidate:
    """A passage that may be a proposal: characters start to end of the text, and what was read from it.

    `addressee` and `due_hint` are verbatim; `milestone` is a slug; `score` runs from 0 to 1; `refers_to` holds the
    places, from 0, of earlier candidates in the same list. `hole` says that words were not heard, `exchange` that two
    people in the room ask something of each other, `reported` that others' words are told. `result` holds the first and
    last place of the words in which the record tells how a motion ended.
    """

    start: int
    end: int
    turn: int
    label: str | None
    speaker: str | None
    kind: str
    addressee: str | None
    due_hint: str | None
    milestone: str | None
    title: str
    score: float
    refers_to: tuple[int, ...] = ()
    hole: bool = False
    exchange: bool = False
    reported: bool = False
    result: tuple[int, int] | None = None

    @property
    def is_clear(self) -> bool:
        """Tell whether it is among those that come first."""
        return self.score >= CLEAR
