"""The port of this installation's running server: it writes a note in var/, for the links that commands print.

A server locks its note as long as it lives, so the note of one that is gone, however it ended, is ignored.
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
    """Keep a note of the port while the server runs, for this installation's commands."""
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
    """Return the port of the server running on this database, of several the last started; None if none runs."""
    notes = sorted(_notes(config), key=lambda note: note[0], reverse=True)
    for _, path in notes:
        if _is_alive(path, config):
            return int(path.name)
    return None


def _notes(config: Config) -> Iterator[tuple[int, Path]]:
    for path in _folder(config).glob("*"):
        with suppress(OSError):  # a server that ends meanwhile deletes its note
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
    """Return what distinguishes databases that share a var/: a hash, since an address may hold a password."""
    return hashlib.sha256(config.database_url.encode()).hexdigest()
