"""Reading an untrusted file elsewhere: in a child process with limits, so that nobody else is disturbed."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tracker.errors import Refused

CHILD = Path(__file__).with_name("child.py")
WALL = 30.0  # seconds
TOO_MUCH = "Reading the file took too much time or memory: split it into smaller files, or save it as plain text."


def run(module: str, header: Mapping[str, Any], data: bytes, *, wall: float = WALL) -> Any:
    """Let `module.work(header, data)` do its work in a child process; header and answer are JSON.

    Raises Refused as the work does, or where it needs more than 512 MiB, 20 s of processor or 30 s in all.
    """
    command = [sys.executable, "-I", str(CHILD), module]
    try:
        done = subprocess.run(  # noqa: S603 - the command is our own
            command,
            input=json.dumps(header).encode() + b"\n" + data,
            capture_output=True,
            timeout=wall,
            check=False,
            env={},
        )
    except subprocess.TimeoutExpired as error:
        raise Refused(TOO_MUCH, "file") from error
    if done.returncode:
        raise Refused(TOO_MUCH, "file") if _starved(done) else RuntimeError(done.stderr.decode(errors="replace"))
    answered = json.loads(done.stdout)
    if "refused" in answered:
        told = answered["refused"]
        raise Refused(told["message"], told["field"] or "file", **told["values"])
    return answered["done"]


def _starved(done: subprocess.CompletedProcess[bytes]) -> bool:
    """Whether the child was ended by a limit: killed by the system, or out of memory."""
    return done.returncode < 0 or b"MemoryError" in done.stderr
