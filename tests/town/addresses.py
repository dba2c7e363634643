"""An address of the town for every page that can be read: a route without one fails the sweeps."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Flask

from tests.town import Town
from tracker.web.app.access_table import TABLE, Access

#: routes that answer with something else than a page of ours
FILES = {
    "static", "front.health", "front.icon", "digests.as_mail", "next_mails.as_mail", "transcripts.original",
    "item_updates.evidence",
    "reports.draft_file", "reports.version_file", "item_files.export", "feeds.public", "feeds.personal",
    "people_import.template", "suggestions.of_list",
    "item_views.open_view",  # leads on to the list
}  # fmt: skip
#: whose page each endpoint is: one address or several
PAGES: dict[str, tuple[str, ...]] = {
    "account.page": ("/account",),
    "agenda_room.outcome": ("/milestones/spring/agenda/1/outcome",),
    "agenda_room.present": ("/milestones/spring/agenda/present/1",),
    "agenda_room.printed": ("/milestones/spring/agenda/print",),
    "agenda_order.arrange": ("/milestones/spring/agenda/arrange", "/milestones/spring/agenda/arrange?moved=3&by=up"),
    "agendas.ask_publish": ("/milestones/spring/agenda/publish",),
    "agendas.choose": ("/milestones/spring/agenda/choose",),
    "agendas.note": ("/milestones/spring/agenda/1/note",),
    "agendas.page": ("/milestones/spring/agenda",),
    "agendas.raise_at": ("/items/2/raise",),
    "answers.page": ("/a/{answer}/done", "/a/{answer}/waiting"),
    "answers.undo_page": ("/a/undo/{undo}",),
    "assistant.page": (
        "/transcripts/{talk}/assistant",
        "/transcripts/{corrected}/assistant",
        "/transcripts/{first}/assistant",
    ),
    "meetings.ask_publish": ("/meetings/{meeting}/publish",),
    "uploads.batch": ("/uploads/batches/{batch}",),
    "uploads.listing": ("/uploads",),
    "uploads.page": ("/uploads/{upload}", "/uploads/{reading}"),
    "beginning.ask": ("/start-empty",),
    "beginning.confirm_keep": ("/start-empty/keep",),
    "body_changes.edit": ("/people/{body}/edit-body",),
    "body_changes.new": ("/people/bodies/new",),
    "body_changes.new_class": ("/people/classes/new",),
    "body_changes.stewards": ("/people/{body}/stewards",),
    "bulk.choose": ("/items/bulk",),
    "bulk.listing": ("/items/bulk/done",),
    "bulk.page": ("/items/bulk/done/{bulk}",),
    "cancelling.preview": ("/milestones/spring/cancel",),
    "changeover.page": ("/handovers/year",),
    "clock.page": ("/clock",),
    "corrections.listing": ("/corrections",),
    "corrections.page": ("/transcripts/{corrected}/corrections",),
    "corrections.passage": ("/transcripts/{corrected}/corrections/{anchor}",),
    "digests.mine": ("/digests",),
    "digests.page": ("/digests/{digest}",),
    "digests.stop": ("/digests/stop/{stop}",),
    "front.index": ("/",),
    "handing_over.page": ("/handovers/from/{leaver}",),
    "handovers.listing": ("/handovers",),
    "handovers.page": ("/handovers/{handover}",),
    "importing.page": ("/meetings/{meeting}/import",),
    "importing.written": ("/meetings/{meeting}/import/written",),
    "introductions.page": ("/transcripts/{talk}/introductions/{introduction}",),
    "invitations.page": ("/people/invitations",),
    "item_changes.ask_publish": ("/items/1/publish", "/items/2/publish"),
    "item_changes.edit": ("/items/1/edit",),
    "item_changes.new": ("/items/new",),
    "item_due.condition": ("/items/3/condition",),
    "item_due.rule": ("/items/1/due",),
    "item_links.manage": ("/items/1/links",),
    "item_owner.answer": ("/items/2/owner/answer",),
    "item_owner.manage": ("/items/1/owner", "/items/2/owner"),
    "item_positions.add": ("/items/1/positions/new",),
    "item_positions.edit": ("/items/1/positions/{position}",),
    "item_sending.one": ("/items/1/addressees/{addressee}/send",),
    "item_sending.several": ("/items/1/send",),
    "item_responses.proposer": ("/items/5/proposer",),
    "item_responses.name": ("/items/1/addressees",),
    "item_responses.respond": ("/items/1/addressees/{addressee}",),
    "item_updates.ask_publish": ("/items/1/updates/{update}/publish",),
    "item_updates.write": ("/items/1/update",),
    "item_views.edit": ("/items/views/{view}/edit",),
    "item_views.listing": ("/items/views",),
    "item_views.new": ("/items/views/new?late=1",),
    "items.listing": ("/items", "/items?view=board", "/items?view=timeline", "/items?q=nothing+like+it"),
    "items.history": ("/items/1/history",),
    "items.page": ("/items/1", "/items/3"),
    "letters.kept": ("/mail/kept",),
    "letters.letter": ("/mail/kept/{letter}",),
    "next_mails.listing": ("/mail/next",),
    "next_mails.page": ("/mail/next/{mira}",),
    "mail.outbox": ("/mail",),
    "meetings.edit": ("/meetings/{meeting}/edit",),
    "meetings.listing": ("/meetings",),
    "meetings.new": ("/meetings/new",),
    "meetings.page": ("/meetings/{meeting}", "/meetings/{empty_meeting}"),
    "milestones.calendar": ("/milestones",),
    "milestones.edit": ("/milestones/spring/edit",),
    "milestones.new": ("/milestones/new",),
    "milestones.page": ("/milestones/spring",),
    "milestones.preview": (
        "/milestones/spring/move",
        "/milestones/spring/move?starts_on=2013-03-07&ends_on=2013-03-07",
    ),
    "people.listing": ("/people",),
    "people.page": ("/people/{person}", "/people/{body}", "/people/{class}"),
    "people_import.page": ("/people/import",),
    "people_import.result": ("/people/import/{import}",),
    "person_changes.choose_keeper": ("/people/{person}/merge",),
    "person_changes.confirm_erasing": ("/people/{person}/erase",),
    "person_changes.edit": ("/people/{person}/edit",),
    "person_changes.labels": ("/people/{person}/labels",),
    "person_changes.new": ("/people/new",),
    "person_changes.term": ("/people/{person}/terms/{term}",),
    "person_changes.terms_of": ("/people/{person}/terms",),
    "publishing.publish": ("/items/publish",),
    "publishing.unpublish": ("/items/unpublish",),
    "recorded_answers.form": ("/items/{late}/record-answer/{faye}",),
    "redactions.ask": ("/transcripts/{talk}/redactions/new?at=0-20",),
    "report_issuing.confirm": ("/reports/spring/issue",),
    "reports.draft": ("/reports/spring",),
    "reports.index": ("/reports",),
    "reports.version": ("/reports/spring/v1",),
    "beginning.confirm_sample": ("/b/park-board/sample/remove",),
    "front.search": ("/search", "/search?q=lamps"),
    "series.ask_name": ("/milestones/series/{series}/rename",),
    "series.new": ("/milestones/series/new",),
    "series.page": ("/milestones/series/{series}",),
    "series.preview": ("/milestones/series/{series}/end",),
    "seconds.listing": ("/triage/second",),
    "sign_in.form": ("/sign-in",),
    "sign_in.link": ("/sign-in/{link}",),
    "sign_in.sent": ("/sign-in/sent",),
    "speakers.page": ("/transcripts/{talk}/speakers", "/transcripts/{talk}/speakers?turn=1"),
    "batches.listing": ("/triage/batches",),
    "transcripts.page": ("/transcripts/{talk}",),
    "triage.detector": ("/triage/record",),
    "triage.page": ("/triage/{passage}", "/triage/{decided}"),
    "triage.queue": ("/triage", "/triage?state=set-aside"),
    "turns.page": ("/transcripts/{talk}/turns/1",),
}
#: who opens a page, where it is not the least that sees all of it
READERS: dict[str, tuple[str | None, ...]] = {
    "reports.draft": ("secretariat",),  # a stranger is led to what was issued
    "sign_in.form": (None,),  # and who is signed in, to his own page
}
NOT_PUBLISHED = ("/meetings/morning",)


@dataclass(frozen=True)
class Address:
    """A page, and who opens it: somebody of the world, or None for a stranger."""

    path: str
    reader: str | None


def readable(app: Flask) -> set[str]:
    """Return the endpoints that can be read."""
    return {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}


def every_page(town: Town) -> list[Address]:
    """Return all pages as those who work with them see them, and the public ones as a stranger does too."""
    return list(_pages(town))


def _pages(town: Town) -> Iterator[Address]:
    for endpoint, paths in PAGES.items():
        for path in paths:
            filled = path.format(**town.names)
            for reader in READERS.get(endpoint) or _readers(TABLE[endpoint]):
                if reader or filled not in NOT_PUBLISHED:
                    yield Address(filled, reader)


def _readers(access: Access) -> tuple[str | None, ...]:
    match access:
        case Access.OPERATOR:
            return ("operator",)
        case Access.TOKEN:
            return (None,)
        case Access.ANYONE:
            return ("secretariat", None)
    return ("secretariat",)
