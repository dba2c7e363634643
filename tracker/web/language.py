"""In which language and zone a page is written."""

from flask import Flask, request
from flask_babel import Babel

from tracker.config import LANGUAGES
from tracker.web import context


def locale() -> str:
    """Return the reader's language if there is a translation, else the best his browser asks for, else English."""
    reader = context.person_or_none()
    if reader is not None and reader.language in LANGUAGES:
        return reader.language
    return request.accept_languages.best_match(LANGUAGES) or LANGUAGES[0]


def zone() -> str:
    """Return the name of the reader's time zone."""
    return context.zone().key


def register(app: Flask) -> None:
    """Ask for language and zone at every request."""
    babel = Babel()
    babel.init_app(app, locale_selector=locale, timezone_selector=zone)
