"""A child is started again when it dies, and never outlives its parent; all threads share one heap."""

import contextlib
import os
import platform
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tracker.cli.processes import Child

ROOT = Path(__file__).parents[2]
#: a machine that is busy takes its time; a test that fails for want of it says nothing
PATIENCE = 120.0
#: notes its number in the file, then does what it is told
NOTE = "import os, sys, time; open(sys.argv[1], 'a').write(f'{os.getpid()}\\n'); "

#: finds the modules of the project without the application that their package would bring along
BARE = "import sys, types; bare = sys.modules['tracker'] = types.ModuleType('tracker'); bare.__path__ = ['tracker']; "
# a worker of the tests' own has a thread that waits for orders, which does no harm to a fork
pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")


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
    """A child that runs the code, as a fork and as a command."""
    noted = NOTE + code
    arguments = ["-c", str(notes)]

    def work() -> None:
        sys.argv = arguments
        exec(noted, {})

    return Child(work, [sys.executable, "-c", noted, str(notes)], str(ROOT), dict(os.environ), pause=0.01)


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    return tmp_path / "notes"


def test_a_child_that_dies_is_started_again(notes: Path) -> None:
    child = child_that("sys.exit(1)", notes)
    child.start()
    wait_until(lambda: len(numbers(notes)) >= 3)
    child.stop()
    assert len(set(numbers(notes))) >= 3


def test_a_child_that_is_killed_is_started_again(notes: Path) -> None:
    child = child_that("time.sleep(600)", notes)
    child.start()
    wait_until(lambda: len(numbers(notes)) == 1)
    os.kill(numbers(notes)[0], signal.SIGKILL)
    wait_until(lambda: len(numbers(notes)) == 2)
    child.stop()
    assert not is_running(numbers(notes)[1])


def test_stopping_ends_the_child_for_good(notes: Path) -> None:
    child = child_that("time.sleep(600)", notes)
    child.start()
    wait_until(lambda: bool(numbers(notes)))
    child.stop()
    assert len(numbers(notes)) == 1
    assert not is_running(numbers(notes)[0])


@pytest.mark.parametrize("deaths", [0, 1], ids=["fork", "command"])
def test_a_child_ends_when_its_parent_is_killed(notes: Path, deaths: int) -> None:
    code = f"{BARE}from tracker.cli.processes import end_with_parent; end_with_parent(); time.sleep(600)"
    parent = f"import time; from tests.cli.test_processes import *; child_that({code!r}, Path({str(notes)!r})).start()"
    process = subprocess.Popen([sys.executable, "-c", f"{BARE}{parent}; time.sleep(600)"], cwd=ROOT)
    for death in range(deaths):
        wait_until(lambda death=death: len(numbers(notes)) > death)
        os.kill(numbers(notes)[death], signal.SIGKILL)
    wait_until(lambda: len(numbers(notes)) > deaths)
    process.kill()
    process.wait()
    wait_until(lambda: not is_running(numbers(notes)[deaths]))


@pytest.mark.parametrize("deaths", [0, 1], ids=["fork", "command"])
def test_a_child_that_is_asked_to_end_ends_without_a_word(
    notes: Path, capfd: pytest.CaptureFixture[str], deaths: int
) -> None:
    code = f"""{BARE}
import signal
from tracker.cli.processes import end_with_parent
end_with_parent()
signal.signal(signal.SIGTERM, lambda *_: sys.exit())
open(sys.argv[1], "a").write("1\\n")
time.sleep(600)
"""
    child = child_that(code.strip(), notes)
    child.start()
    for death in range(deaths):
        wait_until(lambda death=death: len(numbers(notes)) == 2 * (death + 1))
        os.kill(numbers(notes)[2 * death], signal.SIGKILL)
    wait_until(lambda: len(numbers(notes)) == 2 * (deaths + 1))
    capfd.readouterr()
    child.stop()
    assert getattr(child.process, "returncode" if deaths else "exitcode") == 0
    assert capfd.readouterr().err == ""


THREADS = """
import re, threading
from pathlib import Path
everybody, held = threading.Barrier(5), []
def allocate():
    everybody.wait()
    held.append(bytearray(100_000))
    everybody.wait()
threads = [threading.Thread(target=allocate) for _ in range(4)]
[thread.start() for thread in threads]
everybody.wait()
everybody.wait()
ranges = re.findall(r"^([0-9a-f]+)-([0-9a-f]+) ---p", Path("/proc/self/maps").read_text(), re.M)
# what is reserved of an arena and not used yet
print(sum(32 << 20 < int(end, 16) - int(start, 16) < 64 << 20 for start, end in ranges))
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other C libraries have no arenas")
@pytest.mark.parametrize(("before", "arenas"), [("", 4), ("processes.one_arena()", 0)], ids=["otherwise", "here"])
def test_all_threads_allocate_from_one_heap(before: str, arenas: int) -> None:
    code = f"import processes\n{before}\n{THREADS}"
    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT / "tracker/cli", capture_output=True, check=True)
    assert int(said.stdout) == arenas
