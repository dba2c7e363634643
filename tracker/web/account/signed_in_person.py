"""Who sits at the browser: flask-login on sessions kept in the database."""

from datetime import datetime

from flask import Flask, Request, g, request, session
from flask_login import LoginManager
from sqlalchemy.exc import SQLAlchemyError

from tracker import clock
from tracker.db import is_busy
from tracker.people import sessions, sign_in_rules
from tracker.people.models import Person, SignInSession
from tracker.web.app import context

#: under this name the cookie holds the identifier of the server's session
SID = "sid"


def note() -> None:
    """Write that the session is in use, at most every ten minutes, in a writer of its own before the page's."""
    token = session.get(SID)
    if request.endpoint == "static" or not token:
        return
    now = clock.real_now()
    signed_in = _seen(token)
    if signed_in is not None and now - signed_in[0].seen_at >= sign_in_rules.TOUCH:
        _touch(signed_in[0], now)


def _touch(sign_in_session: SignInSession, now: datetime) -> None:
    try:
        with context.sessions().writing() as writing:
            sessions.touch(writing, sign_in_session, now=now)
    except SQLAlchemyError as error:
        if not is_busy(error):
            # While others write, nobody is kept from reading: the next request notes it.
            raise


def _seen(token: str) -> tuple[SignInSession, Person] | None:
    """Return the session as the page will see it; a page that writes has not begun to, or it would wait for `note`."""
    if request.method in context.SAFE_METHODS:
        return _look_up(token)
    with context.sessions().reader() as reading:
        return sessions.find_session(reading, token, now=clock.real_now())


def _look_up(token: str) -> tuple[SignInSession, Person] | None:
    """Return the session of that identifier and whose it is, looked up once a request."""
    if g.get("looked_up") != token:
        g.looked_up = token
        g.signed_in = sessions.find_session(context.session(), token, now=clock.real_now())
    signed_in: tuple[SignInSession, Person] | None = g.signed_in
    return signed_in


def who(_request: Request) -> Person | None:
    """Return the person of the cookie's session, if that is alive."""
    token = session.get(SID)
    if not token:
        return None
    signed_in = _look_up(token)
    if signed_in is None:
        return None
    g.sign_in_session, person = signed_in
    return person


def kept() -> SignInSession:
    """Return the session of the signed-in person."""
    # Asks flask-login, which fills g by `who`.
    context.person()
    sign_in_session: SignInSession = g.sign_in_session
    return sign_in_session


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
