"""The browser: one file a page group, all behind one access table."""

from flask import Flask

from tracker.web import (
    access,
    account,
    agenda_room,
    agendas,
    arrival_words,
    arrivals,
    beginning,
    bodies,
    body_changes,
    bulk,
    busy_database,
    cancelling,
    changeover,
    compress,
    context,
    control_signs,
    correction_words,
    corrections,
    digest_words,
    digests,
    due_words,
    errors,
    feeds,
    filters,
    first_steps,
    frame,
    front,
    guards,
    handing_over,
    handovers,
    importing,
    introductions,
    invitations,
    item_changes,
    item_due,
    item_files,
    item_links,
    item_owner,
    item_positions,
    item_putting,
    item_responses,
    item_updates,
    item_views,
    item_words,
    items,
    language,
    letters,
    mail,
    marks,
    meetings,
    milestones,
    numbers,
    people,
    people_import,
    person_changes,
    presence,
    printed,
    publishing,
    reading_room,
    report_files,
    reports,
    sample,
    search,
    series,
    shelf,
    sign_in,
    speakers,
    transcripts,
    triage,
    triage_advice,
    triage_rapporteurs,
    triage_seconds,
    triage_together,
    turns,
    words,
)
from tracker.web.forms import drawing

OF_PEOPLE = (people, person_changes, body_changes, handovers, handing_over, changeover, invitations, people_import)
OF_TRIAGE = (triage_rapporteurs, triage_seconds, triage_together, triage_advice, triage)
OF_WORDS = (importing, arrivals, transcripts, turns, corrections, speakers, introductions)
OF_CALENDAR = (milestones, series, cancelling, agendas, agenda_room, feeds)
OF_MAIL = (digests, mail, letters)
OF_ITEMS = (
    items,
    item_files,
    item_views,
    publishing,
    bulk,
    item_changes,
    item_due,
    item_links,
    item_owner,
    item_positions,
    item_putting,
    item_responses,
    item_updates,
)


def register(app: Flask) -> None:
    """Put the pages and what guards them into the application."""
    for part in (
        numbers,
        compress,
        control_signs,
        guards,
        presence,
        access,
        errors,
        busy_database,
        filters,
        drawing,
        frame,
        language,
        printed,
        words,
        marks,
        due_words,
        digest_words,
        correction_words,
        arrival_words,
        reading_room,
        report_files,
        shelf,
        item_words,
    ):
        part.register(app)
    mains = (front, first_steps, beginning, sample, sign_in, account, meetings, reports, search)
    for pages in (*mains, *OF_PEOPLE, *OF_ITEMS, *OF_CALENDAR, *OF_WORDS, *OF_TRIAGE, *OF_MAIL):
        app.register_blueprint(pages.blueprint)
    app.teardown_appcontext(context.close_session)
    app.wsgi_app = bodies.BodyPrefix(app.wsgi_app)  # type: ignore[method-assign]
