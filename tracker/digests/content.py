"""What a digest says: facts sorted into what is requested of the reader, overdue, due next, and changed. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter

from tracker.items.due import comes_before
from tracker.items.models import ClosingDoubt, Progress, WaitingKind
from tracker.items.queries import ItemLine
from tracker.items.status import doubt
from tracker.mail.compose_email import one_line
from tracker.mail.markdown import plain

#: where a register has no milestone ahead
FOUR_WEEKS = timedelta(weeks=4)
#: a mail that is longer is not read; the rest is a link away
MOST_LINES = 12


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
class Turned:
    """Meetings that are cancelled, or held after all, or a series that has another name now."""

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
    turned: tuple[Turned, ...] = ()

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


@dataclass(frozen=True)
class Horizon:
    """How far "what comes next" looks in one register: to its next milestone, or four weeks."""

    last: date
    milestone: str | None = None


@dataclass(frozen=True)
class Facts:
    """What is known for one reader; items by their id."""

    lines: Mapping[int, ItemLine]
    registers: Mapping[int, Register]
    #: what day it is in each register
    days: Mapping[int, date]
    horizons: Mapping[int, Horizon]
    owed: frozenset[int] = frozenset()
    waiting: frozenset[int] = frozenset()
    put: frozenset[int] = frozenset()
    requests: Mapping[int, Request] = field(default_factory=dict)
    changes: Mapping[int, tuple[DigestChange, ...]] = field(default_factory=dict)
    moved: tuple[MovedMilestone, ...] = ()
    turned: tuple[Turned, ...] = ()


def assemble(
    facts: Facts, reader: str, day: date, since: date | None = None, most: int | None = MOST_LINES
) -> DigestContent:
    """Sort the facts into sections. An item stands in one, for its most pressing reason, with all that happened to it.

    `day` is the reader's and heads the digest; whether an item is due depends on the day of its register. A section
    has up to `most` items, or all if that is None.
    """
    parts: dict[SectionKind, list[ItemLine]] = {kind: [] for kind in SectionKind}
    for number, line in facts.lines.items():
        kind = _kind(facts, number, line)
        if kind is not None:
            parts[kind].append(line)
    sections = tuple(_section(facts, kind, lines, most) for kind, lines in parts.items() if lines)
    return DigestContent(reader, day, sections, facts.moved, since, facts.turned)


def _kind(facts: Facts, number: int, line: ItemLine) -> SectionKind | None:
    if number in facts.requests:
        return SectionKind.REQUESTED
    if number in facts.owed and line.is_overdue:
        return SectionKind.OVERDUE
    if number in facts.waiting or number in facts.put:
        return SectionKind.WAITING
    if number in facts.owed and _is_due_next(facts, line):
        return SectionKind.DUE
    if facts.changes.get(number):
        return SectionKind.CHANGED
    return None


def _is_due_next(facts: Facts, line: ItemLine) -> bool:
    body_id = line.item.body_id
    return comes_before(line.item, _due_day(line), facts.days[body_id], facts.horizons[body_id].last)


def _section(facts: Facts, kind: SectionKind, lines: Iterable[ItemLine], most: int | None) -> DigestSection:
    ordered = sorted(lines, key=_order)
    items = tuple(_digest_item(facts, line) for line in ordered[:most])
    section = DigestSection(kind, items, len(ordered))
    if kind is not SectionKind.DUE:
        return section
    horizons = {facts.horizons[line.item.body_id] for line in ordered}
    milestone = None
    if len(horizons) == 1:
        milestone = next(iter(horizons)).milestone
    return replace(section, until=max(horizon.last for horizon in horizons), milestone=milestone)


def _order(line: ItemLine) -> tuple[date, int, int]:
    """Return what the items of a section are ordered by: those without a due date come last."""
    return _due_day(line) or date.max, line.item.body_id, line.item.number


def _due_day(line: ItemLine) -> date | None:
    if line.due is None:
        return None
    return line.due.day


def _digest_item(facts: Facts, line: ItemLine) -> DigestItem:
    item = line.item
    number = item.id
    due = _due_day(line)
    closing_doubt = doubt(item.progress, item.proposer_view)
    waits_for = None
    if item.progress_reason and number in facts.waiting:
        waits_for = one_line(plain(item.progress_reason))
    digest_item = DigestItem(
        item_id=number,
        number=item.number,
        title=one_line(item.title),
        register=facts.registers[item.body_id],
        progress=item.progress,
        put_forward_by=line.put_forward_by and one_line(line.put_forward_by),
        reported_by=line.reported_by and one_line(line.reported_by),
        is_promised=False,
        owner=line.owner,
        request=facts.requests.get(number),
        is_sent_to_reader=number in facts.put,
        waits_for=waits_for,
        waiting_kind=item.waiting_kind if item.waiting_kind is not WaitingKind.PARTY else None,
        is_disputed=closing_doubt is ClosingDoubt.DISPUTED,
        is_partly=closing_doubt is ClosingDoubt.PARTLY,
        changes=facts.changes.get(number, ()),
    )
    if line.due is None or due is None:
        return digest_item
    first_day = None
    if line.due.slipped_days:
        first_day = line.due.first_set_on
    return replace(
        digest_item,
        due=due,
        days=(due - facts.days[item.body_id]).days,
        is_tentative=line.due.is_tentative,
        promised_on=first_day,
        is_promised=line.due.is_promised,
    )


_ADAPTER = TypeAdapter(DigestContent)


def as_plain(content: DigestContent) -> dict[str, Any]:
    """Return the content as the database keeps it."""
    stored: dict[str, Any] = _ADAPTER.dump_python(content, mode="json")
    return stored


def from_plain(kept: Mapping[str, Any]) -> DigestContent:
    """Return kept content; the inverse of as_plain."""
    return _ADAPTER.validate_python(kept)
