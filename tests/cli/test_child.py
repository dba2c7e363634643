"""A child is started again when it dies, and never outlives its parent."""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tracker.cli.child import Child

ROOT = Path(__file__).parents[2]
#: a machine that is busy takes its time; a test that fails for want of it says nothing
PATIENCE = 120.0
#: notes its number in the file, then does what it is told
NOTE = "import os, sys, time; open(sys.argv[1], 'a').write(f'{os.getpid()}\\n'); "


def wait_until(happened: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


def numbers(path: Path) -> list[int]:
    return [int(line) for line in path.read_text().splitlines()] if path.exists() else []


def is_running(number: int) -> bool:
    with contextlib.suppress(ProcessLookupError):
        os.kill(number, 0)
        return "zombie" not in Path(f"/proc/{number}/status").read_text() if Path("/proc").exists() else True
    return False


def child_that(code: str, notes: Path) -> Child:
    return Child([sys.executable, "-c", NOTE + code, str(notes)], str(ROOT), dict(os.environ), pause=0.01)


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    return tmp_path / "notes"


def test_a_child_that_dies_is_started_again(notes: Path) -> None:
    child = child_that("sys.exit(1)", notes)
    child.start()
    wait_until(lambda: len(numbers(notes)) >= 3)
    child.stop()
    assert len(set(numbers(notes))) >= 3


def test_stopping_ends_the_child_for_good(notes: Path) -> None:
    child = child_that("time.sleep(600)", notes)
    child.start()
    wait_until(lambda: bool(numbers(notes)))
    child.stop()
    assert len(numbers(notes)) == 1
    assert not is_running(numbers(notes)[0])


def test_a_child_ends_when_its_parent_is_killed(notes: Path) -> None:
    code = "from tracker.cli.child import end_with_parent; end_with_parent(); time.sleep(600)"
    parent = f"""
import os, sys, time
from tracker.cli.child import Child
Child([sys.executable, "-c", {NOTE + code!r}, {str(notes)!r}], {str(ROOT)!r}, dict(os.environ)).start()
time.sleep(600)
"""
    process = subprocess.Popen([sys.executable, "-c", parent], cwd=ROOT)
    wait_until(lambda: bool(numbers(notes)))
    process.kill()
    process.wait()
    wait_until(lambda: not is_running(numbers(notes)[0]))


def test_a_child_that_is_asked_to_end_ends_without_a_word(notes: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code = """
import signal
from tracker.cli.child import end_with_parent
end_with_parent()
signal.signal(signal.SIGTERM, lambda *_: sys.exit())
open(sys.argv[1], "a").write("1\\n")
time.sleep(600)
"""
    child = child_that(code.strip(), notes)
    child.start()
    wait_until(lambda: len(numbers(notes)) == 2)
    child.stop()
    assert child.process is not None
    assert (child.process.returncode, capfd.readouterr().err) == (0, "")
