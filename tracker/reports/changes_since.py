"""What has changed since the previous report, with the items that have disappeared from it."""

from collections.abc import Iterable

from tracker.items.models import ClosingDoubt
from tracker.reports.paper import Cell, Column, PaperSection, Table
from tracker.reports.phrases import Telling
from tracker.reports.snapshot import Changes, Previous, Scope


def since_previous(telling: Telling) -> PaperSection:
    """Return the changes, kind by kind; where there is nothing to compare with, why."""
    say = telling.tongue.gettext
    previous = telling.picture.previous
    heading = say("Since the previous report")
    if previous is None:
        return PaperSection("changes", heading, (_nothing_to_compare_with(telling),))
    tables = tuple(table for table in _tables(telling, previous.changes) if table.rows)
    unchanged = () if tables else (say("Nothing has changed."),)
    return PaperSection("changes", heading, (_compared(telling, previous), *unchanged), tables=tables)


def _nothing_to_compare_with(telling: Telling) -> str:
    if telling.picture.scope is Scope.INTERNAL:
        return telling.tongue.gettext("There is no internal report of an earlier day to compare with.")
    return telling.tongue.gettext("There is no report of an earlier day to compare with.")


def _compared(telling: Telling, previous: Previous) -> str:
    values = {
        "title": previous.title,
        "number": previous.number,
        "day": telling.tongue.long_day(previous.as_of),
    }
    if telling.picture.scope is Scope.INTERNAL:
        return telling.tongue.gettext(
            "Compared with the internal report for %(title)s, version %(number)s, as of %(day)s.", **values
        )
    return telling.tongue.gettext(
        "Compared with the report for %(title)s, version %(number)s, as of %(day)s.", **values
    )


def _tables(telling: Telling, changes: Changes) -> Iterable[Table]:
    say = telling.tongue.gettext
    word = telling.tongue.word
    day = telling.tongue.day
    titles = {entry.number: entry.title for entry in telling.picture.entries}
    yield _gone(telling, changes)
    yield _from_to(
        telling,
        say("Progress that moved"),
        [
            (
                step.number,
                titles[step.number],
                telling.closing(step.before, _doubt(step.was_disputed, step.was_partly)),
                telling.closing(step.after, _doubt(step.is_disputed, step.is_partly)),
            )
            for step in changes.steps
        ],
    )
    yield _from_to(
        telling,
        say("Responses that came in or changed"),
        [
            (
                reply.number,
                f"{titles[reply.number]} · {telling.picture.name(reply.party)}",
                Cell(word(reply.before) if reply.before else say("not asked")),
                Cell(word(reply.after)),
            )
            for reply in changes.replies
        ],
    )
    yield _from_to(
        telling,
        say("Due dates that moved"),
        [
            (
                shift.number,
                titles[shift.number],
                Cell(day(shift.before) or say("no date")),
                Cell(day(shift.after) or say("no date")),
            )
            for shift in changes.shifts
        ],
    )
    yield _new(telling, changes, titles)


def _doubt(is_disputed: bool, is_partly: bool) -> ClosingDoubt | None:
    if is_disputed:
        return ClosingDoubt.DISPUTED
    if is_partly:
        return ClosingDoubt.PARTLY
    return None


def _gone(telling: Telling, changes: Changes) -> Table:
    say = telling.tongue.gettext
    columns = (Column(say("No."), 1, is_number=True), Column(say("Item"), 8), Column(say("Progress then"), 3))
    rows = tuple(
        (
            Cell(str(gone.number)),
            Cell(gone.title),
            telling.closing(gone.progress, _doubt(gone.is_disputed, gone.is_partly)),
        )
        for gone in changes.gone
    )
    return Table(say("Items that the previous report had and this one has not"), columns, rows)


def _new(telling: Telling, changes: Changes, titles: dict[int, str]) -> Table:
    say = telling.tongue.gettext
    columns = (Column(say("No."), 1, is_number=True), Column(say("Item"), 11))
    rows = tuple(
        (Cell(str(number), telling.item_address(number)), Cell(titles[number], telling.item_address(number)))
        for number in changes.new
    )
    return Table(say("New items"), columns, rows)


def _from_to(telling: Telling, caption: str, moves: list[tuple[int, str, Cell, Cell]]) -> Table:
    say = telling.tongue.gettext
    columns = (
        Column(say("No."), 1, is_number=True),
        Column(say("Item"), 6),
        Column(say("Before"), 3),
        Column(say("Now"), 3),
    )
    rows = tuple(
        (Cell(str(number), telling.item_address(number)), Cell(title, telling.item_address(number)), before, after)
        for number, title, before, after in moves
    )
    return Table(caption, columns, rows)
