"""The sections of a report, bad news first: each is a pure function of the picture and its wording."""

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.items.models import Progress
from tracker.items.reported_words import is_own
from tracker.items.status import OPEN
from tracker.reports.charts import Bar, Chart, ChartPart
from tracker.reports.paper import Cell, Column, PaperSection, Table
from tracker.reports.progress import (
    Concern,
    ReportStanding,
    ReportView,
    attention,
    concerns,
    grouped,
    headline,
    responses,
    standings,
    tally,
)
from tracker.reports.report_wording import ReportWording
from tracker.reports.snapshot import Previous, ReportedItem
from tracker.wording.stored_values import SHAPES


def in_short(wording: ReportWording) -> PaperSection:
    """Return the figures that reports are compared by, beside those of the previous one."""
    _ = wording.language.gettext
    picture = wording.picture
    labels = _headline_labels(wording)
    figures = headline(picture.entries, picture.as_of)
    columns = [Column(_("Figure"), 5), Column(_("Items"), 1, is_number=True)]
    if picture.previous:
        columns.append(Column(_("Since %(day)s", day=wording.language.day(picture.previous.as_of)), 2, is_number=True))
    rows = [_figure(labels[name], name, count, picture.previous) for name, count in figures.items()]
    return PaperSection("short", _("In short"), tables=(Table(_("Figures on the day"), tuple(columns), tuple(rows)),))


def _figure(label: str, name: str, count: int, previous: Previous | None) -> tuple[Cell, ...]:
    if previous is None:
        return Cell(label), Cell(str(count))
    return Cell(label), Cell(str(count)), Cell(_signed(count - previous.figures.get(name, 0)))


def _signed(difference: int) -> str:
    if difference == 0:
        return "0"
    if difference > 0:
        return f"+{difference}"
    return f"−{-difference}"


def _headline_labels(wording: ReportWording) -> dict[str, str]:
    _ = wording.language.gettext
    return {
        # Bad news first: whoever reads only the first lines has read what matters.
        "overdue": _("Overdue"),
        "slipped": _("Open, and due later than first promised"),
        "past": _("Past its date, not accepted by an owner or addressee"),
        "moved": _("Open, not accepted, and due later than first set"),
        "disputed": _("Closed, but a proposer or supporter disputes it or says partly"),
        "unanswered": _("No addressee has answered yet"),
        "unowned": _("Open, and no owner yet"),
        "quiet": _("Open, and no news for 30 days"),
        "waiting": _("Waiting for a condition, a party or a decision"),
        "open": _("All open items"),
        "done": _("Done, neither disputed nor partly"),
        "no-longer-pursued": _("No longer pursued"),
        "items": _("All items"),
    }


def needing_attention(wording: ReportWording, most: int | None = None) -> PaperSection:
    """Return the items with bad news in the order of Concern: all, or the `most` pressing."""
    _ = wording.language.gettext
    picture = wording.picture
    columns = (
        Column(_("No."), 3, is_number=True),
        Column(_("Item"), 14),
        Column(_("Why"), 7),
        Column(_("Due"), 9),
        Column(_("Owner's body"), 8),
    )
    entries = attention(picture.entries, picture.as_of)
    heading = _("Needs attention")
    if not entries:
        return PaperSection(
            "attention", heading, (_("Nothing is overdue, disputed, past its date, delayed or given up."),)
        )
    rows = tuple(_trouble(wording, entry) for entry in entries[:most])
    return PaperSection(
        "attention",
        heading,
        _left_out(wording, len(entries) - len(rows)),
        tables=(Table(_("The longest overdue first"), columns, rows),),
    )


def _left_out(wording: ReportWording, number: int) -> tuple[str, ...]:
    if number == 0:
        return ()
    text = wording.language.ngettext(
        "%(num)d more item is listed under All items.", "%(num)d more items are listed under All items.", number
    )
    return (text,)


def _trouble(wording: ReportWording, entry: ReportedItem) -> tuple[Cell, ...]:
    _ = wording.language.gettext
    words = {
        Concern.OVERDUE: _("overdue"),
        Concern.DISPUTED: _("closed, but disputed or partly"),
        Concern.SLIPPED: _("later than promised"),
        Concern.PAST: _("past its date, not accepted"),
        Concern.MOVED: _("later than first set"),
        Concern.NO_LONGER_PURSUED: _("no longer pursued"),
    }
    reasons = ", ".join(words[concern] for concern in concerns(entry, wording.picture.as_of))
    return (
        *named(wording, entry),
        Cell(reasons, note=wording.progress(entry).note),
        wording.due(entry),
        Cell(wording.owner(entry)),
    )


def named(wording: ReportWording, entry: ReportedItem) -> tuple[Cell, Cell]:
    """Return an item's number and title, both linked, with who put it forward."""
    address = wording.item_address(entry.number)
    return Cell(str(entry.number), address), Cell(entry.title, address, note=wording.put_forward(entry))


@dataclass(frozen=True)
class _Counted:
    """A group of a view: what it is called, and how many of its items stand where."""

    name: Cell
    counts: dict[ReportStanding, int]


def by(view: ReportView, wording: ReportWording, *, with_chart: bool = True) -> PaperSection:
    """Return how the items stand in each group of the view, as a chart and as a table."""
    picture = wording.picture
    _ = wording.language.gettext
    groups = [
        _Counted(wording.group_cell(view, group.key), standings(group.entries, picture.as_of))
        for group in grouped(picture.entries, view, picture.points)
    ]
    total = {standing: sum(group.counts[standing] for group in groups) for standing in ReportStanding}
    headings = {
        ReportView.MILESTONE: _("By milestone"),
        ReportView.THEME: _("By theme"),
        ReportView.OWNER: _("By owner"),
    }
    chart = None
    if with_chart and groups:
        chart = _chart(wording, headings[view], groups, total)
    text: tuple[str, ...] = ()
    if view is ReportView.OWNER:
        text = (_("Counted by body: a person counts for the body they serve in."),)
    table = _standings(view, wording, [*groups, _Counted(Cell(_("All items")), total)])
    return PaperSection(f"by-{view}", headings[view], text, chart, (table,))


def _chart(wording: ReportWording, heading: str, groups: Sequence[_Counted], total: dict[ReportStanding, int]) -> Chart:
    bars = tuple(Bar(group.name.text, tuple(group.counts.values())) for group in groups)
    parts = tuple(ChartPart(standing.value, wording.standing(standing)) for standing in ReportStanding)
    figures = ", ".join(f"{wording.standing(standing)} {count}" for standing, count in total.items() if count)
    description = wording.language.gettext("Total: %(figures)s. The table shows every number.", figures=figures)
    return Chart(heading, description, parts, bars)


def _standings(view: ReportView, wording: ReportWording, groups: Sequence[_Counted]) -> Table:
    _ = wording.language.gettext
    names = {
        ReportView.MILESTONE: _("Milestone"),
        ReportView.THEME: _("Theme"),
        ReportView.OWNER: _("Owner's body"),
    }
    columns = (
        Column(names[view], 5),
        Column(_("Items"), 2, is_number=True),
        *(Column(wording.standing(standing), 2, is_number=True) for standing in ReportStanding),
    )
    return Table(_("Where the items stand on the day"), columns, tuple(_counts(group) for group in groups))


def _counts(group: _Counted) -> tuple[Cell, ...]:
    counts = group.counts.values()
    return group.name, Cell(str(sum(counts))), *(Cell(str(count)) for count in counts)


def apart(wording: ReportWording) -> PaperSection:
    """Return progress and responses, each counted by itself, and who put the items forward."""
    _ = wording.language.gettext
    text = _("What an addressee answered and how far an item has come are two things, so they are counted separately.")
    tables = (_progress(wording), _responses(wording), _proposers(wording))
    return PaperSection("apart", _("Progress and responses"), (text,), tables=tables)


def _progress(wording: ReportWording) -> Table:
    _ = wording.language.gettext
    picture = wording.picture
    sums = tally(picture.entries, picture.as_of)
    doubted_done = sums.doubted_done
    rows = [_progress_row(wording, progress, sums.progress[progress]) for progress in Progress if progress in OPEN]
    rows += [
        _progress_row(wording, Progress.DONE, sums.progress[Progress.DONE] - doubted_done),
        (Cell(_("done, but disputed or partly"), mark=SHAPES[Progress.DONE]), Cell(str(doubted_done))),
        _progress_row(wording, Progress.NO_LONGER_PURSUED, sums.standing[ReportStanding.NO_LONGER_PURSUED]),
        (
            Cell(_("no longer pursued, but disputed or partly"), mark=SHAPES[Progress.NO_LONGER_PURSUED]),
            Cell(str(sums.standing[ReportStanding.DISPUTED] - doubted_done)),
        ),
    ]
    return Table(_("Progress, by item"), _two_columns(_("Progress"), _("Items")), tuple(rows))


def _progress_row(wording: ReportWording, progress: Progress, count: int) -> tuple[Cell, ...]:
    return Cell(wording.language.word(progress), mark=SHAPES[progress]), Cell(str(count))


def _responses(wording: ReportWording) -> Table:
    _ = wording.language.gettext
    counts = responses(wording.picture.entries)
    rows = [(Cell(wording.language.word(state)), Cell(str(count))) for state, count in counts.items()]
    unasked = sum(not entry.answers for entry in wording.picture.entries)
    rows.append((Cell(_("items without an addressee")), Cell(str(unasked))))
    columns = _two_columns(_("Response"), _("Addressees"))
    return Table(_("Responses, by addressee"), columns, tuple(rows))


def _proposers(wording: ReportWording) -> Table:
    _ = wording.language.gettext
    counts: dict[str, int] = {}
    own = [entry for entry in wording.picture.entries if is_own(entry)]
    for entry in own:
        counts[entry.group] = counts.get(entry.group, 0) + 1
    # Those whose group nobody has stated come last, however many they are.
    largest_first = sorted(counts.items(), key=lambda pair: (pair[0] == "unknown", -pair[1], pair[0]))
    rows = [(Cell(wording.language.word(group)), Cell(str(count))) for group, count in largest_first]
    if reported := len(wording.picture.entries) - len(own):
        rows.append((Cell(_("reported of others: counted for no group")), Cell(str(reported))))
    columns = _two_columns(_("Stakeholder group"), _("Items"))
    return Table(_("Stakeholder groups of proposers, as far as stated"), columns, tuple(rows))


def _two_columns(first: str, second: str) -> tuple[Column, Column]:
    return Column(first, 5), Column(second, 2, is_number=True)


def item_tables(view: ReportView, wording: ReportWording, entries: Sequence[ReportedItem]) -> tuple[Table, ...]:
    """Return all of these items, a table for each group of the view."""
    _ = wording.language.gettext
    columns = (
        Column(_("No."), 3, is_number=True),
        Column(_("Item"), 14),
        Column(_("Addressees and responses"), 10),
        Column(_("Owner's body"), 8),
        Column(_("Due"), 8),
        Column(_("Progress"), 8),
    )
    return tuple(
        Table(wording.group(view, group.key), columns, tuple(_line(wording, entry) for entry in group.entries))
        for group in grouped(entries, view, wording.picture.points)
    )


def _line(wording: ReportWording, entry: ReportedItem) -> tuple[Cell, ...]:
    return (
        *named(wording, entry),
        Cell(wording.answers(entry)),
        Cell(wording.owner(entry)),
        wording.due(entry),
        wording.progress(entry),
    )


def all_items(view: ReportView, wording: ReportWording) -> PaperSection:
    """Return every item in a line."""
    return PaperSection(
        "items", wording.language.gettext("All items"), tables=item_tables(view, wording, wording.picture.entries)
    )
