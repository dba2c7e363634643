"""The index of words: what its entries are of, and how each database is asked for them."""

from enum import IntEnum
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session

SQLITE = "sqlite"


class Kind(IntEnum):
    """What an entry of the index is of: its number is that of the row times four plus this."""

    ITEM = 0
    UPDATE = 1
    TURN = 2
    PERSON = 3


class Entries(NamedTuple):
    """What to select of the index: the row that an entry is of, its rank (the best is the smallest), which match."""

    row: sa.ColumnElement[int]
    rank: sa.ColumnElement[float]
    match: sa.ColumnElement[bool]


def dialect_of(session: Session) -> str:
    """Return which database is asked."""
    return session.get_bind().dialect.name


def entries(dialect: str, kind: Kind, wanted: sa.ColumnElement[str]) -> Entries:
    """Return the entries of a kind for which an expression made by `beginning`, `word` and `every` holds."""
    number, rank, match = _on_sqlite(wanted) if dialect == SQLITE else _on_postgresql(wanted)
    return Entries(number // 4, rank, sa.and_(match, number % 4 == kind))


def table() -> sa.TableClause:
    """Return the table of the entries."""
    return sa.table("search_entry")


def _on_sqlite(wanted: Any) -> tuple[Any, Any, Any]:
    """Return number, rank and condition for FTS5, whose rank is smallest for the best."""
    return sa.column("rowid", sa.Integer), sa.column("rank", sa.Float), sa.column("search_entry").op("MATCH")(wanted)


def _on_postgresql(wanted: Any) -> tuple[Any, Any, Any]:
    """Return number, rank and condition for a tsvector."""
    kept: Any = sa.column("words")
    query = sa.func.to_tsquery("simple", wanted)
    return sa.column("id", sa.Integer), sa.func.ts_rank(kept, query) * -1, kept.op("@@")(query)


def beginning(dialect: str, letters: str) -> str:
    """Return the expression for every word that begins so; the letters are none but word characters."""
    if dialect == SQLITE:
        return f'"{letters}"*'
    return f"'{letters}':*"


def word(dialect: str, letters: str) -> str:
    """Return the expression for that very word."""
    if dialect == SQLITE:
        return f'"{letters}"'
    return f"'{letters}'"


def every(dialect: str, expressions: list[str]) -> str:
    """Return the expression for what has each of them."""
    return (" " if dialect == SQLITE else " & ").join(expressions)
