"""The sections of a report, bad news first: each is a pure function of the picture and its wording."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tracker.items.models import Progress
from tracker.items.reported_words import is_own
from tracker.items.status import OPEN
from tracker.reports.charts import Bar, Chart, ChartPart
from tracker.reports.paper import Cell, Column, PaperSection, Table
from tracker.reports.progress import ReportView, grouped, headline, responses, standings, tally
from tracker.reports.report_wording import ReportWording
from tracker.reports.snapshot import Previous, ReportedItem, ReportStanding
from tracker.wording.stored_values import SHAPES

#: of a table's width, in per cent: titles are what people read
ITEM_SHARE = 45


def in_short(wording: ReportWording) -> PaperSection:
    """Return the figures that reports are compared by, beside those of the previous one; zeros share one line."""
    _ = wording.language.gettext
    picture = wording.picture
    labels = _headline_labels(wording)
    figures = headline(picture.entries, picture.as_of)
    columns = [Column(_("Figure"), 5), Column(_("Items"), 1, is_number=True)]
    if picture.previous:
        columns.append(Column(_("Since %(day)s", day=wording.language.day(picture.previous.as_of)), 2, is_number=True))
    rows = [_figure(labels[name], name, count, picture.previous) for name, count in figures.items()]
    table = _without_zeros(wording, Table(_("Figures on the day"), tuple(columns), tuple(rows)))
    return PaperSection("short", _("In figures"), tables=(table,))


def _without_zeros(wording: ReportWording, table: Table) -> Table:
    """Return the table with the rows that count nothing folded into its last line."""
    zeros = [row for row in table.rows if all(cell.text in ("0", "–") for cell in row[1:])]
    rows = tuple(row for row in table.rows if row not in zeros)
    return replace(table, rows=rows, folded=_folded(wording, [row[0].text for row in zeros]))


def _folded(wording: ReportWording, names: Sequence[str]) -> str:
    if not names:
        return ""
    return wording.language.gettext("None: %(names)s.", names="; ".join(names))


def _figure(label: str, name: str, count: int, previous: Previous | None) -> tuple[Cell, ...]:
    if previous is None:
        return Cell(label), Cell(str(count))
    # A report of years ago may not have counted it.
    if name not in previous.figures:
        return Cell(label), Cell(str(count)), Cell("–")
    return Cell(label), Cell(str(count)), Cell(_signed(count - previous.figures[name]))


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
        "overdue": _("overdue"),
        "slipped": _("in time, but due later than first promised"),
        "disputed": _("closed, but disputed or partly"),
        "past": _("past its date, not accepted by an owner or addressee"),
        "moved": _("in time and not accepted, but due later than first set"),
        "unanswered": _("no addressee has answered yet"),
        "unowned": _("open, and no owner yet"),
        "quiet": _("open, and no news for 30 days"),
        "waiting": _("waiting, and not past its date"),
        "open": _("all open items"),
        "done": _("done, neither disputed nor partly"),
        "no-longer-pursued": _("no longer pursued"),
        "items": _("all items"),
    }


def named(wording: ReportWording, entry: ReportedItem) -> tuple[Cell, Cell]:
    """Return an item's number and title, both linked, with who put it forward."""
    address = wording.item_address(entry.number)
    return Cell(str(entry.number), address), Cell(entry.title, address, note=wording.put_forward(entry))


def left_out(wording: ReportWording, number: int) -> tuple[str, ...]:
    """Return where the items are that a section of the page has no room for; nothing where all are there."""
    if number == 0:
        return ()
    text = wording.language.ngettext(
        "%(num)d more item is listed under All items.", "%(num)d more items are listed under All items.", number
    )
    return (text,)


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
    """Return a row for each group; a standing that no item has is no column, but named in the last line."""
    _ = wording.language.gettext
    names = {
        ReportView.MILESTONE: _("Milestone"),
        ReportView.THEME: _("Theme"),
        ReportView.OWNER: _("Owner's body"),
    }
    counted = [standing for standing in ReportStanding if any(group.counts[standing] for group in groups)]
    columns = (
        Column(names[view], 5),
        Column(_("Items"), 2, is_number=True),
        *(Column(wording.standing(standing), 2, is_number=True) for standing in counted),
    )
    zeros = [wording.standing(standing) for standing in ReportStanding if standing not in counted]
    rows = tuple(_counts(group, counted) for group in groups)
    return Table(_("Where the items stand on the day"), columns, rows, _folded(wording, zeros))


def _counts(group: _Counted, counted: Sequence[ReportStanding]) -> tuple[Cell, ...]:
    counts = (group.counts[standing] for standing in counted)
    return group.name, Cell(str(sum(group.counts.values()))), *(Cell(str(count)) for count in counts)


def apart(wording: ReportWording) -> PaperSection:
    """Return progress and responses, each counted by itself, and who put the items forward."""
    _ = wording.language.gettext
    text = _("What an addressee answered and how far an item has come are two things, so they are counted separately.")
    tables = (
        _without_zeros(wording, _progress(wording)),
        _without_zeros(wording, _responses(wording)),
        _proposers(wording),
    )
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
        Column(_("No."), 5, is_number=True),
        Column(_("Item"), ITEM_SHARE),
        Column(_("Addressees and responses"), 17),
        Column(_("Owner's body"), 14),
        Column(_("Progress and due date"), 19),
    )
    return tuple(
        Table(wording.group(view, group.key), columns, tuple(_line(wording, entry) for entry in group.entries))
        for group in grouped(entries, view, wording.picture.points)
    )


def _line(wording: ReportWording, entry: ReportedItem) -> tuple[Cell, ...]:
    answers = Cell("–")
    if entry.answers:
        answers = Cell(wording.answers(entry))
    return *named(wording, entry), answers, wording.owner_cell(entry), wording.progress_and_due(entry)


def all_items(view: ReportView, wording: ReportWording) -> PaperSection:
    """Return every item in a line."""
    return PaperSection(
        "items", wording.language.gettext("All items"), tables=item_tables(view, wording, wording.picture.entries)
    )
