"""The clock of an example: the page and the button that return it to today, and the button that lives a week of it."""

import threading
from dataclasses import replace
from datetime import datetime, timedelta

from flask import Blueprint, Flask, abort, current_app, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from markupsafe import Markup
from sqlmodel import Session, col, func, select
from werkzeug.wrappers import Response

from tracker import clock, history
from tracker.config import Config
from tracker.digests.notices import queue_notices, send_notices_now
from tracker.digests.runs.send_times import WEEK, due_after
from tracker.digests.runs.subscribers import subscribers
from tracker.history_verbs import Verb
from tracker.jobs.scheduler_lock import lock_for
from tracker.jobs.timetable import Bench, office_of, queue_digests
from tracker.mail.delivery import deliver
from tracker.mail.models import MailKind, MailState, Outgoing
from tracker.seed.start_empty import is_example
from tracker.web.app import context
from tracker.web.app.guards import own_path
from tracker.web.app.route_access import may
from tracker.web.app.template_filters import short_day

blueprint = Blueprint("clock", __name__, url_prefix="/clock")
#: seconds that a request waits for the mails to be written
PATIENCE = 5.0


@blueprint.app_template_global()
def seconds_to_move() -> int | None:
    """Return how far the clock is from the real one, for the form of *Next week*: of two presses the second is late.

    None for whoever may not press it, and where somebody works for real.
    """
    offset = context.clock_offset()
    if not offset or not may("clock.next_week") or not _is_example():
        return None
    return round(offset.total_seconds())


def _is_example() -> bool:
    if "is_example" not in g:
        g.is_example = is_example(context.session())
    return bool(g.is_example)


@blueprint.get("")
def page() -> str:
    """Say what returning to today does, before it is done."""
    return render_template("home/clock.html")


@blueprint.post("/return")
def return_to_today() -> Response:
    """Let the installation believe the real clock again."""
    session = context.session()
    clock.return_to_today(session)
    history.leave(session, "clock:1", Verb.RETURNED, by=context.actor(), now=clock.real_now())
    session.commit()
    flash(gettext("This installation now runs on today's date."))
    return redirect(url_for("front.index"))


@blueprint.post("/next-week")
def next_week() -> Response:
    """Move the clock of an example on by a week, and make the digests that fall due in it."""
    if seconds_to_move() is None:
        abort(404)
    back = redirect(own_path(request.form.get("back"), url_for("front.index")))
    session = context.session()
    if not _is_moved(session):
        _send_notices(session)
    # Looked at anew: the notices are committed first, and another press may have come meanwhile.
    if _is_moved(session):
        flash(gettext("Somebody has moved the clock already. Nothing has changed."))
        return back
    now = clock.move_on(session, WEEK)
    history.leave(session, "clock:1", Verb.MOVED_ON, by=context.actor(), now=now)
    # Made here, not at the scheduler's next pass: after two quick presses it would make one digest for both weeks.
    make_digests_of_week(session, context.config(), now - WEEK, now)
    session.commit()
    _write_letters()
    flash(_outcome(session, now))
    return back


def make_digests_of_week(session: Session, config: Config, began: datetime, now: datetime) -> None:
    """Make the digests that fall due after it `began` and until now, each at its moment, as a scheduler would.

    A pass at the end alone would leave whoever is due a few hours later to the next digest, week after week.
    """
    due = {due_after(began, subscriber.rhythm) for subscriber in subscribers(session, began)}
    for moment in sorted({moment for moment in due if moment < now} | {now}):
        queue_digests(session, config, now=moment)


def _is_moved(session: Session) -> bool:
    """Tell whether the clock no longer stands where the page with the button showed it."""
    return clock.offset(session) != timedelta(seconds=request.form.get("offset", 0, type=int))


def _send_notices(session: Session) -> None:
    """Make the notices that would leave in the week that is skipped, as they stand before it."""
    queue_notices(session, now=clock.now(session))
    count = send_notices_now(session)
    session.commit()
    if count:
        _write_letters()


def _write_letters() -> None:
    """Write the mails where mail is only kept here; where a relay is set, the scheduler sends it in its own time."""
    if context.config().smtp_url is not None:
        return
    # In a thread of its own, for mails are written outside of any request: they are nobody's page.
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    writing = threading.Thread(target=_deliver, args=(app,), name="mails of a week", daemon=True)
    writing.start()
    writing.join(PATIENCE)


def _deliver(app: Flask) -> None:
    sessions = app.extensions["sessions"]
    with app.app_context():
        # Without the scheduler's lock, for it may hold that one: what both want to write goes by the claims of rows.
        office = office_of(Bench(sessions, app.extensions["config"], lock_for(sessions.engine)))
        deliver(replace(office, goes_on=lambda: True))


def _outcome(session: Session, now: datetime) -> Markup:
    """Return what day it is now and how many digests were made, with a link to them."""
    today = gettext("It is now %(day)s.", day=short_day(clock.day_in(context.body().timezone, now)))
    states = _digests_of(session, now)
    if not states:
        return Markup("{} {}").format(today, gettext("No digest was due."))
    count = sum(number for state, number in states.items() if state != MailState.EMPTY)
    if not count:
        nothing = gettext("No digest was made: nobody had news or something newly owed.")
        return Markup("{} {}").format(today, nothing)
    digests = ngettext("%(num)d digest was made.", "%(num)d digests were made.", count)
    return Markup('{} {} <a href="{}">{}</a>').format(today, digests, url_for("mail.outbox"), gettext("Read them"))


def _digests_of(session: Session, now: datetime) -> dict[str, int]:
    """Return how many of the digests of the week until then are in each state; an empty one says nothing."""
    of_week = (
        col(Outgoing.kind) == MailKind.DIGEST,
        col(Outgoing.created_at) > now - WEEK,
        col(Outgoing.state) != MailState.CANCELLED,
    )
    return dict(session.exec(select(Outgoing.state, func.count()).where(*of_week).group_by(col(Outgoing.state))).all())
