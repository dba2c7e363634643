"""The sections of a report, bad news first: each is a pure function of what is told."""

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.items.models import Progress
from tracker.items.status import OPEN
from tracker.reports.charts import Bar, Chart, ChartPart
from tracker.reports.paper import Cell, Column, PaperSection, Table
from tracker.reports.phrases import MARKS, Telling
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
from tracker.reports.snapshot import Previous, ReportedItem


def in_short(telling: Telling) -> PaperSection:
    """Return the figures that reports are compared by, beside those of the previous one."""
    say = telling.tongue.gettext
    picture = telling.picture
    labels = _headline_labels(telling)
    figures = headline(picture.entries, picture.as_of)
    columns = [Column(say("Figure"), 5), Column(say("Items"), 1, is_number=True)]
    if picture.previous:
        columns.append(Column(say("Since %(day)s", day=telling.tongue.day(picture.previous.as_of)), 2, is_number=True))
    rows = [_figure(labels[name], name, count, picture.previous) for name, count in figures.items()]
    return PaperSection(
        "short", say("In short"), tables=(Table(say("Figures on the day"), tuple(columns), tuple(rows)),)
    )


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


def _headline_labels(telling: Telling) -> dict[str, str]:
    say = telling.tongue.gettext
    return {
        "overdue": say("Overdue"),
        "slipped": say("Open, and due later than first promised"),
        "past": say("Past its date, not accepted by an owner or addressee"),
        "moved": say("Open, not accepted, and due later than first set"),
        "disputed": say("Closed, but disputed or partly, says a proposer or supporter"),
        "unanswered": say("No asked party has answered yet"),
        "unowned": say("Open, and nobody has accepted to see it done"),
        "quiet": say("Open, and no news for 30 days"),
        "waiting": say("Waiting for a condition, a party or a decision"),
        "open": say("Open in all"),
        "done": say("Done, neither disputed nor partly"),
        "no-longer-pursued": say("No longer pursued"),
        "items": say("All items"),
    }


def needing_attention(telling: Telling, most: int | None = None) -> PaperSection:
    """Return the items with bad news in the order of Concern: all, or the `most` pressing."""
    say = telling.tongue.gettext
    picture = telling.picture
    columns = (
        Column(say("No."), 3, is_number=True),
        Column(say("Item"), 14),
        Column(say("What"), 7),
        Column(say("Due"), 9),
        Column(say("Owner's body"), 8),
    )
    found = attention(picture.entries, picture.as_of)
    heading = say("Needs attention")
    if not found:
        return PaperSection(
            "attention", heading, (say("Nothing is overdue, disputed, past its date, delayed or given up."),)
        )
    rows = tuple(_trouble(telling, entry) for entry in found[:most])
    return PaperSection(
        "attention",
        heading,
        _unshown(telling, len(found) - len(rows)),
        tables=(Table(say("The longest overdue first"), columns, rows),),
    )


def _unshown(telling: Telling, number: int) -> tuple[str, ...]:
    more = telling.tongue.ngettext(
        "%(num)d more is among all items below.", "%(num)d more are among all items below.", number
    )
    if number:
        return (more,)
    return ()


def _trouble(telling: Telling, entry: ReportedItem) -> tuple[Cell, ...]:
    say = telling.tongue.gettext
    words = {
        Concern.OVERDUE: say("overdue"),
        Concern.DISPUTED: say("closed, but disputed or partly"),
        Concern.SLIPPED: say("later than promised"),
        Concern.PAST: say("past its date, not accepted"),
        Concern.MOVED: say("later than first set"),
        Concern.NO_LONGER_PURSUED: say("no longer pursued"),
    }
    what = ", ".join(words[concern] for concern in concerns(entry, telling.picture.as_of))
    return (
        *named(telling, entry),
        Cell(what, note=telling.progress(entry).note),
        telling.due(entry),
        Cell(telling.owner(entry)),
    )


def named(telling: Telling, entry: ReportedItem) -> tuple[Cell, Cell]:
    """Return an item's number and title, both linked, with who put it forward."""
    address = telling.item_address(entry.number)
    return Cell(str(entry.number), address), Cell(entry.title, address, note=telling.put_forward(entry))


@dataclass(frozen=True)
class _Counted:
    """A group of a view: what it is called, and how many of its items stand where."""

    name: Cell
    counts: dict[ReportStanding, int]


def by(view: ReportView, telling: Telling, *, with_chart: bool = True) -> PaperSection:
    """Return how the items stand in each group of the view, as a chart and as a table."""
    picture = telling.picture
    say = telling.tongue.gettext
    groups = [
        _Counted(telling.group_cell(view, group.key), standings(group.entries, picture.as_of))
        for group in grouped(picture.entries, view, picture.points)
    ]
    total = {standing: sum(group.counts[standing] for group in groups) for standing in ReportStanding}
    headings = {
        ReportView.MILESTONE: say("By milestone"),
        ReportView.THEME: say("By theme"),
        ReportView.OWNER: say("By owner"),
    }
    text = (say("Counted by body: whoever serves in a body counts for it."),) if view is ReportView.OWNER else ()
    chart = _chart(telling, headings[view], groups, total) if with_chart and groups else None
    table = _standings(view, telling, [*groups, _Counted(Cell(say("All items")), total)])
    return PaperSection(f"by-{view}", headings[view], text, chart, (table,))


def _chart(telling: Telling, heading: str, groups: Sequence[_Counted], total: dict[ReportStanding, int]) -> Chart:
    bars = tuple(Bar(group.name.text, tuple(group.counts.values())) for group in groups)
    parts = tuple(ChartPart(standing.value, telling.standing(standing)) for standing in ReportStanding)
    told = ", ".join(f"{telling.standing(standing)} {count}" for standing, count in total.items() if count)
    description = telling.tongue.gettext("In all: %(figures)s. The table holds every number.", figures=told)
    return Chart(heading, description, parts, bars)


def _standings(view: ReportView, telling: Telling, groups: Sequence[_Counted]) -> Table:
    say = telling.tongue.gettext
    names = {
        ReportView.MILESTONE: say("Milestone"),
        ReportView.THEME: say("Theme"),
        ReportView.OWNER: say("Owner's body"),
    }
    columns = (
        Column(names[view], 5),
        Column(say("Items"), 2, is_number=True),
        *(Column(telling.standing(standing), 2, is_number=True) for standing in ReportStanding),
    )
    return Table(say("Where the items stand on the day"), columns, tuple(_counts(group) for group in groups))


def _counts(group: _Counted) -> tuple[Cell, ...]:
    counts = group.counts.values()
    return group.name, Cell(str(sum(counts))), *(Cell(str(count)) for count in counts)


def apart(telling: Telling) -> PaperSection:
    """Return progress and responses, each counted by itself, and who put the items forward."""
    say = telling.tongue.gettext
    text = say("What the asked parties answered and how far an item has come are two things, and are counted apart.")
    tables = (_progress(telling), _responses(telling), _proposers(telling))
    return PaperSection("apart", say("Progress and responses"), (text,), tables=tables)


def _progress(telling: Telling) -> Table:
    say = telling.tongue.gettext
    picture = telling.picture
    sums = tally(picture.entries, picture.as_of)
    doubted_done = sums.doubted_done
    rows = [_progress_row(telling, progress, sums.progress[progress]) for progress in Progress if progress in OPEN]
    rows += [
        _progress_row(telling, Progress.DONE, sums.progress[Progress.DONE] - doubted_done),
        (Cell(say("done, but disputed or partly"), mark=MARKS[Progress.DONE]), Cell(str(doubted_done))),
        _progress_row(telling, Progress.NO_LONGER_PURSUED, sums.standing[ReportStanding.NO_LONGER_PURSUED]),
        (
            Cell(say("no longer pursued, but disputed or partly"), mark=MARKS[Progress.NO_LONGER_PURSUED]),
            Cell(str(sums.standing[ReportStanding.DISPUTED] - doubted_done)),
        ),
    ]
    return Table(say("Progress, by item"), _two_columns(say("Progress"), say("Items")), tuple(rows))


def _progress_row(telling: Telling, progress: Progress, count: int) -> tuple[Cell, ...]:
    return Cell(telling.tongue.word(progress), mark=MARKS[progress]), Cell(str(count))


def _responses(telling: Telling) -> Table:
    say = telling.tongue.gettext
    counts = responses(telling.picture.entries)
    rows = [(Cell(telling.tongue.word(state)), Cell(str(count))) for state, count in counts.items()]
    unasked = sum(not entry.answers for entry in telling.picture.entries)
    rows.append((Cell(say("items that name nobody as the one to act")), Cell(str(unasked))))
    columns = _two_columns(say("Response"), say("Parties"))
    return Table(say("Responses, by asked party"), columns, tuple(rows))


def _proposers(telling: Telling) -> Table:
    say = telling.tongue.gettext
    counts: dict[str, int] = {}
    for entry in telling.picture.entries:
        counts[entry.group] = counts.get(entry.group, 0) + 1
    largest_first = sorted(counts.items(), key=lambda pair: (pair[0] == "unknown", -pair[1], pair[0]))
    rows = tuple((Cell(telling.tongue.word(group)), Cell(str(count))) for group, count in largest_first)
    columns = _two_columns(say("Stakeholder group"), say("Items"))
    return Table(say("Put forward by, as far as it was stated"), columns, rows)


def _two_columns(first: str, second: str) -> tuple[Column, Column]:
    return Column(first, 5), Column(second, 2, is_number=True)


def item_tables(view: ReportView, telling: Telling, entries: Sequence[ReportedItem]) -> tuple[Table, ...]:
    """Return all of these items, a table for each group of the view."""
    say = telling.tongue.gettext
    columns = (
        Column(say("No."), 3, is_number=True),
        Column(say("Item"), 14),
        Column(say("Asked, and their response"), 10),
        Column(say("Owner's body"), 8),
        Column(say("Due"), 8),
        Column(say("Progress"), 8),
    )
    return tuple(
        Table(telling.group(view, group.key), columns, tuple(_line(telling, entry) for entry in group.entries))
        for group in grouped(entries, view, telling.picture.points)
    )


def _line(telling: Telling, entry: ReportedItem) -> tuple[Cell, ...]:
    return (
        *named(telling, entry),
        Cell(telling.answers(entry)),
        Cell(telling.owner(entry)),
        telling.due(entry),
        telling.progress(entry),
    )


def all_items(view: ReportView, telling: Telling) -> PaperSection:
    """Return every item in a line."""
    return PaperSection(
        "items", telling.tongue.gettext("All items"), tables=item_tables(view, telling, telling.picture.entries)
    )
