"""A setting that cannot be used stops every start with one line that names it."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_a_bad_setting_is_named_in_one_line(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "flask", "migrate"]
    settings = os.environ | {"VAR_DIR": str(tmp_path), "PORT": "eighty"}
    ended = subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert ended.stderr.startswith("PORT is 'eighty'")
    assert ended.stderr.count("\n") == 1
