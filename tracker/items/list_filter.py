"""What a reader of a list wants to see, and in what order: plain values that an address can hold."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from tracker.items.models import ItemKind, Progress, ResponseState, WaitingKind
from tracker.meetings.models import Visibility


class Order(StrEnum):
    """By what a list is sorted."""

    NUMBER = "number"
    DUE = "due"
    PROGRESS = "progress"
    TITLE = "title"
    CHANGED = "changed"


class DueFilter(StrEnum):
    """How an item stands to the calendar, where it is not by a milestone that has a day."""

    OWN_DAY = "own-day"
    CONDITION = "condition"
    NO_DATE = "no-date"


class NotStated(StrEnum):
    """What to ask for where nobody has stated what an item waits for."""

    KIND = "kind-not-stated"


@dataclass(frozen=True)
class ItemFilter:
    """Which items of a register; what is left empty does not matter. Parties and milestones by their slugs."""

    #: words that must all be in the title, the text or the number
    text: str = ""
    owner: str | None = None
    addressee: str | None = None
    #: asked to act, or owning: a body as well as a person or a class
    party: str | None = None
    put_forward_by: str | None = None
    #: who supports it, also on a condition; who has a concern or objects: by what the party said itself
    supported_by: str | None = None
    concern_of: str | None = None
    #: the stakeholder group of whoever put it forward
    group: str | None = None
    theme: str | None = None
    milestone: str | None = None
    dated: DueFilter | None = None
    #: due on an earlier day than this one
    due_before: date | None = None
    kind: ItemKind | None = None
    response: ResponseState | None = None
    progress: frozenset[Progress] = frozenset()
    #: what kind of thing a waiting item waits for; waiting without a kind is one more choice
    waiting: WaitingKind | NotStated | None = None
    is_overdue: bool = False
    #: past its day, and accepted by nobody
    is_past_unpromised: bool = False
    is_unowned: bool = False
    #: closed, and a proposer or supporter disputes that or says partly
    is_disputed: bool = False
    visibility: Visibility | None = None
    #: the person who owns, answers for the owner, or helps
    mine_of: int | None = None
    #: the person who follows
    followed_by: int | None = None
    #: the person who has been asked to own it and has not answered, or might take it, for nobody has it
    open_to: int | None = None
    #: conditions of SQL on what is downstream of items, as on their updates
    further: tuple[Any, ...] = field(default=(), compare=False)
