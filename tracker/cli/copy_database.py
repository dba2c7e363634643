"""Every row of one database into another, empty one of either kind."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Engine, Table
from sqlmodel import SQLModel

BATCH = 500


def tables() -> list[Table]:
    """Return all tables, each after those it refers to; the full-text index follows by itself."""
    return SQLModel.metadata.sorted_tables


def counts(connection: Connection) -> dict[str, int]:
    """Return how many rows each table has."""
    return {
        table.name: connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one() for table in tables()
    }


def copy(source: Connection, target: Connection) -> None:
    """Copy all rows; the caller has begun one transaction on either side and commits the target's."""
    for table in tables():
        _copy_table(table, source, target)
    if target.dialect.name == "postgresql":
        for table in tables():
            _set_sequence(table, target)


def _copy_table(table: Table, source: Connection, target: Connection) -> None:
    """Copy one table; what refers to rows of the same table is set once they are all there."""
    # A merged person may come before the record that they were merged into.
    own = _columns_to_itself(table)
    everything = sa.select(table).order_by(*table.primary_key.columns)
    # Tables of a hundred thousand rows must not lie in memory at once.
    rows = source.execute(everything.execution_options(yield_per=BATCH))
    references: list[dict[str, Any]] = []
    for part in rows.mappings().partitions(BATCH):
        values = [dict(row) for row in part]
        references += [_reference(row, own) for row in values if any(row[name] is not None for name in own)]
        target.execute(table.insert(), [{**row, **dict.fromkeys(own)} for row in values])
    for start in range(0, len(references), BATCH):
        target.execute(_set_references(table, own), references[start : start + BATCH])


def _columns_to_itself(table: Table) -> list[str]:
    return [key.parent.name for key in table.foreign_keys if key.column.table is table]


def _reference(row: dict[str, Any], own: Sequence[str]) -> dict[str, Any]:
    return {"of_row": row["id"], **{f"to_{name}": row[name] for name in own}}


def _set_references(table: Table, own: Sequence[str]) -> sa.Update:
    values: dict[str, Any] = {name: sa.bindparam(f"to_{name}") for name in own}
    return table.update().where(table.c.id == sa.bindparam("of_row")).values(values)


def _set_sequence(table: Table, target: Connection) -> None:
    """Let the next new row have a number that is free."""
    column = table.autoincrement_column
    if column is None:
        return
    sequence = sa.func.pg_get_serial_sequence(f'"{table.name}"', column.name)
    name = target.scalar(sa.select(sequence))
    highest = target.scalar(sa.select(sa.func.max(column)))
    # Rows were given with their ids, so the sequence still stands at its beginning.
    if name is not None and highest is not None:
        target.execute(sa.select(sa.func.setval(name, highest)))


def empty(target: Connection) -> None:
    """Take every row away, also where the database refuses a plain DELETE (PostgreSQL)."""
    names = ", ".join(f'"{table.name}"' for table in tables())
    # A trigger keeps events from being deleted; TRUNCATE does not ask it.
    target.exec_driver_sql(f"TRUNCATE {names}, search_entry")


def is_empty(engine: Engine) -> bool:
    """Tell whether nothing has been entered yet: no tables, or no body and no person."""
    present = set(sa.inspect(engine).get_table_names())
    with engine.connect() as connection:
        return not any(
            connection.scalar(sa.text(f"SELECT 1 FROM {name} LIMIT 1"))  # noqa: S608 - two names of our own
            for name in ("body", "person")
            if name in present
        )
