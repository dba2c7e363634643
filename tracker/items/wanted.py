"""What a reader of a list wants to see, and in what order: plain values that an address can hold."""

from dataclasses import dataclass
from enum import StrEnum

from tracker.items.models import ItemKind, Progress, ResponseState


class Order(StrEnum):
    """By what a list is sorted."""

    NUMBER = "number"
    DUE = "due"
    PROGRESS = "progress"
    TITLE = "title"
    CHANGED = "changed"


@dataclass(frozen=True)
class Wanted:
    """Which items of a register; what is left empty does not matter. Parties and milestones by their slugs."""

    #: words that must all be in the title, the text or the number
    text: str = ""
    owner: str | None = None
    asked: str | None = None
    put_forward_by: str | None = None
    theme: str | None = None
    milestone: str | None = None
    kind: ItemKind | None = None
    response: ResponseState | None = None
    progress: frozenset[Progress] = frozenset()
    is_overdue: bool = False
    is_unowned: bool = False
    #: the person who owns, answers for the owner, or helps
    mine_of: int | None = None
    #: the person who follows
    followed_by: int | None = None
