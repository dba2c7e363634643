"""Undoing an imported list of people: whom it added goes, and what it changed is restored field by field.

What somebody has changed since stays as it is, and so does the record of whom another register keeps by now; the
import remembers which columns those are.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlmodel import Session, col, select

from tracker.errors import Refused
from tracker.history import Actor, change, leave
from tracker.history_queries import of_subject, wordings
from tracker.history_verbs import Verb
from tracker.people.changes import drop_label, edit_person
from tracker.people.details import details_of
from tracker.people.models import (
    Frequency,
    GroupSource,
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
from tracker.people.register import is_kept_elsewhere
from tracker.people.row_references import is_named

#: tables whose rows belong to a person and go with them
BELONGINGS = frozenset({"term", "label", "subscription", "party", "invitation", "imported_person", "sign_in_link"})
#: what a stored value is read back as
READ: dict[str, Any] = {"group_source": GroupSource, "frequency": Frequency}
#: the column of a list for each name in the history, where the two differ
COLUMN = {
    "weekday": "digest_day",
    "frequency": "digest_day",
    "hour": "digest_hour",
    "group_source": "stakeholder_group",
}
#: the values of a line of history before and after
Sides = tuple[dict[str, Any], dict[str, Any]]


class UndoCounts(NamedTuple):
    """How many of the people added are removed, how many of them stay, and how many others are fully restored."""

    removed: int
    stay: int
    restored: int


def undo_import(session: Session, people_import: PeopleImport, *, by: Actor, now: datetime) -> UndoCounts:
    """Remove the people that the import added and the roles it gave, and restore what it changed.

    What somebody has changed since stays. Raises Refused where the import was undone already.
    """
    session.refresh(people_import, with_for_update=True)
    if people_import.undone_at is not None:
        raise Refused("This import was undone already.")
    rows = session.exec(select(ImportedPerson).where(col(ImportedPerson.import_id) == people_import.id)).all()
    removable = [row for row in rows if row.is_new and _is_untouched(session, row)]
    # Latest first: a later row may have changed what an earlier one brought.
    for row in sorted(rows, key=lambda row: row.line, reverse=True):
        if row in removable:
            _remove_person(session, row.person_id, by, now)
        elif not row.is_new:
            _remove_role(session, row, by, now)
            row.stayed = restore_fields(session, row, people_import.body_id, by=by, now=now)
    people_import.undone_at = now
    session.add(people_import)
    after = {"people": len(removable)}
    leave(session, people_import, Verb.IMPORT_UNDONE, by=by, now=now, body_id=people_import.body_id, after=after)
    added = {row.person_id for row in rows if row.is_new}
    restored = {row.person_id for row in rows} - added - {row.person_id for row in rows if row.stayed}
    return UndoCounts(len(removable), len(added) - len(removable), len(restored))


def _is_untouched(session: Session, row: ImportedPerson) -> bool:
    """Tell whether nobody has changed the person since, and nothing else refers to them."""
    person = session.get(Person, row.person_id)
    if person is None or person.version != row.version:
        return False
    terms = session.exec(select(Term.id).where(col(Term.person_id) == person.id)).all()
    party_id = session.exec(select(Party.id).where(col(Party.person_id) == person.id)).one()
    terms_of_import = session.exec(
        select(ImportedPerson.term_id).where(
            col(ImportedPerson.import_id) == row.import_id, col(ImportedPerson.person_id) == person.id
        )
    )
    return (
        set(terms) <= set(terms_of_import)
        and not is_named(session, "person", person.id, but=BELONGINGS)
        and not is_named(session, "party", party_id)
    )


def _remove_person(session: Session, number: int, by: Actor, now: datetime) -> None:
    person = session.get_one(Person, number)
    leave(session, person, Verb.IMPORT_UNDONE, by=by, now=now)
    for table in (ImportedPerson, Invitation, SignInLink, Subscription, Term, Label, Party):
        _remove_rows(session, table, number, by, now)
    session.delete(person)
    session.flush()


def _remove_rows(session: Session, table: Any, number: int, by: Actor, now: datetime) -> None:
    """Delete what is the person's in that table."""
    for row in session.exec(select(table).where(table.person_id == number)).all():
        if isinstance(row, Party):
            leave(session, row, Verb.IMPORT_UNDONE, by=by, now=now)
        session.delete(row)
    session.flush()


def _remove_role(session: Session, row: ImportedPerson, by: Actor, now: datetime) -> None:
    """Delete the role that the row gave, unless somebody has given it a last day since."""
    if row.term_id is None:
        return
    term = session.get(Term, row.term_id)
    row.term_id = None
    session.add(row)
    if term is not None and term.last_day is None:
        # The row must let go of the term first: it holds a foreign key to it.
        session.flush()
        leave(session, term, Verb.TERM_UNDONE, by=by, now=now, before={"role": term.role, "first_day": term.first_day})
        session.delete(term)
        session.flush()


def restore_fields(session: Session, row: ImportedPerson, register_id: int, *, by: Actor, now: datetime) -> list[str]:
    """Restore what the row changed; return the columns that stay because somebody has changed them since."""
    person = session.get(Person, row.person_id)
    if person is None or person.erased_on is not None or row.until is None or row.since is None:
        return []
    events = [event for event in of_subject(session, person.history_key()) if row.since < event.id <= row.until]
    texts = wordings(session, events)
    stayed = set[str]()
    is_kept = is_kept_elsewhere(session, register_id, person)
    for event in reversed(events):
        sides = _read_side(event.before, texts), _read_side(event.after, texts)
        match event.verb:
            case Verb.EDITED | Verb.DIGEST_SET if is_kept:
                stayed |= event.after.keys()
            case Verb.EDITED:
                stayed |= _restore_record(session, person, sides, by, now)
            case Verb.DIGEST_SET:
                stayed |= _restore_digest(session, person, sides, by, now)
            case Verb.LABEL_ADDED:
                _remove_label(session, person, register_id, sides[1], by, now)
    return sorted({COLUMN.get(name, name) for name in stayed})


def _read_side(side: dict[str, Any], texts: dict[int, str | None]) -> dict[str, Any]:
    values = {}
    for name, value in side.items():
        if isinstance(value, dict):
            values[name] = texts[value["wording"]]
        elif name in READ and value:
            values[name] = READ[name](value)
        else:
            values[name] = value
    return values


def _unchanged(row: Person | Subscription, sides: Sides) -> tuple[dict[str, Any], set[str]]:
    """Return the earlier values of the fields that are still as the import left them, and the names of the others."""
    before, after = sides
    names = {name for name in before if getattr(row, name) == after[name]}
    if "stakeholder_group" in before and "stakeholder_group" not in names:
        # It says how the group is known, and goes with it.
        names.discard("group_source")
    return {name: before[name] for name in names}, set(before) - names


def _restore_record(session: Session, person: Person, sides: Sides, by: Actor, now: datetime) -> set[str]:
    restored, stayed = _unchanged(person, sides)
    details = replace(details_of(person), **restored)
    edit_person(session, person, details, version=person.version, by=by, now=now)
    return stayed


def _restore_digest(session: Session, person: Person, sides: Sides, by: Actor, now: datetime) -> set[str]:
    digest = session.get(Subscription, person.id)
    if digest is None:
        return set()
    before, after = sides
    if before:
        restored, stayed = _unchanged(digest, sides)
        change(session, digest, restored, Verb.DIGEST_SET, by=by, now=now)
        return stayed
    # Without values before, the import brought the digest itself.
    if any(getattr(digest, name) != value for name, value in after.items()):
        return set(after)
    session.delete(digest)
    leave(session, digest, Verb.DIGEST_UNDONE, by=by, now=now)
    return set()


def _remove_label(
    session: Session, person: Person, register_id: int, after: dict[str, Any], by: Actor, now: datetime
) -> None:
    """Remove the name by which the import made the person known in the register."""
    labels = select(Label).where(col(Label.person_id) == person.id, col(Label.register_id) == register_id)
    label = session.exec(labels.where(col(Label.text) == after["label"])).one_or_none()
    if label is not None:
        drop_label(session, label, by=by, now=now)
