"""The filter and the order of a list of items: plain values that an address can hold."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from tracker.items.models import ItemKind, Progress, WaitingKind
from tracker.items.party_models import ResponseState
from tracker.meetings.models import Visibility


class Order(StrEnum):
    """The column by which a list is sorted."""

    NUMBER = "number"
    DUE = "due"
    PROGRESS = "progress"
    TITLE = "title"
    CHANGED = "changed"


class DueFilter(StrEnum):
    """How an item is dated where it has no milestone: by its own day, by a condition, or not at all."""

    OWN_DAY = "own-day"
    CONDITION = "condition"
    NO_DATE = "no-date"


class NotStated(StrEnum):
    """The choice for waiting items of which nobody has stated what kind of thing they wait for."""

    KIND = "kind-not-stated"


@dataclass(frozen=True)
class ItemFilter:
    """Which items of a register a list shows. A field left empty filters nothing. Parties and milestones by slug."""

    #: words that must all be in the title, the text or the number
    text: str = ""
    owner: str | None = None
    addressee: str | None = None
    #: addressee or owner
    party: str | None = None
    put_forward_by: str | None = None
    #: the party of which somebody else reported it
    reported_of: str | None = None
    #: the party that supports it, also on a condition; that has a concern or objects: by its own positions
    supported_by: str | None = None
    concern_of: str | None = None
    #: the proposer's stakeholder group
    group: str | None = None
    theme: str | None = None
    milestone: str | None = None
    #: a meeting at which it was put forward, repeated or refined
    meeting: str | None = None
    dated: DueFilter | None = None
    #: due on an earlier day than this one
    due_before: date | None = None
    kind: ItemKind | None = None
    response: ResponseState | None = None
    progress: frozenset[Progress] = frozenset()
    #: what kind of thing a waiting item waits for; waiting without a kind is one more choice
    waiting: WaitingKind | NotStated | None = None
    is_overdue: bool = False
    #: past its due day, and accepted by nobody
    is_past_unpromised: bool = False
    is_unowned: bool = False
    is_unaddressed: bool = False
    #: a request to own it was declined, and it has neither an owner nor an open request
    is_declined: bool = False
    #: closed, and a proposer or supporter disputes that or says partly
    is_disputed: bool = False
    visibility: Visibility | None = None
    #: the person who owns, answers for the owner, or helps
    mine_of: int | None = None
    #: the person who follows
    followed_by: int | None = None
    #: the person who has an open request to own it, or may take it because nobody owns it
    open_to: int | None = None
    #: SQL conditions on tables that are downstream of items, as on their updates
    further: tuple[Any, ...] = field(default=(), compare=False)
