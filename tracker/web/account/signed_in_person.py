"""Who sits at the browser: flask-login on sessions kept in the database."""

from datetime import datetime

from flask import Flask, Request, abort, request, session
from flask_login import LoginManager
from sqlalchemy.exc import SQLAlchemyError

from tracker import clock
from tracker.db import is_busy
from tracker.people import sessions, sign_in_rules
from tracker.people.models import Person
from tracker.people.sign_in_rules import BrowserSession
from tracker.web.app import context
from tracker.web.app.request_facts import SID


def note() -> None:
    """Write that the session is in use, at most every ten minutes, in a writer of its own before the page's."""
    token = session.get(SID)
    if request.endpoint == "static" or not token:
        return
    now = clock.real_now()
    signed_in = _seen(token)
    if signed_in is not None and now - signed_in[0].seen_at >= sign_in_rules.TOUCH:
        _touch(signed_in[0], now)


def _touch(sign_in_session: BrowserSession, now: datetime) -> None:
    try:
        with context.sessions().writing() as writing:
            sessions.touch(writing, sign_in_session, now=now)
    except SQLAlchemyError as error:
        if not is_busy(error):
            # While others write, nobody is kept from reading: the next request notes it.
            raise


def _seen(token: str) -> tuple[BrowserSession, Person] | None:
    """Return the session as the page will see it; a page that writes has not begun to, or it would wait for `note`."""
    if request.method in context.SAFE_METHODS:
        return context.facts().signed_in
    with context.sessions().reader() as reading:
        return sessions.find_session(reading, token, now=clock.real_now())


def who(_request: Request) -> Person | None:
    """Return the person of the cookie's session, if that is alive."""
    if not session.get(SID):
        return None
    signed_in = context.facts().signed_in
    if signed_in is None:
        return None
    return signed_in[1]


def kept() -> BrowserSession:
    """Return the session of the signed-in person."""
    signed_in = context.facts().signed_in
    if signed_in is None:
        abort(404)
    return signed_in[0]


def enter(person: Person) -> None:
    """Sign the person in with a new identifier; nothing of the cookie before survives. The caller commits."""
    leave()
    session[SID] = sessions.start(context.session(), person, now=clock.real_now())
    session.permanent = True


def leave() -> None:
    """Sign this browser out, on the server too. The caller commits."""
    token = session.get(SID)
    if token:
        sessions.end(context.session(), token)
    session.clear()


def register(app: Flask) -> None:
    """Ask for the person at every request."""
    app.config["PERMANENT_SESSION_LIFETIME"] = sign_in_rules.ABSOLUTE
    manager = LoginManager(app)
    # The browser holds a mere identifier: the session is on the server, where it ends whatever the cookie says.
    manager.session_protection = None
    # No cookie signs in by a number alone.
    manager.user_loader(lambda _number: None)
    manager.request_loader(who)
    app.before_request(note)
