"""Pages that say what went wrong and what to do about it; none shows how the program works."""

from typing import Any
from urllib.parse import urlsplit, urlunsplit

from flask import Flask, current_app, render_template, request
from flask_babel import gettext, lazy_gettext, ngettext
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException, InternalServerError

from tracker.db import is_busy
from tracker.errors import Refused, Stale
from tracker.people.sign_in_throttle import TooMany
from tracker.web.app import busy_database, safety_log
from tracker.web.app.guards import own_path

#: what happened, and what to do
MESSAGES = {
    400: (
        lazy_gettext("This request was not understood"),
        lazy_gettext("Go back, load the page again and retry. If you followed a link, check that it is complete."),
    ),
    403: (
        lazy_gettext("This page is not open to you"),
        lazy_gettext(
            "Your role does not include it. Ask the secretariat of this body, or sign in with another address."
        ),
    ),
    404: (
        lazy_gettext("There is no such page here"),
        lazy_gettext("It may have moved, or you may need to sign in with another address to see it."),
    ),
    405: (
        lazy_gettext("This page cannot be used that way"),
        lazy_gettext("Nothing has been changed. Go back and use the buttons of the page."),
    ),
    409: (
        lazy_gettext("Somebody else has saved this meanwhile"),
        lazy_gettext("Your change was not saved. Go back, load the page again and compare before you save."),
    ),
    410: (
        lazy_gettext("This page is gone"),
        lazy_gettext("It was here once and will not come back. Search for what it was about."),
    ),
    413: (
        lazy_gettext("That is too large"),
        lazy_gettext("A file may have up to 20 MB. Send a smaller one, or only its text."),
    ),
    422: (
        lazy_gettext("This was not saved"),
        lazy_gettext("Nothing has been changed. Go back, correct what the message names, and save again."),
    ),
    429: (
        lazy_gettext("Too many tries"),
        lazy_gettext("Wait a few minutes, then try again. A sign-in link sent to your address works at any time."),
    ),
    500: (
        lazy_gettext("Something went wrong on our side"),
        lazy_gettext(
            "Nothing has been changed. Try again in a minute. If it fails again, tell the secretariat when it happened."
        ),
    ),
}
#: of these the reader looks for another page; after the others they go back, or try again
NOT_THERE = (403, 404, 410)
#: no url_for for an address we do not know
STYLESHEET = "/static/style.css"
STALE_FORM = (
    lazy_gettext("This form has been open too long"),
    lazy_gettext("For your safety it was not sent. Go back, load the page again and send the form once more."),
)


def _page(code: int, title: object, advice: object) -> tuple[str, int]:
    """Draw the page. After 400 and 500, and while the database is busy, it is a bare page that reads no database."""
    address, label = _way_on(code)
    texts = {"heading": title, "advice": advice, "stylesheet": STYLESHEET, "address": address, "label": label}
    # What failed may be the session or the database: the page must not need them.
    if code in (400, 500):
        return render_template("app/error_bare.html", **texts), code
    try:
        return render_template("app/error.html", **texts), code
    except SQLAlchemyError as error:
        if not is_busy(error):
            raise
        busy_database.do_without_database()
        return render_template("app/error_bare.html", **texts), code


def _way_on(code: int) -> tuple[str, object]:
    """Return the one address that helps after such an error, and what its button says."""
    # Words are translated when they are shown: to know the reader's language the database is asked, which may be busy.
    if code in NOT_THERE:
        return f"{request.script_root}/search", lazy_gettext("Search")
    if code == 500 and request.method == "GET":
        return own_path(request.script_root + request.full_path.rstrip("?")), lazy_gettext("Try again")
    before = urlsplit(request.referrer or "")
    if before.netloc != request.host:
        return f"{request.script_root}/", lazy_gettext("To the first page")
    way_back = urlunsplit(before._replace(scheme="", netloc=""))
    return own_path(way_back), lazy_gettext("Back to the page")


def _status(error: HTTPException) -> Any:
    """Answer an HTTP error in plain words, with its own headers (Allow, Retry-After)."""
    code = error.code or 500
    if code not in MESSAGES and code >= 500:
        code = 500
    elif code not in MESSAGES:
        code = 400
    body, _ = _page(code, *MESSAGES[code])
    answer = error.get_response(request.environ)
    answer.set_data(body)
    answer.content_type = "text/html; charset=utf-8"
    return answer


def _csrf(_error: CSRFError) -> tuple[str, int]:
    safety_log.refused("form without its token")
    return _page(400, *STALE_FORM)


def _refused(error: Refused) -> tuple[str, int]:
    """Answer a refusal that no form took up."""
    code = 409 if isinstance(error, Stale) else 422
    return _page(code, MESSAGES[code][0], gettext(error.message, **error.values))


def _failed(_error: InternalServerError) -> tuple[str, int]:
    return _page(500, *MESSAGES[500])


def _too_many(error: TooMany) -> tuple[str, int, dict[str, str]]:
    safety_log.refused("one try too many")
    minutes = max(1, round(error.seconds / 60))
    advice = ngettext(
        "Wait %(num)d minute, then try again. A sign-in link sent to your address works at any time.",
        "Wait %(num)d minutes, then try again. A sign-in link sent to your address works at any time.",
        minutes,
    )
    body, code = _page(429, MESSAGES[429][0], advice)
    return body, code, {"Retry-After": str(error.seconds)}


def _log(failed: tuple[Any, Any, Any] | tuple[None, None, None]) -> None:
    """Log a failure by the name of its page: a path may hold the token of a link."""
    current_app.logger.error("failed: %s %s", request.method, request.endpoint, exc_info=failed)


def register(app: Flask) -> None:
    """Use these pages for every error."""
    app.log_exception = _log  # type: ignore[method-assign,assignment]
    app.register_error_handler(HTTPException, _status)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(TooMany, _too_many)
    app.register_error_handler(InternalServerError, _failed)
