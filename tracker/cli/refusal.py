"""How a command refuses: one line on standard error that says what to do, and exit status 2; and reading its file."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import click
from sqlalchemy.exc import OperationalError, ProgrammingError

from tracker.db import is_busy
from tracker.errors import Refused
from tracker.seed.read_file import SeedError


def refuse(message: str) -> NoReturn:
    """Say why, and end with status 2."""
    # One line, so that a program that runs the command can log it.
    click.echo(" ".join(message.split()), err=True)
    raise SystemExit(2)


def bytes_of(file: Path) -> bytes:
    """Return the content of a file, or refuse."""
    try:
        return file.read_bytes()
    except OSError as error:
        refuse(f"{file} cannot be read: {error.strerror}.")


@contextmanager
def refusing() -> Iterator[None]:
    """Refuse where a rule does, where the database has no tables yet, and where it is busy for too long."""
    try:
        yield
    except (Refused, SeedError) as refusal:
        refuse(str(refusal))
    except (OperationalError, ProgrammingError) as error:
        # SQLite says the first, PostgreSQL the second.
        if "no such table" in str(error.orig) or "does not exist" in str(error.orig):
            refuse("The database has no tables yet. Run: flask migrate")
        if is_busy(error):
            refuse("The database was busy for too long. Nothing was changed: try again in a minute.")
        raise
