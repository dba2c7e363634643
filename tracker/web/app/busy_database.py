"""The answer when others hold the database for too long: 503, and the form again with everything that was typed."""

from collections.abc import Iterator
from typing import NamedTuple

from flask import Flask, current_app, g, render_template, request
from flask_babel import gettext
from flask_login import AnonymousUserMixin
from flask_wtf import FlaskForm
from sqlalchemy.exc import SQLAlchemyError
from wtforms import PasswordField
from wtforms.fields.core import UnboundField

from tracker.db import is_busy
from tracker.web.app import context

#: seconds after which the same request may be tried again
RETRY_AFTER = 10
#: words of this length were typed rather than chosen
TYPED = 30
#: no url_for: what it needs may be what is busy
STYLESHEET = "/static/style.css"
Answer = tuple[str, int, dict[str, str]]


class KeptValue(NamedTuple):
    """One value of a form as it was sent, and how it is sent again: kind is hidden, text, or password (typed anew)."""

    name: str
    value: str
    kind: str
    label: str


def answer_busy(error: SQLAlchemyError) -> Answer:
    """Say that nothing was changed, and offer to send the same again; any other fault goes on as it came."""
    if not is_busy(error):
        raise error
    do_without_database()
    current_app.logger.warning("the database is busy: %s %s", request.method, request.endpoint)
    page = render_template(
        "app/error_busy.html",
        action=request.script_root + request.full_path.rstrip("?"),
        kept=_kept(),
        files=[name for name, file in request.files.items(multi=True) if file.filename],
        is_form=request.method == "POST",
        stylesheet=STYLESHEET,
        heading=gettext("Many people are saving at the moment"),
    )
    return page, 503, {"Retry-After": str(RETRY_AFTER)}


def do_without_database() -> None:
    """Read nothing more from the database in this request: the next query would wait just as long."""
    context.close_session()
    g.session = context.sessions().reader()
    g._login_user = AnonymousUserMixin()


def every_form(kind: type[FlaskForm] = FlaskForm) -> Iterator[type[FlaskForm]]:
    """Yield every form class of the application, those made of other forms included."""
    for form in kind.__subclasses__():
        yield form
        yield from every_form(form)


def password_labels() -> dict[str, str]:
    """Return the label of every password field of any form, by the field's name."""
    labels: dict[str, str] = {}
    for form in every_form():
        for name in dir(form):
            field = getattr(form, name)
            if isinstance(field, UnboundField) and issubclass(field.field_class, PasswordField):
                label = field.kwargs.get("label", "")
                if field.args:
                    label = field.args[0]
                labels[name] = str(label)
    return labels


def _kept() -> list[KeptValue]:
    passwords = password_labels()
    return [_keep(name, value, passwords) for name, value in request.form.items(multi=True)]


def _keep(name: str, value: str, passwords: dict[str, str]) -> KeptValue:
    if name in passwords or "password" in name:
        # nobody's password is written into a page
        return KeptValue(name, "", "password", passwords.get(name) or gettext("Password"))
    is_text = "\n" in value or (" " in value and len(value) >= TYPED)
    return KeptValue(name, value, "text" if is_text else "hidden", gettext("What you typed"))


def register(app: Flask) -> None:
    """Answer so wherever the database is busy."""
    app.register_error_handler(SQLAlchemyError, answer_busy)
