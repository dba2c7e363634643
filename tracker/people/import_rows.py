"""Importing a list of people row by row: what each row changes, which own settings stay, which rows are refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import chain

from sqlmodel import Session

from tracker.errors import Refused
from tracker.history import Actor, leave
from tracker.history_queries import newest, of_subject
from tracker.history_verbs import Verb
from tracker.people.import_people import WEEKDAYS, find_namesakes, find_person, import_person, is_known, values_of
from tracker.people.models import Body, Frequency, ImportedPerson, PeopleImport, Person, Subscription, Term
from tracker.people.register import is_kept_elsewhere, services
from tracker.tables.text_tables import TableRow

#: columns that people set on their own account page, by what the history calls them
OWN_SETTINGS = {
    "timezone": ("timezone",),
    "language": ("language",),
    "weekday": ("digest_day",),
    # A day brings back a digest that was stopped, so it is kept out too.
    "frequency": ("digest_frequency", "digest_day"),
    "hour": ("digest_hour",),
}
RECORD_COLUMNS = ("name", "email", "affiliation", "stakeholder_group", "timezone", "language")
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
    """One row: its person, each change as (column, before, after), own settings that stay, or why it was refused."""

    line: int
    name: str
    outcome: RowOutcome
    changes: tuple[tuple[str, str, str], ...] = ()
    kept: tuple[str, ...] = ()
    fault: Refused | None = None
    person: Person | None = None
    term: Term | None = None
    #: the person is new, and the register knows somebody else by that name
    has_namesake: bool = False
    #: the last line of history before the row was imported, and after
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
    """Import every row that can be, each by itself; what people have set themselves stays unless `goes_over`."""
    return [_import_row(session, row, register, starts, goes_over, by, now) for row in rows]


def _import_row(
    session: Session, row: TableRow, register: Body, starts: date, goes_over: bool, by: Actor, now: datetime
) -> ImportedRow:
    values = values_of(row)
    since = newest(session)
    # A row that is refused half way must leave nothing behind, and the rows before it stay.
    savepoint = session.begin_nested()
    try:
        person = find_person(session, values, register)
        is_ours = person is None or is_known(session, person, register.id)
        has_namesake = person is None and bool(find_namesakes(session, values, register))
        before = _columns_of(session, register, person)
        kept = _kept_columns(session, register, person, values, before, is_ours=is_ours, goes_over=goes_over)
        cells = {name: value for name, value in values.items() if name not in kept}
        person, is_new, term = import_person(session, cells, register, starts=starts, only_here=True, by=by, now=now)
        after = _columns_of(session, register, person)
        savepoint.commit()
    except Refused as fault:
        savepoint.rollback()
        return ImportedRow(row.line, values.get("name", ""), RowOutcome.REFUSED, fault=fault)
    name = person.name
    if not is_ours:
        # The register does not learn what another one knows of the person.
        name = values.get("name", "")
        after = {"role": after["role"]}
    changes = tuple((key, before.get(key, ""), after[key]) for key in after if before.get(key, "") != after[key])
    outcome = _outcome(is_new=is_new, is_changed=bool(changes))
    until = newest(session)
    return ImportedRow(row.line, name, outcome, changes, kept, None, person, term, has_namesake, since, until)


def _outcome(*, is_new: bool, is_changed: bool) -> RowOutcome:
    if is_new:
        return RowOutcome.ADDED
    if is_changed:
        return RowOutcome.CHANGED
    return RowOutcome.THERE


def _columns_of(session: Session, register: Body, person: Person | None) -> dict[str, str]:
    """Return what is known of a person, by the columns of a list; of the roles only those in the register."""
    if person is None:
        return {}
    columns = {name: str(getattr(person, name) or "") for name in RECORD_COLUMNS}
    digest = session.get(Subscription, person.id)
    if digest is not None:
        columns["digest_day"] = WEEKDAYS[digest.weekday]
        columns["digest_hour"] = str(digest.hour)
        columns["digest_frequency"] = digest.frequency.value
        if digest.frequency is Frequency.NEVER:
            columns["digest_day"] = "never"
    roles = reversed(services(session, register.id, [person]).get(person.id, []))
    columns["role"] = "; ".join(f"{role.term.role}, {role.body.name}, {role.term.first_day}" for role in roles)
    return columns


def _kept_columns(
    session: Session,
    register: Body,
    person: Person | None,
    values: dict[str, str],
    before: dict[str, str],
    *,
    is_ours: bool,
    goes_over: bool,
) -> tuple[str, ...]:
    """Return the filled columns that would replace what people set themselves, or what another register keeps."""
    if not is_ours:
        return tuple(sorted(name for name in values if values[name] and name not in GIVEN_HERE))
    if person is None:
        return ()
    columns = _own_settings(session, person)
    if is_kept_elsewhere(session, register.id, person):
        columns = {*RECORD_COLUMNS, *chain.from_iterable(OWN_SETTINGS.values())} - {"email"}
    elif goes_over:
        columns = set()
    filled = [name for name in columns if values.get(name)]
    return tuple(sorted(name for name in filled if values[name].casefold() != before.get(name, "").casefold()))


def _own_settings(session: Session, person: Person) -> set[str]:
    """Return the columns that the person has set on their own account page."""
    return {
        column
        for event in of_subject(session, person.history_key())
        if event.actor == f"person:{person.id}" and event.verb in (Verb.PREFERENCES_SET, Verb.DIGEST_SET)
        for name in event.after
        for column in OWN_SETTINGS.get(name, ())
    }


def note_import(
    session: Session, rows: Sequence[ImportedRow], register: Body, filename: str, *, by: Actor, now: datetime
) -> PeopleImport:
    """Record whom an import added and which roles it gave, so that it can be undone."""
    people_import = PeopleImport(body_id=register.id, filename=filename, imported_by=by.person_id, imported_at=now)
    people_import.refused = sum(row.outcome is RowOutcome.REFUSED for row in rows)
    session.add(people_import)
    session.flush()
    for row in rows:
        if row.person is not None and row.outcome is not RowOutcome.THERE:
            record = ImportedPerson(import_id=people_import.id, line=row.line, person_id=row.person.id)
            record.is_new = row.outcome is RowOutcome.ADDED
            record.version = row.person.version
            if row.term is not None:
                record.term_id = row.term.id
            record.since = row.since
            record.until = row.until
            session.add(record)
    after = {"people": len(rows)}
    leave(session, people_import, Verb.IMPORTED, by=by, now=now, body_id=register.id, after=after)
    return people_import
