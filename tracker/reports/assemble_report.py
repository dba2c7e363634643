"""The whole report put together: its head, its sections in order, and how it was counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.reports.changes_since import since_previous
from tracker.reports.paper import Cell, Paper, PaperSection, Quotation, Sheet
from tracker.reports.phrases import Telling
from tracker.reports.progress import ReportView
from tracker.reports.sections import all_items, apart, by, in_short, needing_attention
from tracker.reports.snapshot import ReportedItem, ReportedQuote, Scope
from tracker.reports.waiting import waiting


@dataclass(frozen=True)
class Edition:
    """Which one of a milestone's reports it is; a draft has no number."""

    number: int | None = None
    issued_on: date | None = None
    #: why there is a version after the first
    reason: str | None = None
    address: str = ""


def paper(
    telling: Telling,
    edition: Edition,
    *,
    notice: str,
    views: Sequence[ReportView] = tuple(ReportView),
    with_items: bool = True,
    in_full: bool = True,
    most: int | None = None,
) -> Paper:
    """Return the report: the first of the views has the chart and arranges the items.

    `notice` is what it says of itself on every page: "not an IGF outcome". Of what needs attention the `most` pressing
    are named, or all.
    """
    sections = [in_short(telling), needing_attention(telling, most), *waiting(telling)]
    sections += [by(view, telling, with_chart=view is views[0]) for view in views]
    sections += [apart(telling), since_previous(telling)]
    if with_items:
        sections.append(all_items(views[0], telling))
    if in_full:
        sections.append(items_in_full(telling))
    sections.append(how_it_was_counted(telling))
    return Paper(
        language=telling.tongue.language,
        is_rtl=telling.tongue.is_rtl,
        date=edition.issued_on or telling.picture.as_of,
        title=_title(telling),
        body=telling.picture.body_name,
        lines=_lines(telling, edition),
        notice=_notice(telling, notice),
        captions=_of_its_sources(telling),
        cite_as=_cite_as(telling, edition) if edition.number else "",
        address=edition.address,
        sections=tuple(sections),
    )


def _notice(telling: Telling, notice: str) -> str:
    say = telling.tongue.gettext
    if telling.picture.scope is Scope.INTERNAL:
        return say("Internal. Put forward by those named · %(not_an_outcome)s.", not_an_outcome=notice)
    return say("Put forward by those named · %(not_an_outcome)s.", not_an_outcome=notice)


def _sources(telling: Telling) -> set[bool]:
    """Return whether what is quoted was written, or said: one of the two, or both."""
    return {quote.is_written for entry in telling.picture.entries for quote in entry.quotes}


def _of_its_sources(telling: Telling) -> str:
    say = telling.tongue.gettext
    sources = _sources(telling)
    if sources == {True}:
        return say("Written contributions are quoted as they were sent in.")
    if sources == {True, False}:
        return say("Captions are not an authoritative record; written contributions are quoted as they were sent in.")
    return say("Captions are not an authoritative record.")


def _title(telling: Telling) -> str:
    point = telling.picture.point(telling.picture.milestone)
    title = point.title if point else telling.picture.milestone
    return telling.tongue.gettext("Progress report for %(milestone)s", milestone=title)


def _lines(telling: Telling, edition: Edition) -> tuple[str, ...]:
    say = telling.tongue.gettext
    tongue = telling.tongue
    picture = telling.picture
    lines = [say("As of %(day)s", day=tongue.long_day(picture.as_of))]
    if edition.number and edition.issued_on:
        issued = tongue.long_day(edition.issued_on)
        lines.append(say("Version %(number)s, issued on %(day)s", number=edition.number, day=issued))
    else:
        lines.append(say("Draft: the figures may still change."))
    if edition.reason:
        lines.append(say("Why there is this version: %(reason)s", reason=edition.reason))
    return (*lines, _scope(telling))


def _scope(telling: Telling) -> str:
    picture = telling.picture
    count = telling.tongue.ngettext
    items = count("%(num)d item", "%(num)d items", len(picture.entries))
    internal = sum(entry.is_internal for entry in picture.entries)
    if internal:
        if internal == len(picture.entries):
            return telling.tongue.gettext("%(items)s, internal: nothing of this is published.", items=items)
        return telling.tongue.gettext(
            "%(items)s, of which %(internal)s internal: not for publication.", items=items, internal=internal
        )
    if not picture.entries:
        return _empty(telling)
    if picture.left_out:
        left_out = count("%(num)d internal item is left out", "%(num)d internal items are left out", picture.left_out)
        return telling.tongue.gettext("%(items)s, all published; %(left_out)s.", items=items, left_out=left_out)
    return telling.tongue.gettext("%(items)s, all published.", items=items)


def _empty(telling: Telling) -> str:
    left_out = telling.picture.left_out
    if not left_out:
        return telling.tongue.gettext("No items.")
    return telling.tongue.ngettext(
        "No items: nothing is published, and %(num)d internal item is left out.",
        "No items: nothing is published, and %(num)d internal items are left out.",
        left_out,
    )


def _cite_as(telling: Telling, edition: Edition) -> str:
    cited = {
        "body": telling.picture.body_name,
        "title": _title(telling),
        "number": edition.number,
        "day": telling.tongue.long_day(telling.picture.as_of),
        "address": edition.address,
    }
    if telling.picture.scope is Scope.INTERNAL:
        return telling.tongue.gettext(
            "%(body)s, %(title)s, version %(number)s (internal), as of %(day)s. %(address)s", **cited
        )
    return telling.tongue.gettext("%(body)s, %(title)s, version %(number)s, as of %(day)s. %(address)s", **cited)


def items_in_full(telling: Telling) -> PaperSection:
    """Return every item with all that is known of it and the passages it comes from."""
    say = telling.tongue.gettext
    match _sources(telling):
        case sources if sources == {True}:
            text = say("Quotations are cut from written contributions, as they were sent in.")
        case sources if True in sources:
            text = say(
                "Quotations are cut from real-time captions, which are not an authoritative record, and from written"
                " contributions, where that is said."
            )
        case _:
            text = say("Quotations are cut from real-time captions, which are not an authoritative record.")
    sheets = tuple(_sheet(telling, entry) for entry in telling.picture.entries)
    return PaperSection("full", say("The items in full"), (text,), sheets=sheets)


def _sheet(telling: Telling, entry: ReportedItem) -> Sheet:
    return Sheet(
        number=entry.number,
        title=entry.title,
        href=telling.item_address(entry.number),
        text=entry.text,
        facts=tuple(_facts(telling, entry)),
        quotations=tuple(_quotation(telling, entry, quote) for quote in entry.quotes),
    )


def _facts(telling: Telling, entry: ReportedItem) -> list[tuple[str, Cell]]:
    say = telling.tongue.gettext
    tongue = telling.tongue
    facts = [
        (say("Kind"), Cell(tongue.word(entry.kind))),
        (say("Origin"), Cell(telling.put_forward(entry), note=_spoke_as(telling, entry))),
        (say("Asked"), Cell(telling.answers(entry))),
        (say("Owner's body"), Cell(telling.owner(entry))),
        (say("Due"), telling.due(entry)),
        (say("Progress"), telling.progress(entry)),
    ]
    if entry.proposer_view:
        facts.append((say("Whoever put it forward says"), Cell(tongue.word(entry.proposer_view))))
    facts += [(say("Position"), Cell(telling.stand(stand))) for stand in entry.stands]
    return facts


def _spoke_as(telling: Telling, entry: ReportedItem) -> str:
    return telling.capacity(entry.capacity, entry.capacity_of, entry.channel)


def _quotation(telling: Telling, entry: ReportedItem, quote: ReportedQuote) -> Quotation:
    say = telling.tongue.gettext
    return Quotation(
        words=quote.words or say("(The words are not published, or their transcript is not there.)"),
        speaker=telling.picture.name(quote.speaker) or say("speaker not known"),
        href=telling.quote_address(entry, quote),
        source=_source(telling, quote),
    )


def _source(telling: Telling, quote: ReportedQuote) -> str:
    place = {"file": quote.sha256[:12], "start": quote.start, "end": quote.end}
    if quote.is_written:
        text = "written contribution, file %(file)s…, characters %(start)s to %(end)s"
        return telling.tongue.gettext(text, **place)
    return telling.tongue.gettext("file %(file)s…, characters %(start)s to %(end)s", **place)


def how_it_was_counted(telling: Telling) -> PaperSection:
    """Return what the figures mean and what they do not."""
    say = telling.tongue.gettext
    text = (
        say("Overdue is what is open, past its due day and waiting for no condition; due on the day is in time."),
        say("A date is a promise, and can be missed, once an owner or an addressee has accepted the item."),
        say("What nobody has accepted is counted apart: past its date, or later than first set."),
        say("Later than promised counts from the day first set, whatever moved it since."),
        say("A closing that a proposer or supporter disputes, or calls partly done, is counted apart, not as done."),
        say("Responses are counted for each asked party, owners by body and never by person."),
        say("What is listed was put forward by those named. That it is listed says nothing on who supports it."),
    )
    return PaperSection("counted", say("How this was counted"), text)
