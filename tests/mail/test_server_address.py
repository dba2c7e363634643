"""The note of a running server's port: one server a note, and nothing but a file is a note."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tracker.config import Config
from tracker.mail.server_address import FOLDER, announced, running_port

PORT = 8123
#: another process that announces itself until its input ends
OTHER = """
import sys
from dataclasses import replace
from pathlib import Path
from tracker.config import Config
from tracker.mail.server_address import announced
var = Path(sys.argv[1])
with announced(replace(Config.from_environment({"VAR_DIR": str(var)}, var), port=int(sys.argv[2]))):
    print("announced", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return replace(Config.from_environment({"VAR_DIR": str(tmp_path)}, tmp_path), port=PORT)


@pytest.fixture
def other(config: Config) -> Iterator[subprocess.Popen[str]]:
    """Another server of this installation, on the same port of another address."""
    command = [sys.executable, "-c", OTHER, str(config.var), str(PORT)]
    root = Path(__file__).parents[2]
    process = subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "announced\n"
    yield process
    process.kill()
    process.communicate()


def note_of(config: Config) -> Path:
    return config.var / FOLDER / str(PORT)


def test_a_second_server_on_the_port_leaves_the_note_to_the_first(config: Config, other: subprocess.Popen[str]) -> None:
    before = note_of(config).read_bytes()
    with announced(config):
        assert (note_of(config).read_bytes(), running_port(config)) == (before, PORT)
    assert (note_of(config).read_bytes(), running_port(config)) == (before, PORT)


def test_the_note_of_a_server_that_was_killed_is_taken_over(config: Config, other: subprocess.Popen[str]) -> None:
    other.kill()
    other.wait()
    assert running_port(config) is None
    note_of(config).write_text("of another database, and much longer than a hash would ever be" * 3)
    with announced(config):
        assert len(note_of(config).read_bytes()) == 64
    assert not note_of(config).exists()


@pytest.mark.parametrize("kind", ["pipe", "link", "folder", "bytes"])
def test_what_is_no_note_holds_nobody_up(config: Config, tmp_path: Path, kind: str) -> None:
    note_of(config).parent.mkdir(parents=True)
    kept = tmp_path / "kept"
    kept.write_text("kept")
    match kind:
        case "pipe":
            os.mkfifo(note_of(config))
        case "link":
            note_of(config).symlink_to(kept)
        case "folder":
            note_of(config).mkdir()
        case "bytes":
            note_of(config).write_bytes(b"\xff\xfe")
    assert running_port(config) is None
    with announced(config):
        assert kept.read_text() == "kept"
