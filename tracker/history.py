"""What happened, line by line, never edited: Event and `leave`, the only way in.

Actors and subjects are "person:7" and "item:42", without foreign keys. Texts that people wrote stand apart, in Wording,
so that a person can be erased without a hole in the history.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Mapper, ORMExecuteState, UOWTransaction
from sqlalchemy.orm import Session as PlainSession
from sqlmodel import Field, Session, SQLModel, col

from tracker.db import UTCDateTime, choice, insert_all
from tracker.history_verbs import Verb

#: the party for which an event was recorded, and on whose word
RECORDED_FOR = "recorded_for"
ON_WORD = "on_word"
#: the most values in one statement
NUMBERS_AT_ONCE = 500


class ChangeWay(StrEnum):
    """The way by which a change came in."""

    BROWSER = "browser"
    MAIL = "mail"
    IMPORT = "import"
    JOB = "job"
    COMMAND_LINE = "command-line"


@dataclass(frozen=True)
class Actor:
    """Who changes something, and by which way; a job or a command has no person."""

    person_id: int | None
    way: ChangeWay
    #: the party whose answer they record, and on whose word: "by telephone, 3 March"
    recorded_for: int | None = None
    on_word: str = ""

    @property
    def key(self) -> str:
        """Return "person:7", or "system"."""
        if self.person_id:
            return f"person:{self.person_id}"
        return "system"

    def person(self) -> int:
        """Return the number of the person, for what only people do; raises ValueError for a job or a command."""
        if self.person_id is None:
            raise ValueError("only a person can do this")
        return self.person_id


class Words(str):
    """A text somebody wrote: `leave` stores it apart from the event, where it can be erased."""

    __slots__ = ()


class Wording(SQLModel, table=True):
    """A text that an event speaks of; empty once erased."""

    id: int = Field(default=None, primary_key=True)
    #: its author, as "person:7", for when that person is erased
    written_by: str = Field(index=True)
    text: str | None = None
    erased_on: date | None = None
    erasure_ground: str | None = None


class Event(SQLModel, table=True):
    """One line of history. The database refuses UPDATE and DELETE."""

    __table_args__ = (sa.Index("ix_event_subject_id", "subject", "id"),)

    id: int = Field(default=None, primary_key=True)
    #: by the installation's clock
    at: datetime = Field(sa_type=UTCDateTime, index=True)
    actor: str
    way: ChangeWay = Field(sa_type=choice(ChangeWay))
    #: the value of a `Verb`; plain text, so that a line with a verb of an older program can still be read
    verb: str
    subject: str
    #: the register it belongs to, so that each body sees its own
    body_id: int | None = Field(default=None, index=True)
    before: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    after: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)


class Recorded:
    """Mixin of tables whose every change must leave an event; see `guard`."""

    def history_key(self) -> str:
        """Return the subject under which changes of this row are recorded."""
        return f"{self.__tablename__}:{self.id}"  # type: ignore[attr-defined]


def leave(
    session: Session,
    subject: Recorded | str,
    verb: Verb,
    *,
    by: Actor,
    now: datetime,
    body_id: int | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> Event:
    """Write one line of history and flush, so that new rows have their ids; give Words for texts people wrote."""
    old = _apart(session, by, before or {})
    new = _apart(session, by, {**(after or {}), **_recorded_for(by)})
    session.flush()
    key = subject
    if isinstance(key, Recorded):
        key = key.history_key()
    line = Event(
        at=now,
        actor=by.key,
        way=by.way,
        verb=str(verb),
        subject=key,
        body_id=body_id,
        before={name: _plain(value) for name, value in old.items()},
        after={name: _plain(value) for name, value in new.items()},
    )
    session.add(line)
    session.info.setdefault("recorded", set()).add(key)
    return line


def _recorded_for(by: Actor) -> dict[str, Any]:
    """Return what each line says where somebody records another's answer: it must never read as given by them."""
    if by.recorded_for is None:
        return {}
    return {RECORDED_FOR: by.recorded_for, ON_WORD: Words(by.on_word)}


@dataclass(frozen=True)
class Line:
    """One subject and the values of its line, where the same happens to many."""

    subject: str
    after: Mapping[str, Any]
    body_id: int | None


def leave_all(session: Session, lines: Sequence[Line], verb: Verb, *, by: Actor, now: datetime) -> None:
    """Write a line of history for each subject with one statement for all; the values may not be Words."""
    shared = {"at": now, "actor": by.key, "way": by.way, "verb": str(verb), "before": {}}
    events = [
        {**shared, "subject": line.subject, "body_id": line.body_id,
         "after": {name: _plain(value) for name, value in line.after.items()}}
        for line in lines
    ]  # fmt: skip
    insert_all(session, Event, events)
    session.info.setdefault("recorded", set()).update(line.subject for line in lines)


def change(
    session: Session,
    row: Recorded,
    values: Mapping[str, Any],
    verb: Verb,
    *,
    by: Actor,
    now: datetime,
    body_id: int | None = None,
    reason: str = "",
) -> bool:
    """Set those columns whose values differ and write one line of history; return False if none does.

    Give Words for texts people wrote. A row with a version gets the next one. The reason is stored in the line.
    """
    differing = {name: value for name, value in values.items() if getattr(row, name) != value}
    if not differing:
        return False
    before = {name: _like(getattr(row, name), value) for name, value in differing.items()}
    for name, value in differing.items():
        if isinstance(value, Words):
            setattr(row, name, str(value))
        else:
            setattr(row, name, value)
    if hasattr(row, "version"):
        row.version += 1
    session.add(row)
    after = dict(differing)
    if reason:
        after["reason"] = Words(reason)
    leave(session, row, verb, by=by, now=now, body_id=body_id, before=before, after=after)
    return True


def _like(old: Any, new: Any) -> Any:
    """Return the old text as Words too if the new one is, or if there is no new one."""
    if type(old) is str and (isinstance(new, Words) or new is None):
        return Words(old)
    return old


def _apart(session: Session, by: Actor, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values with each of the Words as a row of its own, which gets its id at the next flush."""
    words = {name: Wording(written_by=by.key, text=str(text)) for name, text in values.items() if type(text) is Words}
    session.add_all(words.values())
    return {**values, **words}


def _plain(value: Any) -> Any:
    if isinstance(value, Wording):
        return {"wording": value.id}
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date):  # a datetime is a date too
        return value.isoformat()
    return value


def _number_row(mapper: Mapper[Any], connection: sa.Connection, row: Any) -> None:
    """Give a new row an id that no line of history mentions.

    SQLite gives the highest ids again once their rows are deleted; a new row would get another one's history.
    """
    table = mapper.local_table
    # A row without a history key of its own leaves its lines with what it belongs to.
    has_own = type(row).history_key is Recorded.history_key
    if connection.dialect.name != "sqlite" or not has_own or row.id is not None:
        return
    # Several rows may be flushed together, so the database does not know the latest ids yet.
    latest_ids = connection.info.setdefault("latest ids", {})
    highest = connection.scalar(sa.select(sa.func.coalesce(sa.func.max(table.c.id), 0)))
    number = max(highest, latest_ids.get(row.__tablename__, 0)) + 1
    while connection.scalar(sa.select(sa.true()).where(col(Event.subject) == f"{row.__tablename__}:{number}").limit(1)):
        number += 1
    row.id = number
    latest_ids[row.__tablename__] = number


def free_numbers(session: Session, table: type[SQLModel], count: int) -> list[int]:
    """Return ids for so many new rows of one table, as `_number_row` gives them, with two queries for all."""
    name = str(table.__tablename__)
    connection = session.connection()
    if connection.dialect.name != "sqlite":
        sequence = sa.func.nextval(sa.func.pg_get_serial_sequence(name, "id"))
        return list(connection.scalars(sa.select(sequence).select_from(sa.func.generate_series(1, count).alias())))
    session.flush()
    latest_ids = connection.info.setdefault("latest ids", {})
    highest = connection.scalar(sa.select(sa.func.coalesce(sa.func.max(table.id), 0)))  # type: ignore[attr-defined]
    number = max(highest, latest_ids.get(name, 0))
    subjects = sa.select(col(Event.subject)).where(col(Event.subject).in_(sa.bindparam("subjects", expanding=True)))
    free: list[int] = []
    while len(free) < count:
        numbers = range(number + 1, number + 1 + min(count - len(free), NUMBERS_AT_ONCE))
        keys = [f"{name}:{number}" for number in numbers]
        used = set(connection.execute(subjects, {"subjects": keys}).scalars())
        free += [number for number in numbers if f"{name}:{number}" not in used]
        number = numbers[-1]
    latest_ids[name] = number
    return free


class UnrecordedChange(RuntimeError):  # noqa: N818 - it names what happened
    """A programming error: a change was about to be committed without its event."""


def guard() -> None:
    """Refuse from now on to commit a change of a Recorded row that left no event; a second call changes nothing."""
    if not event.contains(PlainSession, "after_flush", _note_changes):
        event.listen(PlainSession, "after_flush", _note_changes)
        event.listen(PlainSession, "before_commit", _refuse_unrecorded)
        event.listen(PlainSession, "after_soft_rollback", _forget)
        event.listen(PlainSession, "do_orm_execute", _refuse_bulk)
        event.listen(Recorded, "before_insert", _number_row, propagate=True)


def _note_changes(session: PlainSession, _context: UOWTransaction) -> None:
    changed = [row for row in session.dirty if session.is_modified(row)]
    touched = [row for row in [*session.new, *changed, *session.deleted] if isinstance(row, Recorded)]
    session.info.setdefault("touched", set()).update(row.history_key() for row in touched)


def _refuse_unrecorded(session: PlainSession) -> None:
    if session.in_nested_transaction():
        return
    session.flush()
    missing = session.info.pop("touched", set()) - session.info.pop("recorded", set())
    if missing:
        raise UnrecordedChange(f"no event for {', '.join(sorted(missing))}")


def _forget(session: PlainSession, _previous: object) -> None:
    session.info.pop("touched", None)
    session.info.pop("recorded", None)


def _refuse_bulk(state: ORMExecuteState) -> None:
    """Raise UnrecordedChange for a bulk UPDATE or DELETE of a Recorded table: it bypasses the flush."""
    mapper = state.bind_mapper
    if not (state.is_update or state.is_delete) or mapper is None:
        return
    if issubclass(mapper.class_, Recorded):
        raise UnrecordedChange(f"bulk change of {mapper.class_.__name__}")


guard()
