"""What waits for a party, for funding, for a decision or an event: the items of a report, by kind."""

from tracker.items.models import Progress, WaitingKind
from tracker.reports.paper import Cell, Column, PaperSection, Table
from tracker.reports.phrases import Telling
from tracker.reports.sections import named
from tracker.reports.snapshot import ReportedItem

#: in this order; what nobody has stated comes last
KINDS = (*WaitingKind, None)


def waiting(telling: Telling) -> tuple[PaperSection, ...]:
    """Return the items that wait, a table for each kind; no section where nothing waits."""
    waits = [entry for entry in telling.picture.entries if entry.progress is Progress.WAITING]
    by_kind = [(kind, [entry for entry in waits if entry.waiting_kind is kind]) for kind in KINDS]
    tables = tuple(_table(telling, kind, entries) for kind, entries in by_kind if entries)
    if tables:
        return (PaperSection("waiting", telling.tongue.gettext("Waiting"), tables=tables),)
    return ()


def heading(telling: Telling, kind: WaitingKind | None) -> str:
    """Return what a kind of waiting is called above a list."""
    say = telling.tongue.gettext
    return {
        WaitingKind.PARTY: say("For a party"),
        WaitingKind.FUNDING: say("For funding"),
        WaitingKind.DECISION: say("For a decision"),
        WaitingKind.EVENT: say("For an event"),
        None: say("Kind not stated"),
    }[kind]


def _table(telling: Telling, kind: WaitingKind | None, entries: list[ReportedItem]) -> Table:
    say = telling.tongue.gettext
    columns = (
        Column(say("No."), 3, is_number=True),
        Column(say("Item"), 14),
        Column(say("For what"), 10),
        Column(say("Due"), 8),
        Column(say("Owner's body"), 8),
    )
    return Table(heading(telling, kind), columns, tuple(_row(telling, entry) for entry in entries))


def _row(telling: Telling, entry: ReportedItem) -> tuple[Cell, ...]:
    name = telling.awaited(entry)
    words = entry.progress_reason or ""
    what = Cell(name, note=words) if name else Cell(words or "–")
    return *named(telling, entry), what, telling.due(entry), Cell(telling.owner(entry))
