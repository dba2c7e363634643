"""Threads share one heap of the C library."""

import platform
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
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
@pytest.mark.parametrize(("before", "arenas"), [("", 4), ("memory_release.one_arena()", 0)], ids=["otherwise", "here"])
def test_all_threads_allocate_from_one_heap(before: str, arenas: int) -> None:
    code = f"import memory_release\n{before}\n{THREADS}"
    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT / "tracker/cli", capture_output=True, check=True)
    assert int(said.stdout) == arenas
