"""What a digest consists of: plain values, which mail and page turn into sentences and the database keeps as sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter

from tracker.digests.body_parts import (
    MilestoneAhead,
    MilestoneNews,
    MovedMilestone,
    NewlyPutForward,
    Register,
    SecretariatDesk,
)
from tracker.items.models import Progress, WaitingKind
from tracker.items.party_models import ClosingDoubt


class SectionKind(StrEnum):
    """Why an item is in the digest, in the order of the mail."""

    OVERDUE = "overdue"
    DUE = "due"
    REQUESTED = "requested"
    #: what a body's first person has not answered, told to the second
    UNANSWERED = "unanswered"
    WAITING = "waiting"
    CHANGED = "changed"


class DutyStage(StrEnum):
    """How pressing something owed is; it is told again when this changes, else monthly."""

    LATE = "late"
    #: due within 14 days
    SOON = "soon"
    #: due before the next milestone
    AHEAD = "ahead"
    REQUESTED = "requested"
    UNANSWERED = "unanswered"
    WAITING = "waiting"


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
class RequestQuote:
    """The passage in which the item was put forward, as far as the reader may read it."""

    words: str
    speaker: str | None
    meeting: str | None
    day: date | None


@dataclass(frozen=True)
class Request:
    """A request to own an item: who asks and why, and where the item comes from."""

    requested_by: str | None
    message: str | None
    quote: RequestQuote | None = None
    #: stands for the request in answers
    ownership_id: int | None = None


@dataclass(frozen=True)
class LastNote:
    """The last note on an item that the reader may read, cut."""

    day: date
    author: str | None
    text: str


@dataclass(frozen=True)
class Unanswered:
    """What a body's first person has not answered, so that the second one is told."""

    #: the first person
    name: str | None
    #: number of digests that told them
    digests: int
    #: the ownership or the request to own
    ownership_id: int
    #: a request to own, else an overdue item
    is_request: bool


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
    #: the reader owns it, or answers for its owner, and it is open
    is_owed: bool = False
    #: on what the reader owes
    last_note: LastNote | None = None
    unanswered: Unanswered | None = None
    #: it is called done, and the reader may say as a proposer or supporter whether that is so
    asks_view: bool = False
    #: an earlier digest told it as it stands; it is listed because this mail goes out anyway
    is_reminder: bool = False
    #: the reader may open its page
    has_page: bool = True

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
    """The items of one kind in one register; `lines` may be fewer than `total`."""

    kind: SectionKind
    lines: tuple[DigestItem, ...]
    total: int
    #: the last day of "due before", and its milestone, unless the fourteen days reach further
    until: date | None = None
    milestone: str | None = None
    #: of a section that lists none of its items, for want of room
    register: Register | None = None

    @property
    def body(self) -> Register:
        """Return the register that all its items belong to."""
        return self.register or self.lines[0].register

    @property
    def more(self) -> int:
        """Return how many items are not listed."""
        return self.total - len(self.lines)

    @property
    def more_path(self) -> str:
        """Return the address of the page that lists all of them, within the installation."""
        return f"{self.body.path}/?all={self.kind}#section-{self.kind}"


@dataclass(frozen=True)
class BodyPart:
    """All that a digest says of one register, in the order of the mail."""

    register: Register
    sections: tuple[DigestSection, ...]
    moved: tuple[MovedMilestone, ...]
    turned: tuple[MilestoneNews, ...]
    created: NewlyPutForward | None
    ahead: tuple[MilestoneAhead, ...]
    desk: SecretariatDesk | None
    #: its calendar says more than there is room for
    dates_are_cut: bool


@dataclass(frozen=True)
class DigestContent:
    """All that one digest says. `since` is set where it covers more than the usual time."""

    reader: str
    day: date
    #: those of one register stand together
    sections: tuple[DigestSection, ...] = ()
    moved: tuple[MovedMilestone, ...] = ()
    since: date | None = None
    turned: tuple[MilestoneNews, ...] = ()
    created: tuple[NewlyPutForward, ...] = ()
    ahead: tuple[MilestoneAhead, ...] = ()
    desks: tuple[SecretariatDesk, ...] = ()
    #: each item that is owed, by its id: also those that are not listed
    stages: Mapping[int, DutyStage] = field(default_factory=dict)
    #: there was no room for all that happened in the calendars
    dates_are_cut: bool = False

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to say: milestones ahead alone are no reason for a mail."""
        return not (self.sections or self.moved or self.turned or self.created or self.desks)

    @property
    def registers(self) -> list[Register]:
        """Return the bodies it speaks of, the installation's own first."""
        registers = {section.body for section in self.sections}
        parts = (self.moved, self.turned, self.created, self.ahead, self.desks)
        registers |= {part.register for of_kind in parts for part in of_kind}
        return sorted(registers, key=lambda register: (register.place, register.name))

    @property
    def bodies(self) -> list[BodyPart]:
        """Return what it says of each body, in the order of `registers`."""
        return [self._of(register) for register in self.registers]

    def _of(self, register: Register) -> BodyPart:
        return BodyPart(
            register,
            tuple(section for section in self.sections if section.body == register),
            tuple(move for move in self.moved if move.register == register),
            tuple(news for news in self.turned if news.register == register),
            next((created for created in self.created if created.register == register), None),
            tuple(milestone for milestone in self.ahead if milestone.register == register),
            next((desk for desk in self.desks if desk.register == register), None),
            self.dates_are_cut,
        )

    def of_kind(self, kind: SectionKind) -> list[DigestSection]:
        """Return the sections of that kind: at most one of each register."""
        return [section for section in self.sections if section.kind == kind]

    def section(self, kind: SectionKind) -> DigestSection | None:
        """Return the first section of that kind."""
        return next(iter(self.of_kind(kind)), None)


_ADAPTER = TypeAdapter(DigestContent)


def as_plain(content: DigestContent) -> dict[str, Any]:
    """Return the content as the database keeps it."""
    stored: dict[str, Any] = _ADAPTER.dump_python(content, mode="json")
    return stored


def from_plain(kept: Mapping[str, Any]) -> DigestContent:
    """Return kept content; the inverse of as_plain. It reads what earlier editions kept, too."""
    return _ADAPTER.validate_python(kept)
