"""What a test asks the database, statement by statement."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from flask import Flask
from sqlmodel import Session


@contextmanager
def statements(asking: Flask | Session) -> Iterator[list[str]]:
    """Note the statements that the application, or the session, sends within the block."""
    seen: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    engine = asking.get_bind() if isinstance(asking, Session) else asking.extensions["sessions"].engine
    sa.event.listen(engine, "before_cursor_execute", note)
    yield seen
    sa.event.remove(engine, "before_cursor_execute", note)
