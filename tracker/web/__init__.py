"""The browser: one file a page group, all behind one access table."""

from flask import Flask
from flask_babel import Babel
from flask_wtf import CSRFProtect

from tracker.web import access, bodies, context, filters


def register(app: Flask) -> None:
    """Put the pages and what guards them into the application."""
    app.config.update(SECRET_KEY=app.extensions["config"].secret_key, WTF_CSRF_TIME_LIMIT=None)
    CSRFProtect(app)
    Babel(app)
    access.register(app)
    filters.register(app)
    app.teardown_appcontext(context.close_session)
    app.wsgi_app = bodies.BodyPrefix(app.wsgi_app)  # type: ignore[method-assign]
