"""Reading an untrusted file in a child process with limits, so that it cannot harm the server."""

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
#: seconds
WALL = 30.0
TOO_MUCH = "Reading the file took too much time or memory. Split it into smaller files, or save it as plain text."


@dataclass(frozen=True)
class AnswerWithFiles:
    """The answer of work that found files within its file: a value for JSON, and the bytes of each file."""

    value: Any
    parts: Sequence[bytes]


def run(module: str, header: Mapping[str, Any], data: bytes, *, wall: float = WALL, hear: Hear | None = None) -> Any:
    """Run `module.work(header, data)` in a child process and return its answer; header and answer are JSON.

    `hear` is called with each step that the work announces.
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
    """As `run`, for work that also answers with files; `too_much` is the message where a limit ends it."""
    try:
        with listening(hear) as descriptors:
            # Not our environment: it holds passwords.
            env = {}
            if descriptors:
                env[VARIABLE] = str(descriptors[0])
            done = subprocess.run(  # noqa: S603 - the command is our own
                # -I: neither the environment nor the current folder can bring in other code.
                [sys.executable, "-I", str(CHILD), module],
                input=json.dumps(header).encode() + b"\n" + data,
                capture_output=True,
                timeout=wall,
                check=False,
                env=env,
                pass_fds=descriptors,
            )
    except subprocess.TimeoutExpired as error:
        raise Refused(too_much, "file") from error
    if _met_a_limit(done):
        raise Refused(too_much, "file")
    if done.returncode:
        raise RuntimeError(done.stderr.decode(errors="replace"))
    return _read_answer(done.stdout)


def _read_answer(output: bytes) -> AnswerWithFiles:
    """Read one line of JSON, and the files after it, whose sizes it gives."""
    line, _, rest = output.partition(b"\n")
    answer = json.loads(line)
    if "refused" in answer:
        refusal = answer["refused"]
        raise Refused(refusal["message"], refusal["field"] or "file", **refusal["values"])
    ends = list(accumulate(answer.get("sizes", [])))
    return AnswerWithFiles(answer["done"], [rest[start:end] for start, end in pairwise([0, *ends])])


def _met_a_limit(done: subprocess.CompletedProcess[bytes]) -> bool:
    """Tell whether a limit ended the child: the system killed it, or it ran out of memory."""
    return done.returncode < 0 or (done.returncode > 0 and b"MemoryError" in done.stderr)
