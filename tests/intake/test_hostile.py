"""A hostile or unlucky file ends in a message that says what to do, or is read harmlessly: soon, in little memory."""

import json
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.intake.hostile import HOSTILE
from tracker.errors import Refused
from tracker.intake import prepare_file
from tracker.intake.prepare_file import KnownContext, prepare
from tracker.sandbox import child_process, limited_process
from tracker.transcripts.formats.read_transcript_file import read

WEIGHTY = ("bomb", "million", "10,000", "without end", "laughing", "strokes")
HEAVY = [name for name in HOSTILE if any(sign in name for sign in WEIGHTY)]
SOON = 20.0  # seconds
LITTLE = 300 * 1024  # kilobytes
# a small process of its own starts the child: the memory that the system counts is then the child's alone
MEASURE = """
import resource, subprocess, sys
subprocess.run(sys.argv[2:], stdin=open(sys.argv[1], "rb"), stdout=open(sys.argv[1] + ".out", "wb"), check=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss)
"""


def outcome(data: bytes) -> str | None:
    try:
        read(data)
    except Refused as refused:
        return str(refused)
    return None


def as_expected(told: str | None, words: str | None) -> bool:
    return told is None if words is None else any(part in (told or "") for part in words.split("|"))


@pytest.mark.parametrize("name", [name for name in HOSTILE if name not in HEAVY])
def test_a_hostile_file_is_refused_or_read(name: str) -> None:
    make, words = HOSTILE[name]
    data, begun = make(), time.process_time()
    told = outcome(data)
    assert as_expected(told, words), told
    assert time.process_time() - begun < SOON


class Measured:
    """Does what the sandbox does, and keeps what the child took: seconds of processor, kilobytes of memory."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "given"
        self.seconds, self.memory = 0.0, 0

    def run(self, module: str, header: Mapping[str, Any], data: bytes, **_options: Any) -> Any:
        self.file.write_bytes(json.dumps(header).encode() + b"\n" + data)
        command = [sys.executable, "-c", MEASURE, str(self.file), sys.executable, "-I", child_process.__file__, module]
        told = subprocess.run(command, capture_output=True, check=True).stdout.split()
        self.seconds, self.memory = float(told[0]), int(told[1])
        return limited_process._read_answer(self.file.with_suffix(".out").read_bytes()).value


@pytest.mark.parametrize("name", HEAVY)
def test_importing_a_heavy_one_takes_little_time_and_memory(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make, words = HOSTILE[name]
    measured = Measured(tmp_path)
    monkeypatch.setattr(prepare_file, "run", measured.run)
    try:
        told = prepare(make(), KnownContext()) and None
    except Refused as refused:
        told = str(refused)
    assert as_expected(told, words), told
    assert (measured.seconds < SOON, measured.memory < LITTLE) == (True, True), vars(measured)


def test_there_are_at_least_fifty() -> None:
    assert len(HOSTILE) >= 50
