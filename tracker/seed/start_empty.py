"""Starts empty with a register of one's own: all of the example goes, and whoever runs the installation stays.

Only an installation that holds nothing but the example and its sample can be emptied. Its history goes too, which
nothing else can bring about: its events are about rows that nobody will see again, and whose numbers are used anew.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, func, select

from tracker.clock import day_in, return_to_today
from tracker.db import thawed
from tracker.errors import Refused, Stale
from tracker.history import Actor, ChangeWay, Event, Words, leave
from tracker.history_queries import newest
from tracker.history_verbs import Verb
from tracker.people.changes import add_body, label_by_name
from tracker.people.details import BodyDetails, PersonDetails, person_values
from tracker.people.models import Body, Person, Role
from tracker.people.queries import registers
from tracker.people.terms import Days, add_term, subscribe
from tracker.text import slug_of

#: tables about the machine, which hold nobody's work
STAYS = frozenset({"clock_setting", "job_run", "relay"})
#: tables that refuse to lose a row
FROZEN = ("event", "report")
#: tables whose rows are counted for the person before they go
COUNTED = (
    "item", "item_update", "report", "transcript", "proposal", "meeting", "milestone", "body", "person", "outgoing",
    "event",
)  # fmt: skip


@dataclass(frozen=True)
class Beginning:
    """The register to start with, and who runs it; `short` is its slug in addresses, made of the name if None."""

    body: BodyDetails
    short: str | None
    name: str
    email: str


def begin_example(session: Session, register: Body, *, by: Actor, now: datetime) -> None:
    """Note that a register came with the program, so that it can be removed as a whole."""
    leave(session, register, Verb.CREATED_AS_EXAMPLE, by=by, now=now, body_id=register.id)


def keep_example(session: Session, register: Body, *, by: Actor, now: datetime) -> None:
    """Note that the register is somebody's own from now on: nothing offers to empty it any more."""
    leave(session, register, Verb.EXAMPLE_KEPT, by=by, now=now, body_id=register.id)


def undo_keep(session: Session, register: Body, *, by: Actor, now: datetime) -> None:
    """Note that the register is the example again, which may be deleted as a whole."""
    leave(session, register, Verb.KEEPING_UNDONE, by=by, now=now, body_id=register.id)


def is_example(session: Session) -> bool:
    """Tell whether there is nothing here but the example and samples."""
    verbs = _last_verbs(session)
    return bool(verbs) and verbs <= {Verb.CREATED_AS_EXAMPLE, Verb.KEEPING_UNDONE}


def is_kept_example(session: Session) -> bool:
    """Tell whether there is nothing here but samples and what was the example, until somebody kept it."""
    return _last_verbs(session) == {Verb.EXAMPLE_KEPT}


def _last_verbs(session: Session) -> set[str | None]:
    """Return what was last done of each register with being the example; None is of one that never was."""
    last: dict[str, str | None] = {f"body:{body.id}": None for body in registers(session) if not body.is_sample}
    verbs = (Verb.CREATED_AS_EXAMPLE, Verb.EXAMPLE_KEPT, Verb.KEEPING_UNDONE)
    statement = select(Event.subject, Event.verb).where(col(Event.subject).in_(list(last)), col(Event.verb).in_(verbs))
    last.update(session.exec(statement.order_by(col(Event.id))).all())
    return set(last.values())


def was_emptied(session: Session) -> bool:
    """Tell whether somebody has started empty: then the example is not loaded again by itself."""
    return session.exec(select(Event.id).where(col(Event.verb) == Verb.STARTED_EMPTY).limit(1)).first() is not None


def what_goes(session: Session) -> dict[str, int]:
    """Return how many rows of each kind would go, whoever runs the installation not counted."""
    counts = {name: _count(session, name) for name in COUNTED}
    # Whoever runs the installation stays.
    counts["person"] -= 1
    return {name: count for name, count in counts.items() if count > 0}


def made_by_people(session: Session) -> int:
    """Return how many events people have left here: work that would go."""
    ways = col(Event.way).in_((ChangeWay.BROWSER, ChangeWay.MAIL))
    return session.exec(select(func.count(col(Event.id))).where(ways, col(Event.actor) != "system")).one()


def _count(session: Session, name: str) -> int:
    return session.connection().execute(sa.select(sa.func.count()).select_from(_table(name))).scalar_one()


def start_empty(
    session: Session, person: Person, beginning: Beginning, *, seen: int | None = None, by: Actor, now: datetime
) -> Body:
    """Delete everything except the person and their sign-ins, and create their register; the clock returns to today.

    `now` is of the real clock. `seen` is the number of the newest event when the person saw what goes. Raises Refused
    where there is more here than the example or a field is wrong, and Stale where something was added since `seen`.
    """
    if not is_example(session):
        raise Refused(
            "There is more here than the example, so nothing was deleted. Delete what you added first, or keep all."
        )
    if seen is not None and newest(session) != seen:
        raise Stale("Something was added since you opened this page. Look at what goes now, then try again.")
    # Triggers keep history and reports from being deleted.
    with thawed(session, *FROZEN):
        _wipe(session, person.id)
    return_to_today(session)
    _rename_account(session, person, beginning, by, now)
    register = add_body(session, beginning.body, slug=beginning.short or None, is_register=True, by=by, now=now)
    days = Days(day_in(register.timezone, now))
    add_term(session, person, register, Role.SECRETARIAT, days, by=by, now=now)
    label_by_name(session, person, register.id, by=by, now=now)
    subscribe(session, person, by=by, now=now)
    leave(session, register, Verb.STARTED_EMPTY, by=by, now=now, body_id=register.id)
    return register


def _rename_account(session: Session, person: Person, beginning: Beginning, by: Actor, now: datetime) -> None:
    """Give the account the name and address of the person, not of the example; their browser stays signed in."""
    details = PersonDetails(name=beginning.name, email=beginning.email, language=person.language)
    values = person_values(session, details, person)
    for name, value in values.items():
        setattr(person, name, _as_column(value))
    # Nobody else is left whose slug it could be.
    person.slug = slug_of(beginning.name)
    session.connection().execute(_table("party").update().values(slug=person.slug))
    leave(session, person, Verb.EDITED, by=by, now=now, after=values)


def _as_column(value: Any) -> Any:
    """Return a value of an event as its column holds it: there, words of a person stand apart."""
    if isinstance(value, Words):
        return str(value)
    return value


def _wipe(session: Session, person_id: int) -> None:
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        # Or the file keeps deleted text in its free pages.
        connection.execute(sa.text("PRAGMA secure_delete = ON"))
    # Rows go before those that they refer to.
    for table in reversed(SQLModel.metadata.sorted_tables):
        if table.name not in STAYS:
            connection.execute(table.delete().where(sa.not_(_is_of_account(table, person_id))))
    # The row stays, for it says whether mail is held, but who released it last is gone.
    connection.execute(_table("relay").update().values(released_by=None))
    if connection.dialect.name == "sqlite":
        # The index keeps deleted words until its parts are merged.
        connection.execute(sa.text("INSERT INTO search_entry (search_entry) VALUES ('optimize')"))
    # These statements pass by the session, which would go on with rows that are gone.
    session.expire_all()


def _is_of_account(table: sa.Table, person_id: int) -> sa.ColumnElement[bool]:
    """Return the condition that a row is part of the account that stays."""
    match table.name:
        case "person" | "first_sign_in":
            return table.c.id == person_id
        case "party" | "sign_in_session":
            return sa.func.coalesce(table.c.person_id, 0) == person_id
        case _:
            return sa.false()


def _table(name: str) -> sa.Table:
    return SQLModel.metadata.tables[name]
