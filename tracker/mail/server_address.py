"""The port of this installation's running server: it writes a note in var/, for the links that commands print.

A server locks its note as long as it lives, so the note of one that is gone, however it ended, is ignored.
"""

import errno
import fcntl
import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from tracker.config import Config

FOLDER = "serving"
#: of a note; a longer one is none
LONGEST = 100


@contextmanager
def announced(config: Config) -> Iterator[None]:
    """Keep a note of the port while the server runs, for this installation's commands.

    Without a note where another server, on another address of the same port, has it already, or where none can be.
    """
    path = _folder(config) / str(config.port)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    note = _taken_note(path)
    if note is None:
        yield
        return
    with note:
        note.truncate()
        note.write(_installation(config))
        try:
            yield
        finally:
            path.unlink(missing_ok=True)


def _taken_note(path: Path) -> BinaryIO | None:
    """Return the note with a lock on it, and with what stood there; None where another has it, or it is no file."""
    with suppress(OSError):
        note = _opened(path, os.O_RDWR | os.O_CREAT)
        try:
            # A lock of this process alone: the scheduler, a fork of it that may live a moment longer, holds none.
            fcntl.lockf(note, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            note.close()
            return None
        return note
    return None


def _opened(path: Path, flags: int) -> BinaryIO:
    """Open a regular file and nothing else: what lies there may be a link or a pipe, on which a reader would wait."""
    descriptor = os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, 0o600)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "not a regular file", str(path))
    return os.fdopen(descriptor, "r+b" if flags & os.O_RDWR else "rb", buffering=0)


def running_port(config: Config) -> int | None:
    """Return the port of the server running on this database, of several the last started; None if none runs."""
    notes = sorted(_notes(config), key=lambda note: note[0], reverse=True)
    for _, path in notes:
        if _is_alive(path, config):
            return int(path.name)
    return None


def _notes(config: Config) -> Iterator[tuple[int, Path]]:
    for path in _folder(config).glob("*"):
        with suppress(OSError):
            # A server that ends meanwhile deletes its note.
            if path.name.isdecimal():
                yield path.stat().st_mtime_ns, path


def _is_alive(path: Path, config: Config) -> bool:
    """Tell whether the server that wrote the note still runs, and on this database."""
    with suppress(OSError), _opened(path, os.O_RDONLY) as note:
        return note.read(LONGEST) == _installation(config) and _is_locked(note)
    return False


def _is_locked(note: BinaryIO) -> bool:
    try:
        # Shared: commands do not take one another for a server.
        fcntl.lockf(note, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        # Which of the two depends on the system.
        return True
    return False


def _folder(config: Config) -> Path:
    return config.var / FOLDER


def _installation(config: Config) -> bytes:
    """Return what distinguishes databases that share a var/: a hash, since an address may hold a password."""
    return hashlib.sha256(config.database_url.encode()).hexdigest().encode()
