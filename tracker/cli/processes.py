"""The processes of a running installation: a child that is started again when it dies, and their use of memory.

The child begins as a fork of its parent, so that what was imported is held in memory once for the two of them. A fork
needs a parent without threads. When the child has died the parent has some: from then on a command is run instead.

The child gets a pipe as its standard input. However the parent ends, the pipe closes, and the child, which has called
`end_with_parent`, ends itself.
"""

import contextlib
import ctypes
import multiprocessing
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from multiprocessing.process import BaseProcess

import click

FORK = multiprocessing.get_context("fork")
PATIENCE = 10.0
#: a child that has run so long was well: the next fault is a new one
WELL = 60.0
LONGEST_PAUSE = 60.0
#: the number of this setting in glibc's malloc.h
ARENA_MAX = -8
#: a third of the share that a process of usual urgency gets
LESS_URGENT = 5


class Child:
    """Keeps one process running until `stop`: `work` in a fork of this one, then the command that does the same."""

    def __init__(
        self,
        work: Callable[[], None],
        command: Sequence[str],
        cwd: str,
        environ: Mapping[str, str],
        *,
        pause: float = 1.0,
    ) -> None:
        self.work = work
        self.command = command
        self.cwd = cwd
        self.environ = environ
        self.pause = pause
        self.process: BaseProcess | subprocess.Popen[bytes] | None = None
        self._stopping = threading.Event()
        self._keeper: threading.Thread | None = None

    def start(self) -> None:
        """Start it and keep it running; this process must have no threads yet."""
        reading, writing = os.pipe()
        fork = self.process = FORK.Process(target=self._in_the_fork, args=(reading, writing), daemon=True)
        fork.start()
        os.close(reading)
        self._keeper = threading.Thread(target=self._keep, args=(fork, writing), name="child", daemon=True)
        self._keeper.start()

    def stop(self) -> None:
        """End it: ask first, and wait for what it is doing."""
        self._stopping.set()
        if self._keeper is None or self.process is None:
            return
        self.process.terminate()
        self._keeper.join(PATIENCE)
        if self._keeper.is_alive():
            self.process.kill()
            self._keeper.join(PATIENCE)

    def _in_the_fork(self, reading: int, writing: int) -> None:
        # A group of its own: Ctrl-C reaches the parent alone, which then ends the child in good order.
        os.setsid()
        # The child must not hold the end that tells it that the parent is gone.
        os.close(writing)
        os.dup2(reading, 0)
        self.work()

    def _keep(self, fork: BaseProcess, writing: int) -> None:
        pause = self.pause
        begun = time.monotonic()
        fork.join()
        os.close(writing)
        status = fork.exitcode
        while not self._stopping.is_set():
            pause = self.pause if time.monotonic() - begun > WELL else min(2 * pause, LONGEST_PAUSE)
            click.echo(f"{self.command[-2]} ended with status {status}; starting it again in {pause:.0f} s.", err=True)
            if self._stopping.wait(pause):
                return
            begun = time.monotonic()
            status = self._run_command()

    def _run_command(self) -> int:
        with subprocess.Popen(  # noqa: S603 - the command is our own
            self.command, cwd=self.cwd, env=self.environ, stdin=subprocess.PIPE, start_new_session=True
        ) as process:
            self.process = process
            # It was told to stop while this process was being made.
            if self._stopping.is_set():
                process.terminate()
            return process.wait()


def end_with_parent() -> None:
    """End this process as SIGTERM would, as soon as the parent that holds the pipe is gone."""
    threading.Thread(target=_wait_for_the_end, name="parent", daemon=True).start()


def _wait_for_the_end() -> None:
    # Not through sys.stdin: the lock that this thread would hold on it crashes the interpreter at its end.
    with contextlib.suppress(OSError):
        while os.read(0, 1):
            pass
    os.kill(os.getpid(), signal.SIGTERM)


def one_arena() -> None:
    """Let all threads allocate from one heap. Call it before there are any.

    glibc gives each thread one of its own, which keeps what that thread once needed. Other C libraries do not.
    """
    with contextlib.suppress(OSError, TypeError, AttributeError):
        ctypes.CDLL(None).mallopt(ARENA_MAX, 1)


def let_pages_go_first() -> None:
    """Give this process less of a busy machine than those that answer people: a mail can wait, a reader should not."""
    with contextlib.suppress(OSError, AttributeError):
        os.setpriority(os.PRIO_PROCESS, 0, max(LESS_URGENT, os.getpriority(os.PRIO_PROCESS, 0)))
