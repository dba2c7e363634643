"""How a form becomes a change: checked, made, committed once; or shown again with what was typed and what was said."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypedDict, TypeVar

from flask import request
from flask_babel import gettext
from flask_wtf import FlaskForm
from sqlmodel import col, select
from werkzeug.datastructures import MultiDict
from wtforms import Field, FileField, SelectField

from tracker.errors import Refused, Stale
from tracker.history import Actor, Event, Recorded
from tracker.items.lines import person_names
from tracker.web.app import context
from tracker.web.app.pick_field import PickField

Result = TypeVar("Result")

SAVED = 302
#: name of the buttons that choose one text of two; their values are like "theirs:title" and "mine:title"
TAKING = "take-text"
#: "mine-title" holds what the reader typed as the title while the form shows the other person's text
KEPT = "mine-"
#: fields that nobody types
APART = frozenset({"csrf_token", "version"})


class Acting(TypedDict):
    """Who makes a change, and when: every verb takes both."""

    by: Actor
    now: datetime


def acting() -> Acting:
    """Return the reader and this request's moment, to be handed to a verb as **acting()."""
    return Acting(by=context.actor(), now=context.now())


@dataclass(frozen=True)
class Submission(Generic[Result]):
    """The outcome of a form: SAVED with the result of the change; else 200 (not sent), 409 or 422, with no result."""

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

    def meanwhile(self, form: FlaskForm, stored: FlaskForm, row: Recorded) -> "Meanwhile | None":
        """Return what somebody else saved, beside what was typed; None unless the form is stale. See `overtaken`."""
        if self.is_stale:
            return overtaken(form, stored, row)
        return None


def submit(form: FlaskForm, change: Callable[[], Result]) -> Submission[Result]:
    """Make the change and commit it if the form was sent and is valid; else return the status to show it again with.

    The status is 409 if somebody else saved meanwhile, and while the reader chooses between the two texts; 422 if the
    form is not valid or the change raises Refused; 200 for a GET.
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
        context.session().rollback()  # the page must not show what was half done
        refuse(form, refused)
        if isinstance(refused, Stale):
            return Submission(409)
        return Submission(422)
    return Submission(SAVED, result)


def refuse(form: FlaskForm, refused: Refused) -> None:
    """Put the message of a refused change into the form, beside its field; the page then answers 422."""
    text = gettext(refused.message, **refused.values)
    field = form._fields.get(refused.field or "")
    if isinstance(field, Field):
        field.errors = [*field.errors, text]
    else:
        form.form_errors.append(text)


def seen_version(form: FlaskForm) -> int:
    """Return the version of the row that the form was filled in from; 0, which no row has, if none was sent."""
    version: int | None = form["version"].data
    if version is None:
        return 0
    return version


@dataclass(frozen=True)
class FieldConflict:
    """A field that somebody else saved with another value meanwhile: their text, and the reader's."""

    name: str
    label: str
    theirs: str
    mine: str
    #: the raw value that the reader sent, to be sent again
    kept: str
    #: the form shows the other person's text
    is_theirs: bool


@dataclass(frozen=True)
class Meanwhile:
    """Who saved the row while the form was open, when, and which fields differ: none if the form holds none of them."""

    conflicts: list[FieldConflict]
    by: str | None
    at: datetime | None


def overtaken(form: FlaskForm, stored: FlaskForm, row: Recorded) -> Meanwhile:
    """Return the stored values of the row beside the typed ones, and fill the form with those that the reader chose.

    The form then carries the stored version, so that saving it overwrites what is stored now.
    """
    conflicts = []
    for field in form:
        if field.name in APART or isinstance(field, FileField):
            continue
        conflict = _conflict(field, stored[field.name])
        if conflict:
            conflicts.append(conflict)
    renew(form["version"], stored["version"].data)
    name, at = _last_change(row)
    return Meanwhile(conflicts, name, at)


def renew(field: Field, value: object) -> None:
    """Replace what was sent in the field with another value."""
    field.data = value
    field.raw_data = None


def _conflict(field: Field, theirs: Field) -> FieldConflict | None:
    """Compare the form with what is stored; what the reader typed last stays at hand when they take the other text."""
    differs = _comparable(field.data) != _comparable(theirs.data)
    choice = request.form.get(TAKING)
    kept = request.form.get(f"{KEPT}{field.name}")
    if differs:
        kept = _raw(field)
    if kept is None:
        return None
    mine = _fill(field, kept)
    is_theirs = choice == f"theirs:{field.name}" or (not differs and choice != f"mine:{field.name}")
    if is_theirs:
        renew(field, theirs.data)
    return FieldConflict(field.name, str(field.label.text), _readable(theirs), mine, kept, is_theirs)


def _comparable(value: object) -> object:
    """Return the value without what browsers change: they end lines with CRLF, and send nothing as an empty text."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip() or None
    return value or None


def _raw(field: Field) -> str:
    if field.raw_data:
        return str(field.raw_data[0])
    return ""


def _fill(field: Field, text: str) -> str:
    """Put the text into the field as if it had just been typed, and return what a person reads there."""
    errors = field.errors
    field.process(MultiDict({field.name: text}))
    field.errors = errors
    return _readable(field)


def _readable(field: Field) -> str:
    """Return what a person reads in the field: of a select the label of the choice."""
    if isinstance(field, PickField):
        return field.name_of(field.data) or field.none
    if isinstance(field, SelectField):
        return next((str(choice.label) for choice in field.iter_choices() if choice.selected), "")
    if hasattr(field, "_value"):
        return str(field._value())
    return str(field.data)


def _last_change(row: Recorded) -> tuple[str | None, datetime | None]:
    """Return who changed it last and when, by its history."""
    session = context.session()
    events = select(Event).where(col(Event.subject) == row.history_key()).order_by(col(Event.id).desc())
    event = session.exec(events.limit(1)).first()
    if event is None:
        return None, None
    person_id = event.actor.partition(":")[2]  # "person:7"; a job or an import has no number
    if not person_id:
        return None, event.at
    return person_names(session, {int(person_id)}).get(int(person_id)), event.at
