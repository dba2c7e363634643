"""Beginning with a register of one's own: all of the example goes, and whoever runs the installation stays.

Only an installation that holds nothing but the example and its sample can be emptied. So its history goes too, which
nothing else can bring about: its lines are about rows that nobody will see again, and whose numbers are given anew.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, func, select

from tracker.clock import day_in, return_to_today
from tracker.errors import Refused, Stale
from tracker.history import Actor, ChangeWay, Event, Words, leave, newest
from tracker.history_verbs import Verb
from tracker.people.changes import add_body, label_by_name
from tracker.people.details import BodyDetails, PersonDetails, person_values
from tracker.people.models import Body, Person, Role
from tracker.people.queries import registers
from tracker.people.terms import Days, add_term, subscribe
from tracker.text import slug_of

#: what the history says of a register that came with the program, of one that somebody keeps, and of an emptied one
BEGUN = Verb.CREATED_AS_EXAMPLE
KEPT = Verb.EXAMPLE_KEPT
EMPTIED = Verb.STARTED_EMPTY
#: what is of the machine, and of nobody's work
STAYS = frozenset({"clock_setting", "job_run", "relay"})
#: tables that refuse to lose a row
FROZEN = ("event", "report")
#: what is told before it goes
TOLD = (
    "item", "item_update", "report", "transcript", "proposal", "meeting", "milestone", "body", "person", "outgoing",
    "event",
)  # fmt: skip


@dataclass(frozen=True)
class Beginning:
    """The register to begin with, and who runs it; a short name stands in addresses and for the body itself."""

    body: BodyDetails
    short: str | None
    name: str
    email: str


def begin_example(session: Session, register: Body, *, by: Actor, now: datetime) -> None:
    """Note that a register came with the program, so that it can go again whole."""
    leave(session, register, BEGUN, by=by, now=now, body_id=register.id)


def keep_example(session: Session, register: Body, *, by: Actor, now: datetime) -> None:
    """Note that the register is somebody's own from now on: nothing offers to empty it any more."""
    leave(session, register, KEPT, by=by, now=now, body_id=register.id)


def is_example(session: Session) -> bool:
    """Tell whether there is nothing here but the example and samples."""
    own = [f"body:{body.id}" for body in registers(session) if not body.is_sample]
    said = select(Event.subject, Event.verb).where(col(Event.subject).in_(own), col(Event.verb).in_((BEGUN, KEPT)))
    found = session.exec(said).all()
    return bool(own) and {(subject, BEGUN) for subject in own} == set(found)


def was_emptied(session: Session) -> bool:
    """Tell whether somebody began with a register of his own: then the example does not come back by itself."""
    return session.exec(select(Event.id).where(col(Event.verb) == EMPTIED).limit(1)).first() is not None


def what_goes(session: Session) -> dict[str, int]:
    """Return how many rows of each kind would go, whoever runs the installation not counted."""
    found = {name: _count(session, name) for name in TOLD}
    found["person"] -= 1
    return {name: number for name, number in found.items() if number > 0}


def made_by_people(session: Session) -> int:
    """Return how many lines of history people have left here: work that would go."""
    ways = col(Event.way).in_((ChangeWay.BROWSER, ChangeWay.MAIL))
    return session.exec(select(func.count(col(Event.id))).where(ways, col(Event.actor) != "system")).one()


def _count(session: Session, name: str) -> int:
    return session.connection().scalar(sa.select(sa.func.count()).select_from(SQLModel.metadata.tables[name])) or 0


def start_empty(
    session: Session, person: Person, beginning: Beginning, *, seen: int | None = None, by: Actor, now: datetime
) -> Body:
    """Delete all there is, but for the person with his sign-ins, and begin his register; the clock returns to today.

    `now` is of the real clock; `seen` is the number of the newest line of history when the person was told what goes.
    Raises Refused where there is more here than the example, or with the field, and Stale for what came since.
    """
    if not is_example(session):
        raise Refused(
            "There is more here than the example: nothing was deleted. Delete what you added first, or keep all."
        )
    if seen is not None and newest(session) != seen:
        raise Stale("Something was added here since you opened this page. See what goes now, then press again.")
    with _thawed(session):
        _wipe(session, person.id)
    return_to_today(session)
    _make_anew(session, person, beginning, by, now)
    register = add_body(session, beginning.body, slug=beginning.short or None, is_register=True, by=by, now=now)
    days = Days(day_in(register.timezone, now))
    add_term(session, person, register, Role.SECRETARIAT, days, by=by, now=now)
    label_by_name(session, person, register.id, by=by, now=now)
    subscribe(session, person, by=by, now=now)
    leave(session, register, EMPTIED, by=by, now=now, body_id=register.id)
    return register


def _make_anew(session: Session, person: Person, beginning: Beginning, by: Actor, now: datetime) -> None:
    """Let the account be his who runs the installation, not the example's; his browser stays signed in."""
    details = PersonDetails(name=beginning.name, email=beginning.email, language=person.language)
    values = person_values(session, details, person)
    for name, value in values.items():
        setattr(person, name, str(value) if isinstance(value, Words) else value)
    person.slug = slug_of(beginning.name)
    session.connection().execute(_table("party").update().values(slug=person.slug))
    leave(session, person, Verb.EDITED, by=by, now=now, after=values)


def _wipe(session: Session, person_id: int) -> None:
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        connection.execute(sa.text("PRAGMA secure_delete = ON"))  # nothing is left between the rows either
    for table in reversed(SQLModel.metadata.sorted_tables):
        if table.name not in STAYS:
            connection.execute(table.delete().where(sa.not_(_is_his(table, person_id))))
    connection.execute(_table("relay").update().values(released_by=None))
    if connection.dialect.name == "sqlite":
        connection.execute(sa.text("INSERT INTO search_entry (search_entry) VALUES ('optimize')"))
    session.expire_all()


def _is_his(table: sa.Table, person_id: int) -> sa.ColumnElement[bool]:
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


@contextmanager
def _thawed(session: Session) -> Iterator[None]:
    """Let the tables that keep every row lose them, within this transaction."""
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        for table in FROZEN:
            connection.execute(sa.text(f"ALTER TABLE {table} DISABLE TRIGGER {table}_no_change"))
        yield
        for table in FROZEN:
            connection.execute(sa.text(f"ALTER TABLE {table} ENABLE TRIGGER {table}_no_change"))
        return
    master = sa.table("sqlite_master", sa.column("name"), sa.column("sql"))
    kept = connection.execute(
        sa.select(master).where(master.c.name.in_([f"{name}_no_delete" for name in FROZEN]))
    ).all()
    for name, _ in kept:
        connection.execute(sa.text(f"DROP TRIGGER {name}"))
    yield
    for _, made in kept:
        connection.execute(sa.text(made))
