"""One scheduler a database: a file lock beside SQLite, an advisory lock on PostgreSQL; both end with the process.

The lock is a comfort that saves waiting for leases; that nothing goes out twice rests on keys, leases and tokens.
"""

import fcntl
import os
import threading
from contextlib import suppress
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

#: any number that no other program on the same server uses for this
KEY = 0x1767_5E55


class Lock:
    """Held or not; `hold` takes it or makes sure of it. Safe to ask from several threads."""

    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._is_new = False
        self._is_held = False

    def hold(self) -> bool:
        """Take the lock if it is free, and tell whether it is ours now."""
        with self._mutex:
            # On PostgreSQL the lock is gone as soon as its connection is.
            if self._is_held and self._still():
                return True
            self._is_held = self._take()
            self._is_new = self._is_new or self._is_held
            return self._is_held

    def release(self) -> None:
        """Let another scheduler have it."""
        with self._mutex:
            self._is_held = False
            self._give()

    def was_just_taken(self) -> bool:
        """Tell, once, that it was taken since the last question: whoever had it before is gone."""
        with self._mutex:
            is_new = self._is_new
            self._is_new = False
            return is_new

    def _still(self) -> bool:
        return True

    def _take(self) -> bool:
        raise NotImplementedError

    def _give(self) -> None:
        raise NotImplementedError


class FileLock(Lock):
    """flock on a file beside the database; the kernel frees it even after kill -9. Not for network file systems."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self._file: int | None = None

    def _take(self) -> bool:
        file = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(file)
            return False
        self._file = file
        return True

    def _give(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None


class AdvisoryLock(Lock):
    """pg_try_advisory_lock on a connection of its own; a connection that is lost has lost it."""

    def __init__(self, engine: Engine) -> None:
        super().__init__()
        self.engine = engine
        self._connection: Connection | None = None

    def _still(self) -> bool:
        try:
            return self._connection is not None and self._connection.scalar(sa.text("SELECT 1")) == 1
        except SQLAlchemyError:
            self._give()
            return False

    def _take(self) -> bool:
        try:
            connection = self.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            if connection.scalar(sa.select(sa.func.pg_try_advisory_lock(KEY))):
                self._connection = connection
                return True
            connection.close()
        except SQLAlchemyError:
            pass
        return False

    def _give(self) -> None:
        if self._connection is not None:
            with suppress(SQLAlchemyError):
                self._connection.scalar(sa.select(sa.func.pg_advisory_unlock(KEY)))
            with suppress(SQLAlchemyError):
                self._connection.invalidate()
                self._connection.close()
            self._connection = None


def lock_for(engine: Engine) -> Lock:
    """Return the lock of that database."""
    if engine.dialect.name == "sqlite":
        return FileLock(Path(f"{engine.url.database}.scheduler.lock"))
    return AdvisoryLock(engine)
