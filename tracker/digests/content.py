"""What a digest says: facts sorted by register into what the reader owes, what is requested, and what changed. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from tracker.digests.body_parts import (
    CreatedItem,
    MilestoneAhead,
    MilestoneNews,
    MovedMilestone,
    NewlyPutForward,
    Register,
    SecretariatDesk,
)
from tracker.digests.parts import (
    DigestChange,
    DigestContent,
    DigestItem,
    DigestSection,
    DutyStage,
    LastNote,
    Request,
    SectionKind,
    Unanswered,
)
from tracker.items.due import Due, comes_before
from tracker.items.lines import ItemLine
from tracker.items.models import Item, WaitingKind
from tracker.items.party_models import ClosingDoubt
from tracker.items.reported_words import is_own
from tracker.items.status import doubt, is_closed
from tracker.mail.compose_email import one_line
from tracker.mail.markdown import plain

#: what is due this soon is told, wherever the next milestone is
FORTNIGHT = timedelta(days=14)
#: where a register has no milestone ahead
FOUR_WEEKS = timedelta(weeks=4)
#: a mail that is longer is not read; the rest is a link away
MOST_LINES = 12
#: of what was newly put forward
MOST_NEW = 5
#: the items of each register by why they are told
LinesByPart = dict[tuple[int, SectionKind], list[ItemLine]]
#: what the reader is to do something about, so that what was told of it is remembered
OWED = (SectionKind.OVERDUE, SectionKind.DUE, SectionKind.REQUESTED, SectionKind.UNANSWERED, SectionKind.WAITING)


@dataclass(frozen=True)
class Horizon:
    """How far "due next" looks in one register, and the milestone that it reaches to, if it is one."""

    last: date
    milestone: str | None = None


@dataclass(frozen=True)
class CreatedItems:
    """The items put forward in one register, by their ids."""

    ids: frozenset[int]
    #: those that the reader entered
    own: frozenset[int]
    #: the first few to list, the latest first
    latest: tuple[CreatedItem, ...]


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
    #: by register, of how many more changed items only the number is known: they come after all that are
    more_changed: Mapping[int, int] = field(default_factory=dict)
    moved: tuple[MovedMilestone, ...] = ()
    turned: tuple[MilestoneNews, ...] = ()
    #: what the reader hears of only as the second person of its owner
    seconded: frozenset[int] = frozenset()
    unanswered: Mapping[int, Unanswered] = field(default_factory=dict)
    last_notes: Mapping[int, LastNote] = field(default_factory=dict)
    #: closed items of which the reader may say as a proposer or supporter whether they are done
    to_judge: frozenset[int] = frozenset()
    #: the reader's own items whose page they may not open
    closed_to_reader: frozenset[int] = frozenset()
    #: what was put forward since the last digest, by register
    created: Mapping[int, CreatedItems] = field(default_factory=dict)
    ahead: tuple[MilestoneAhead, ...] = ()
    desks: tuple[SecretariatDesk, ...] = ()


def assemble(
    facts: Facts, reader: str, day: date, since: date | None = None, most: int | None = MOST_LINES
) -> DigestContent:
    """Sort the facts into sections. An item stands in one, for its most pressing reason, with all that happened to it.

    `day` is the reader's and heads the digest; whether an item is due depends on the day of its register. A section
    has up to `most` items, or all if that is None.
    """
    # By register, then in the order of SectionKind, which is that of the mail: a dict keeps it.
    parts: LinesByPart = {(body_id, kind): [] for body_id in facts.registers for kind in SectionKind}
    for number, line in facts.lines.items():
        kind = _kind(facts, number, line)
        if kind is not None:
            parts[line.item.body_id, kind].append(line)
    content = DigestContent(
        reader,
        day,
        sections=tuple(_section(facts, kind, lines, most) for (_, kind), lines in parts.items() if lines),
        moved=facts.moved,
        since=since,
        turned=facts.turned,
        created=tuple(_newly_put_forward(facts, parts)),
        desks=facts.desks,
        stages=_stages(facts, parts),
    )
    spoken_of = content.registers
    # What comes next rounds off what is said of a register; alone it is no news.
    return replace(content, ahead=tuple(milestone for milestone in facts.ahead if milestone.register in spoken_of))


def _kind(facts: Facts, number: int, line: ItemLine) -> SectionKind | None:
    # An item may fit several sections; it stands in the first of them, so that nobody reads of it twice.
    is_own = number not in facts.seconded
    if number in facts.owed and is_own and line.is_overdue:
        return SectionKind.OVERDUE
    if number in facts.requests and is_own:
        return SectionKind.REQUESTED
    if number in facts.unanswered:
        return SectionKind.UNANSWERED
    if number in facts.waiting or number in facts.put:
        return SectionKind.WAITING
    if number in facts.owed and is_own and _is_due_next(facts, line):
        return SectionKind.DUE
    if facts.changes.get(number):
        return SectionKind.CHANGED
    return None


def _is_due_next(facts: Facts, line: ItemLine) -> bool:
    body_id = line.item.body_id
    return comes_before(line.item, due_day(line), facts.days[body_id], facts.horizons[body_id].last)


def _stages(facts: Facts, parts: LinesByPart) -> dict[int, DutyStage]:
    """Return how pressing each item is that the reader is to do something about."""
    return {
        line.item.id: _stage(facts, kind, line) for (_, kind), lines in parts.items() if kind in OWED for line in lines
    }


def _stage(facts: Facts, kind: SectionKind, line: ItemLine) -> DutyStage:
    if kind is SectionKind.OVERDUE:
        return DutyStage.LATE
    if kind is not SectionKind.DUE:
        return DutyStage(kind)
    due = due_day(line)
    if due is not None and due <= facts.days[line.item.body_id] + FORTNIGHT:
        return DutyStage.SOON
    return DutyStage.AHEAD


def _newly_put_forward(facts: Facts, parts: LinesByPart) -> Iterator[NewlyPutForward]:
    listed = {line.item.id for lines in parts.values() for line in lines}
    for body_id, created in facts.created.items():
        # What is new and requested of the reader stands among the requests; what they entered themselves they know.
        others = created.ids - created.own - listed
        if others:
            first = [item for item in created.latest if item.item_id in others]
            yield NewlyPutForward(facts.registers[body_id], len(others), tuple(first[:MOST_NEW]))


def _section(facts: Facts, kind: SectionKind, lines: Iterable[ItemLine], most: int | None) -> DigestSection:
    ordered = sorted(lines, key=_order)
    items = tuple(_digest_item(facts, line) for line in ordered[:most])
    section = DigestSection(kind, items, len(ordered))
    if kind is SectionKind.CHANGED:
        return replace(section, total=len(ordered) + facts.more_changed.get(ordered[0].item.body_id, 0))
    if kind is not SectionKind.DUE:
        return section
    horizon = facts.horizons[ordered[0].item.body_id]
    return replace(section, until=horizon.last, milestone=horizon.milestone)


def _order(line: ItemLine) -> tuple[date, int]:
    """Return what the items of a section are ordered by: those without a due date come last."""
    return due_day(line) or date.max, line.item.number


def due_day(line: ItemLine) -> date | None:
    """Return the day on which an item is due; None where it has none."""
    if line.due is None:
        return None
    return line.due.day


def _digest_item(facts: Facts, line: ItemLine) -> DigestItem:
    item = line.item
    number = item.id
    closing_doubt = doubt(item.progress, item.proposer_view)
    return DigestItem(
        item_id=number,
        number=item.number,
        title=one_line(item.title),
        register=facts.registers[item.body_id],
        progress=item.progress,
        put_forward_by=line.put_forward_by and one_line(line.put_forward_by),
        reported_by=line.reported_by and one_line(line.reported_by),
        is_reported=not is_own(item),
        owner=line.owner,
        request=facts.requests.get(number),
        is_sent_to_reader=number in facts.put,
        waits_for=_reason_to_wait(facts, item),
        waiting_kind=_waiting_kind(item),
        is_disputed=closing_doubt is ClosingDoubt.DISPUTED,
        is_partly=closing_doubt is ClosingDoubt.PARTLY,
        changes=facts.changes.get(number, ()),
        is_owed=number in facts.owed and number not in facts.seconded and not is_closed(item.progress),
        last_note=facts.last_notes.get(number),
        unanswered=facts.unanswered.get(number),
        asks_view=number in facts.to_judge,
        has_page=number not in facts.closed_to_reader,
        **_due_values(line.due, facts.days[item.body_id]),
    )


def _reason_to_wait(facts: Facts, item: Item) -> str | None:
    # Only to whoever is waited for: to others the reason is no call to act.
    if item.progress_reason and item.id in facts.waiting:
        return one_line(plain(item.progress_reason))
    return None


def _waiting_kind(item: Item) -> WaitingKind | None:
    if item.waiting_kind is WaitingKind.PARTY:
        return None
    return item.waiting_kind


def _due_values(due: Due | None, today: date) -> dict[str, Any]:
    """Return what the item says of its due day; nothing where it has none."""
    if due is None:
        return {"is_promised": False}
    first_day = None
    if due.slipped_days:
        first_day = due.first_set_on
    return {
        "due": due.day,
        "days": (due.day - today).days,
        "is_tentative": due.is_tentative,
        "promised_on": first_day,
        "is_promised": due.is_promised,
    }
