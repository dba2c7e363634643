"""The calendar for calendar programs: what is published for anybody, and each person's own by a secret address."""

import hashlib
from collections.abc import Callable, Iterable
from itertools import chain

from flask import Blueprint, abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import force_locale, gettext
from werkzeug.wrappers import Response

from tracker.config import LANGUAGES
from tracker.history import so_far
from tracker.mail.compose_email import base_url
from tracker.people import calendar_links
from tracker.people.models import Person
from tracker.people.queries import STRANGER, Sight, registers, sight_of
from tracker.web.app import context, safety_log
from tracker.web.app.form_saving import acting
from tracker.web.calendar.feed_entries import FeedEntry, of_due_items, of_milestones

blueprint = Blueprint("feeds", __name__)
#: another number makes every program read anew
EDITION = 1


def _icalendar(name: str, entries: Iterable[FeedEntry]) -> bytes:
    # Few requests read a calendar, and the library is large.
    from tracker.web.calendar.icalendar_file import written  # noqa: PLC0415

    return written(name, entries)


@blueprint.get("/milestones.ics")
def public() -> Response:
    """Send the register's published milestones, to members and strangers alike."""
    body = context.body()

    def build() -> bytes:
        return _icalendar(body.name, of_milestones(context.session(), body, STRANGER))

    return _answer([body.id, str(body.name)], build)


@blueprint.get("/calendar/<token>.ics")
def personal(token: str) -> Response:
    """Send the milestones and due dates of the person whose secret it is; nothing once they serve nowhere."""
    session = context.session()
    person = calendar_links.reader_of(session, token) or abort(404)
    sight = sight_of(session, person, context.now())
    if not sight.register_ids:
        abort(404)

    def build() -> bytes:
        with force_locale(person.language if person.language in LANGUAGES else LANGUAGES[0]):
            return _of_person(person, sight)

    answer = _answer([person.id, person.language, sorted(sight.register_ids), sorted(sight.only_rapporteur_in)], build)
    answer.cache_control.private = True
    return answer


def _of_person(person: Person, sight: Sight) -> bytes:
    session = context.session()
    bodies = [body for body in registers(session) if body.id in sight.register_ids]
    milestones = chain.from_iterable(of_milestones(session, body, sight) for body in bodies)
    name = gettext("Intersession: %(name)s", name=person.name)
    return _icalendar(name, chain(milestones, of_due_items(session, person.id, sight)))


def _answer(key: list[object], build: Callable[[], bytes]) -> Response:
    """Send the calendar, or 304 where nothing at all has happened since: history tells."""
    whole = repr([EDITION, base_url(context.config()), so_far(context.session()), *key])
    tag = hashlib.sha256(whole.encode()).hexdigest()[:32]
    is_known = request.if_none_match.contains_weak(tag)
    answer = make_response(b"" if is_known else build(), 304 if is_known else 200)
    answer.content_type = "text/calendar; charset=utf-8"
    answer.headers["Content-Disposition"] = 'attachment; filename="milestones.ics"'
    answer.set_etag(tag)
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
