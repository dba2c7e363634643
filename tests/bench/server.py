"""A server to be measured: started in a process of its own, with what it costs read from /proc."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

ROOT = Path(__file__).parents[2]
TICK = os.sysconf("SC_CLK_TCK")
LONGEST_START = 60.0


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as made:
        made.bind(("127.0.0.1", 0))
        return int(made.getsockname()[1])


@dataclass(frozen=True)
class Server:
    """A process that serves HTTP."""

    pid: int
    port: int
    #: seconds from the start to the first page
    started_in: float

    def cpu(self) -> float:
        """Return the seconds of a processor that it has used so far, without its children."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def memory(self) -> tuple[float, float]:
        """Return the megabytes of the server, and of its children together."""
        by_thread = Path(f"/proc/{self.pid}/task").glob("*/children")
        children = [int(child) for thread in by_thread for child in thread.read_text().split()]
        return pss(self.pid), sum(pss(child) for child in children)


def pss(pid: int) -> float:
    """Return the megabytes of a process; of what it shares with others, its part."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:"))


@contextmanager
def serving(command: list[str], environ: Mapping[str, str] | None = None) -> Iterator[Server]:
    """Run a command that serves on PORT, from its first answer to the end of the block.

    Raises RuntimeError, with what it said, where it does not come up.
    """
    port, began = free_port(), time.monotonic()
    # As installed: a setting of the machine's may have Python compile every library anew at each start.
    told = {**os.environ, "PYTHONDONTWRITEBYTECODE": "", "PORT": str(port), **(environ or {})}
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen([sys.executable, *command], cwd=ROOT, env=told, stdout=said, stderr=said) as process,
    ):
        try:
            while not answers(port):
                if process.poll() is not None or time.monotonic() - began > LONGEST_START:
                    said.seek(0)
                    raise RuntimeError(f"the server did not start: {said.read().decode()}")
                time.sleep(0.01)
            yield Server(process.pid, port, time.monotonic() - began)
        finally:
            process.terminate()


def answers(port: int) -> bool:
    """Tell whether a page comes from there."""
    try:
        connection = HTTPConnection("127.0.0.1", port, timeout=LONGEST_START)
        connection.request("GET", "/")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
