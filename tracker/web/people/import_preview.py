"""What a list of people would do, without doing it: it tells nothing of who is known in other registers only."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import uuid4

from sqlmodel import Session

from tracker.errors import Refused
from tracker.history import Actor
from tracker.people.details import clean_address
from tracker.people.import_people import is_known
from tracker.people.import_rows import ImportedRow, import_each
from tracker.people.models import Body
from tracker.people.queries import person_by_email
from tracker.tables.text_tables import TableRow


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
    """Take the rows in and take all of it back; whoever is known elsewhere only is told as anybody new."""
    meant: dict[str, str] = {}
    part = session.begin_nested()
    shown = [_with_stand_in(session, row, register, meant) for row in rows]
    taken = import_each(session, shown, register, starts=starts, goes_over=goes_over, by=by, now=now)
    told = [replace(one, changes=_named(one.changes, meant), person=None, term=None, since=0, until=0) for one in taken]
    part.rollback()
    return told


def has_strangers(session: Session, rows: Sequence[TableRow], register: Body) -> bool:
    """Tell whether one of the rows has the address of somebody who is known in other registers only."""
    return any(_stranger(session, row, register) for row in rows)


def _stranger(session: Session, row: TableRow, register: Body) -> str | None:
    """Return the address of the row, where it is of somebody who is not known here."""
    try:
        email = clean_address(str(row.values.get("email") or ""))
    except Refused:
        return None
    namesake = person_by_email(session, email) if email else None
    if namesake is not None and not is_known(session, namesake, register.id):
        return email
    return None


def _with_stand_in(session: Session, row: TableRow, register: Body, meant: dict[str, str]) -> TableRow:
    """Return the row with an address that is nobody's in the place of a stranger's."""
    email = _stranger(session, row, register)
    if email is None:
        return row
    stand_in = next((one for one, real in meant.items() if real == email), f"{uuid4().hex}@example.org")
    meant[stand_in] = email
    return replace(row, values={**row.values, "email": stand_in})


def _named(changes: tuple[tuple[str, str, str], ...], meant: dict[str, str]) -> tuple[tuple[str, str, str], ...]:
    return tuple((column, meant.get(before, before), meant.get(after, after)) for column, before, after in changes)
