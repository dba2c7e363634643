"""Expected mails are files that people read; UPDATE_EXPECTED=1 writes them anew, for a person to judge the diff."""

import os
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "expected"


def assert_as_expected(name: str, text: str) -> None:
    """Compare the text with tests/expected/NAME."""
    path = FOLDER / name
    if os.environ.get("UPDATE_EXPECTED"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")
