"""A list of people in the browser: uploaded, shown with what each row would do, taken in, and undone."""

import hashlib
import json
from collections import Counter
from datetime import date

from flask import Blueprint, Response, abort, flash, redirect, render_template, url_for
from flask_babel import gettext, ngettext
from sqlmodel import col, select
from werkzeug.wrappers import Response as Answered

from tracker.errors import Refused
from tracker.people.import_file import read_list
from tracker.people.import_people import COLUMNS
from tracker.people.import_rows import ImportedRow, RowOutcome, import_each, note_import
from tracker.people.models import ImportedPerson, PeopleImport, Person
from tracker.people.register import known_in
from tracker.people.undo_import import UndoCounts, undo_import
from tracker.sandbox.limited_process import run
from tracker.tables.text_tables import TableRow
from tracker.web.app import context
from tracker.web.app.form_saving import acting, refuse
from tracker.web.people.import_forms import ConfirmForm, ListForm
from tracker.web.people.import_preview import foresee, has_strangers

blueprint = Blueprint("people_import", __name__, url_prefix="/people/import")

Answer = tuple[str, int] | Answered


@blueprint.get("")
def page() -> Answer:
    """Ask for the list."""
    return _ask(ListForm(formdata=None, starts=context.today()))


def _ask(form: ListForm, status: int = 200) -> Answer:
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
    kept = json.dumps([[row.line, dict(row.values)] for row in rows], ensure_ascii=False)
    confirm_form = ConfirmForm(
        formdata=None,
        rows=kept,
        starts=form.starts.data,
        goes_over="y" if form.goes_over.data else "",
        filename=form.file.data.filename,
    )
    return _show(confirm_form, _tried(rows, form.starts.data, goes_over=form.goes_over.data), is_guessed=is_guessed)


def _workbook(content: bytes) -> list[TableRow]:
    """Read an uploaded workbook in a process of its own, with little memory and time."""
    found = run("tracker.tables.workbooks", {"columns": COLUMNS}, content)
    return [TableRow(line, values) for line, values in found]


def _tried(rows: list[TableRow], starts: date, *, goes_over: bool) -> list[ImportedRow]:
    return foresee(context.session(), rows, context.body(), starts=starts, goes_over=goes_over, **acting())


def _show(form: ConfirmForm, taken: list[ImportedRow], status: int = 200, *, is_guessed: bool = False) -> Answer:
    form.seen.data = _fingerprint(taken)
    counts = Counter(one.outcome for one in taken)
    return render_template(
        "people/import_preview.html", form=form, taken=taken, counts=counts, is_guessed=is_guessed, outcomes=RowOutcome
    ), status


def _fingerprint(taken: list[ImportedRow]) -> str:
    said = [(one.line, one.outcome, one.changes, one.kept, str(one.fault or ""), one.has_namesake) for one in taken]
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


@blueprint.post("/run")
def run_import() -> Answer:
    """Import what the preview showed; if anything has changed since, show it again."""
    form = ConfirmForm()
    rows = _rows(form.rows.data)
    starts = form.starts.data
    if not form.validate() or starts is None:
        abort(400)
    session = context.session()
    goes_over = bool(form.goes_over.data)
    taken = _as_seen(rows, starts, form.seen.data, goes_over=goes_over)
    if taken is None:
        session.rollback()
        form.form_errors = [gettext("Somebody changed one of these people meanwhile. Check the preview again.")]
        return _show(form, _tried(rows, starts, goes_over=goes_over), 409)
    made = note_import(session, taken, context.body(), (form.filename.data or "")[:200], **acting())
    number = made.id
    session.commit()
    return redirect(url_for("people_import.result", number=number))


def _as_seen(rows: list[TableRow], starts: date, seen: str | None, *, goes_over: bool) -> list[ImportedRow] | None:
    """Take the rows in, and return what that did; None where it is not what the preview showed.

    Of who is known elsewhere only the preview tells less than happens, so there it is made again first.
    """
    session = context.session()
    body = context.body()
    left = list[ImportedRow]()
    is_partial = has_strangers(session, rows, body)
    if is_partial:
        foreseen = _tried(rows, starts, goes_over=goes_over)
        if seen != _fingerprint(foreseen):
            return None
        left = [one for one in foreseen if one.outcome is RowOutcome.REFUSED]
        rows = [row for row, one in zip(rows, foreseen, strict=True) if one not in left]
    taken = import_each(session, rows, body, starts=starts, goes_over=goes_over, **acting())
    if not is_partial and seen != _fingerprint(taken):
        return None
    return [*taken, *left]


def _rows(text: str | None) -> list[TableRow]:
    """Return the rows that the preview was made of."""
    try:
        found = json.loads(text or "")
        return [
            TableRow(int(line), {str(name): str(value) for name, value in values.items()}) for line, values in found
        ]
    except (ValueError, TypeError, AttributeError, ArithmeticError, RecursionError):
        abort(400)


def _the_import(number: int) -> PeopleImport:
    past_import = context.session().get(PeopleImport, number) if number < 2**31 else None
    if past_import is not None and past_import.body_id == context.body_id():
        return past_import
    return abort(404)


@blueprint.get("/<int:number>")
def result(number: int) -> Answer:
    """Show whom an import added or changed, by name while they are known here."""
    made = _the_import(number)
    rows = context.session().exec(
        select(ImportedPerson, Person)
        .outerjoin(Person, (col(Person.id) == col(ImportedPerson.person_id)) & known_in(context.body_id()))
        .where(col(ImportedPerson.import_id) == made.id)
        .order_by(col(ImportedPerson.line))
    )
    people = [(row, person) for row, person in rows]
    new = [person.id for row, person in people if row.is_new and person is not None and person.email]
    return render_template("people/import_result.html", made=made, people=people, new=new), 200


@blueprint.post("/<int:number>/undo")
def undo(number: int) -> Answer:
    """Take away whom the import brought and put back what it changed, where nobody has touched it since."""
    made = _the_import(number)
    try:
        undone = undo_import(context.session(), made, **acting())
        context.session().commit()
        for told in _said_of(undone):
            flash(told)
    except Refused as refused:
        flash(gettext(refused.message), "error")
    return redirect(url_for("people_import.result", number=number))


def _said_of(undone: UndoCounts) -> list[str]:
    """Return what undoing did, in a sentence for each that it did."""
    gone, stay, put_back = undone
    said = {
        ngettext("Removed %(num)d person.", "Removed %(num)d people.", gone): gone,
        ngettext("Restored %(num)d person.", "Restored %(num)d people.", put_back): put_back,
        ngettext(
            "Kept %(num)d person, named elsewhere or changed since.",
            "Kept %(num)d people, named elsewhere or changed since.",
            stay,
        ): stay,
    }
    return [sentence for sentence, number in said.items() if number]
