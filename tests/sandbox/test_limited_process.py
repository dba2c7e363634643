"""A hostile file is read elsewhere: it ends in a message, and takes neither memory nor time from others."""

import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from tracker.errors import Refused
from tracker.intake.prepare_file import ReadingWish
from tracker.sandbox import child_process, limited_process
from tracker.sandbox.limited_process import run

READER = "tracker.intake.prepare_file"
NOTHING_KNOWN: dict[str, Any] = {"people": {}, "held_on": None, "milestones": [], "wish": asdict(ReadingWish())}


def test_the_work_is_done_in_the_child() -> None:
    assert run(READER, NOTHING_KNOWN, b"MS OAK: Hello.")["text"] == "MS OAK: Hello."


def test_a_refusal_comes_back_with_its_message_field_and_values() -> None:
    with pytest.raises(Refused, match="an old Word file") as refusal:
        run(READER, NOTHING_KNOWN, b"\xd0\xcf\x11\xe0")
    assert (refusal.value.field, refusal.value.values) == ("file", {"what": "an old Word file"})


def test_a_file_that_takes_too_long_is_refused() -> None:
    with pytest.raises(Refused, match="too much time"):
        run(READER, NOTHING_KNOWN, b"MS OAK: Hello.", wall=0.01)


GREEDY = """
import sys
from tracker.sandbox import child_process as child
child.MEMORY = 300 * 1024 * 1024
child.limit()
held = "x" * (400 * 1024 * 1024)
"""


def test_the_limit_on_memory_holds() -> None:
    done = subprocess.run([sys.executable, "-c", GREEDY], capture_output=True, check=False, cwd=Path.cwd())
    assert b"MemoryError" in done.stderr


@pytest.mark.parametrize(("status", "said"), [(-9, b""), (-24, b""), (1, b"Traceback\nMemoryError\n")])
def test_a_starved_child_is_a_refusal(monkeypatch: pytest.MonkeyPatch, status: int, said: bytes) -> None:
    dead = subprocess.CompletedProcess([], status, b"", said)
    monkeypatch.setattr(limited_process.subprocess, "run", lambda *_, **__: dead)
    with pytest.raises(Refused, match="too much time or memory"):
        run(READER, NOTHING_KNOWN, b"x")


def test_a_fault_of_our_own_is_no_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    dead = subprocess.CompletedProcess([], 1, b"", b"KeyError: 'people'")
    monkeypatch.setattr(limited_process.subprocess, "run", lambda *_, **__: dead)
    with pytest.raises(RuntimeError, match="KeyError"):
        run(READER, NOTHING_KNOWN, b"x")


def test_the_child_sees_nothing_of_our_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, Any] = {}

    def spy(*_: object, **options: object) -> subprocess.CompletedProcess[bytes]:
        seen.update(options)
        return subprocess.CompletedProcess([], 0, b'{"done": 1}', b"")

    monkeypatch.setattr(limited_process.subprocess, "run", spy)
    assert run(READER, NOTHING_KNOWN, b"x") == 1
    assert seen["env"] == {}


def test_the_limits_are_those_that_were_promised() -> None:
    assert (child_process.MEMORY, child_process.CPU, limited_process.WALL) == (512 * 1024 * 1024, 20, 30)
