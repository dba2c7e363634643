"""How a form becomes a change: checked, made, committed once; or shown again with what was typed and what was said."""

from collections.abc import Callable
from datetime import datetime
from typing import TypedDict

from flask_wtf import FlaskForm
from wtforms import Field, SelectField

from tracker.errors import Refused, Stale
from tracker.history import Actor
from tracker.web import context
from tracker.web.forms import refuse

SAVED = 302


class Acting(TypedDict):
    """Who makes a change, and when: what every verb is told."""

    by: Actor
    now: datetime


def acting() -> Acting:
    """Return the reader and this request's moment, to be handed to a verb as **acting()."""
    return Acting(by=context.actor(), now=context.now())


def save(form: FlaskForm, change: Callable[[], object]) -> int:
    """Make the change and commit it if the form is right; return the status: SAVED, 422, or 409 where it is stale."""
    if not form.validate():
        return 422
    try:
        change()
        context.session().commit()
    except Refused as refused:
        context.session().rollback()  # what was half done must not be read back into the page
        refuse(form, refused)
        return 409 if isinstance(refused, Stale) else 422
    return SAVED


def overtaken(form: FlaskForm, stored: FlaskForm) -> list[tuple[str, str]]:
    """Return label and value of what was stored meanwhile and is not what was typed; a second save goes over it."""
    differing = [
        (str(field.label.text), _said(stored[field.name]))
        for field in form
        if field.name not in ("csrf_token", "version") and field.data != stored[field.name].data
    ]
    version = form["version"]
    version.data, version.raw_data = stored["version"].data, None
    return differing


def _said(field: Field) -> str:
    if isinstance(field, SelectField):
        return str({value: label for value, label, *_ in field.iter_choices()}.get(field.data, ""))
    return str(field._value()) if hasattr(field, "_value") else str(field.data)
