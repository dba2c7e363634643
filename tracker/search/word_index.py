"""The full-text index: what its entries stand for, and how SQLite (FTS5) and PostgreSQL (tsvector) search it."""

from enum import IntEnum
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session

SQLITE = "sqlite"


class Kind(IntEnum):
    """What an entry of the index stands for: its id is that of the row, times four, plus this."""

    ITEM = 0
    UPDATE = 1
    TURN = 2
    PERSON = 3


class Entries(NamedTuple):
    """What to select of the index: an entry's row, its rank (the smallest is the best), and which entries match."""

    row: sa.ColumnElement[int]
    rank: sa.ColumnElement[float]
    match: sa.ColumnElement[bool]


def dialect_of(session: Session) -> str:
    """Return the name of the database: "sqlite" or "postgresql"."""
    return session.get_bind().dialect.name


def entries(dialect: str, kind: Kind, expression: sa.ColumnElement[str]) -> Entries:
    """Return the entries of a kind that match an expression made by `beginning`, `word` and `every`."""
    if dialect == SQLITE:
        entry_id, rank, match = _on_sqlite(expression)
    else:
        entry_id, rank, match = _on_postgresql(expression)
    return Entries(entry_id // 4, rank, sa.and_(match, entry_id % 4 == kind))


def best_of_each_kind(dialect: str, expression: sa.ColumnElement[str], most: int) -> sa.Select[Any]:
    """Select the kind and the row of at most so many entries of each kind that match, the best first.

    The index is read once for all kinds: it ranks each entry that matches, and that is what a search costs.
    """
    on = {SQLITE: _on_sqlite}.get(dialect, _on_postgresql)
    entry_id, rank, match = on(expression)
    kind = entry_id % 4
    place = sa.func.row_number().over(partition_by=kind, order_by=(rank, entry_id))
    ranked = sa.select(kind.label("kind"), (entry_id // 4).label("row"), place.label("place"))
    hits = ranked.select_from(table()).where(match).subquery()
    return sa.select(hits.c.kind, hits.c.row).where(hits.c.place <= most).order_by(hits.c.kind, hits.c.place)


def table() -> sa.TableClause:
    """Return the table of the entries."""
    return sa.table("search_entry")


def _on_sqlite(expression: Any) -> tuple[Any, Any, Any]:
    """Return entry id, rank and condition for FTS5."""
    match = sa.column("search_entry").op("MATCH")(expression)
    return sa.column("rowid", sa.Integer), sa.column("rank", sa.Float), match


def _on_postgresql(expression: Any) -> tuple[Any, Any, Any]:
    """Return entry id, rank and condition for a tsvector."""
    words: Any = sa.column("words")
    query = sa.func.to_tsquery("simple", expression)
    # PostgreSQL ranks the best highest, FTS5 lowest.
    return sa.column("id", sa.Integer), sa.func.ts_rank(words, query) * -1, words.op("@@")(query)


def beginning(dialect: str, letters: str) -> str:
    """Return the expression for words that begin with these letters, which must be word characters only."""
    if dialect == SQLITE:
        return f'"{letters}"*'
    return f"'{letters}':*"


def word(dialect: str, letters: str) -> str:
    """Return the expression for exactly that word."""
    if dialect == SQLITE:
        return f'"{letters}"'
    return f"'{letters}'"


def every(dialect: str, expressions: list[str]) -> str:
    """Return the expression for entries that match each of these expressions."""
    if dialect == SQLITE:
        return " ".join(expressions)
    return " & ".join(expressions)
