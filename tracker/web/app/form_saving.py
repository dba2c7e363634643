"""How a form becomes a change: checked, made, committed once; or shown again with what was typed and what was said."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypedDict, TypeVar

from flask import request
from flask_wtf import FlaskForm
from sqlmodel import col, select
from werkzeug.datastructures import MultiDict
from wtforms import Field, FileField, SelectField

from tracker.errors import Refused, Stale
from tracker.history import Actor, Event, Recorded
from tracker.items.queries import person_names
from tracker.web.app import context
from tracker.web.app.forms import refuse

Result = TypeVar("Result")

SAVED = 302
#: of the buttons that take over one text of two: "theirs:title", "mine:title"
TAKING = "take-text"
#: in front of the name of a field, holds what was typed there while the form holds the other's text
KEPT = "mine-"


#: fields that nobody types
APART = frozenset({"csrf_token", "version"})


class Acting(TypedDict):
    """Who makes a change, and when: what every verb is told."""

    by: Actor
    now: datetime


def acting() -> Acting:
    """Return the reader and this request's moment, to be handed to a verb as **acting()."""
    return Acting(by=context.actor(), now=context.now())


@dataclass(frozen=True)
class Submission(Generic[Result]):
    """What came of a form: SAVED with what the change returned, 422 or 409 with None; 200 where nothing was sent."""

    status: int
    result: Result | None = None

    @property
    def is_saved(self) -> bool:
        """Tell whether the change was made and committed."""
        return self.status == SAVED

    @property
    def is_stale(self) -> bool:
        """Tell whether somebody else saved the same thing meanwhile."""
        return self.status == 409


def submit(form: FlaskForm, change: Callable[[], Result]) -> Submission[Result]:
    """Make the change and commit it if the form was sent and is right; else say with which status to show it again.

    It is 409 too while the reader still chooses between their text and another's: then nothing is saved.
    """
    if request.method in context.SAFE_METHODS:
        return Submission(200)
    if TAKING in request.form:
        return Submission(409)
    if not form.validate():
        return Submission(422)
    try:
        result = change()
        context.session().commit()
    except Refused as refused:
        context.session().rollback()  # what was half done must not be read back into the page
        refuse(form, refused)
        return Submission(409 if isinstance(refused, Stale) else 422)
    return Submission(SAVED, result)


def save(form: FlaskForm, change: Callable[[], object]) -> int:
    """Do the same and return the status alone."""
    return submit(form, change).status


@dataclass(frozen=True)
class Both:
    """A field that somebody else filled in otherwise meanwhile: what he saved, and what was typed here."""

    name: str
    label: str
    theirs: str
    mine: str
    #: what was typed as the form holds it, to be sent again
    kept: str
    #: the form holds the other's text now
    is_theirs: bool


@dataclass(frozen=True)
class Meanwhile:
    """What was saved while a form was open, by whom and when; `both` is empty where it was nothing of this form."""

    both: list[Both]
    by: str | None
    at: datetime | None


def overtaken(form: FlaskForm, stored: FlaskForm, row: Recorded) -> Meanwhile:
    """Return what was stored of the row meanwhile beside what was typed, and let the form take the one chosen.

    The form then stands on what is stored now: saving it goes over that.
    """
    fields = [field for field in form if field.name not in APART and not isinstance(field, FileField)]
    both = [pair for field in fields if (pair := _both(field, stored[field.name]))]
    renew(form["version"], stored["version"].data)
    return Meanwhile(both, *_last_change(row))


def renew(field: Field, value: object) -> None:
    """Let the field hold a value of ours in the place of what was sent."""
    field.data = value
    field.raw_data = None


def _both(field: Field, theirs: Field) -> Both | None:
    """Compare what the form holds with what is stored; the last words typed are kept when the other's are taken."""
    differs = _plain(field.data) != _plain(theirs.data)
    choice = request.form.get(TAKING)
    kept = _raw(field) if differs else request.form.get(f"{KEPT}{field.name}")
    if kept is None:
        return None
    mine = _fill(field, kept)
    is_theirs = choice == f"theirs:{field.name}" or (not differs and choice != f"mine:{field.name}")
    if is_theirs:
        renew(field, theirs.data)
    return Both(field.name, str(field.label.text), _said(theirs), mine, kept, is_theirs)


def _plain(value: object) -> object:
    """Return the value as it is compared: browsers send lines with other ends, and nothing as an empty text."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip() or None
    return value or None


def _raw(field: Field) -> str:
    if field.raw_data:
        return str(field.raw_data[0])
    return ""


def _fill(field: Field, text: str) -> str:
    """Put the text into the field as if it had just been typed, and return what a person reads of it."""
    errors = field.errors
    field.process(MultiDict({field.name: text}))
    field.errors = errors
    return _said(field)


def _said(field: Field) -> str:
    if isinstance(field, SelectField):
        return next((str(choice.label) for choice in field.iter_choices() if choice.selected), "")
    if hasattr(field, "_value"):
        return str(field._value())
    return str(field.data)


def _last_change(row: Recorded) -> tuple[str | None, datetime | None]:
    """Return who changed it last and when, by its history."""
    session = context.session()
    lines = select(Event).where(col(Event.subject) == row.history_key()).order_by(col(Event.id).desc())
    event = session.exec(lines.limit(1)).first()
    if event is None:
        return None, None
    number = int(event.actor.partition(":")[2] or 0)
    return person_names(session, {number}).get(number), event.at
