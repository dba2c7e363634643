"""What a digest says: facts sorted into what is requested of the reader, overdue, due next, and changed. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from tracker.digests.parts import (
    DigestChange,
    DigestContent,
    DigestItem,
    DigestSection,
    MilestoneNews,
    MovedMilestone,
    Register,
    Request,
    SectionKind,
)
from tracker.items.due import Due, comes_before
from tracker.items.lines import ItemLine
from tracker.items.models import Item, WaitingKind
from tracker.items.party_models import ClosingDoubt
from tracker.items.reported_words import is_own
from tracker.items.status import doubt
from tracker.mail.compose_email import one_line
from tracker.mail.markdown import plain

#: where a register has no milestone ahead
FOUR_WEEKS = timedelta(weeks=4)
#: a mail that is longer is not read; the rest is a link away
MOST_LINES = 12


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
    turned: tuple[MilestoneNews, ...] = ()


def assemble(
    facts: Facts, reader: str, day: date, since: date | None = None, most: int | None = MOST_LINES
) -> DigestContent:
    """Sort the facts into sections. An item stands in one, for its most pressing reason, with all that happened to it.

    `day` is the reader's and heads the digest; whether an item is due depends on the day of its register. A section
    has up to `most` items, or all if that is None.
    """
    # In the order of SectionKind, which is that of the mail: a dict keeps it.
    parts: dict[SectionKind, list[ItemLine]] = {kind: [] for kind in SectionKind}
    for number, line in facts.lines.items():
        kind = _kind(facts, number, line)
        if kind is not None:
            parts[kind].append(line)
    sections = tuple(_section(facts, kind, lines, most) for kind, lines in parts.items() if lines)
    return DigestContent(reader, day, sections, facts.moved, since, facts.turned)


def _kind(facts: Facts, number: int, line: ItemLine) -> SectionKind | None:
    # An item may fit several sections; it stands in the first of them, so that nobody reads of it twice.
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
    # Registers have calendars of their own: with several, no one milestone is the next.
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
    closing_doubt = doubt(item.progress, item.proposer_view)
    digest_item = DigestItem(
        item_id=number,
        number=item.number,
        title=one_line(item.title),
        register=facts.registers[item.body_id],
        progress=item.progress,
        put_forward_by=line.put_forward_by and one_line(line.put_forward_by),
        reported_by=line.reported_by and one_line(line.reported_by),
        is_reported=not is_own(item),
        # Without a due date there is no promise; `_with_due` says otherwise.
        is_promised=False,
        owner=line.owner,
        request=facts.requests.get(number),
        is_sent_to_reader=number in facts.put,
        waits_for=_reason_to_wait(facts, item),
        waiting_kind=_waiting_kind(item),
        is_disputed=closing_doubt is ClosingDoubt.DISPUTED,
        is_partly=closing_doubt is ClosingDoubt.PARTLY,
        changes=facts.changes.get(number, ()),
    )
    if line.due is None:
        return digest_item
    return _with_due(digest_item, line.due, facts.days[item.body_id])


def _reason_to_wait(facts: Facts, item: Item) -> str | None:
    # Only to whoever is waited for: to others the reason is no call to act.
    if item.progress_reason and item.id in facts.waiting:
        return one_line(plain(item.progress_reason))
    return None


def _waiting_kind(item: Item) -> WaitingKind | None:
    if item.waiting_kind is WaitingKind.PARTY:
        return None
    return item.waiting_kind


def _with_due(digest_item: DigestItem, due: Due, today: date) -> DigestItem:
    first_day = None
    if due.slipped_days:
        first_day = due.first_set_on
    return replace(
        digest_item,
        due=due.day,
        days=(due.day - today).days,
        is_tentative=due.is_tentative,
        promised_on=first_day,
        is_promised=due.is_promised,
    )
