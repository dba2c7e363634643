"""The calendar for calendar programs: what is published for anybody, and each person's own by a secret address."""

import hashlib
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from itertools import chain
from typing import Any

from flask import Blueprint, abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import force_locale, gettext
from werkzeug.wrappers import Response

from tracker.config import LANGUAGES
from tracker.history_queries import so_far
from tracker.mail.compose_email import base_url, one_line
from tracker.people import calendar_links
from tracker.people.models import Person
from tracker.people.queries import STRANGER, Sight, registers, sight_of
from tracker.web.app import context, safety_log
from tracker.web.app.form_saving import acting
from tracker.web.calendar.feed_entries import FeedEntry, of_due_items, of_milestones

blueprint = Blueprint("feeds", __name__)
#: to be raised when the feed is written in another way: the tag changes, and every program reads it again
EDITION = 1
#: how often a program should look again
REFRESH = timedelta(hours=6)


@blueprint.get("/milestones.ics")
def public() -> Response:
    """Send the register's published milestones, to members and strangers alike."""
    body = context.body()

    def build() -> bytes:
        return to_icalendar(body.name, of_milestones(context.session(), body, STRANGER))

    return _answer([body.id, str(body.name)], build)


@blueprint.get("/calendar/<token>.ics")
def personal(token: str) -> Response:
    """Send the milestones and due dates of the person whose secret it is; nothing once they serve nowhere."""
    session = context.session()
    person = calendar_links.reader_of(session, token) or abort(404)
    sight = sight_of(session, person, context.now())
    # The address outlives the roles of its owner; what it shows does not.
    if not sight.register_ids:
        abort(404)

    def build() -> bytes:
        # A person may have chosen a language that this version of the program has no texts in.
        language = LANGUAGES[0]
        if person.language in LANGUAGES:
            language = person.language
        with force_locale(language):
            return _of_person(person, sight)

    answer = _answer([person.id, person.language, sorted(sight.register_ids), sorted(sight.only_rapporteur_in)], build)
    # A cache that others share must not keep it.
    answer.cache_control.private = True
    return answer


def _of_person(person: Person, sight: Sight) -> bytes:
    session = context.session()
    bodies = [body for body in registers(session) if body.id in sight.register_ids]
    milestones = chain.from_iterable(of_milestones(session, body, sight) for body in bodies)
    name = gettext("Intersession: %(name)s", name=person.name)
    return to_icalendar(name, chain(milestones, of_due_items(session, person.id, sight)))


def _answer(key: list[object], build: Callable[[], bytes]) -> Response:
    """Send the calendar, or 304 where nothing at all has happened since: history tells."""
    facts = repr([EDITION, base_url(context.config()), so_far(context.session()), *key])
    tag = hashlib.sha256(facts.encode()).hexdigest()[:32]
    # Programs ask every few hours, mostly for nothing new: the feed is built only where the tag differs.
    if request.if_none_match.contains_weak(tag):
        answer = make_response(b"", 304)
    else:
        answer = make_response(build(), 200)
    answer.content_type = "text/calendar; charset=utf-8"
    answer.headers["Content-Disposition"] = 'attachment; filename="milestones.ics"'
    answer.set_etag(tag)
    # Programs may keep it, but ask first whether it is still true.
    answer.cache_control.no_cache = True
    return answer


@blueprint.post("/account/calendar")
def renew() -> Response:
    """Make the reader an address, and show it this once."""
    token = calendar_links.renew(context.session(), context.person(), **acting())
    context.session().commit()
    safety_log.note("calendar address made", person_id=context.person().id)
    address = f"{base_url(context.config())}/calendar/{token}.ics"
    answer = make_response(render_template("account/calendar_link.html", address=address))
    # The address is as good as a password, and is shown once.
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.post("/account/calendar/revoke")
def revoke() -> Response:
    """End the reader's address."""
    calendar_links.revoke(context.session(), context.person(), **acting())
    context.session().commit()
    safety_log.note("calendar address ended", person_id=context.person().id)
    flash(gettext("Your calendar address has ended. Calendar programs can no longer read it."))
    return redirect(url_for("account.page"))


def to_icalendar(name: str, entries: Iterable[FeedEntry]) -> bytes:
    """Return a calendar file (RFC 5545, RFC 7986) of days without a zone; the library folds lines and escapes text."""
    # Few requests read a calendar, and the library is large.
    from icalendar import Calendar, Event  # noqa: PLC0415

    calendar = Calendar()
    calendar.add("prodid", "-//Intersession//Calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", one_line(name))
    calendar.add("name", one_line(name))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", REFRESH)
    for entry in entries:
        calendar.add_component(_fill(Event(), entry))
    return bytes(calendar.to_ical())


def _fill(event: Any, entry: FeedEntry) -> Any:
    """Write the entry into an empty event of the library, and return it."""
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    event.add("sequence", entry.sequence)
    event.add("dtstart", entry.first)
    if entry.last < date.max:
        # In iCalendar whole days end with the day after the last (RFC 5545, 3.6.1).
        event.add("dtend", entry.last + timedelta(days=1))
    elif entry.first < date.max:
        # Python has no day after the last one; an entry without an end lasts its one day.
        event.add("dtend", date.max)
    event.add("summary", one_line(entry.title))
    event.add("description", "\n".join(map(one_line, entry.description.splitlines())))
    event.add("url", entry.url)
    event.add("status", entry.status)
    # Nobody is busy for the whole of these days.
    event.add("transp", "TRANSPARENT")
    if entry.place:
        event.add("location", one_line(entry.place))
    return event
