"""A list of people taken in row by row: what each changes, what stays as its person set it, what cannot be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Session

from tracker.errors import Refused
from tracker.history import Actor, leave, newest, of_subject
from tracker.history_verbs import Verb
from tracker.people.import_people import WEEKDAYS, import_person, is_known, known_person, namesakes, values_of
from tracker.people.models import Body, Frequency, ImportedPerson, PeopleImport, Person, Subscription, Term
from tracker.people.register import serves_elsewhere, services
from tracker.tables.text_tables import TableRow

#: columns that a person sets on his account page, by what the history calls them
HIS_OWN = {"timezone": "timezone", "language": "language", "weekday": "digest_day", "frequency": "digest_day"}
HIS_OWN |= {"hour": "digest_hour"}
SHOWN = ("name", "email", "affiliation", "stakeholder_group", "timezone", "language")
#: columns that a register fills for whoever is known elsewhere only; of the others it learns nothing
GIVEN_HERE = frozenset({"role", "body", "email"})


class RowOutcome(StrEnum):
    """What a row does."""

    ADDED = "added"
    CHANGED = "changed"
    THERE = "there"
    REFUSED = "refused"


@dataclass(frozen=True)
class ImportedRow:
    """One row: whom it is of, what it changes from what to what, what of it he has set himself, or why it cannot be."""

    line: int
    name: str
    outcome: RowOutcome
    changes: tuple[tuple[str, str, str], ...] = ()
    kept: tuple[str, ...] = ()
    fault: Refused | None = None
    person: Person | None = None
    term: Term | None = None
    #: he is new, and somebody of his name is known here
    has_namesake: bool = False
    #: the last line of history before it was taken in, and after
    since: int = 0
    until: int = 0


def import_each(
    session: Session,
    rows: Sequence[TableRow],
    register: Body,
    *,
    starts: date,
    goes_over: bool,
    by: Actor,
    now: datetime,
) -> list[ImportedRow]:
    """Take every row in that can be, each by itself; what a person has set himself stays unless `goes_over`."""
    return [_each(session, row, register, starts, goes_over, by, now) for row in rows]


def _each(
    session: Session, row: TableRow, register: Body, starts: date, goes_over: bool, by: Actor, now: datetime
) -> ImportedRow:
    values = values_of(row)
    since = newest(session)
    part = session.begin_nested()
    try:
        known = known_person(session, values, register)
        is_ours = known is None or is_known(session, known, register.id)
        has_namesake = known is None and bool(namesakes(session, values, register))
        before = _said(session, register, known)
        kept = _kept(session, register, known, values, before, goes_over=goes_over) if known and is_ours else ()
        kept = kept if is_ours else tuple(sorted(name for name in values if values[name] and name not in GIVEN_HERE))
        told = {name: value for name, value in values.items() if name not in kept}
        person, is_new, term = import_person(session, told, register, starts=starts, only_here=True, by=by, now=now)
        after = _said(session, register, person)
        part.commit()
    except Refused as fault:
        part.rollback()
        return ImportedRow(row.line, values.get("name", ""), RowOutcome.REFUSED, fault=fault)
    told = after if is_ours else {"role": after["role"]}
    changes = tuple((name, before.get(name, ""), told[name]) for name in told if before.get(name, "") != told[name])
    outcome = RowOutcome.ADDED if is_new else RowOutcome.CHANGED if changes else RowOutcome.THERE
    called = person.name if is_ours else values.get("name", "")
    return ImportedRow(
        row.line, called, outcome, changes, kept, None, person, term, has_namesake, since, newest(session)
    )


def _said(session: Session, register: Body, person: Person | None) -> dict[str, str]:
    """Return what is known of a person, by the columns of a list; of his roles those in the register."""
    if person is None:
        return {}
    told = {name: str(getattr(person, name) or "") for name in SHOWN}
    digest = session.get(Subscription, person.id)
    if digest is not None:
        told["digest_day"] = "never" if digest.frequency is Frequency.NEVER else WEEKDAYS[digest.weekday]
        told["digest_hour"] = str(digest.hour)
    held = reversed(services(session, register.id, [person]).get(person.id, []))
    return told | {"role": "; ".join(f"{one.term.role}, {one.body.name}, {one.term.first_day}" for one in held)}


def _kept(
    session: Session,
    register: Body,
    person: Person,
    values: dict[str, str],
    before: dict[str, str],
    *,
    goes_over: bool,
) -> tuple[str, ...]:
    """Return the filled columns that would go over what the person has set himself, or what another body keeps."""
    if person.is_operator or serves_elsewhere(session, register.id, person):
        mine = set(before) - {"role", "email"}
    else:
        mine = set() if goes_over else _set_himself(session, person)
    return tuple(sorted(name for name in mine if values.get(name) and _differs(values[name], before.get(name, ""))))


def _differs(told: str, there: str) -> bool:
    return told.casefold() != there.casefold()


def _set_himself(session: Session, person: Person) -> set[str]:
    return {
        HIS_OWN[name]
        for event in of_subject(session, person.history_key())
        if event.actor == f"person:{person.id}" and event.verb in (Verb.PREFERENCES_SET, Verb.DIGEST_SET)
        for name in event.after
        if name in HIS_OWN
    }


def note_import(
    session: Session, taken: Sequence[ImportedRow], register: Body, filename: str, *, by: Actor, now: datetime
) -> PeopleImport:
    """Keep whom an import brought and what role it gave, so that it can be undone."""
    made = PeopleImport(body_id=register.id, filename=filename, imported_by=by.person_id, imported_at=now)
    made.refused = sum(one.outcome is RowOutcome.REFUSED for one in taken)
    session.add(made)
    session.flush()
    for one in taken:
        if one.person is not None and one.outcome is not RowOutcome.THERE:
            kept = ImportedPerson(import_id=made.id, line=one.line, person_id=one.person.id)
            kept.is_new = one.outcome is RowOutcome.ADDED
            kept.version = one.person.version
            kept.term_id = one.term.id if one.term else None
            kept.since = one.since
            kept.until = one.until
            session.add(kept)
    leave(session, made, Verb.IMPORTED, by=by, now=now, body_id=register.id, after={"people": len(taken)})
    return made
