"""What a report says needs attention: bad news by kind, what is without news, what its addressees did not take up."""

from collections import Counter
from collections.abc import Iterable, Sequence

from tracker.reports.paper import Cell, Column, PaperSection, Table
from tracker.reports.progress import Concern, attention, concern, has_no_news, is_declined
from tracker.reports.report_wording import ReportWording
from tracker.reports.sections import ITEM_SHARE, left_out, named
from tracker.reports.snapshot import ReportedItem


def needing_attention(wording: ReportWording, most: int | None = None) -> PaperSection:
    """Return the items with bad news, a table for each concern in the order of Concern: all, or the `most` pressing.

    An item stands once, under its concern; the cell of its due date tells the rest.
    """
    _ = wording.language.gettext
    picture = wording.picture
    heading = _("Needs attention")
    entries = attention(picture.entries, picture.as_of)
    if not entries:
        return PaperSection(
            "attention", heading, (_("Nothing is overdue, disputed, past its date, delayed or given up."),)
        )
    named_entries = entries[:most]
    headings = _headings(wording)
    of_concern = [[entry for entry in named_entries if concern(entry, picture.as_of) is reason] for reason in Concern]
    by_concern = zip(Concern, of_concern, strict=True)
    tables = tuple(_table(wording, headings[reason], entries) for reason, entries in by_concern if entries)
    return PaperSection("attention", heading, left_out(wording, len(entries) - len(named_entries)), tables=tables)


def _headings(wording: ReportWording) -> dict[Concern, str]:
    _ = wording.language.gettext
    return {
        Concern.OVERDUE: _("Overdue, the longest first"),
        Concern.DISPUTED: _("Closed, but disputed or partly"),
        Concern.SLIPPED: _("In time, but later than promised"),
        Concern.PAST: _("Past its date, not accepted"),
        Concern.MOVED: _("In time, but later than first set"),
        Concern.NO_LONGER_PURSUED: _("No longer pursued"),
    }


def _table(wording: ReportWording, caption: str, entries: Iterable[ReportedItem]) -> Table:
    _ = wording.language.gettext
    columns = (
        Column(_("No."), 6, is_number=True),
        Column(_("Item"), ITEM_SHARE),
        Column(_("Progress"), 17),
        Column(_("Due"), 17),
        Column(_("Owner's body"), 15),
    )
    return Table(caption, columns, tuple(_row(wording, entry) for entry in entries))


def _row(wording: ReportWording, entry: ReportedItem) -> tuple[Cell, ...]:
    return *named(wording, entry), wording.progress(entry), wording.due_cell(entry), wording.owner_cell(entry)


def without_news(wording: ReportWording) -> tuple[PaperSection, ...]:
    """Return how many open items each body owes news of; no section where there are none.

    Items are not listed: there may be hundreds, and it is a body that is reminded, never a person.
    """
    _ = wording.language.gettext
    quiet = [entry for entry in wording.picture.entries if has_no_news(entry, wording.picture.as_of)]
    if not quiet:
        return ()
    counts = Counter(wording.owner(entry) for entry in quiet)
    rows = tuple((Cell(name), Cell(str(count))) for name, count in counts.most_common())
    columns = (Column(_("Owner's body"), 5), Column(_("Items"), 2, is_number=True))
    table = Table(_("Open, and no news for 30 days"), columns, rows)
    return (PaperSection("quiet", _("No news"), tables=(table,)),)


def declined(wording: ReportWording, most: int | None = None) -> tuple[PaperSection, ...]:
    """Return the open items that no addressee took up, all or the first `most`; no section where there are none."""
    _ = wording.language.gettext
    entries = [entry for entry in wording.picture.entries if is_declined(entry)]
    if not entries:
        return ()
    text = _("An addressee answered that it does not take the item up, and no other has taken it up.")
    texts = (text, *left_out(wording, len(entries) - len(entries[:most])))
    return (PaperSection("declined", _("Declined"), texts, tables=(_answered(wording, entries[:most]),)),)


def _answered(wording: ReportWording, entries: Sequence[ReportedItem]) -> Table:
    _ = wording.language.gettext
    columns = (
        Column(_("No."), 6, is_number=True),
        Column(_("Item"), ITEM_SHARE),
        Column(_("Addressees and responses"), 34),
        Column(_("Owner's body"), 15),
    )
    rows = tuple((*named(wording, entry), Cell(wording.answers(entry)), wording.owner_cell(entry)) for entry in entries)
    return Table(_("Not taken up"), columns, rows)
