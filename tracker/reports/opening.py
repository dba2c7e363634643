"""What a report opens with: a sentence to say aloud, the change since last time, and one bar for all items."""

from collections.abc import Iterator
from dataclasses import replace

from tracker.reports.charts import Bar, Chart, ChartPart
from tracker.reports.paper import BigFigure, Opening
from tracker.reports.progress import headline, standings
from tracker.reports.report_wording import ReportWording
from tracker.reports.snapshot import Previous, ReportStanding

#: a fourth figure on one slide is read by nobody
MOST_FIGURES = 3
#: what the sentence tells beside the open items, bad news first
TOLD = ("overdue", "disputed", "past", "unowned")


def opening(wording: ReportWording) -> Opening:
    """Return the opening of the report."""
    picture = wording.picture
    figures = headline(picture.entries, picture.as_of)
    compared = ""
    if picture.previous:
        compared = _compared(wording, figures, picture.previous)
    return Opening(_sentence(wording, figures), compared, standing_bar(wording), tuple(_big(wording, figures)))


def _sentence(wording: ReportWording, figures: dict[str, int]) -> str:
    _ = wording.language.gettext
    if not figures["items"]:
        return _("There are no items.")
    clauses = [_open_clause(wording, figures["open"], figures["items"])]
    clauses += [_clause(wording, name, figures[name]) for name in TOLD if figures[name]]
    # Each clause is a sentence of its own, so that a language may put its words in any order.
    return _("%(clauses)s.", clauses=", ".join(clauses))


def _open_clause(wording: ReportWording, still_open: int, items: int) -> str:
    ngettext = wording.language.ngettext
    if still_open == items:
        return ngettext("The only item is open", "All %(num)d items are open", items)
    if still_open == 0:
        return ngettext("The only item is closed", "All %(num)d items are closed", items)
    return ngettext("%(num)d of %(all)d items is open", "%(num)d of %(all)d items are open", still_open, all=items)


def _clause(wording: ReportWording, name: str, count: int) -> str:
    ngettext = wording.language.ngettext
    match name:
        case "overdue":
            return ngettext("%(num)d is overdue", "%(num)d are overdue", count)
        case "disputed":
            return ngettext(
                "%(num)d is closed but disputed or called partly done",
                "%(num)d are closed but disputed or called partly done",
                count,
            )
        case "past":
            # Nobody has promised that date, so it is not called overdue.
            return ngettext(
                "%(num)d is past its date but accepted by nobody",
                "%(num)d are past their date but accepted by nobody",
                count,
            )
    return ngettext("%(num)d has no owner", "%(num)d have no owner", count)


def _compared(wording: ReportWording, figures: dict[str, int], previous: Previous) -> str:
    """Return how the figures of the sentence have changed since the report before."""
    _ = wording.language.gettext
    day = wording.language.long_day(previous.as_of)
    clauses = [
        _change(wording, name, figures[name] - previous.figures[name])
        for name in ("open", *TOLD, "done")
        # A report of years ago may not have counted it.
        if name in previous.figures and figures[name] != previous.figures[name]
    ]
    if not clauses:
        return _("Since the report of %(day)s none of these figures has changed.", day=day)
    return _("Since the report of %(day)s: %(clauses)s.", day=day, clauses=", ".join(clauses))


def _change(wording: ReportWording, name: str, difference: int) -> str:
    ngettext = wording.language.ngettext
    count = abs(difference)
    if difference > 0:
        return {
            "open": ngettext("%(num)d more open", "%(num)d more open", count),
            "overdue": ngettext("%(num)d more overdue", "%(num)d more overdue", count),
            "disputed": ngettext("%(num)d more disputed or partly", "%(num)d more disputed or partly", count),
            "past": ngettext("%(num)d more past its date", "%(num)d more past their date", count),
            "unowned": ngettext("%(num)d more without an owner", "%(num)d more without an owner", count),
            "done": ngettext("%(num)d more done", "%(num)d more done", count),
        }[name]
    return {
        "open": ngettext("%(num)d fewer open", "%(num)d fewer open", count),
        "overdue": ngettext("%(num)d fewer overdue", "%(num)d fewer overdue", count),
        "disputed": ngettext("%(num)d fewer disputed or partly", "%(num)d fewer disputed or partly", count),
        "past": ngettext("%(num)d fewer past its date", "%(num)d fewer past their date", count),
        "unowned": ngettext("%(num)d fewer without an owner", "%(num)d fewer without an owner", count),
        "done": ngettext("%(num)d fewer done", "%(num)d fewer done", count),
    }[name]


def standing_bar(wording: ReportWording) -> Chart:
    """Return one bar that holds every item once, by where it stands on the day; empty where there are no items."""
    _ = wording.language.gettext
    counts = standings(wording.picture.entries, wording.picture.as_of)
    parts = tuple(ChartPart(standing.value, wording.standing(standing)) for standing in ReportStanding)
    figures = ", ".join(f"{wording.standing(standing)} {count}" for standing, count in counts.items() if count)
    bars: tuple[Bar, ...] = ()
    if wording.picture.entries:
        bars = (Bar(_("All items"), tuple(counts.values())),)
    return Chart(_("Where the items stand"), figures, parts, bars)


def with_counts(bar: Chart) -> Chart:
    """Return the bar with the number of each part in its legend, for print and slides: narrow parts show no number."""
    if not bar.bars:
        return bar
    counts = bar.bars[0].counts
    parts = (ChartPart(part.name, f"{part.label}: {count}") for part, count in zip(bar.parts, counts, strict=True))
    return replace(bar, parts=tuple(parts))


def _big(wording: ReportWording, figures: dict[str, int]) -> Iterator[BigFigure]:
    """Yield the figures that a slide shows large: the open items, then the worst news, then what is done."""
    labels = _labels(wording, figures["items"])
    names = [name for name in ("open", *TOLD, "done") if figures[name] or name == "open"]
    for name in names[:MOST_FIGURES]:
        yield BigFigure(str(figures[name]), labels[name])


def _labels(wording: ReportWording, items: int) -> dict[str, str]:
    _ = wording.language.gettext
    return {
        "open": wording.language.ngettext("open, of %(num)d item", "open, of %(num)d items", items),
        "overdue": _("overdue"),
        "disputed": _("closed, but disputed or partly"),
        "past": _("past their date, accepted by nobody"),
        "unowned": _("without an owner"),
        "done": _("done"),
    }
