"""The database: engine, sessions, column types; the same rules on SQLite and PostgreSQL."""

import re
import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy import Connection, Dialect, Engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolExhausted
from sqlalchemy.orm import sessionmaker
from sqlmodel import Session, SQLModel

Key = TypeVar("Key")
Value = TypeVar("Value")
Row = TypeVar("Row", bound=SQLModel)

# Constraints need names, or they are hard to drop later; set before any table is defined.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


#: seconds that a writer waits for others before it gives up
LONGEST_WAIT = 10.0
#: PostgreSQL's codes for a wait that was too long: serialization failure, deadlock, lock not available
BUSY_STATES = frozenset({"40001", "40P01", "55P03"})
BUSY_CODES = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})


def is_busy(error: BaseException) -> bool:
    """Tell whether the database was only too busy: nothing was changed, and trying again later helps."""
    if isinstance(error, PoolExhausted):
        return True
    if not isinstance(error, DBAPIError):
        return False
    origin = error.orig
    if isinstance(origin, sqlite3.Error):
        # The low byte is the code; the higher ones only refine it.
        return getattr(origin, "sqlite_errorcode", 0) & 0xFF in BUSY_CODES
    return getattr(origin, "sqlstate", None) in BUSY_STATES


class UTCDateTime(sa.types.TypeDecorator[datetime]):
    """A moment: refuses naive values, stores and returns UTC on every database."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn the moment into UTC; raise ValueError for one without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive datetime {value!r}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the moment back in UTC; SQLite returns it without its zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            return value.replace(tzinfo=UTC)
        return value.astimezone(UTC)


def choice(options: type[StrEnum]) -> sa.Enum:
    """Return a column type that holds the value of one of the options: VARCHAR and a CHECK on both databases."""
    return sa.Enum(
        options,
        native_enum=False,
        length=32,
        create_constraint=True,
        validate_strings=True,
        values_callable=lambda members: [member.value for member in members],
        name=_snake(options.__name__),
    )


def _snake(name: str) -> str:
    """Return "mail_state" for "MailState"."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def make_engine(url: str) -> Engine:
    """Return an engine with this application's transaction rules."""
    if url.startswith("sqlite"):
        Path(sa.make_url(url).database or ".").parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    engine = sa.create_engine(url, pool_pre_ping=not url.startswith("sqlite"))
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        Turns().watch(engine)
    else:
        event.listen(engine, "connect", _prepare_postgresql)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver must not begin by itself: _begin does.
    connection.isolation_level = None
    wait = f"busy_timeout={LONGEST_WAIT * 1000:.0f}"
    for pragma in ("foreign_keys=ON", "journal_mode=WAL", wait, "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")


def _prepare_postgresql(connection: Any, _record: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = {LONGEST_WAIT * 1000:.0f}")
    connection.commit()


class Turns:
    """Makes the writers of this process on SQLite queue up before they go to the database.

    SQLite itself lets each writer look again after a while: under load some never find it free and give up
    ("database is locked"). Between processes its own waiting is enough.
    """

    def __init__(self) -> None:
        self._turn = threading.Lock()

    def watch(self, engine: Engine) -> None:
        """Give every writer's transaction a turn from its beginning to its end, however it ends."""
        event.listen(engine, "begin", self._take)
        for ending in ("commit", "rollback"):
            event.listen(engine, ending, lambda connection: self._give(connection.info))
        event.listen(engine, "reset", lambda _connection, record, _state: self._give(record.info))

    def _take(self, connection: Connection) -> None:
        if connection.get_execution_options().get("reader", False):
            return
        started = time.monotonic()
        # A longer wait means that the thread waits for another session of its own: let the database say so.
        connection.info["has_turn"] = self._turn.acquire(timeout=LONGEST_WAIT)
        # Both waits together last no longer than one.
        left = max(0.0, LONGEST_WAIT - (time.monotonic() - started))
        connection.exec_driver_sql(f"PRAGMA busy_timeout={left * 1000:.0f}")

    def _give(self, info: dict[Any, Any]) -> None:
        if info.pop("has_turn", False):
            self._turn.release()


def _begin(connection: Connection) -> None:
    """Begin as a reader, which cannot change anything, or as a writer, which waits its turn before it reads."""
    reader = connection.get_execution_options().get("reader", False)
    if connection.dialect.name != "sqlite":
        if reader:
            connection.exec_driver_sql("SET TRANSACTION READ ONLY")
    elif reader:
        # Every page begins so. Neither of the two waits or fails, so SQLAlchemy need not watch over them.
        cursor = connection.connection.cursor()
        cursor.execute("PRAGMA query_only=ON")
        cursor.execute("BEGIN")
        cursor.close()
    else:
        connection.exec_driver_sql("PRAGMA query_only=OFF")
        connection.exec_driver_sql("BEGIN IMMEDIATE")


class Sessions:
    """Makes sessions of one database: readers cannot write, writers take turns."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._readers = sessionmaker(engine.execution_options(reader=True), class_=Session)
        self._writers = sessionmaker(engine, class_=Session)

    def reader(self) -> Session:
        """Return a session whose transaction can change nothing."""
        return self._readers()

    def writer(self) -> Session:
        """Return a session that may write; the caller commits."""
        return self._writers()

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Commit once at the end of the block, or nothing if it fails."""
        with self._writers() as session:
            yield session
            session.commit()


def rows(session: Session, statement: sa.Select[*tuple[Any, ...]], **values: Any) -> Sequence[Any]:
    """Run a statement with these values and return plain rows of columns.

    That takes a third of the time that objects of the session take.
    """
    session.flush()
    return session.connection().execute(statement, values).all()


def insert_all(session: Session, table: type[SQLModel], new: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows with one statement; every column that may not be null is given, for no object fills it in."""
    session.flush()
    if new:
        session.connection().execute(sa.insert(table), new)


def update_all(session: Session, table: type[SQLModel], changed: Sequence[Mapping[str, Any]]) -> None:
    """Update many rows, each given with its `id` and the same columns, with one statement.

    Loaded objects of these rows keep their old values until `forget`. The caller leaves the events.
    """
    session.flush()
    if not changed:
        return
    columns: dict[str, Any] = {name: sa.bindparam(f"new_{name}") for name in changed[0] if name != "id"}
    number = table.__table__.c.id  # type: ignore[attr-defined]
    statement = sa.update(table.__table__).where(number == sa.bindparam("row")).values(columns)  # type: ignore[attr-defined]
    values = [{"row": row["id"], **{f"new_{name}": row[name] for name in columns}} for row in changed]
    session.connection().execute(statement, values)


def forget(session: Session, *tables: type[SQLModel]) -> None:
    """Make loaded objects of these tables read their row again, after a statement has changed it."""
    session.flush()
    for row in list(session.identity_map.values()):
        if isinstance(row, tables):
            session.expire(row)


@contextmanager
def thawed(session: Session, *tables: str) -> Iterator[None]:
    """Let tables that keep every row as it is lose and change them, within this transaction."""
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        for table in tables:
            connection.execute(sa.text(f"ALTER TABLE {table} DISABLE TRIGGER {table}_no_change"))
        yield
        for table in tables:
            connection.execute(sa.text(f"ALTER TABLE {table} ENABLE TRIGGER {table}_no_change"))
        return
    master = sa.table("sqlite_master", sa.column("name"), sa.column("sql"))
    names = [f"{name}_no_{action}" for name in tables for action in ("delete", "update")]
    triggers = connection.execute(sa.select(master).where(master.c.name.in_(names))).all()
    for trigger in triggers:
        connection.execute(sa.text(f"DROP TRIGGER {trigger.name}"))
    yield
    for trigger in triggers:
        connection.execute(sa.text(trigger.sql))


def lookup(values: Mapping[Key, Value], key: Key | None) -> Value | None:
    """Return the value under a key that may be None; None without a key or a value."""
    if key is None:
        return None
    return values.get(key)


def by_key(session: Session, table: type[Row], column: Any, keys: Iterable[Key | None]) -> dict[Key, Row]:
    """Return the rows with these keys, by key: the column has each of them once."""
    statement = sa.select(table).where(column.in_([key for key in keys if key is not None]))
    return {getattr(row, column.key): row for row in session.scalars(statement)}


def find_row(session: Session, table: type[Row], number: int | None) -> Row | None:
    """Return the row with that number; None without a number, or where there is no such row."""
    # SQLAlchemy warns of a key that is None instead of answering that there is no such row.
    if number is None:
        return None
    return session.get(table, number)


def insert_new(session: Session, table: type[SQLModel], **values: Any) -> int | None:
    """Insert a row and return its id; None, and nothing done, if one with the same key is there already."""
    inserted = insert_missing(session, table, [values], sa.column("id"))
    if not inserted:
        return None
    return int(inserted[0][0])


def insert_missing(
    session: Session, table: type[SQLModel], new: Sequence[Mapping[str, Any]], *returned: Any
) -> Sequence[Any]:
    """Insert the rows whose keys are free, all with the same columns, and return these columns of them, in any order.

    As with insert_all, every column that may not be null is given.
    """
    session.flush()
    if not new:
        return []
    insert = postgresql.insert
    if session.get_bind().dialect.name == "sqlite":
        insert = sqlite.insert  # type: ignore[assignment]
    statement = insert(table).on_conflict_do_nothing().returning(*returned)
    return session.connection().execute(statement, new).all()
