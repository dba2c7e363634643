"""Which rows of any table name a person, a party or a body: what nothing names can be removed."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, SQLModel


def is_named(session: Session, name: str, number: int, but: Iterable[str] = ()) -> bool:
    """Tell whether a row of another table, but for those of `but`, names the row of that number in this table."""
    for table, column in references(name):
        if table not in but and _has_row(session, table, _table(table).c[column] == number):
            return True
    return name == "person" and _is_steward(session, number)


def _is_steward(session: Session, person_id: int) -> bool:
    """Tell whether the person answers for a party, which is then somebody else's: nobody answers for themselves."""
    party = _table("party").c
    return _has_row(session, "party", sa.or_(party.steward_id == person_id, party.second_id == person_id))


def _has_row(session: Session, name: str, condition: Any) -> bool:
    rows = sa.select(sa.true()).select_from(_table(name)).where(condition).limit(1)
    return session.connection().execute(rows).first() is not None


def references(name: str) -> list[tuple[str, str]]:
    """Return the columns that name rows of that table, each with its table."""
    return [
        (table.name, column.name)
        for table in SQLModel.metadata.sorted_tables
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table.name == name
    ]


def _table(name: str) -> sa.Table:
    return SQLModel.metadata.tables[name]
