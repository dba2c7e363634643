"""Undoing a list of people that was taken in: whom it brought goes, what it changed is put back.

What somebody has changed since stays as it is, and it is kept which fields those are.
"""

from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from tracker.errors import Refused
from tracker.history import Actor, leave
from tracker.history_verbs import Verb
from tracker.people.models import (
    ImportedPerson,
    Invitation,
    Label,
    Party,
    PeopleImport,
    Person,
    SignInLink,
    Subscription,
    Term,
)
from tracker.people.undo_import_fields import restore_fields

#: rows that belong to a person and go with him
BELONGINGS = frozenset({"term", "label", "subscription", "party", "invitation", "imported_person", "sign_in_link"})


class Undone(NamedTuple):
    """How many people went whom the import had brought, how many of them stay, and how many are wholly put back."""

    gone: int
    stay: int
    put_back: int


def undo_import(session: Session, made: PeopleImport, *, by: Actor, now: datetime) -> Undone:
    """Take away the roles that the import gave, and whom it brought, and put back what it changed.

    What somebody has touched since stays. Raises Refused where that was done already.
    """
    session.refresh(made, with_for_update=True)
    if made.undone_at is not None:
        raise Refused("This import was undone already.")
    rows = session.exec(select(ImportedPerson).where(col(ImportedPerson.import_id) == made.id)).all()
    gone = [row for row in rows if row.is_new and _is_untouched(session, row)]
    for row in sorted(rows, key=lambda row: row.line, reverse=True):
        if row in gone:
            _take_away(session, row.person_id, by, now)
        elif not row.is_new:
            _take_role_back(session, row, by, now)
            row.stayed = restore_fields(session, row, made.body_id, by=by, now=now)
    made.undone_at = now
    session.add(made)
    leave(session, made, Verb.IMPORT_UNDONE, by=by, now=now, body_id=made.body_id, after={"people": len(gone)})
    brought = {row.person_id for row in rows if row.is_new}
    changed = {row.person_id for row in rows} - brought - {row.person_id for row in rows if row.stayed}
    return Undone(len(gone), len(brought) - len(gone), len(changed))


def _is_untouched(session: Session, row: ImportedPerson) -> bool:
    person = session.get(Person, row.person_id)
    if person is None or person.version != row.version:
        return False
    terms = session.exec(select(Term.id).where(col(Term.person_id) == person.id)).all()
    party = session.exec(select(Party.id).where(col(Party.person_id) == person.id)).one()
    of_import = set(
        session.exec(
            select(ImportedPerson.term_id).where(
                col(ImportedPerson.import_id) == row.import_id, col(ImportedPerson.person_id) == person.id
            )
        )
    )
    return (
        set(terms) <= of_import
        and not _is_named(session, "person", person.id, BELONGINGS)
        and not _is_named(session, "party", party or 0, frozenset())
    )


def _is_named(session: Session, table: str, number: int, but: frozenset[str]) -> bool:
    """Tell whether a row of another table names this one."""
    for other in SQLModel.metadata.sorted_tables:
        names = [key.parent for key in other.foreign_keys if key.column.table.name == table]
        if other.name == "party":
            names = [column for column in names if column.name in ("steward_id", "second_id")]
        elif other.name in but:
            continue
        for column in names:
            if session.connection().execute(sa.select(sa.true()).where(column == number).limit(1)).first():
                return True
    return False


def _take_away(session: Session, number: int, by: Actor, now: datetime) -> None:
    person = session.get_one(Person, number)
    leave(session, person, Verb.IMPORT_UNDONE, by=by, now=now)
    for table in (ImportedPerson, Invitation, SignInLink, Subscription, Term, Label, Party):
        _drop(session, table, number, by, now)
    session.delete(person)
    session.flush()


def _drop(session: Session, table: Any, number: int, by: Actor, now: datetime) -> None:
    """Delete what is the person's in that table."""
    for row in session.exec(select(table).where(table.person_id == number)).all():
        if isinstance(row, Party):
            leave(session, row, Verb.IMPORT_UNDONE, by=by, now=now)
        session.delete(row)
    session.flush()


def _take_role_back(session: Session, row: ImportedPerson, by: Actor, now: datetime) -> None:
    term = session.get(Term, row.term_id) if row.term_id else None
    row.term_id = None
    session.add(row)
    if term is not None and term.last_day is None:
        session.flush()
        leave(session, term, Verb.TERM_UNDONE, by=by, now=now, before={"role": term.role, "first_day": term.first_day})
        session.delete(term)
        session.flush()
