"""What a picture adds up to: how many stand where, what needs attention, what has changed.

Responses and progress are counted apart. What is closed says which way, and a disputed closing is never counted among
the done. What waits for a condition is not late. Owners are counted by body, never by person.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TypeVar

from tracker.items.models import Progress, ProposerView
from tracker.items.party_models import ClosingDoubt, ResponseState
from tracker.items.status import ANSWERED, CLOSED, QUIET_AFTER, doubt, is_accepted, is_closed
from tracker.reports.snapshot import ReportedItem, ReportedMilestone, ReportStanding

Kind = TypeVar("Kind", bound=StrEnum)


class ReportView(StrEnum):
    """By what the items are put together."""

    MILESTONE = "milestone"
    THEME = "theme"
    OWNER = "owner"


class Concern(StrEnum):
    """Why an item is named before the others."""

    OVERDUE = "overdue"
    DISPUTED = "disputed"
    SLIPPED = "slipped"
    PAST = "past"
    MOVED = "moved"
    NO_LONGER_PURSUED = "no-longer-pursued"


@dataclass(frozen=True)
class ReportTally:
    """The figures of some items. `standing` adds up to `items`; the others overlap."""

    items: int
    standing: dict[ReportStanding, int]
    progress: dict[Progress, int]
    #: closed as done, by what proposers and supporters say of it; None where nobody has said anything
    done: dict[ProposerView | None, int]
    #: closed as done, but a proposer or supporter disputes that or says partly
    doubted_done: int
    #: by the one reason for which an item needs attention
    concerns: dict[Concern, int]
    #: open, and without an owner
    unowned: int
    #: open, and no news for 30 days
    quiet: int
    #: open, and no due date
    dateless: int


@dataclass(frozen=True)
class Group:
    """Items that belong together in a view; `key` is a slug, theme or name key, null for those without."""

    key: str | None
    entries: tuple[ReportedItem, ...]


def waits_for_condition(entry: ReportedItem) -> bool:
    """Tell whether it was put forward with an "if" that has not come true."""
    return bool(entry.condition) and entry.condition_met_on is None


def is_promised(entry: ReportedItem) -> bool:
    """Tell whether somebody has accepted it, so that it can be late.

    A report issued before acceptance was recorded counts as it did then: what is issued never changes.
    """
    return entry.is_accepted is not False


def doubt_of(entry: ReportedItem) -> ClosingDoubt | None:
    """Return what takes away from its closing; reports issued before "partly" did so count it as they did then."""
    closing_doubt = doubt(entry.progress, entry.proposer_view)
    if closing_doubt is ClosingDoubt.PARTLY and entry.is_accepted is None:
        return None
    return closing_doubt


def counted_as_now(entry: ReportedItem) -> ReportedItem:
    """Return an entry of an earlier report so that its figures compare with those of today."""
    if entry.is_accepted is not None:
        return entry
    return replace(entry, is_accepted=is_accepted(entry.is_owned, (answer.response for answer in entry.answers)))


def standing(entry: ReportedItem, day: date) -> ReportStanding:
    """Return where the item stands on the day; due on the day itself is in time."""
    # The order is that of bad news: whoever reads one line of the chart reads the worst first.
    if doubt_of(entry) is not None:
        return ReportStanding.DISPUTED
    if is_closed(entry.progress):
        if entry.progress is Progress.DONE:
            return ReportStanding.DONE
        return ReportStanding.NO_LONGER_PURSUED
    if waits_for_condition(entry):
        return ReportStanding.WAITING
    if entry.due_on is not None and (entry.in_time_until or entry.due_on) < day:
        if is_promised(entry):
            return ReportStanding.OVERDUE
        return ReportStanding.PAST
    if entry.progress is Progress.WAITING:
        return ReportStanding.WAITING
    return ReportStanding.OPEN


def slipped_days(entry: ReportedItem) -> int:
    """Return by how many days an open item is due later than first set; 0 if it is not."""
    if is_closed(entry.progress) or entry.due_on is None or entry.promised_on is None:
        return 0
    return max(0, (entry.due_on - entry.promised_on).days)


def has_no_news(entry: ReportedItem, day: date) -> bool:
    """Tell whether an open item has had no update for 30 days."""
    # A new item counts from its own day: it could not have had news before.
    return not is_closed(entry.progress) and day - (entry.last_news_on or entry.created_on) >= QUIET_AFTER


def standings(entries: Iterable[ReportedItem], day: date) -> dict[ReportStanding, int]:
    """Return how many of these items stand where on the day."""
    return _counted(ReportStanding, (standing(entry, day) for entry in entries))


def tally(entries: Sequence[ReportedItem], day: date) -> ReportTally:
    """Return the figures of these items on the day."""
    still_open = [entry for entry in entries if not is_closed(entry.progress)]
    done = [entry for entry in entries if entry.progress is Progress.DONE]
    return ReportTally(
        items=len(entries),
        standing=standings(entries, day),
        progress=_counted(Progress, (entry.progress for entry in entries)),
        done={view: sum(entry.proposer_view is view for entry in done) for view in (None, *ProposerView)},
        doubted_done=sum(doubt_of(entry) is not None for entry in done),
        concerns=_counted(Concern, filter(None, (concern(entry, day) for entry in entries))),
        unowned=sum(not entry.is_owned for entry in still_open),
        quiet=sum(has_no_news(entry, day) for entry in still_open),
        dateless=sum(entry.due_on is None for entry in still_open),
    )


def responses(entries: Iterable[ReportedItem]) -> dict[ResponseState, int]:
    """Return how many addressees have given each response, those of every item one by one."""
    return _counted(ResponseState, (answer.response for entry in entries for answer in entry.answers))


def unanswered(entries: Iterable[ReportedItem]) -> int:
    """Return how many items have addressees, none of which has answered."""
    return sum(
        bool(entry.answers) and not any(answer.response in ANSWERED for answer in entry.answers) for entry in entries
    )


def headline(entries: Sequence[ReportedItem], day: date) -> dict[str, int]:
    """Return the figures that reports are compared by, bad news first."""
    sums = tally(entries, day)
    return {
        "overdue": sums.standing[ReportStanding.OVERDUE],
        "slipped": sums.concerns[Concern.SLIPPED],
        "disputed": sums.standing[ReportStanding.DISPUTED],
        "past": sums.standing[ReportStanding.PAST],
        "moved": sums.concerns[Concern.MOVED],
        "unanswered": unanswered(entries),
        "unowned": sums.unowned,
        "quiet": sums.quiet,
        "waiting": sums.standing[ReportStanding.WAITING],
        "open": sums.items - sum(sums.progress[progress] for progress in CLOSED),
        "done": sums.standing[ReportStanding.DONE],
        "no-longer-pursued": sums.standing[ReportStanding.NO_LONGER_PURSUED],
        "items": sums.items,
    }


def is_declined(entry: ReportedItem) -> bool:
    """Tell whether it is open, an addressee has not taken it up, and none has taken it up even in part."""
    states = {answer.response for answer in entry.answers}
    is_taken_up = bool(states & {ResponseState.TAKEN_UP, ResponseState.TAKEN_UP_IN_PART})
    return not is_closed(entry.progress) and ResponseState.NOT_TAKEN_UP in states and not is_taken_up


def concern(entry: ReportedItem, day: date) -> Concern | None:
    """Return why the item needs attention, None if it does not: one reason, so that lists and figures add up."""
    stands = standing(entry, day)
    if stands is not ReportStanding.OPEN:
        return next((reason for reason in Concern if reason == stands.value), None)
    if slipped_days(entry) == 0:
        return None
    if is_promised(entry):
        return Concern.SLIPPED
    return Concern.MOVED


def attention(entries: Iterable[ReportedItem], day: date) -> list[ReportedItem]:
    """Return the items that need attention: the longest overdue first, then by the order of Concern."""
    order = list(Concern)
    ranked = []
    for entry in entries:
        if reason := concern(entry, day):
            ranked.append((order.index(reason), entry.due_on or date.max, entry.number, entry))
    return [entry for _, _, _, entry in sorted(ranked, key=lambda rank: rank[:3])]


def grouped(entries: Iterable[ReportedItem], view: ReportView, points: Sequence[ReportedMilestone] = ()) -> list[Group]:
    """Return the items put together: milestones in the order of the calendar, else the largest group first."""
    groups: dict[str | None, list[ReportedItem]] = {}
    for entry in entries:
        groups.setdefault(_KEY[view](entry), []).append(entry)
    calendar = {point.slug: place for place, point in enumerate(points)}

    def rank(key: str | None) -> tuple[bool, int, str]:
        size = 0 if view is ReportView.MILESTONE else -len(groups[key])
        return key is None, calendar.get(key or "", size), key or ""

    return [Group(key, tuple(groups[key])) for key in sorted(groups, key=rank)]


_KEY: dict[ReportView, Callable[[ReportedItem], str | None]] = {
    ReportView.MILESTONE: lambda entry: entry.milestone,
    ReportView.THEME: lambda entry: entry.theme,
    ReportView.OWNER: lambda entry: entry.owner if entry.is_owned else None,
}


def _counted(kinds: type[Kind], values: Iterable[Kind]) -> dict[Kind, int]:
    """Return how often each kind occurs, those that do not included."""
    counts = Counter(values)
    return {kind: counts[kind] for kind in kinds}
