"""One scheduler a database: whoever holds the lock works, and a dead process holds none."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.conftest import administer
from tracker.db import Sessions
from tracker.jobs.scheduler_lock import AdvisoryLock, FileLock, Lock, lock_for


@pytest.fixture
def pair(any_sessions: Sessions) -> Iterator[tuple[Lock, Lock]]:
    """Two processes' locks of one database."""
    locks = lock_for(any_sessions.engine), lock_for(any_sessions.engine)
    yield locks
    for lock in locks:
        lock.release()


def test_one_of_two_gets_it_and_keeps_it(pair: tuple[Lock, Lock]) -> None:
    one, other = pair
    assert (one.hold(), other.hold(), one.hold()) == (True, False, True)


def test_the_other_gets_it_once_it_is_given_back(pair: tuple[Lock, Lock]) -> None:
    one, other = pair
    one.hold()
    one.release()
    assert (other.hold(), one.hold()) == (True, False)


def test_that_it_was_just_taken_is_said_once(pair: tuple[Lock, Lock]) -> None:
    one, _ = pair
    assert not one.was_just_taken()
    one.hold()
    one.hold()
    assert [one.was_just_taken(), one.was_just_taken()] == [True, False]


def test_each_database_has_the_lock_of_its_kind(sessions: Sessions) -> None:
    assert isinstance(lock_for(sessions.engine), FileLock)


def test_a_killed_process_holds_it_no_more(tmp_path: Path) -> None:
    program = f"""
from pathlib import Path
from tracker.jobs.scheduler_lock import FileLock
lock = FileLock(Path({str(tmp_path / "lock")!r}))
print(lock.hold(), flush=True)
input()
"""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    root = Path(__file__).parents[2]
    with subprocess.Popen([sys.executable, "-c", program], cwd=root, text=True, **pipes) as process:  # type: ignore[call-overload]
        assert process.stdout.readline() == "True\n"
        lock = FileLock(tmp_path / "lock")
        assert not lock.hold()
        os.kill(process.pid, signal.SIGKILL)
        process.wait(30)
        assert lock.hold()
        lock.release()


@pytest.mark.postgresql
def test_a_connection_that_is_lost_has_lost_it(postgresql_url: str, postgresql_server: str) -> None:
    engine = sa.create_engine(postgresql_url)
    one, other = AdvisoryLock(engine), AdvisoryLock(engine)
    assert one.hold()
    name = sa.make_url(postgresql_url).database
    administer(postgresql_server, f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
    engine.dispose()
    assert (other.hold(), one.hold()) == (True, False)
    other.release()
    engine.dispose()
