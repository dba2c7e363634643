"""The browser: one folder for each group of pages, all behind one access table."""

from flask import Flask

from tracker.web.account import settings, sign_in, signed_in_person
from tracker.web.answers import pages as answer_pages
from tracker.web.answers import recorded_answers
from tracker.web.app import (
    address_numbers,
    busy_database,
    compression,
    context,
    error_pages,
    guards,
    language,
    page_cache,
    page_frame,
    pick_field,
    route_access,
    select_drawing,
    shown_address,
    status_marks,
    template_filters,
    value_words,
)
from tracker.web.calendar import (
    agenda_in_room,
    agenda_order,
    agendas,
    cancel_milestone,
    feeds,
    meetings,
    milestones,
    rapporteurs,
    series,
)
from tracker.web.home import example_clock, first_steps, front_page, start_empty
from tracker.web.items import (
    changes,
    due_rule,
    due_wording,
    export,
    links,
    owner,
    page_words,
    positions,
    responses,
    saved_lists,
    sent_to_addressees,
    updates,
)
from tracker.web.items import pages as item_pages
from tracker.web.items.bulk import pages as bulk_pages
from tracker.web.items.bulk import publishing
from tracker.web.mail import digest_subject, message_pages, next_mails, outbox, past_digests
from tracker.web.people import (
    body_changes,
    directory,
    handover_offers,
    handovers,
    import_list,
    invitations,
    person_changes,
    suggestions,
    yearly_changeover,
)
from tracker.web.reports import files, files_in_the_making
from tracker.web.reports import issuing as report_issuing
from tracker.web.reports import pages as report_pages
from tracker.web.transcripts import (
    assistant,
    corrections,
    import_file,
    introductions,
    reader,
    redactions,
    speakers,
    turns,
    upload_reading,
    uploads,
)
from tracker.web.triage import decide_batch, rapporteur_advice, second_person
from tracker.web.triage import pages as triage_pages

#: what gives filters, words, guards and handlers to all pages
PARTS = (
    address_numbers,
    compression,
    guards,
    signed_in_person,
    route_access,
    error_pages,
    busy_database,
    template_filters,
    select_drawing,
    shown_address,
    pick_field,
    page_frame,
    language,
    files,
    value_words,
    status_marks,
    due_wording,
    digest_subject,
    corrections,
    assistant,
    uploads,
    upload_reading,
    files_in_the_making,
    page_cache,
    page_words,
)
OF_HOME = (
    front_page,
    example_clock,
    first_steps,
    start_empty,
    sign_in,
    settings,
    meetings,
    report_pages,
    report_issuing,
)
OF_PEOPLE = (
    suggestions,
    directory,
    person_changes,
    body_changes,
    handovers,
    handover_offers,
    yearly_changeover,
    invitations,
    import_list,
)
OF_TRIAGE = (rapporteurs, second_person, decide_batch, rapporteur_advice, triage_pages)
OF_WORDS = (import_file, uploads, reader, redactions, assistant, turns, corrections, speakers, introductions)
OF_CALENDAR = (milestones, series, cancel_milestone, agendas, agenda_order, agenda_in_room, feeds)
OF_MAIL = (answer_pages, recorded_answers, past_digests, outbox, next_mails, message_pages)
OF_ITEMS = (
    item_pages,
    export,
    saved_lists,
    publishing,
    bulk_pages,
    changes,
    due_rule,
    links,
    owner,
    positions,
    sent_to_addressees,
    responses,
    updates,
)
PAGES = (*OF_HOME, *OF_PEOPLE, *OF_ITEMS, *OF_CALENDAR, *OF_WORDS, *OF_TRIAGE, *OF_MAIL)


def register(app: Flask) -> None:
    """Put the pages and what guards them into the application."""
    for part in PARTS:
        part.register(app)
    for pages in PAGES:
        app.register_blueprint(pages.blueprint)
    app.teardown_appcontext(context.close_session)
    # around the whole application, for the address of a second body must lose its prefix before anything routes it
    app.wsgi_app = context.BodyPrefix(app.wsgi_app)  # type: ignore[method-assign]
