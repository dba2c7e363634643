"""A child process that is started again when it dies, and never outlives its parent.

The child gets a pipe as its standard input. However the parent ends, the pipe closes, and the child, which has called
`end_with_parent`, ends itself.
"""

import contextlib
import os
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence

import click

PATIENCE = 10.0
#: a child that has run so long was well: the next fault is a new one
WELL = 60.0
LONGEST_PAUSE = 60.0


class Child:
    """Keeps one command running until `stop`."""

    def __init__(self, command: Sequence[str], cwd: str, environ: Mapping[str, str], *, pause: float = 1.0) -> None:
        self.command = command
        self.cwd = cwd
        self.environ = environ
        self.pause = pause
        self.process: subprocess.Popen[bytes] | None = None
        self._stopping = threading.Event()
        self._keeper = threading.Thread(target=self._keep, name="child", daemon=True)

    def start(self) -> None:
        """Start the command and keep it running."""
        self._keeper.start()

    def stop(self) -> None:
        """End the command: ask first, and wait for what it is doing."""
        self._stopping.set()
        process = self.process
        if process is not None and process.poll() is None:
            process.terminate()
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
        self._keeper.join(PATIENCE)

    def _keep(self) -> None:
        pause = self.pause
        while not self._stopping.is_set():
            begun = time.monotonic()
            status = self._run_once()
            if self._stopping.is_set():
                return
            pause = self.pause if time.monotonic() - begun > WELL else min(2 * pause, LONGEST_PAUSE)
            click.echo(f"{self.command[-2]} ended with status {status}; starting it again in {pause:.0f} s.", err=True)
            self._stopping.wait(pause)

    def _run_once(self) -> int:
        # A group of its own: Ctrl-C reaches the parent alone, which then ends the child in good order.
        self.process = process = subprocess.Popen(  # noqa: S603 - the command is our own
            self.command, cwd=self.cwd, env=self.environ, stdin=subprocess.PIPE, start_new_session=True
        )
        if self._stopping.is_set():
            process.terminate()
        status = process.wait()
        if process.stdin is not None:
            process.stdin.close()
        return status


def end_with_parent() -> None:
    """End this process as SIGTERM would, as soon as the parent that holds the pipe is gone."""
    threading.Thread(target=_wait_for_the_end, name="parent", daemon=True).start()


def _wait_for_the_end() -> None:
    # Not through sys.stdin: the lock that this thread would hold on it crashes the interpreter at its end.
    with contextlib.suppress(OSError):
        while os.read(0, 1):
            pass
    os.kill(os.getpid(), signal.SIGTERM)
