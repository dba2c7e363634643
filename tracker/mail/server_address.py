"""Where the server of this installation answers: it leaves its port in var/, for the links that commands print.

A server holds a lock on its note as long as it lives, however it ends, so the note of one that is gone is not believed.
"""

import fcntl
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from tracker.config import Config

FOLDER = "serving"


@contextmanager
def announced(config: Config) -> Iterator[None]:
    """Let the commands of this installation know the port while the server runs."""
    path = _folder(config) / str(config.port)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # A lock of this process alone: the scheduler, a fork of it that may live a moment longer, holds none.
    with path.open("w", encoding="ascii") as note:
        fcntl.lockf(note, fcntl.LOCK_EX)
        note.write(_installation(config))
        note.flush()
        try:
            yield
        finally:
            path.unlink(missing_ok=True)


def running_port(config: Config) -> int | None:
    """Return the port of the server that runs on this database, of several the last one started; None without one."""
    notes = sorted(_notes(config), key=lambda note: note[0], reverse=True)
    return next((int(path.name) for _, path in notes if _is_alive(path, config)), None)


def _notes(config: Config) -> Iterator[tuple[int, Path]]:
    for path in _folder(config).glob("*"):
        with suppress(OSError):  # a server that ends takes its note away
            if path.name.isdecimal():
                yield path.stat().st_mtime_ns, path


def _is_alive(path: Path, config: Config) -> bool:
    """Tell whether the server that wrote the note still runs, and on this database."""
    with suppress(OSError), path.open(encoding="ascii") as note:
        return note.read() == _installation(config) and _is_locked(note)
    return False


def _is_locked(note: TextIO) -> bool:
    try:
        fcntl.lockf(note, fcntl.LOCK_SH | fcntl.LOCK_NB)  # shared: commands do not take one another for a server
    except (BlockingIOError, PermissionError):  # which of the two depends on the system
        return True
    return False


def _folder(config: Config) -> Path:
    return config.var / FOLDER


def _installation(config: Config) -> str:
    """Return what tells databases apart that share a var/; an address may hold a password, so it is not written out."""
    return hashlib.sha256(config.database_url.encode()).hexdigest()
