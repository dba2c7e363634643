"""A list of people in the browser: uploaded, previewed with what each row would do, imported, and undone."""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import uuid4

from flask import Blueprint, Response, abort, flash, redirect, render_template, url_for
from flask_babel import gettext, lazy_gettext, ngettext
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from sqlmodel import Session, col, select
from werkzeug.wrappers import Response as Answered
from wtforms import BooleanField, DateField, HiddenField
from wtforms.validators import InputRequired
from wtforms.widgets import HiddenInput

from tracker.errors import Refused
from tracker.history import Actor
from tracker.people.details import clean_address
from tracker.people.import_file import read_list
from tracker.people.import_people import COLUMNS, is_known
from tracker.people.import_rows import ImportedRow, RowOutcome, import_each, note_import
from tracker.people.models import Body, ImportedPerson, PeopleImport, Person
from tracker.people.queries import person_by_email
from tracker.people.register import known_in
from tracker.people.undo_import import UndoCounts, undo_import
from tracker.sandbox.limited_process import run
from tracker.tables.text_tables import TableRow
from tracker.web.app import context
from tracker.web.app.form_saving import acting, refuse

blueprint = Blueprint("people_import", __name__, url_prefix="/people/import")

Answer = tuple[str, int] | Answered


class ListForm(FlaskForm):
    """A list of people, and the first day of the roles in it."""

    file = FileField(
        lazy_gettext("List"),
        [FileRequired(lazy_gettext("Choose a file."))],
        description=lazy_gettext("CSV, Excel (.xlsx) or JSON Lines, up to 2,000 rows."),
        render_kw={"accept": ".csv,.txt,.xlsx,.jsonl,text/csv"},
    )
    starts = DateField(
        lazy_gettext("First day of new roles"), [InputRequired(lazy_gettext("Give a day, as in 2013-02-28."))]
    )
    goes_over = BooleanField(lazy_gettext("Also change what people have set themselves: zone, language, digest"))


class ConfirmForm(FlaskForm):
    """The rows as they were read from the file, sent back with what the preview showed of them."""

    rows = HiddenField()
    starts = DateField(widget=HiddenInput())
    goes_over = HiddenField()
    filename = HiddenField()
    seen = HiddenField()


@blueprint.get("")
def page() -> Answer:
    """Ask for the list."""
    return _ask(ListForm(formdata=None, starts=context.today()))


def _ask(form: ListForm, status: int = 200) -> Answer:
    # The page of an older import still opens by its address; the list leads to the last ones.
    imports = select(PeopleImport).where(col(PeopleImport.body_id) == context.body_id())
    earlier = context.session().exec(imports.order_by(col(PeopleImport.id).desc()).limit(10)).all()
    return render_template("people/import.html", form=form, columns=COLUMNS, earlier=earlier), status


@blueprint.get("/template.csv")
def template() -> Response:
    """Give the head of a list, with the mark by which spreadsheets know UTF-8."""
    answer = Response("\ufeff" + ",".join(COLUMNS) + "\r\n", mimetype="text/csv")
    answer.headers["Content-Disposition"] = 'attachment; filename="people.csv"'
    return answer


@blueprint.post("")
def preview() -> Answer:
    """Show what each row would do; nothing is done."""
    form = ListForm()
    if not form.validate():
        return _ask(form, 422)
    try:
        rows, is_guessed = read_list(form.file.data.read(), form.file.data.filename or "", _workbook)
    except Refused as refused:
        refuse(form, refused)
        return _ask(form, 422)
    # Nothing is stored between preview and import: the rows travel in the form, and an unfinished import leaves no
    # trace.
    confirm_form = ConfirmForm(
        formdata=None,
        rows=json.dumps([[row.line, dict(row.values)] for row in rows], ensure_ascii=False),
        starts=form.starts.data,
        goes_over=form.goes_over.data and "y",
        filename=form.file.data.filename,
    )
    foreseen = _foresee(rows, form.starts.data, goes_over=form.goes_over.data)
    return _show(confirm_form, foreseen, is_guessed=is_guessed)


def _workbook(content: bytes) -> list[TableRow]:
    """Read an uploaded workbook in a process of its own, with little memory and time."""
    rows = run("tracker.tables.workbooks", {"columns": COLUMNS}, content)
    return [TableRow(line, values) for line, values in rows]


def _show(form: ConfirmForm, rows: list[ImportedRow], status: int = 200, *, is_guessed: bool = False) -> Answer:
    form.seen.data = _fingerprint(rows)
    counts = Counter(row.outcome for row in rows)
    return render_template(
        "people/import_preview.html", form=form, rows=rows, counts=counts, is_guessed=is_guessed, outcomes=RowOutcome
    ), status


def _fingerprint(rows: list[ImportedRow]) -> str:
    facts = [(row.line, row.outcome, row.changes, row.kept, str(row.fault or ""), row.has_namesake) for row in rows]
    # It finds what others changed meanwhile. Whoever forges it may import such a list anyway, so 64 bits are enough.
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:16]


@blueprint.post("/run")
def run_import() -> Answer:
    """Import what the preview showed; if anything has changed since, show it again."""
    form = ConfirmForm()
    rows = _rows(form.rows.data)
    starts = form.starts.data
    # All fields are hidden: only a program sends them wrong.
    if not form.validate() or starts is None:
        abort(400)
    session = context.session()
    goes_over = bool(form.goes_over.data)
    imported = _import_as_seen(rows, starts, form.seen.data, goes_over=goes_over)
    if imported is None:
        # The rows were imported to compare them with the preview.
        session.rollback()
        form.form_errors = [gettext("Somebody changed one of these people meanwhile. Check the preview again.")]
        return _show(form, _foresee(rows, starts, goes_over=goes_over), 409)
    people_import = note_import(session, imported, context.body(), (form.filename.data or "")[:200], **acting())
    # The commit expires the row, and reading its id again would begin a new transaction.
    number = people_import.id
    session.commit()
    return redirect(url_for("people_import.result", number=number))


def _import_as_seen(
    rows: list[TableRow], starts: date, seen: str | None, *, goes_over: bool
) -> list[ImportedRow] | None:
    """Import the rows and return what that did to each; None where it is not what the preview showed."""
    session = context.session()
    body = context.body()
    refused = list[ImportedRow]()
    # Of people known only elsewhere the preview shows less than the import does, so the two cannot be compared: the
    # preview is made once more instead, and rows that it refuses are left out before anything is imported.
    is_partial = any(_stranger(session, row, body) for row in rows)
    if is_partial:
        foreseen = _foresee(rows, starts, goes_over=goes_over)
        if seen != _fingerprint(foreseen):
            return None
        refused = [outcome for outcome in foreseen if outcome.outcome is RowOutcome.REFUSED]
        rows = [row for row, outcome in zip(rows, foreseen, strict=True) if outcome not in refused]
    imported = import_each(session, rows, body, starts=starts, goes_over=goes_over, **acting())
    if not is_partial and seen != _fingerprint(imported):
        return None
    return [*imported, *refused]


def _foresee(rows: list[TableRow], starts: date, *, goes_over: bool) -> list[ImportedRow]:
    return foresee(context.session(), rows, context.body(), starts=starts, goes_over=goes_over, **acting())


def foresee(
    session: Session,
    rows: Sequence[TableRow],
    register: Body,
    *,
    starts: date,
    goes_over: bool,
    by: Actor,
    now: datetime,
) -> list[ImportedRow]:
    """Return what importing the rows would do, without doing it; people known only elsewhere are shown as new."""
    stand_ins: dict[str, str] = {}
    part = session.begin_nested()
    rows = [_with_stand_in(session, row, register, stand_ins) for row in rows]
    imported = import_each(session, rows, register, starts=starts, goes_over=goes_over, by=by, now=now)
    # The rollback takes the rows of the database with it, so nothing may point to them.
    foreseen = [
        replace(row, changes=_with_addresses(row.changes, stand_ins), person=None, term=None, since=0, until=0)
        for row in imported
    ]
    part.rollback()
    return foreseen


def _stranger(session: Session, row: TableRow, register: Body) -> str | None:
    """Return the address of the row, if it belongs to somebody who is known in other registers only."""
    try:
        email = clean_address(str(row.values.get("email") or ""))
    except Refused:
        return None
    if not email:
        return None
    person = person_by_email(session, email)
    if person is None or is_known(session, person, register.id):
        return None
    return email


def _with_stand_in(session: Session, row: TableRow, register: Body, stand_ins: dict[str, str]) -> TableRow:
    """Return the row with an address that is nobody's in the place of a stranger's.

    Otherwise the preview would show one register what another keeps of that person.
    """
    email = _stranger(session, row, register)
    if email is None:
        return row
    # Two rows of one address must stay two rows of one address, or the preview would not refuse the second.
    stand_in = next((stand_in for stand_in, real in stand_ins.items() if real == email), None)
    if stand_in is None:
        stand_in = f"{uuid4().hex}@example.org"
        stand_ins[stand_in] = email
    return replace(row, values={**row.values, "email": stand_in})


def _with_addresses(
    changes: tuple[tuple[str, str, str], ...], stand_ins: dict[str, str]
) -> tuple[tuple[str, str, str], ...]:
    return tuple((column, stand_ins.get(old, old), stand_ins.get(new, new)) for column, old, new in changes)


def _rows(text: str | None) -> list[TableRow]:
    """Return the rows that the preview was made of; 400 for what no preview has sent."""
    try:
        return [
            TableRow(int(line), {str(name): str(value) for name, value in values.items()})
            for line, values in json.loads(text or "")
        ]
    except (ValueError, TypeError, AttributeError, ArithmeticError, RecursionError):
        abort(400)


def _the_import(number: int) -> PeopleImport:
    past_import = context.session().get(PeopleImport, number)
    if past_import is not None and past_import.body_id == context.body_id():
        return past_import
    return abort(404)


@blueprint.get("/<int:number>")
def result(number: int) -> Answer:
    """Show whom an import added or changed, by name while they are known here."""
    people_import = _the_import(number)
    rows = context.session().exec(
        select(ImportedPerson, Person)
        .outerjoin(Person, (col(Person.id) == col(ImportedPerson.person_id)) & known_in(context.body_id()))
        .where(col(ImportedPerson.import_id) == people_import.id)
        .order_by(col(ImportedPerson.line))
    )
    people = [(row, person) for row, person in rows]
    new = [person.id for row, person in people if row.is_new and person is not None and person.email]
    return render_template("people/import_result.html", past_import=people_import, people=people, new=new), 200


@blueprint.post("/<int:number>/undo")
def undo(number: int) -> Answer:
    """Remove the people that the import added and restore what it changed, where nobody has changed it since."""
    try:
        counts = undo_import(context.session(), _the_import(number), **acting())
        context.session().commit()
        for sentence in _undone_sentences(counts):
            flash(sentence)
    except Refused as refused:
        flash(gettext(refused.message), "error")
    return redirect(url_for("people_import.result", number=number))


def _undone_sentences(counts: UndoCounts) -> list[str]:
    """Return what undoing did, a sentence for each kind of change that it made."""
    gone, stay, put_back = counts
    numbers = {
        ngettext("Removed %(num)d person.", "Removed %(num)d people.", gone): gone,
        ngettext("Restored %(num)d person.", "Restored %(num)d people.", put_back): put_back,
        ngettext(
            "Kept %(num)d person, named elsewhere or changed since.",
            "Kept %(num)d people, named elsewhere or changed since.",
            stay,
        ): stay,
    }
    return [sentence for sentence, number in numbers.items() if number]
