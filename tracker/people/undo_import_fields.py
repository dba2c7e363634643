"""Putting back what an import changed of somebody who was there, field by field, from the lines of history it left."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from tracker.history import Actor, change, leave, of_subject, wordings
from tracker.history_verbs import Verb
from tracker.people.changes import drop_label, edit_person
from tracker.people.details import PersonDetails
from tracker.people.models import Frequency, GroupSource, ImportedPerson, Label, Person, Subscription

#: what a stored value is read back as
READ: dict[str, Any] = {"group_source": GroupSource, "frequency": Frequency}
#: what the history calls them, by the columns of a list
COLUMN = {
    "weekday": "digest_day",
    "frequency": "digest_day",
    "hour": "digest_hour",
    "group_source": "stakeholder_group",
}
Sides = tuple[dict[str, Any], dict[str, Any]]


def restore_fields(session: Session, row: ImportedPerson, register_id: int, *, by: Actor, now: datetime) -> list[str]:
    """Restore what the row changed, and return the columns that stay because somebody has changed them since."""
    person = session.get(Person, row.person_id)
    if person is None or person.erased_on is not None or row.until is None or row.since is None:
        return []
    lines = [one for one in of_subject(session, person.history_key()) if row.since < one.id <= row.until]
    said = wordings(session, lines)
    stayed = set()
    for line in reversed(lines):
        sides = _read(line.before, said), _read(line.after, said)
        match line.verb:
            case Verb.EDITED:
                stayed |= _record(session, person, sides, by, now)
            case Verb.DIGEST_SET:
                stayed |= _digest(session, person, sides, by, now)
            case Verb.LABEL_ADDED:
                _label(session, person, register_id, sides[1], by, now)
    return sorted({COLUMN.get(name, name) for name in stayed})


def _read(side: dict[str, Any], said: dict[int, str | None]) -> dict[str, Any]:
    plain = {name: said[value["wording"]] if isinstance(value, dict) else value for name, value in side.items()}
    return {name: READ[name](value) if name in READ and value else value for name, value in plain.items()}


def _unchanged(row: Person | Subscription, sides: Sides) -> tuple[dict[str, Any], set[str]]:
    """Return what was there before of the fields that are still as the import left them, and the other fields."""
    before, after = sides
    mine = {name for name in before if getattr(row, name) == after[name]}
    if "stakeholder_group" in before and "stakeholder_group" not in mine:
        mine.discard("group_source")  # it tells how the group is known, and goes with it
    return {name: before[name] for name in mine}, set(before) - mine


def _record(session: Session, person: Person, sides: Sides, by: Actor, now: datetime) -> set[str]:
    back, stayed = _unchanged(person, sides)
    kept = PersonDetails(**{name: getattr(person, name) for name in vars(PersonDetails(""))})
    edit_person(session, person, replace(kept, **back), version=person.version, by=by, now=now)
    return stayed


def _digest(session: Session, person: Person, sides: Sides, by: Actor, now: datetime) -> set[str]:
    digest = session.get(Subscription, person.id)
    if digest is None:
        return set()
    if not sides[0]:  # the import brought it
        if any(getattr(digest, name) != value for name, value in sides[1].items()):
            return set(sides[1])
        session.delete(digest)
        leave(session, digest, Verb.DIGEST_UNDONE, by=by, now=now)
        return set()
    back, stayed = _unchanged(digest, sides)
    change(session, digest, back, Verb.DIGEST_SET, by=by, now=now)
    return stayed


def _label(session: Session, person: Person, register_id: int, after: dict[str, Any], by: Actor, now: datetime) -> None:
    """Let the register forget the name by which it came to know him."""
    his = select(Label).where(col(Label.person_id) == person.id, col(Label.register_id) == register_id)
    label = session.exec(his.where(col(Label.text) == after["label"])).one_or_none()
    if label is not None:
        drop_label(session, label, by=by, now=now)
