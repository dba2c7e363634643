"""What a digest consists of: plain values, which mail and page turn into sentences and the database keeps as sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter

from tracker.items.models import Progress, WaitingKind
from tracker.items.party_models import ClosingDoubt


class SectionKind(StrEnum):
    """Why an item is in the digest, the most pressing first."""

    REQUESTED = "requested"
    OVERDUE = "overdue"
    WAITING = "waiting"
    DUE = "due"
    CHANGED = "changed"


class What(StrEnum):
    """What happened to an item."""

    NEW = "new"
    PROGRESS = "progress"
    NOTE = "note"
    RESPONSE = "response"
    TAKEN = "taken"
    DECLINED = "declined"
    PASSED_ON = "passed-on"
    LET_GO = "let-go"
    DUE = "due"
    CONDITION = "condition"
    PROPOSER = "proposer"
    WORDS = "words"


@dataclass(frozen=True)
class DigestChange:
    """One thing that happened: values that a template says in words."""

    what: What
    who: str | None = None
    before: str | None = None
    after: str | None = None
    day: date | None = None
    note: str | None = None


@dataclass(frozen=True)
class Register:
    """The body whose item it is; `path` is what its pages begin with."""

    name: str
    slug: str
    path: str


@dataclass(frozen=True)
class Request:
    """A request to the reader to own an item."""

    requested_by: str | None
    message: str | None


@dataclass(frozen=True)
class DigestItem:
    """One item as the mail shows it."""

    item_id: int
    number: int
    title: str
    register: Register
    progress: Progress
    put_forward_by: str | None
    reported_by: str | None = None
    #: somebody reported it, also where nobody knows yet who
    is_reported: bool = False
    due: date | None = None
    #: from the register's day to the due day; negative once it has passed
    days: int | None = None
    is_tentative: bool = False
    #: the day first set, where it is another now
    promised_on: date | None = None
    #: an owner or an addressee has accepted it; digests kept from before this was recorded spoke of promises
    is_promised: bool = True
    owner: str | None = None
    request: Request | None = None
    #: sent to a party that the reader answers for, and no response yet
    is_sent_to_reader: bool = False
    #: what it waits for, in the words of whoever said so
    waits_for: str | None = None
    #: what kind of thing it waits for, unless that is a party, which finds it in its own digest
    waiting_kind: WaitingKind | None = None
    #: closed, and a proposer or supporter disputes that, or says it is only partly so
    is_disputed: bool = False
    is_partly: bool = False
    changes: tuple[DigestChange, ...] = ()

    @property
    def doubt(self) -> ClosingDoubt | None:
        """Return what takes away from its closing."""
        if self.is_disputed:
            return ClosingDoubt.DISPUTED
        if self.is_partly:
            return ClosingDoubt.PARTLY
        return None

    @property
    def path(self) -> str:
        """Return the address of the item's page within the installation."""
        return f"{self.register.path}/items/{self.number}"


@dataclass(frozen=True)
class DigestSection:
    """The items of one kind; `lines` may be fewer than `total`."""

    kind: SectionKind
    lines: tuple[DigestItem, ...]
    total: int
    #: the last day of "due before", and its milestone if all items of the section have the same
    until: date | None = None
    milestone: str | None = None


@dataclass(frozen=True)
class MovedMilestone:
    """A milestone that has other days now, and the reader's items that move with it."""

    title: str
    register: Register
    before: date
    after: date
    is_tentative: bool = False
    items: tuple[int, ...] = ()


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
class DigestContent:
    """All that one digest says. `since` is set where it covers more than the usual week."""

    reader: str
    day: date
    sections: tuple[DigestSection, ...] = ()
    moved: tuple[MovedMilestone, ...] = ()
    since: date | None = None
    turned: tuple[MilestoneNews, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to say."""
        return not (self.sections or self.moved or self.turned)

    @property
    def registers(self) -> list[Register]:
        """Return the bodies it speaks of."""
        registers = {line.register for section in self.sections for line in section.lines}
        registers |= {move.register for move in self.moved}
        registers |= {turned.register for turned in self.turned}
        return sorted(registers, key=lambda register: register.name)

    def section(self, kind: SectionKind) -> DigestSection | None:
        """Return the section of that kind."""
        return next((section for section in self.sections if section.kind == kind), None)


_ADAPTER = TypeAdapter(DigestContent)


def as_plain(content: DigestContent) -> dict[str, Any]:
    """Return the content as the database keeps it."""
    stored: dict[str, Any] = _ADAPTER.dump_python(content, mode="json")
    return stored


def from_plain(kept: Mapping[str, Any]) -> DigestContent:
    """Return kept content; the inverse of as_plain."""
    return _ADAPTER.validate_python(kept)
