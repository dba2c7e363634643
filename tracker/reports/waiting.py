"""The items of a report that wait, by what they wait for: a party, funding, a decision or an event."""

from tracker.items.models import Progress, WaitingKind
from tracker.reports.paper import Cell, Column, PaperSection, Table
from tracker.reports.report_wording import ReportWording
from tracker.reports.sections import named
from tracker.reports.snapshot import ReportedItem

#: in this order; what nobody has stated comes last
KINDS = (*WaitingKind, None)


def waiting(wording: ReportWording) -> tuple[PaperSection, ...]:
    """Return the items that wait, a table for each kind; no section where nothing waits."""
    waits = [entry for entry in wording.picture.entries if entry.progress is Progress.WAITING]
    by_kind = [(kind, [entry for entry in waits if entry.waiting_kind is kind]) for kind in KINDS]
    tables = tuple(_table(wording, kind, entries) for kind, entries in by_kind if entries)
    if tables:
        return (PaperSection("waiting", wording.language.gettext("Waiting"), tables=tables),)
    return ()


def heading(wording: ReportWording, kind: WaitingKind | None) -> str:
    """Return what a kind of waiting is called above a list."""
    _ = wording.language.gettext
    return {
        WaitingKind.PARTY: _("For a party"),
        WaitingKind.FUNDING: _("For funding"),
        WaitingKind.DECISION: _("For a decision"),
        WaitingKind.EVENT: _("For an event"),
        None: _("Kind not stated"),
    }[kind]


def _table(wording: ReportWording, kind: WaitingKind | None, entries: list[ReportedItem]) -> Table:
    _ = wording.language.gettext
    columns = (
        Column(_("No."), 3, is_number=True),
        Column(_("Item"), 14),
        Column(_("Waits for"), 10),
        Column(_("Due"), 8),
        Column(_("Owner's body"), 8),
    )
    return Table(heading(wording, kind), columns, tuple(_row(wording, entry) for entry in entries))


def _row(wording: ReportWording, entry: ReportedItem) -> tuple[Cell, ...]:
    name = wording.awaited(entry)
    awaited = Cell(entry.progress_reason or "–")
    if name:
        awaited = Cell(name, note=entry.progress_reason or "")
    return *named(wording, entry), awaited, wording.due(entry), Cell(wording.owner(entry))
