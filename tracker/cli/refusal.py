"""How a command refuses: one line on standard error that says what to do, and exit status 2."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import click
from sqlalchemy.exc import OperationalError, ProgrammingError

from tracker.db import is_busy
from tracker.errors import Refused
from tracker.seed.read_file import SeedError


def refuse(message: str) -> NoReturn:
    """Say why, and end with status 2."""
    click.echo(" ".join(message.split()), err=True)
    raise SystemExit(2)


@contextmanager
def refusing() -> Iterator[None]:
    """Let what the rules refuse end the command so; and a database without its tables."""
    try:
        yield
    except (Refused, SeedError) as refusal:
        refuse(str(refusal))
    except (OperationalError, ProgrammingError) as error:
        if "no such table" in str(error.orig) or "does not exist" in str(error.orig):
            refuse("The database has no tables yet. Run: flask migrate")
        if is_busy(error):
            refuse("Others have used the database for too long. Nothing was changed: try again in a minute.")
        raise
