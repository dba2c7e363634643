"""What has changed since the previous report, with the items that are no longer in it."""

from collections.abc import Iterable

from tracker.items.party_models import ClosingDoubt
from tracker.reports.paper import Cell, Column, PaperSection, Table
from tracker.reports.report_wording import ReportWording
from tracker.reports.sections import ITEM_SHARE
from tracker.reports.snapshot import Changes, Previous, Scope


def since_previous(wording: ReportWording) -> PaperSection:
    """Return the changes, a table for each kind, or why there is nothing to compare with."""
    _ = wording.language.gettext
    previous = wording.picture.previous
    heading = _("Since the previous report")
    if previous is None:
        return PaperSection("changes", heading, (_nothing_to_compare_with(wording),))
    tables = tuple(table for table in _tables(wording, previous.changes) if table.rows)
    paragraphs = [_compared(wording, previous)]
    if not tables:
        paragraphs.append(_("No item has changed."))
    return PaperSection("changes", heading, tuple(paragraphs), tables=tables)


def _nothing_to_compare_with(wording: ReportWording) -> str:
    if wording.picture.scope is Scope.INTERNAL:
        return wording.language.gettext("There is no internal report of an earlier day to compare with.")
    return wording.language.gettext("There is no report of an earlier day to compare with.")


def _compared(wording: ReportWording, previous: Previous) -> str:
    values = {
        "title": previous.title,
        "number": previous.number,
        "day": wording.language.long_day(previous.as_of),
    }
    if wording.picture.scope is Scope.INTERNAL:
        return wording.language.gettext(
            "Compared with the internal report for %(title)s, version %(number)s, as of %(day)s.", **values
        )
    return wording.language.gettext(
        "Compared with the report for %(title)s, version %(number)s, as of %(day)s.", **values
    )


def _tables(wording: ReportWording, changes: Changes) -> Iterable[Table]:
    titles = {entry.number: entry.title for entry in wording.picture.entries}
    # What disappeared comes first: nobody would miss it otherwise.
    yield _gone(wording, changes)
    yield _progress(wording, changes, titles)
    yield _responses(wording, changes, titles)
    yield _due_dates(wording, changes, titles)
    yield _standings(wording, changes, titles)
    yield _owners(wording, changes, titles)
    yield _new(wording, changes, titles)


def _progress(wording: ReportWording, changes: Changes, titles: dict[int, str]) -> Table:
    moves = [
        (
            step.number,
            titles[step.number],
            wording.closing(step.before, _doubt(step.was_disputed, step.was_partly)),
            wording.closing(step.after, _doubt(step.is_disputed, step.is_partly)),
        )
        for step in changes.steps
    ]
    return _from_to(wording, wording.language.gettext("Changed progress"), moves)


def _responses(wording: ReportWording, changes: Changes, titles: dict[int, str]) -> Table:
    _ = wording.language.gettext
    word = wording.language.word
    moves = []
    for reply in changes.replies:
        before = _("not an addressee")
        if reply.before:
            before = word(reply.before)
        title = f"{titles[reply.number]} · {wording.addressee(reply.party)}"
        moves.append((reply.number, title, Cell(before), Cell(word(reply.after))))
    return _from_to(wording, _("New and changed responses"), moves)


def _due_dates(wording: ReportWording, changes: Changes, titles: dict[int, str]) -> Table:
    _ = wording.language.gettext
    day = wording.language.day
    no_date = _("no date")
    moves = [
        (shift.number, titles[shift.number], Cell(day(shift.before) or no_date), Cell(day(shift.after) or no_date))
        for shift in changes.shifts
    ]
    return _from_to(wording, _("Changed due dates"), moves)


def _standings(wording: ReportWording, changes: Changes, titles: dict[int, str]) -> Table:
    word = wording.standing
    moves = [
        (turn.number, titles[turn.number], Cell(word(turn.before)), Cell(word(turn.after))) for turn in changes.turned
    ]
    return _from_to(wording, wording.language.gettext("Same progress, but late, in time or waiting now"), moves)


def _owners(wording: ReportWording, changes: Changes, titles: dict[int, str]) -> Table:
    _ = wording.language.gettext
    nobody, somebody = Cell(_("no owner yet")), Cell(_("has an owner"))
    moves = [(number, titles[number], nobody, somebody) for number in changes.owned]
    moves += [(number, titles[number], somebody, nobody) for number in changes.unowned]
    return _from_to(wording, _("New owners, and owners who left"), moves)


def _doubt(is_disputed: bool, is_partly: bool) -> ClosingDoubt | None:
    if is_disputed:
        return ClosingDoubt.DISPUTED
    if is_partly:
        return ClosingDoubt.PARTLY
    return None


def _gone(wording: ReportWording, changes: Changes) -> Table:
    _ = wording.language.gettext
    columns = (Column(_("No."), 6, is_number=True), Column(_("Item"), 64), Column(_("Progress then"), 30))
    rows = tuple(
        (
            Cell(str(gone.number)),
            Cell(gone.title or "–"),
            wording.closing(gone.progress, _doubt(gone.is_disputed, gone.is_partly)),
        )
        for gone in changes.gone
    )
    return Table(_("Items that are no longer in the report"), columns, rows)


def _new(wording: ReportWording, changes: Changes, titles: dict[int, str]) -> Table:
    _ = wording.language.gettext
    columns = (Column(_("No."), 6, is_number=True), Column(_("Item"), 94))
    rows = tuple(
        (Cell(str(number), wording.item_address(number)), Cell(titles[number], wording.item_address(number)))
        for number in changes.new
    )
    return Table(_("New items"), columns, rows)


def _from_to(wording: ReportWording, caption: str, moves: list[tuple[int, str, Cell, Cell]]) -> Table:
    _ = wording.language.gettext
    columns = (
        Column(_("No."), 6, is_number=True),
        Column(_("Item"), ITEM_SHARE),
        Column(_("Before"), 24),
        Column(_("Now"), 25),
    )
    rows = tuple(
        (Cell(str(number), wording.item_address(number)), Cell(title, wording.item_address(number)), before, after)
        for number, title, before, after in moves
    )
    return Table(caption, columns, rows)
