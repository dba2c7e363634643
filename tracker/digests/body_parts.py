"""What a digest says of a whole body: its calendar, what was newly put forward, and what waits for its secretariat."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True)
class Register:
    """The body whose item it is; `path` is what its pages begin with."""

    name: str
    slug: str
    path: str
    #: its place among the registers of the installation, whose own comes first
    place: int = 0


@dataclass(frozen=True)
class ItemMovedWithMilestone:
    """An item of the reader's that moves with a milestone, and the day on which it is due now."""

    number: int
    title: str
    due: date | None


@dataclass(frozen=True)
class MovedMilestone:
    """A milestone that has other days now, and the reader's items that move with it."""

    title: str
    register: Register
    before: date
    after: date
    is_tentative: bool = False
    items: tuple[int, ...] = ()
    #: the same items as a notice tells of them, which lists nothing else of them
    told_items: tuple[ItemMovedWithMilestone, ...] = ()
    #: why it moved, and who moved it
    reason: str | None = None
    who: str | None = None


class MeetingNews(StrEnum):
    """What else may become of meetings."""

    CANCELLED = "cancelled"
    HELD = "held"
    RENAMED = "renamed"


@dataclass(frozen=True)
class MilestoneNews:
    """Meetings that are cancelled, or reinstated, or a series that has another name now."""

    turn: MeetingNews
    title: str
    register: Register
    #: first days of the meetings; of a renamed series none
    days: tuple[date, ...] = ()
    #: what it was called
    before: str | None = None
    reason: str | None = None
    #: the reader's items that are due at them
    items: tuple[int, ...] = ()


@dataclass(frozen=True)
class CreatedItem:
    """An item that was put forward since the last digest, as far as one line shows it."""

    item_id: int
    number: int
    title: str
    put_forward_by: str | None
    reported_by: str | None
    is_reported: bool
    register: Register

    @property
    def path(self) -> str:
        """Return the address of the item's page within the installation."""
        return f"{self.register.path}/items/{self.number}"


@dataclass(frozen=True)
class NewlyPutForward:
    """How many items were put forward in a register, and the first few of them."""

    register: Register
    total: int
    first: tuple[CreatedItem, ...]

    @property
    def more(self) -> int:
        """Return how many are not listed."""
        return self.total - len(self.first)

    @property
    def more_path(self) -> str:
        """Return the address of the list that begins with the latest items."""
        return f"{self.register.path}/items?sort=-number"


@dataclass(frozen=True)
class MilestoneAhead:
    """A milestone of the next weeks."""

    title: str
    slug: str
    register: Register
    first: date
    last: date
    is_tentative: bool = False
    place: str | None = None

    @property
    def path(self) -> str:
        """Return the address of the milestone's page within the installation."""
        return f"{self.register.path}/milestones/{self.slug}"


class DeskKind(StrEnum):
    """What waits for the secretariat, in the order of its mail."""

    TRIAGE = "triage"
    NOT_ADDRESSED = "not-addressed"
    NOT_OWNED = "not-owned"
    NO_NEWS = "no-news"
    DECLINED = "declined"
    BOUNCED = "bounced"
    TERMS_END = "terms-end"
    OVERDUE = "overdue"
    #: past its date, but accepted by nobody: nobody is late
    PAST = "past"


@dataclass(frozen=True)
class DeskCount:
    """How much there is of something, with the first examples: titles of items, names of people or bodies."""

    kind: DeskKind
    count: int
    examples: tuple[str, ...] = ()
    #: address within the installation of the page that lists all
    path: str = ""
    #: of the passages to triage, those that are less clear
    doubtful: int = 0


@dataclass(frozen=True)
class SecretariatDesk:
    """What waits for the secretariat of a register; it counts as news where a figure changed."""

    register: Register
    counts: tuple[DeskCount, ...]
