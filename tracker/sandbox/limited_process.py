"""Reading an untrusted file elsewhere: in a child process with limits, so that nobody else is disturbed."""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

from tracker.errors import Refused
from tracker.sandbox.progress_lines import VARIABLE, Hear, listening

CHILD = Path(__file__).with_name("child_process.py")
WALL = 30.0  # seconds
TOO_MUCH = "Reading the file took too much time or memory: split it into smaller files, or save it as plain text."


@dataclass(frozen=True)
class AnswerWithFiles:
    """What work may answer that has found files within its file: a value for JSON, and bytes beside it."""

    value: Any
    parts: Sequence[bytes]


def run(module: str, header: Mapping[str, Any], data: bytes, *, wall: float = WALL, hear: Hear | None = None) -> Any:
    """Let `module.work(header, data)` do its work in a child process; header and answer are JSON.

    `hear` is given the steps that the work tells, as it tells them.
    Raises Refused as the work does, or where it needs more than 512 MiB, 20 s of processor or 30 s in all.
    """
    return run_for_parts(module, header, data, wall=wall, hear=hear).value


def run_for_parts(
    module: str,
    header: Mapping[str, Any],
    data: bytes,
    *,
    wall: float = WALL,
    hear: Hear | None = None,
    too_much: str = TOO_MUCH,
) -> AnswerWithFiles:
    """The same for work that answers with bytes besides; `too_much` is what is said where a limit ends it."""
    try:
        with listening(hear) as descriptor:
            done = subprocess.run(  # noqa: S603 - the command is our own
                [sys.executable, "-I", str(CHILD), module],
                input=json.dumps(header).encode() + b"\n" + data,
                capture_output=True,
                timeout=wall,
                check=False,
                env={} if descriptor is None else {VARIABLE: str(descriptor)},
                pass_fds=() if descriptor is None else (descriptor,),
            )
    except subprocess.TimeoutExpired as error:
        raise Refused(too_much, "file") from error
    if done.returncode:
        raise Refused(too_much, "file") if _starved(done) else RuntimeError(done.stderr.decode(errors="replace"))
    return _answered(done.stdout)


def _answered(said: bytes) -> AnswerWithFiles:
    """One line of JSON, then the parts that it gives the sizes of, end to end."""
    line, _, rest = said.partition(b"\n")
    answered = json.loads(line)
    if "refused" in answered:
        told = answered["refused"]
        raise Refused(told["message"], told["field"] or "file", **told["values"])
    ends = list(accumulate(answered.get("sizes", [])))
    return AnswerWithFiles(answered["done"], [rest[start:end] for start, end in pairwise([0, *ends])])


def _starved(done: subprocess.CompletedProcess[bytes]) -> bool:
    """Whether the child was ended by a limit: killed by the system, or out of memory."""
    return done.returncode < 0 or b"MemoryError" in done.stderr
