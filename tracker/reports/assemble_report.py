"""Assembles the whole report: its head, its sections in order, and how it was counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.reports.attention import declined, needing_attention, without_news
from tracker.reports.changes_since import since_previous
from tracker.reports.differences import changed_numbers
from tracker.reports.opening import opening
from tracker.reports.paper import Cell, Paper, PaperSection, Quotation, Sheet
from tracker.reports.progress import ReportView
from tracker.reports.report_wording import ReportWording
from tracker.reports.sections import all_items, apart, by, in_short
from tracker.reports.snapshot import Picture, ReportedItem, ReportedQuote, Scope
from tracker.reports.waiting import waiting


class Annex(StrEnum):
    """Which items a report holds in full at its end: on paper all of them are many pages."""

    #: those that are new or have changed since the report before
    CHANGED = "changed"
    ALL = "all"


@dataclass(frozen=True)
class Edition:
    """Which one of a milestone's reports it is; a draft has no number."""

    number: int | None = None
    issued_on: date | None = None
    #: why there is a version after the first
    reason: str | None = None
    address: str = ""


def paper(
    wording: ReportWording,
    edition: Edition,
    *,
    notice: str,
    views: Sequence[ReportView] = tuple(ReportView),
    with_items: bool = True,
    annex: Annex | None = Annex.CHANGED,
    most: int | None = None,
) -> Paper:
    """Return the report. The first of the views has the chart and arranges the items.

    `notice` stands on every page: "not an IGF outcome". `most` limits how many items each list names.
    An `annex` of None leaves out the items in full.
    """
    sections = [needing_attention(wording, most), *waiting(wording, most)]
    sections += [*without_news(wording), *declined(wording, most)]
    sections += [since_previous(wording), in_short(wording)]
    sections += [by(view, wording, with_chart=view is views[0]) for view in views]
    sections.append(apart(wording))
    if with_items:
        sections.append(all_items(views[0], wording))
    if annex is not None:
        sections += items_in_full(wording, annex)
    sections.append(how_it_was_counted(wording))
    return Paper(
        language=wording.language.code,
        is_rtl=wording.language.is_rtl,
        date=edition.issued_on or wording.picture.as_of,
        title=_title(wording),
        body=wording.picture.body_name,
        occasion=_occasion(wording),
        lines=_lines(wording, edition),
        notice=_notice(wording, notice),
        captions=_of_its_sources(wording),
        cite_as=_cite_as(wording, edition) if edition.number else "",
        address=edition.address,
        contents=wording.language.gettext("Contents"),
        opening=opening(wording),
        sections=tuple(sections),
    )


def _notice(wording: ReportWording, notice: str) -> str:
    _ = wording.language.gettext
    if wording.picture.scope is Scope.INTERNAL:
        return _("Internal. Put forward by those named · %(not_an_outcome)s.", not_an_outcome=notice)
    return _("Put forward by those named · %(not_an_outcome)s.", not_an_outcome=notice)


def _sources(wording: ReportWording) -> set[bool]:
    """Return whether what is quoted was written, or said: one of the two, or both."""
    return {quote.is_written for entry in wording.picture.entries for quote in entry.quotes}


def _of_its_sources(wording: ReportWording) -> str:
    _ = wording.language.gettext
    sources = _sources(wording)
    if sources == {True}:
        return _("Written contributions are quoted as they were sent in.")
    if sources == {True, False}:
        return _("Captions are not an authoritative record; written contributions are quoted as they were sent in.")
    return _("Captions are not an authoritative record.")


def _title(wording: ReportWording) -> str:
    title = wording.picture.milestone
    milestone = wording.picture.point(title)
    if milestone:
        title = milestone.title
    return wording.language.gettext("Progress report for %(milestone)s", milestone=title)


def _occasion(wording: ReportWording) -> str:
    milestone = wording.picture.point(wording.picture.milestone)
    if milestone is None:
        return ""
    days = wording.days(milestone)
    if milestone.place:
        return f"{days}, {milestone.place}"
    return days


def _lines(wording: ReportWording, edition: Edition) -> tuple[str, ...]:
    language = wording.language
    _ = language.gettext
    picture = wording.picture
    lines = [_("As of %(day)s", day=language.long_day(picture.as_of))]
    if edition.number and edition.issued_on:
        issued = language.long_day(edition.issued_on)
        lines.append(_("Version %(number)s, issued on %(day)s", number=edition.number, day=issued))
    else:
        lines.append(_("Draft: the figures may still change."))
    if edition.reason:
        lines.append(_("Reason for this version: %(reason)s", reason=edition.reason))
    return (*lines, _scope(wording))


def _scope(wording: ReportWording) -> str:
    """Return how many items there are, and how many of them are internal or left out."""
    picture = wording.picture
    _ = wording.language.gettext
    ngettext = wording.language.ngettext
    if not picture.entries:
        return _empty(wording)
    items = ngettext("%(num)d item", "%(num)d items", len(picture.entries))
    internal = sum(entry.is_internal for entry in picture.entries)
    if internal == len(picture.entries):
        return _("%(items)s, all internal: nothing here is published.", items=items)
    if internal:
        return _("%(items)s, of which %(internal)s internal: not for publication.", items=items, internal=internal)
    if not picture.left_out:
        return _("%(items)s, all published.", items=items)
    left_out = ngettext("%(num)d internal item is left out", "%(num)d internal items are left out", picture.left_out)
    return _("%(items)s, all published; %(left_out)s.", items=items, left_out=left_out)


def _empty(wording: ReportWording) -> str:
    left_out = wording.picture.left_out
    if not left_out:
        return wording.language.gettext("No items.")
    return wording.language.ngettext(
        "No items: nothing is published, and %(num)d internal item is left out.",
        "No items: nothing is published, and %(num)d internal items are left out.",
        left_out,
    )


def _cite_as(wording: ReportWording, edition: Edition) -> str:
    cited = {
        "body": wording.picture.body_name,
        "title": _title(wording),
        "number": edition.number,
        "day": wording.language.long_day(wording.picture.as_of),
        "address": edition.address,
    }
    if wording.picture.scope is Scope.INTERNAL:
        return wording.language.gettext(
            "%(body)s, %(title)s, version %(number)s (internal), as of %(day)s. %(address)s", **cited
        )
    return wording.language.gettext("%(body)s, %(title)s, version %(number)s, as of %(day)s. %(address)s", **cited)


def items_in_full(wording: ReportWording, annex: Annex) -> list[PaperSection]:
    """Return these items with all that is known of them and their passages; no section where there is no such item."""
    _ = wording.language.gettext
    entries = _in_annex(wording.picture, annex)
    if not entries:
        return []
    text = [_about_quotations(wording)]
    heading = _("The items in full")
    if annex is Annex.CHANGED:
        heading = _("What changed, in full")
        text.append(_("An edition with all items in full can be had where this report is."))
    sheets = tuple(_sheet(wording, entry) for entry in entries)
    return [PaperSection("full", heading, tuple(text), sheets=sheets)]


def _in_annex(picture: Picture, annex: Annex) -> Sequence[ReportedItem]:
    if annex is Annex.ALL:
        return picture.entries
    if picture.previous is None:
        return ()
    numbers = changed_numbers(picture.previous.changes)
    return [entry for entry in picture.entries if entry.number in numbers]


def _about_quotations(wording: ReportWording) -> str:
    _ = wording.language.gettext
    match _sources(wording):
        case sources if sources == {True}:
            return _("Quotations are cut from written contributions, as they were sent in.")
        case sources if True in sources:
            return _(
                "Quotations are cut from real-time captions, which are not an authoritative record, and from written"
                " contributions, where that is said."
            )
    return _("Quotations are cut from real-time captions, which are not an authoritative record.")


def _sheet(wording: ReportWording, entry: ReportedItem) -> Sheet:
    return Sheet(
        number=entry.number,
        title=entry.title,
        href=wording.item_address(entry.number),
        text=entry.text,
        facts=tuple(_facts(wording, entry)),
        quotations=tuple(_quotation(wording, entry, quote) for quote in entry.quotes),
    )


def _facts(wording: ReportWording, entry: ReportedItem) -> list[tuple[str, Cell]]:
    _ = wording.language.gettext
    language = wording.language
    spoke_as = wording.capacity(entry.capacity, entry.capacity_of, entry.channel)
    facts = [
        (_("Kind"), Cell(language.word(entry.kind))),
        (_("Origin"), Cell(wording.put_forward(entry), note=spoke_as)),
        (_("Addressed to"), Cell(wording.answers(entry))),
        (_("Owner's body"), Cell(wording.owner(entry))),
        (_("Due"), wording.due(entry)),
        (_("Progress"), wording.progress(entry)),
    ]
    if entry.proposer_view:
        facts.append((_("Proposers and supporters say"), Cell(language.word(entry.proposer_view))))
    # One line for each party: a stance without its name and capacity would be a vote.
    facts += [(_("Position"), Cell(wording.position(position))) for position in entry.stands]
    return facts


def _quotation(wording: ReportWording, entry: ReportedItem, quote: ReportedQuote) -> Quotation:
    _ = wording.language.gettext
    return Quotation(
        words=quote.words or _("(The words are not published, or their transcript has not been imported.)"),
        speaker=wording.picture.name(quote.speaker) or _("speaker unknown"),
        href=wording.quote_address(entry, quote),
        source=_source(wording, quote),
    )


def _source(wording: ReportWording, quote: ReportedQuote) -> str:
    place = {"file": quote.sha256[:12], "start": quote.start, "end": quote.end}
    _ = wording.language.gettext
    if quote.is_written:
        return _("written contribution, file %(file)s…, characters %(start)s to %(end)s", **place)
    return _("file %(file)s…, characters %(start)s to %(end)s", **place)


def how_it_was_counted(wording: ReportWording) -> PaperSection:
    """Return what the figures mean and what they do not."""
    _ = wording.language.gettext
    text = (
        _("An item is overdue when it is open, past its due date and not waiting for a condition."),
        _("On its due date an item is still in time."),
        _("A date is a promise once an owner or an addressee has accepted the item. Only then can it be missed."),
        _("Items that nobody has accepted are counted separately: past their date, or later than first set."),
        _("Delays count from the date first set, whatever has moved it since."),
        _("An item closed as done counts separately where a proposer or supporter disputes it or says partly."),
        _("Responses are counted by addressee, owners by body and never by person."),
        _("Each item was put forward by those named. That it is listed does not mean that anyone supports it."),
    )
    return PaperSection("counted", _("How this was counted"), text)
