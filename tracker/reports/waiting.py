"""The items of a report that wait and are not late: for a party, funding, a decision, an event or a condition."""

from enum import StrEnum

from tracker.items.models import Progress
from tracker.reports.paper import Cell, Column, PaperSection, Table
from tracker.reports.progress import standing
from tracker.reports.report_wording import ReportWording
from tracker.reports.sections import ITEM_SHARE, left_out, named
from tracker.reports.snapshot import ReportedItem, ReportStanding


class Awaited(StrEnum):
    """What an item waits for, in the order of the section; what nobody has stated comes last."""

    PARTY = "party"
    FUNDING = "funding"
    DECISION = "decision"
    EVENT = "event"
    CONDITION = "condition"
    NOT_STATED = "not-stated"


def waiting(wording: ReportWording, most: int | None = None) -> tuple[PaperSection, ...]:
    """Return the items that wait, all or the first `most`, a table for each kind; no section where nothing waits."""
    day = wording.picture.as_of
    entries = [entry for entry in wording.picture.entries if standing(entry, day) is ReportStanding.WAITING]
    if not entries:
        return ()
    by_kind = [(kind, [entry for entry in entries[:most] if _awaited(entry) is kind]) for kind in Awaited]
    tables = tuple(_table(wording, kind, of_kind) for kind, of_kind in by_kind if of_kind)
    heading = wording.language.gettext("Waiting")
    texts = left_out(wording, len(entries) - len(entries[:most]))
    return (PaperSection("waiting", heading, texts, tables=tables),)


def _awaited(entry: ReportedItem) -> Awaited:
    # An item that says what it waits for stands there, though it may have a condition as well.
    if entry.progress is not Progress.WAITING:
        return Awaited.CONDITION
    return Awaited(entry.waiting_kind or Awaited.NOT_STATED)


def heading(wording: ReportWording, kind: Awaited) -> str:
    """Return what a kind of waiting is called above a list."""
    _ = wording.language.gettext
    return {
        Awaited.PARTY: _("For a party"),
        Awaited.FUNDING: _("For funding"),
        Awaited.DECISION: _("For a decision"),
        Awaited.EVENT: _("For an event"),
        Awaited.CONDITION: _("For a condition"),
        Awaited.NOT_STATED: _("Kind not stated"),
    }[kind]


def _table(wording: ReportWording, kind: Awaited, entries: list[ReportedItem]) -> Table:
    _ = wording.language.gettext
    columns = (
        Column(_("No."), 6, is_number=True),
        Column(_("Item"), ITEM_SHARE),
        Column(_("Waits for"), 17),
        Column(_("Due"), 17),
        Column(_("Owner's body"), 15),
    )
    return Table(heading(wording, kind), columns, tuple(_row(wording, entry) for entry in entries))


def _row(wording: ReportWording, entry: ReportedItem) -> tuple[Cell, ...]:
    return *named(wording, entry), _what_for(wording, entry), wording.due_cell(entry), wording.owner_cell(entry)


def _what_for(wording: ReportWording, entry: ReportedItem) -> Cell:
    if _awaited(entry) is Awaited.CONDITION:
        return Cell(entry.condition or "–")
    name = wording.awaited(entry)
    if name:
        return Cell(name, note=entry.progress_reason or "")
    return Cell(entry.progress_reason or "–")
